/* Where the names of kecamatan stand: inside their own area, where the fewest signs hide them. A name stays where it
   is as long as nothing hides it, so that names do not wander while figures come in. */
(function () {
  "use strict";

  const GRID = 14;
  const places = new Map();   // by code: the points of the area a name may stand on, the best one first
  const taken = new Map();    // by code: where it stands

  function candidates({ properties, geometry }) {
    const rings = geometry.type === "Polygon" ? geometry.coordinates : geometry.coordinates.flat();
    const xs = rings.flat().map(([x]) => x), ys = rings.flat().map(([, y]) => y);
    const [west, east, south, north] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const found = [properties.label];
    for (let i = 1; i < GRID; i++) {
      for (let j = 1; j < GRID; j++) {
        const at = [west + (east - west) * i / GRID, south + (north - south) * j / GRID];
        if (AtlasRows.contains({ geometry }, { lng: at[0], lat: at[1] })) found.push(at);
      }
    }
    const far = ([x, y]) => Math.hypot(x - properties.label[0], y - properties.label[1]);
    return found.sort((one, other) => far(one) - far(other));
  }

  /* How much of a name around `at` other things would hide; each box is its middle, half its width and its height. */
  function hidden(at, [half, high], boxes) {
    return boxes.reduce((sum, box) => {
      const wide = half + box.half - Math.abs(at.x - box.x), tall = high + box.high - Math.abs(at.y - box.y);
      return sum + (wide > 0 && tall > 0 ? wide * tall : 0);
    }, 0);
  }

  window.AtlasNames = {
    /* Find the places of all names as the map stands now, the widest name first; `size(feature)` is half its box. */
    settle(map, features, signs, size) {
      const named = [];
      for (const feature of [...features].sort((one, other) => size(other)[0] - size(one)[0])) {
        const { code, label } = feature.properties;
        if (!places.has(code)) places.set(code, candidates(feature));
        const [half, high] = size(feature), cost = (at) => hidden(map.project(at), [half, high], [...signs, ...named]);
        let best = taken.get(code) || label, least = cost(best);
        for (const at of places.get(code)) {
          if (least === 0) break;
          const found = cost(at);
          if (found < least) [best, least] = [at, found];
        }
        taken.set(code, best);
        const { x, y } = map.project(best);
        named.push({ x, y, half, high });
      }
    },
    at: (code, label) => taken.get(code) || label,
  };
})();
