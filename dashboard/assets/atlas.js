/* The map one can move: MapLibre on one canvas, fed by the tables beside it (atlas-rows.js), signs from atlas-signs.js.

   Changes of a row come by the event stream into its table; they are gathered here and drawn once a second at most, and
   only while somebody can see the map. The canvas outlives the panel's HTML: when the stage is drawn anew, it moves
   into the new one. */
(function () {
  "use strict";

  const EVERY_MS = 1000;
  const MOST_PICTURES = 600;   // more are thrown away and drawn again when asked for
  const byId = (id) => document.getElementById(id);
  const { chosen } = AtlasChoice, { rem } = AtlasSigns, { word } = AtlasCard, { CLOSER, isLevel } = AtlasStyle;

  let map = null;
  let areas = null;            // the GeoJSON of kecamatan and kelurahan
  let seen = true;             // the stage is in the window
  let timer = null;
  const dirty = new Set();     // keys of layers whose rows have changed, "choice" for what is shown
  const home = byId("atlas-stage").closest(".area");
  const canvas = document.createElement("div");
  canvas.className = "atlas-canvas";
  let shown = canvas;          // what stands on the stage

  // -- drawing what the tables say -----------------------------------------------------------------------

  function draw() {
    timer = null;
    if (!map || document.hidden || !seen) return;   // it stays dirty, and is drawn when somebody can see it
    for (const body of AtlasRows.bodies()) if (dirty.has(body.dataset.layer)) AtlasDraw.fill(map, body);
    if (dirty.has("choice") || dirty.has("districts") || dirty.has("cases")) AtlasDraw.colourAreas(map, areas);
    dirty.clear();
    prune();
  }

  function soon() {
    if (!timer) timer = setTimeout(draw, EVERY_MS);
  }

  /* Everything stands still: names find their places, and the address says where we are. */
  function rest() {
    AtlasDraw.placeNames(map, areas);
    writeAddress();
    canvas.dataset.drawn = "true";
  }

  function prune() {
    const pictures = map.listImages();
    if (pictures.length > MOST_PICTURES) pictures.forEach((id) => map.removeImage(id));   // those in sight are asked for again
  }

  // -- choosing, clicking, moving --------------------------------------------------------------------------

  /* Somebody followed a link to another choice of the same page. */
  function follow() {
    if (!map || !AtlasChoice.ours()) return;
    AtlasChoice.read();
    if (chosen.view) map.jumpTo({ zoom: chosen.view[0], center: [chosen.view[2], chosen.view[1]] });
    AtlasStyle.showLayers(map);
    dirty.add("choice");
    draw();
    AtlasChoice.show();
    pickChosen();
  }

  function pickChosen() {
    const [layer, ...key] = (chosen.pick || "").split("/");
    if (layer) pick(layer, key.join("/"), !chosen.view);
  }

  function writeAddress() {
    AtlasChoice.write({ zoom: map.getZoom(), ...map.getCenter() });
  }

  function choose(button) {
    if (button.dataset.measure) chosen.measure = button.dataset.measure;
    else {
      const { layer } = button.dataset;
      if (!chosen.layers.delete(layer)) chosen.layers.add(layer);
      AtlasStyle.showLayers(map);
    }
    dirty.add("choice");
    draw();
    AtlasChoice.show();
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
    if (closer && codes.length) map.fitBounds(boxOf(codes), { padding: besideCard(), maxZoom: 14 });
    else if (closer && row.dataset.at) map.easeTo({ center: row.dataset.at.split(" ").map(Number), zoom: Math.max(14, map.getZoom()) });
    writeAddress();
  }

  function unpick() {
    chosen.pick = null;
    map.setFilter("picked", ["==", ["get", "code"], ""]);
    AtlasCard.hide();
    writeAddress();
  }

  function besideCard() {
    const edge = 2 * rem(), wide = canvas.clientWidth > 60 * rem();
    return { top: edge, right: edge, bottom: edge, left: wide ? 26 * rem() : edge };
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
    window.addEventListener("hashchange", follow);
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
    AtlasChoice.show();
    AtlasRows.bodies().forEach((body) => dirty.add(body.dataset.layer));
    dirty.add("choice");
  }

  /* Without a map its words take the canvas' place, and the tables stand open. */
  function giveUp(error) {
    console.warn(error);
    map = null;
    shown = Object.assign(document.createElement("p"), { className: "nothing", textContent: word("failed") });
    settle();
    home.toggleAttribute("data-no-map", true);
    for (const table of document.querySelectorAll(".atlas-table")) table.open = true;
  }

  function open() {
    const stage = byId("atlas-stage"), desk = !byId("room").classList.contains("room-wall");
    byId("atlas-stage").replaceChildren(shown);
    const place = chosen.view ? { zoom: chosen.view[0], center: [chosen.view[2], chosen.view[1]] } : { bounds: whole(), fitBoundsOptions: { padding: rem() } };
    map = new maplibregl.Map({
      container: canvas, style: AtlasStyle.style(stage, areas), ...place, minZoom: 9, maxZoom: 18, fadeDuration: 300, attributionControl: false, interactive: desk,
      dragRotate: false, pitchWithRotate: false, touchPitch: false, cooperativeGestures: desk, renderWorldCopies: false,
      locale: { "Map.Title": word(desk ? "map" : "wall"), "CooperativeGesturesHandler.WindowsHelpText": word("wheel"), "CooperativeGesturesHandler.MacHelpText": word("wheel").replace("Ctrl", "⌘"), "CooperativeGesturesHandler.MobileHelpText": word("fingers") },
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
      pickChosen();
      map.on("idle", rest);
    });
    if (desk) {
      map.on("click", clicked);
      AtlasCard.controls(canvas);
    }
    if (stage.dataset.credit) AtlasCard.credit(canvas, stage.dataset.credit);
  }

  async function start() {
    AtlasChoice.read();
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
