/* The desk's alarms: keys for the list, many at once without a new page, and a list that is drawn anew as things happen
   while somebody chooses in it. What is chosen, open and focused stays, and the line under the pointer stays under it: a
   flood that begins or ends groups the list anew only when nobody is at work in it, or at the press of a button. */
(function () {
  "use strict";

  const ROWS = "alarm_list-rows";
  const BOXES = "#" + ROWS + ' input[name="id"]';
  const WORDS = {
    id: { none: "Belum ada yang dipilih", away: "Tidak tersambung: belum ada yang disimpan", chosen: (n) => n + " dipilih" },
    en: { none: "Nothing chosen yet", away: "Not connected: nothing was saved", chosen: (n) => n + " chosen" },
  }[document.documentElement.lang];

  document.documentElement.dataset.scripted = "true";

  const byId = (id) => document.getElementById(id);
  const chosen = new Set();     // numbers of alarms
  const open = new Set();       // ids of groups
  let focused = null;           // id of the line that has the keyboard
  let held = null;              // the line under the pointer and where it was: { id, top }

  const lines = () => [...document.querySelectorAll("#" + ROWS + " .alarm")].filter((line) => line.getClientRects().length);
  const boxOf = (line) => line && line.querySelector('input[name="id"]');
  const linkOf = (line) => line && line.querySelector("a.alarm-what");
  const lineOf = (element) => element && element.closest ? element.closest("#" + ROWS + " .alarm") : null;

  function say(words) {
    const said = byId("alarm_list-said");
    if (said) said.textContent = words;
  }

  // -- many at once ------------------------------------------------------------------------------------

  async function take(ids) {
    if (!ids.length) { say(WORDS.none); return; }
    const form = byId("alarm_list-bulk");
    const body = new URLSearchParams(new FormData(form));
    body.delete("id");
    for (const id of ids) body.append("id", id);
    try {
      const answer = await fetch(form.action, { method: "POST", body, headers: { accept: "application/json" } });
      say((await answer.json()).said);
      if (answer.ok) for (const id of ids) chosen.delete(id);
    } catch (error) {
      say(WORDS.away);
    }
    restore();
  }

  document.addEventListener("submit", (event) => {
    if (event.target.getAttribute("id") !== "alarm_list-bulk") return;   // its .id are the alarms' boxes
    event.preventDefault();
    take([...chosen]);
  });

  document.addEventListener("click", (event) => {
    const whole = event.target.closest("#alarm_list-all, #" + ROWS + " [data-group]");
    if (!whole) return;
    const ids = whole.dataset.group ? whole.dataset.group.split(" ") : null;
    const boxes = [...document.querySelectorAll(BOXES)].filter((box) => !ids || ids.includes(box.value));
    const all = boxes.every((box) => box.checked);
    for (const box of boxes) mark(box, !all);
    say(WORDS.chosen(chosen.size));
  });

  function mark(box, on) {
    box.checked = on;
    if (on) chosen.add(box.value); else chosen.delete(box.value);
    count();
    yieldList();
  }

  function count() {
    const button = byId("alarm_list-accept");
    if (!button) return;
    if (chosen.size) button.dataset.chosen = chosen.size;
    else button.removeAttribute("data-chosen");
  }

  document.addEventListener("change", (event) => {
    if (event.target.matches(BOXES)) mark(event.target, event.target.checked);
  });

  document.addEventListener("toggle", (event) => {
    const group = event.target;
    if (!group.id || !group.id.startsWith("alarm-more-")) return;
    if (group.open) open.add(group.id); else open.delete(group.id);
  }, true);

  // -- keys --------------------------------------------------------------------------------------------

  const STEPS = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || !byId(ROWS)) return;
    if (event.target.closest("input:not([type=checkbox]), select, textarea")) return;
    const line = lineOf(document.activeElement);
    if (event.key in STEPS && (line || event.key.length === 1 || document.activeElement === document.body)) {
      const all = lines();
      const next = all[line ? all.indexOf(line) + STEPS[event.key] : 0];
      if (next) { linkOf(next).focus(); next.scrollIntoView({ block: "nearest" }); }
    } else if (event.key === "x" && boxOf(line)) mark(boxOf(line), !boxOf(line).checked);
    else if (event.key === "a" && document.getElementById("room").dataset.duty) take(chosen.size ? [...chosen] : line ? [line.dataset.alarm] : []);
    else return;
    event.preventDefault();
  });

  document.addEventListener("focusin", (event) => {
    const line = lineOf(event.target);
    if (line) focused = { id: line.id, box: event.target.type === "checkbox" };
    else focused = null;
    yieldList();
  });

  // -- a list that is drawn anew -----------------------------------------------------------------------

  function hold(event) {
    const line = lineOf(event.target);
    held = line ? { id: line.id, top: line.getBoundingClientRect().top } : null;
    yieldList();
  }

  // Somebody is at work in the list: it is not grouped anew under their hands (live.js keeps what comes).
  const atWork = () => held || chosen.size || lineOf(document.activeElement);

  document.addEventListener("regroup", (event) => {
    if (!atWork()) return;
    event.preventDefault();
    byId("alarm_list-regroup").hidden = false;
  });

  function yieldList(anyway) {
    if (window.liveroomLive.holds && (anyway || !atWork())) window.liveroomLive.release();
  }

  document.addEventListener("click", (event) => {
    if (event.target.id === "alarm_list-regroup") yieldList(true);
  });
  document.documentElement.addEventListener("pointerleave", () => { held = null; yieldList(); });

  document.addEventListener("pointermove", hold, { passive: true });
  document.addEventListener("scroll", () => {
    const line = held && byId(held.id);
    if (line) held.top = line.getBoundingClientRect().top;
  }, { passive: true, capture: true });

  function restore() {
    const again = byId("alarm_list-regroup");
    if (again && !window.liveroomLive.holds) again.hidden = true;
    for (const id of open) { const group = byId(id); if (group && !group.open) group.open = true; }
    const there = new Set();
    for (const box of document.querySelectorAll(BOXES)) {
      there.add(box.value);
      if (box.checked !== chosen.has(box.value)) box.checked = chosen.has(box.value);
    }
    for (const id of chosen) if (!there.has(id)) chosen.delete(id);   // somebody else took it, or it is gone
    count();
    const line = focused && byId(focused.id);
    if (line && document.activeElement === document.body) (focused.box && boxOf(line) || linkOf(line)).focus({ preventScroll: true });
    const under = held && byId(held.id);
    if (under) {
      const moved = under.getBoundingClientRect().top - held.top;
      if (moved) scrollBy({ top: moved, behavior: "instant" });
    }
  }

  new MutationObserver((changes) => {
    if (changes.some((change) => change.target.id === ROWS || (change.target.closest && change.target.closest("#" + ROWS)) || change.target.contains(byId(ROWS)))) restore();
  }).observe(byId("room"), { childList: true, subtree: true });
})();
