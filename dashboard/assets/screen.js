/* What a screen knows of itself: given once in its address, kept here, and put back into the address whenever it is
   opened without. The server alone turns it into a size of type, so nothing is computed here. */
(function () {
  "use strict";
  if (window !== window.top) return;   // a preview is no screen (/layar)
  const KEPT = ["distance", "diagonal", "tiles", "name"];
  const query = new URLSearchParams(location.search);
  const turning = location.pathname === "/wall";   // only there the address also says which scenes
  const names = turning ? [...KEPT, "scenes"] : KEPT;
  try {
    const kept = JSON.parse(localStorage.getItem("screen") || "{}");
    if (KEPT.some((name) => query.has(name))) {   // told anew, or forgotten by an empty `?distance=`
      for (const name of names) kept[name] = query.get(name) || "";
      localStorage.setItem("screen", JSON.stringify(kept));
      return;
    }
    const known = names.filter((name) => kept[name] && !query.has(name));
    for (const name of known) query.set(name, kept[name]);
    if (known.length) location.replace(location.pathname + "?" + query + location.hash);
  } catch (error) {
    /* a browser that keeps nothing: its address must say it */
  }
})();
