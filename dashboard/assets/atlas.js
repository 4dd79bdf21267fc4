/* The map one can move: MapLibre on one canvas, fed by the tables beside it (atlas-rows.js), signs from atlas-signs.js.

   Changes of a row come by the event stream into its table; they are gathered here and drawn once a second at most, and
   only while somebody can see the map. What is shown stands behind the # of the address, which no server reads: a link
   shows the same. The canvas outlives the panel's HTML: when the stage is drawn anew, it moves into the new one. */
(function () {
  "use strict";

  const EVERY_MS = 1000;
  const CLOSER = 12.6;         // from this zoom on kelurahan are told apart
  const MOST_PICTURES = 600;   // more are thrown away and drawn again when asked for
  const NONE = { type: "FeatureCollection", features: [] };
  const byId = (id) => document.getElementById(id);
  const { named, colour, rem } = AtlasSigns;

  let map = null;
  let areas = null;            // the GeoJSON of kecamatan and kelurahan
  let seen = true;             // the stage is in the window
  let timer = null;
  let written = "";            // the names as they were last drawn
  const dirty = new Set();     // keys of layers whose rows have changed, "choice" for what is shown
  const drawnDots = new Map(); // by layer and row: what stood in it, and the ids it drew
  const home = byId("atlas-stage").closest(".area");
  const canvas = document.createElement("div");
  canvas.className = "atlas-canvas";
  let shown = canvas;          // what stands on the stage

  // -- what is chosen, kept behind the # -----------------------------------------------------------------

  const chosen = { measure: null, layers: null, pick: null, view: null };

  function readAddress() {
    const said = new URLSearchParams(location.hash.startsWith("#peta=") ? location.hash.slice(1) : "");
    const buttons = (list) => [...byId(list).querySelectorAll("button")];
    const measures = buttons("atlas-measures").map((button) => button.dataset.measure);
    const view = (said.get("peta") || "").split("/").map(Number);
    chosen.view = view.length === 3 && view.every(isFinite) ? view : null;
    chosen.measure = measures.includes(said.get("ukuran")) ? said.get("ukuran") : measures[0];
    chosen.layers = said.has("lapisan")
      ? new Set(said.get("lapisan").split(" "))
      : new Set(buttons("atlas-layers").filter((button) => button.getAttribute("aria-pressed") === "true").map((button) => button.dataset.layer));
    chosen.pick = said.get("pilih");
  }

  function writeAddress() {
    if (byId("room").classList.contains("room-wall")) return;
    const { lng, lat } = map.getCenter();
    const said = new URLSearchParams({ peta: [map.getZoom().toFixed(2), lat.toFixed(4), lng.toFixed(4)].join("/"), ukuran: chosen.measure, lapisan: [...chosen.layers].join(" ") });
    if (chosen.pick) said.set("pilih", chosen.pick);
    history.replaceState(history.state, "", "#" + said.toString().replaceAll("%2F", "/"));
  }

  /* The buttons and the legend say what is chosen, also after the panel was drawn anew. */
  function showChoice() {
    const press = (button, yes) => { if (button.getAttribute("aria-pressed") !== String(yes)) button.setAttribute("aria-pressed", String(yes)); };
    for (const button of document.querySelectorAll("#atlas-measures button")) press(button, button.dataset.measure === chosen.measure);
    for (const button of document.querySelectorAll("#atlas-layers button")) press(button, chosen.layers.has(button.dataset.layer));
    for (const part of document.querySelectorAll("#atlas-legend [data-of-measure]")) part.hidden = part.dataset.ofMeasure !== chosen.measure;
    for (const part of document.querySelectorAll("#atlas-legend [data-of-layer]")) part.hidden = !chosen.layers.has(part.dataset.ofLayer);
  }

  // -- the style: everything that can be drawn, from the lowest up ------------------------------------------

  const isLevel = (level) => ["==", ["get", "level"], level];
  const visible = (layer) => ({ visibility: chosen.layers.has(layer) ? "visible" : "none" });

  function style(stage) {
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
    layers.find(({ id }) => id === "names-1").maxzoom = CLOSER + 1.4;
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

  // -- drawing what the tables say -----------------------------------------------------------------------

  function draw() {
    timer = null;
    if (!map || document.hidden || !seen) return;   // it stays dirty, and is drawn when somebody can see it
    for (const body of AtlasRows.bodies()) if (dirty.has(body.dataset.layer)) fill(body);
    if (dirty.has("choice") || dirty.has("districts") || dirty.has("cases")) colourAreas();
    dirty.clear();
    prune();
  }

  function soon() {
    if (!timer) timer = setTimeout(draw, EVERY_MS);
  }

  function fill(body) {
    const { layer, form } = body.dataset;
    if (form === "signs") map.getSource(layer).setData({ type: "FeatureCollection", features: AtlasRows.signs(body) });
    else if (form === "hatch") for (const rank of [1, 2, 3]) map.setFilter(layer + "-" + rank, ["in", ["get", "code"], ["literal", AtlasRows.hatched(body, rank)]]);
    else if (form === "dots") fillDots(body);
  }

  /* Only rows that changed travel to the worker: what left them is removed, what is in them is set. */
  function fillDots(body) {
    const { layer } = body.dataset, change = { remove: [], add: [] };
    for (const row of AtlasRows.rowsOf(body)) {
      const place = layer + "/" + row.dataset.key, before = drawnDots.get(place), said = row.dataset.dots || "";
      if (before ? before.said === said : !said) continue;
      const points = AtlasRows.dots(row), ids = new Set(points.map((point) => point.properties.id));
      if (before) change.remove.push(...[...before.ids].filter((id) => !ids.has(id)));
      change.add.push(...points);
      drawnDots.set(place, { said, ids });
    }
    if (change.add.length || change.remove.length) map.getSource(layer).updateData(change);
  }

  function colourAreas() {
    const told = figuresOf("districts"), level1 = areas.features.filter(({ properties }) => properties.level === 1);
    for (const { properties: { code } } of level1) map.setFeatureState({ source: "areas", id: code }, { colour: told.get(code)?.colour || null });
    writeNames();
  }

  function figuresOf(layer) {
    const body = AtlasRows.bodies().find((each) => each.dataset.layer === layer);
    return body ? AtlasRows.figures(body, chosen.measure) : new Map();
  }

  /* Names with what the measure says: of kecamatan always, of kelurahan where their cases are counted. */
  function writeNames() {
    const told = new Map([...figuresOf("cases"), ...figuresOf("districts")]);
    const names = areas.features.map(({ properties: { code, name, level, label } }) => ({
      type: "Feature",
      geometry: { type: "Point", coordinates: level === 1 ? AtlasNames.at(code, label) : label },
      properties: { level, picture: named("name", level, name, told.get(code)?.words || "") },
    }));
    const said = JSON.stringify(names);
    if (said !== written) map.getSource("names").setData({ type: "FeatureCollection", features: names });
    written = said;
  }

  const xy = ({ x, y }) => ({ x, y });

  /* Once everything stands still, names go where signs do not hide them. */
  function placeNames() {
    if (map.getZoom() >= CLOSER + 1.4) return;
    const signs = map.queryRenderedFeatures().filter(({ layer }) => (layer.type === "symbol" || layer.type === "circle") && !layer.id.startsWith("names"));
    const spots = signs.map(({ geometry, layer, properties: { label, point_count: n } }) => {
      const high = (n ? .9 + .22 * Math.log10(n) : layer.type === "circle" || !label ? .5 : .95) * rem();
      return { ...xy(map.project(geometry.coordinates)), half: high * (label?.length > 1 ? 1.3 : 1), high };
    });
    const size = ({ properties: { name } }) => [name.length * .25 * rem() + .2 * rem(), 1.25 * rem()];
    AtlasNames.settle(map, areas.features.filter(({ properties }) => properties.level === 1), spots, size);
    writeNames();
  }

  function prune() {
    const pictures = map.listImages();
    if (pictures.length > MOST_PICTURES) pictures.forEach((id) => map.removeImage(id));   // those in sight are asked for again
  }

  // -- choosing, clicking, moving --------------------------------------------------------------------------

  function choose(button) {
    if (button.dataset.measure) chosen.measure = button.dataset.measure;
    else {
      const { layer } = button.dataset;
      if (!chosen.layers.delete(layer)) chosen.layers.add(layer);
      for (const { id } of map.getStyle().layers) {
        if (id === layer || id.startsWith(layer + "-")) map.setLayoutProperty(id, "visibility", chosen.layers.has(layer) ? "visible" : "none");
      }
    }
    dirty.add("choice");
    draw();
    showChoice();
    writeAddress();
  }

  function clicked(event) {
    const reach = .4 * rem(), { x, y } = event.point;
    const pointed = map.queryRenderedFeatures([[x - reach, y - reach], [x + reach, y + reach]]).filter(({ layer }) => layer.type !== "line");
    const sign = pointed.find(({ layer }) => layer.type === "symbol" && !layer.id.startsWith("names"));
    const dot = pointed.find(({ layer }) => layer.type === "circle");
    const area = map.queryRenderedFeatures(event.point, { layers: ["districts"] })[0];
    if (sign?.properties.cluster) openCluster(sign);
    else if (sign) pick(sign.properties.layer, sign.properties.key);
    else if (dot) AtlasCard.showDots(dot.layer.id, [dot.properties]);
    else if (area) pickArea(event.lngLat, area.properties.code);
    else unpick();
  }

  async function openCluster({ source, properties, geometry }) {
    const from = map.getSource(source), id = properties.cluster_id;
    const [zoom, leaves] = await Promise.all([from.getClusterExpansionZoom(id), from.getClusterLeaves(id, AtlasCard.MOST, 0)]);
    AtlasCard.showDots(source, leaves.map((leaf) => leaf.properties), properties.point_count, properties.waiting);
    map.easeTo({ center: geometry.coordinates, zoom: Math.max(zoom, map.getZoom()) });
  }

  /* Far away one picks a kecamatan and comes closer; close by, a kelurahan. */
  function pickArea(lngLat, code) {
    if (map.getZoom() < CLOSER) return pick("districts", code, true);
    const inside = map.querySourceFeatures("areas", { filter: isLevel(2) }).filter((each) => AtlasRows.contains(each, lngLat));
    pick("cases", inside.length ? inside[0].properties.code : code);
  }

  function pick(layer, key, closer) {
    const row = AtlasRows.find(layer, key);
    if (!row) return;
    chosen.pick = layer + "/" + key;
    const codes = row.dataset.areas ? row.dataset.areas.split(" ") : [];
    map.setFilter("picked", ["in", ["get", "code"], ["literal", codes]]);
    AtlasCard.showRow(row);
    if (closer && codes.length) map.fitBounds(boxOf(codes), { padding: 2 * rem(), maxZoom: 14 });
    else if (closer && row.dataset.at) map.easeTo({ center: row.dataset.at.split(" ").map(Number), zoom: Math.max(14, map.getZoom()) });
    writeAddress();
  }

  function unpick() {
    chosen.pick = null;
    map.setFilter("picked", ["==", ["get", "code"], ""]);
    AtlasCard.hide();
    writeAddress();
  }

  function boxOf(codes) {
    const box = new maplibregl.LngLatBounds();
    for (const { properties, geometry } of areas.features) {
      if (codes.includes(properties.code)) geometry.coordinates.flat(geometry.type === "Polygon" ? 1 : 2).forEach((at) => box.extend(at));
    }
    return box;
  }

  const whole = () => [[areas.bbox[0], areas.bbox[1]], [areas.bbox[2], areas.bbox[3]]];

  // -- the life of the canvas ------------------------------------------------------------------------------

  function listen() {
    home.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button || !map) return;
      if (button.closest(".atlas-choice")) choose(button);
      else if (button.dataset.show) pick(button.dataset.layer, button.dataset.show, true), byId("atlas-stage").scrollIntoView({ block: "nearest" });
      else if (button.dataset.move === "home") map.fitBounds(whole(), { padding: rem() });
      else if (button.dataset.move) map[button.dataset.move]();
      else if (button.dataset.close !== undefined) unpick();
    });
    home.addEventListener("keydown", (event) => { if (event.key === "Escape" && chosen.pick) unpick(); });
    document.addEventListener("visibilitychange", soon);
    new IntersectionObserver(([entry]) => { seen = entry.isIntersecting; if (seen) soon(); }).observe(home);
    new MutationObserver(changed).observe(home, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ["data-at", "data-label", "data-rank", "data-state", "data-dots", "data-areas", "data-colour", "data-key"] });
  }

  function changed(records) {
    for (const { target } of records) {
      if (canvas.contains(target)) continue;
      const element = target.nodeType === Node.TEXT_NODE ? target.parentElement : target;
      const body = element?.closest("tbody[data-layer]");
      if (body) dirty.add(body.dataset.layer);
      else if (element?.contains(byId("atlas-stage")) && !byId("atlas-stage").contains(shown)) settle();
    }
    if (dirty.size) soon();
  }

  /* The panel was drawn anew: what the stage shows moves into the new one, and everything is read again. */
  function settle() {
    byId("atlas-stage").replaceChildren(shown);
    if (!map) return;
    map.resize();
    showChoice();
    AtlasRows.bodies().forEach((body) => dirty.add(body.dataset.layer));
    dirty.add("choice");
  }

  /* Without a map its words take the canvas' place, and the tables stand open. */
  function giveUp(error) {
    console.warn(error);
    map = null;
    shown = Object.assign(document.createElement("p"), { className: "nothing", textContent: "Layar ini tidak dapat menggambar peta. Semua isinya ada di tabel di bawah." });
    settle();
    home.toggleAttribute("data-no-map", true);
    for (const table of document.querySelectorAll(".atlas-table")) table.open = true;
  }

  function open() {
    const stage = byId("atlas-stage"), desk = !byId("room").classList.contains("room-wall");
    byId("atlas-stage").replaceChildren(shown);
    const place = chosen.view ? { zoom: chosen.view[0], center: [chosen.view[2], chosen.view[1]] } : { bounds: whole(), fitBoundsOptions: { padding: rem() } };
    map = new maplibregl.Map({
      container: canvas, style: style(stage), ...place, minZoom: 9, maxZoom: 18, fadeDuration: 300, attributionControl: false, interactive: desk,
      dragRotate: false, pitchWithRotate: false, touchPitch: false, cooperativeGestures: desk, renderWorldCopies: false,
      locale: { "Map.Title": "Peta kota: panah menggeser, + dan − memperbesar; isinya ada di tabel di bawah peta", "CooperativeGesturesHandler.WindowsHelpText": "Tahan Ctrl sambil menggulir untuk memperbesar peta", "CooperativeGesturesHandler.MacHelpText": "Tahan ⌘ sambil menggulir untuk memperbesar peta", "CooperativeGesturesHandler.MobileHelpText": "Geser peta dengan dua jari" },
    });
    if (!desk) map.on("resize", () => map.fitBounds(whole(), { padding: rem(), animate: false }));   // it comes up on walls of every size
    map.touchZoomRotate.disableRotation();
    map.keyboard.disableRotation();
    map.on("styleimagemissing", ({ id }) => {
      const picture = AtlasSigns.draw(id);
      if (picture && !map.hasImage(id)) map.addImage(id, picture, { pixelRatio: AtlasSigns.ratio });
    });
    map.on("error", ({ error }) => { if (!stage.dataset.tiles) console.error(error); });   // a tile that is missing is no fault of ours
    map.once("load", () => {
      settle();
      draw();
      if (chosen.pick) pick(...chosen.pick.split(/\/(.*)/s));
      map.on("idle", () => { placeNames(); canvas.dataset.drawn = "true"; });
    });
    if (desk) {
      map.on("click", clicked);
      map.on("moveend", writeAddress);
      AtlasCard.controls(canvas);
    }
    if (stage.dataset.credit) AtlasCard.credit(canvas, stage.dataset.credit);
  }

  async function start() {
    readAddress();
    listen();
    try {
      const address = home.dataset.scripts.split(" ").find((each) => each.includes("/areas.json"));
      [areas] = await Promise.all([fetch(address).then((answer) => answer.json()), document.fonts.load("600 16px Inter")]);
      open();
    } catch (error) {
      giveUp(error);
    }
  }

  start();
})();
