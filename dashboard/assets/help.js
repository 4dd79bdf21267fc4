/* Help is open until somebody has closed it: from then on this browser keeps it shut, on every page. */
(function () {
  "use strict";

  const KEY = "liveroom:help";
  const help = () => document.getElementById("alarm_help");

  function isKnown() {
    try { return localStorage.getItem(KEY) === "known"; } catch (error) { return false; }   // a browser that keeps nothing
  }

  function show() {
    const found = help();
    if (found && found.open === isKnown()) found.open = !isKnown();
  }

  document.addEventListener("toggle", (event) => {
    if (event.target !== help()) return;
    try { localStorage.setItem(KEY, event.target.open ? "new" : "known"); } catch (error) { /* as above */ }
  }, true);

  show();
  new MutationObserver(show).observe(document.getElementById("slot-alarm_help"), { childList: true, subtree: true });   // drawn anew
})();
