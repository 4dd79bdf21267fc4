/* What the tables say, brought onto the map. */
(function () {
  "use strict";

  const { named, rem } = AtlasSigns;
  const drawnDots = new Map();   // by layer and row: what stood in it, and the ids it drew
  let written = "";              // the names as they were last drawn

  function fill(map, body) {
    const { layer, form } = body.dataset;
    if (form === "signs") map.getSource(layer).setData({ type: "FeatureCollection", features: AtlasRows.signs(body) });
    else if (form === "hatch") for (const rank of [1, 2, 3]) map.setFilter(layer + "-" + rank, ["in", ["get", "code"], ["literal", AtlasRows.hatched(body, rank)]]);
    else if (form === "dots") fillDots(map, body);
  }

  /* Only rows that changed travel to the worker: what left them is removed, what is in them is set. */
  function fillDots(map, body) {
    const { layer } = body.dataset, change = { remove: [], add: [] };
    for (const row of AtlasRows.few() ? [] : AtlasRows.rowsOf(body)) {
      const place = layer + "/" + row.dataset.key, before = drawnDots.get(place), said = row.dataset.dots || "";
      if (before ? before.said === said : !said) continue;
      const points = AtlasRows.dots(row), ids = new Set(points.map((point) => point.properties.id));
      if (before) change.remove.push(...[...before.ids].filter((id) => !ids.has(id)));
      change.add.push(...points);
      drawnDots.set(place, { said, ids });
    }
    if (change.add.length || change.remove.length) map.getSource(layer).updateData(change);
  }

  function colourAreas(map, areas) {
    const told = figuresOf("districts"), level1 = areas.features.filter(({ properties }) => properties.level === 1);
    for (const { properties: { code } } of level1) map.setFeatureState({ source: "areas", id: code }, { colour: told.get(code)?.colour || null });
    writeNames(map, areas);
  }

  function figuresOf(layer) {
    const body = AtlasRows.bodies().find((each) => each.dataset.layer === layer);
    return body ? AtlasRows.figures(body, AtlasChoice.chosen.measure) : new Map();
  }

  /* Names with what the measure says: of kecamatan always, of kelurahan where their cases are counted. */
  function writeNames(map, areas) {
    const told = new Map([...figuresOf("cases"), ...figuresOf("districts")]), bare = AtlasRows.few();
    const names = areas.features.map(({ properties: { code, name, level, label } }) => ({
      type: "Feature",
      geometry: { type: "Point", coordinates: level === 1 ? AtlasNames.at(code, label) : label },
      properties: { level, picture: named("name", level, bare ? "" : name, told.get(code)?.words || "") },
    }));
    const said = JSON.stringify(names);
    if (said !== written) map.getSource("names").setData({ type: "FeatureCollection", features: names });
    written = said;
  }

  const xy = ({ x, y }) => ({ x, y });

  /* Names go where signs do not hide them. */
  function placeNames(map, areas) {
    if (map.getZoom() >= AtlasStyle.ONLY_NEAR) return;
    const signs = map.queryRenderedFeatures().filter(({ layer }) => (layer.type === "symbol" || layer.type === "circle") && !layer.id.startsWith("names"));
    const spots = signs.map(({ geometry, layer, properties: { label, point_count: n } }) => {
      const high = (n ? .9 + .22 * Math.log10(n) : layer.type === "circle" || !label ? .5 : .95) * rem();
      return { ...xy(map.project(geometry.coordinates)), half: high * (label?.length > 1 ? 1.3 : 1), high };
    });
    const bare = AtlasRows.few();
    const size = ({ properties: { name } }) => [(bare ? 3 : name.length) * .25 * rem() + .2 * rem(), (bare ? .65 : 1.25) * rem()];
    AtlasNames.settle(map, areas.features.filter(({ properties }) => properties.level === 1), spots, size);
    writeNames(map, areas);
  }

  window.AtlasDraw = { fill, colourAreas, placeNames };
})();
