/* Everything the map can draw, from the lowest up: ground, areas, and for each table what its form asks for. */
(function () {
  "use strict";

  const CLOSER = 12.6;   // from this zoom on kelurahan are told apart
  const ONLY_NEAR = CLOSER + 1.4;   // from here on the name of a kecamatan would stand alone
  const NONE = { type: "FeatureCollection", features: [] };
  const { colour, rem } = AtlasSigns;

  const isLevel = (level) => ["==", ["get", "level"], level];
  const visible = (layer) => ({ visibility: AtlasChoice.chosen.layers.has(layer) ? "visible" : "none" });

  function style(stage, areas) {
    const sources = { areas: { type: "geojson", data: areas, promoteId: "code" }, names: { type: "geojson", data: NONE } };
    const layers = [{ id: "ground", type: "background", paint: { "background-color": colour("ground") } }];
    const { tiles, credit, deepest } = stage.dataset;
    if (tiles) {
      sources.tiles = { type: "raster", tiles: [tiles], tileSize: 256, maxzoom: Number(deepest), attribution: credit };
      layers.push({ id: "tiles", type: "raster", source: "tiles", paint: { "raster-saturation": -.6, "raster-brightness-max": .55 } });
    }
    layers.push(
      { id: "districts", type: "fill", source: "areas", filter: isLevel(1), paint: { "fill-color": ["coalesce", ["feature-state", "colour"], "#141c2b"], "fill-opacity": tiles ? .6 : 1, "fill-antialias": false } },
      { id: "subdistrict-edges", type: "line", source: "areas", filter: isLevel(2), minzoom: CLOSER - .6, paint: { "line-color": colour("ground"), "line-width": 1, "line-opacity": .8 } },
      { id: "district-edges", type: "line", source: "areas", filter: isLevel(1), layout: { "line-join": "round" }, paint: { "line-color": tiles ? colour("muted") : colour("ground"), "line-width": 2.5 } },
    );
    for (const body of AtlasRows.bodies().reverse()) layers.push(...drawingOf(body, sources));   // the first table is on top
    const label = (level, more) => ({ id: "names-" + level, type: "symbol", source: "names", filter: isLevel(level), layout: { "icon-image": ["get", "picture"], ...more } });
    layers.splice(firstSign(layers), 0, label(2, { "icon-padding": 1 }), label(1, { "icon-allow-overlap": true, "icon-ignore-placement": true }));
    layers.find(({ id }) => id === "names-2").minzoom = CLOSER;
    layers.find(({ id }) => id === "names-1").maxzoom = ONLY_NEAR;
    layers.push({ id: "picked", type: "line", source: "areas", filter: ["==", ["get", "code"], ""], layout: { "line-join": "round" }, paint: { "line-color": colour("text"), "line-width": 3 } });
    return { version: 8, sources, layers, transition: { duration: 0 } };
  }

  const firstSign = (layers) => {
    const place = layers.findIndex(({ type }) => type === "symbol" || type === "circle");
    return place < 0 ? layers.length : place;
  };

  function drawingOf({ dataset: { layer, form } }, sources) {
    const layout = visible(layer);
    const sign = { "icon-image": ["get", "picture"], "icon-allow-overlap": true, "icon-ignore-placement": true };
    if (form === "hatch") {
      return [1, 2, 3].map((rank) => ({ id: layer + "-" + rank, type: "fill", source: "areas", filter: ["==", ["get", "code"], ""], layout, paint: { "fill-pattern": "hatch|" + rank, "fill-opacity": .85 } }));
    }
    if (form === "signs") {
      sources[layer] = { type: "geojson", data: NONE };
      return [{ id: layer, type: "symbol", source: layer, layout: { ...layout, ...sign, "symbol-sort-key": ["get", "rank"] } }];
    }
    if (form !== "dots") return [];
    sources[layer] = { type: "geojson", data: NONE, promoteId: "id", cluster: true, clusterRadius: Math.round(2.6 * rem()), clusterMaxZoom: 15, clusterProperties: { waiting: ["+", ["get", "waiting"]] } };
    const waits = ["==", ["get", "waiting"], 1], single = ["!", ["has", "point_count"]];
    return [
      { id: layer, type: "circle", source: layer, filter: single, layout, paint: { "circle-radius": ["case", waits, .36 * rem(), .3 * rem()], "circle-color": ["case", waits, colour("orange"), colour("ground")], "circle-stroke-width": .12 * rem(), "circle-stroke-color": ["case", waits, colour("ground"), colour("yellow")] } },
      { id: layer + "-many", type: "symbol", source: layer, filter: ["has", "point_count"], layout: { ...layout, ...sign, "icon-image": ["concat", "cluster|", ["case", [">", ["get", "waiting"], 0], "1", "0"], "|", ["get", "point_count"]] } },
    ];
  }

  /* Show those layers that are chosen, hide the others. */
  function showLayers(map) {
    for (const { dataset: { layer, form } } of AtlasRows.bodies()) {
      if (form === "areas") continue;
      for (const { id } of map.getStyle().layers) {
        if (id === layer || id.startsWith(layer + "-")) map.setLayoutProperty(id, "visibility", visible(layer).visibility);
      }
    }
  }

  window.AtlasStyle = { CLOSER, ONLY_NEAR, NONE, isLevel, style, showLayers };
})();
