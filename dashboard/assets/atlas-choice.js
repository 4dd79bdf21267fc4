/* What is shown of the map: the measure, the layers, what was picked, and where one looks. It stands behind the # of
   the address, which no server reads: a link shows the same, and moving the map asks nobody anything. */
(function () {
  "use strict";

  const byId = (id) => document.getElementById(id);
  const chosen = { measure: null, layers: null, pick: null, view: null };

  const OURS = /^#(.*&)?(peta|ukuran|lapisan|pilih)=/;

  function read() {
    const said = new URLSearchParams(OURS.test(location.hash) ? location.hash.slice(1) : "");
    const buttons = (list) => [...byId(list).querySelectorAll("button")];
    const measures = buttons("atlas-measures").map((button) => button.dataset.measure);
    const view = (said.get("peta") || "").split("/").map(Number);
    chosen.view = view.length === 3 && view.every(isFinite) ? view : null;
    chosen.measure = measures.includes(said.get("ukuran")) ? said.get("ukuran") : measures[0];
    chosen.layers = said.has("lapisan") ? new Set(said.get("lapisan").split(" ")) : shownAtFirst();
    chosen.pick = said.get("pilih");
  }

  function shownAtFirst() {
    return new Set([...byId("atlas-layers").querySelectorAll("button[data-shown]")].map((button) => button.dataset.layer));
  }

  /* Write where the map stands and what is chosen; `at` is its zoom and middle. */
  function write({ zoom, lat, lng }) {
    if (document.getElementById("room").classList.contains("room-wall")) return;
    const said = new URLSearchParams({
      peta: [zoom.toFixed(2), lat.toFixed(4), lng.toFixed(4)].join("/"),
      ukuran: chosen.measure,
      lapisan: [...chosen.layers].join(" "),
    });
    if (chosen.pick) said.set("pilih", chosen.pick);
    const address = "#" + said.toString().replaceAll("%2F", "/");
    if (address !== location.hash) history.replaceState(history.state, "", address);
  }

  /* The buttons and the legend say what is chosen, also after the panel was drawn anew. */
  function show() {
    const press = (button, yes) => { if (button.getAttribute("aria-pressed") !== String(yes)) button.setAttribute("aria-pressed", String(yes)); };
    for (const button of document.querySelectorAll("#atlas-measures button")) press(button, button.dataset.measure === chosen.measure);
    for (const button of document.querySelectorAll("#atlas-layers button")) press(button, chosen.layers.has(button.dataset.layer));
    for (const part of document.querySelectorAll("#atlas-legend [data-of-measure]")) part.hidden = part.dataset.ofMeasure !== chosen.measure;
    for (const part of document.querySelectorAll("#atlas-legend [data-of-layer]")) part.hidden = !chosen.layers.has(part.dataset.ofLayer);
  }

  window.AtlasChoice = { chosen, read, write, show, ours: () => OURS.test(location.hash) };
})();
