/* Where the names of kecamatan stand: inside their own area, where the fewest signs hide them. A name stays where it
   is as long as nothing hides it, so that names do not wander while figures come in. */
(function () {
  "use strict";

  const GRID = 9;
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

  /* How much of a name around `at` the signs would hide; 0 where none does. */
  function hidden(at, [half, high], signs) {
    return signs.reduce((sum, sign) => {
      const wide = half + sign.reach - Math.abs(at.x - sign.x), tall = high + sign.reach - Math.abs(at.y - sign.y);
      return sum + (wide > 0 && tall > 0 ? wide * tall : 0);
    }, 0);
  }

  window.AtlasNames = {
    /* The places of all names as the map stands now; `size(feature)` is half a name's width and height in pixels. */
    settle(map, features, signs, size) {
      const named = [];
      for (const feature of features) {
        const { code, label } = feature.properties;
        if (!places.has(code)) places.set(code, candidates(feature));
        const box = size(feature), cost = (at) => hidden(map.project(at), box, [...signs, ...named]);
        let best = taken.get(code) || label, least = cost(best);
        for (const at of places.get(code)) {
          if (least === 0) break;
          const found = cost(at);
          if (found < least) [best, least] = [at, found];
        }
        taken.set(code, best);
        named.push({ ...map.project(best), reach: box[1] });
      }
    },
    at: (code, label) => taken.get(code) || label,
  };
})();
