/* An alarm that nobody has acknowledged takes the wall over, and gives it back.

   The cards of such alarms are on the page already (layouts/panels/takeover.py), kept current by the one stream: what
   is here decides which of them is seen. The first that this page has not shown comes first; each comes once, for the
   pack's seconds, and no more often than the pack says. It goes at once when its card does: acknowledged, or over.
   While the room is not live nothing new comes up, and what is up goes when its time is over: nothing waits for a server. */
(function () {
  "use strict";
  const SETTLE_MS = 1500;   // a room that has just come alive may still show what is over: nothing comes up before
  const KEPT = 500;   // alarms of which this page remembers that it has shown them

  const room = document.getElementById("room");
  const takeover = document.getElementById("takeover");
  const main = document.querySelector("main.scene");
  if (!room || !takeover || !main) return;
  const slot = takeover.querySelector(".area");
  const shown = new Set();
  let live = Infinity;   // performance.now() since when the room is live
  let begun = -Infinity; // performance.now() when the last one came up
  let ending = null, again = null;
  let focused = null;    // what had the focus before

  const card = (id) => takeover.querySelector(`[data-card="${id}"]`);
  const up = () => takeover.dataset.alarm;

  function look() {
    if (up() && !card(up())) giveBack();
    if (up()) raise(card(up()));
    else begin();
    watcher.takeRecords();   // our own changes are none
  }

  // The next one that was not shown, if one may come now; else when it may.
  function begin() {
    clearTimeout(again);
    const next = [...takeover.querySelectorAll("[data-card]")].find((each) => !shown.has(each.dataset.card));
    if (!next || live === Infinity) return;
    const now = performance.now();
    const wait = Math.max(live + SETTLE_MS, begun + takeover.dataset.apart * 1000) - now;
    if (wait > 0) {
      again = setTimeout(look, wait + 1);
      return;
    }
    begun = now;
    remember(next.dataset.card);
    takeOver(next);
  }

  function remember(id) {
    shown.add(id);
    if (shown.size > KEPT) shown.delete(shown.values().next().value);
  }

  function takeOver(next) {
    const id = next.dataset.card;
    takeover.dataset.alarm = id;
    takeover.setAttribute("aria-labelledby", `takeover-${id}-title`);
    takeover.setAttribute("aria-describedby", `takeover-${id}-measured takeover-${id}-place`);
    takeover.hidden = false;
    raise(next);
    window.liveroomStage.cover();
    requestAnimationFrame(() => setTimeout(settle));   // seen first: the rest makes the whole page be styled anew
    ending = setTimeout(() => { giveBack(); look(); }, takeover.dataset.seconds * 1000);
  }

  function settle() {
    if (!up() || main.inert) return;
    main.inert = true;
    focused = document.activeElement;
    takeover.focus({ preventScroll: true });   // which says it, once, to those who hear the page
  }

  function giveBack() {
    clearTimeout(ending);
    takeover.hidden = true;
    for (const name of ["data-alarm", "aria-labelledby", "aria-describedby"]) takeover.removeAttribute(name);
    for (const each of takeover.querySelectorAll(".up")) each.classList.remove("up");
    main.inert = false;
    if (focused && focused.isConnected && focused !== document.body) focused.focus({ preventScroll: true });
    focused = null;
    window.liveroomStage.uncover();
  }

  // The stream may have drawn the card anew: the one that is up stays up, whole.
  function raise(one) {
    one.classList.add("up");
    fit();
  }

  function fit() {
    window.liveroomFit.all([slot]);
    const canvas = takeover.querySelector(".up .takeover-canvas");
    if (canvas) clear(canvas);
  }

  // Of names and signs on the map those are seen that are whole and hide nothing. Measured without the zoom.
  function clear(canvas) {
    const map = canvas.parentElement, kept = [];
    const boxOf = (each) => {
      const left = canvas.offsetLeft + each.offsetLeft - each.offsetWidth / 2;
      const top = canvas.offsetTop + each.offsetTop - each.offsetHeight / 2;
      return { left, top, right: left + each.offsetWidth, bottom: top + each.offsetHeight };
    };
    const apart = (one, other) => one.right < other.left || other.right < one.left || one.bottom < other.top || other.bottom < one.top;
    for (const each of canvas.querySelectorAll(".here, .near, .gauge")) {
      const box = boxOf(each);
      const seen = box.left >= 4 && box.top >= 4 && box.right <= map.clientWidth - 4 && box.bottom <= map.clientHeight - 4
        && kept.every((other) => apart(box, other));
      each.toggleAttribute("data-off", !seen && !each.matches(".here"));
      if (seen) kept.push(box);
    }
  }

  function dismiss() {
    if (!up()) return;
    giveBack();
    look();
  }

  // Live again: what waits may come.
  function heed() {
    if (room.dataset.room !== "live") live = Infinity;
    else if (live === Infinity) live = performance.now();
    look();
  }

  const watcher = new MutationObserver(look);
  watcher.observe(slot, { childList: true, subtree: true, characterData: true, attributeFilter: ["class", "data-card"] });
  new MutationObserver(heed).observe(room, { attributeFilter: ["data-room"] });
  new ResizeObserver(() => { if (up()) fit(); }).observe(takeover);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && up()) {
      event.preventDefault();
      dismiss();
    }
  });
  takeover.addEventListener("click", dismiss);
  heed();
  window.liveroomTakeover = { get shown() { return shown.size; } };
})();
