/* The map's tables read as what stands on the map. The tables are the truth: the server writes them, the event stream
   changes them, `live.js` ages them; the map only draws what they say, and knows nothing else. */
(function () {
  "use strict";

  const bodies = () => [...document.querySelectorAll("#atlas-tables tbody[data-layer]")];
  const rowsOf = (body) => [...body.rows].filter((row) => row.dataset.key !== undefined);

  const point = (at, properties) => ({ type: "Feature", geometry: { type: "Point", coordinates: at }, properties });

  /* A wall read from afar has large signs on a small map: there is place for figures, and for what is not as usual. */
  const FEW = 44;   // rem of the map's width
  const few = () => {
    const stage = document.querySelector(".room-wall .atlas-stage");
    return stage !== null && stage.clientWidth < FEW * AtlasSigns.rem();
  };

  /* Signs: one point a row, whose picture is named by rank, age and label. */
  function signs(body) {
    const layer = body.dataset.layer, least = few() ? 1 : 0;
    return rowsOf(body).filter((row) => row.dataset.at && Number(row.dataset.rank || 0) >= least).map((row) => {
      const { key, at, label, rank, state } = row.dataset;
      const picture = AtlasSigns.named("sign", rank || 0, state || "live", label || "");
      return point(at.split(" ").map(Number), { layer, key, picture, label: label || "", rank: Number(rank || 0) });
    });
  }

  /* Dots: many points a row. `id` is the page of the case, which no other point has. */
  function dots(row) {
    return JSON.parse(row.dataset.dots || "[]").map(([lon, lat, waiting, id]) => point([lon, lat], { id, waiting, key: row.dataset.key }));
  }

  /* Areas: the codes that rows of one rank cover. */
  function hatched(body, rank) {
    return rowsOf(body).filter((row) => Number(row.dataset.rank || 0) === rank).flatMap((row) => (row.dataset.areas || "").split(" "));
  }

  /* What one measure says of each area: the colour and the words of its cell, where there is one. */
  function figures(body, measure) {
    const cells = rowsOf(body).map((row) => [row.dataset.key, row.querySelector(`td[data-measure="${measure}"]`)]);
    return new Map(cells.filter(([, cell]) => cell).map(([key, { dataset, textContent }]) => [key, { colour: dataset.colour, words: dataset.unknown ? "" : textContent }]));
  }

  /* Whether a point lies inside an area (even-odd over all its rings). */
  function contains({ geometry }, { lng, lat }) {
    const rings = geometry.type === "Polygon" ? geometry.coordinates : geometry.coordinates.flat();
    let inside = false;
    for (const ring of rings) {
      for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
        const [x, y] = ring[i], [u, v] = ring[j];
        if ((y > lat) !== (v > lat) && lng < ((u - x) * (lat - y)) / (v - y) + x) inside = !inside;
      }
    }
    return inside;
  }

  const find = (layer, key) => document.querySelector(`#atlas-tables tbody[data-layer="${CSS.escape(layer)}"] > tr[data-key="${CSS.escape(key)}"]`);

  /* A row as a small list of what its columns say, for the card. */
  function told(row) {
    const heads = [...row.closest("table").tHead.rows[0].cells].map((cell) => cell.textContent);
    const name = row.cells[0], link = name.querySelector("a");
    const words = [...row.cells].slice(1).map((cell, place) => ({ head: heads[place + 1], cell })).filter(({ cell }) => !cell.querySelector("button"));
    return { sort: heads[0], name: name.textContent, href: link ? link.getAttribute("href") : "", words };
  }

  window.AtlasRows = { bodies, few, rowsOf, signs, dots, hatched, figures, contains, find, told };
})();
