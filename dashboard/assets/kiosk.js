/* A wall that stays on for years: nothing burns in, nobody is dazzled at night, and once a night it begins afresh.

   Hours are the pack's (`[night]` in scenes.toml), read off the room's own clock, which is the server's: a display whose
   clock is wrong does the same. While a panel that warns shows something of rank 3, or an alarm of high priority stands, a
   wall neither dims nor reloads; nor does one that shows the past, whose clock tells another time than that of its room. */
(function () {
  "use strict";
  const CHECK_MS = 20000;
  const SHIFT_EVERY = 9;            // checks: three minutes
  const SHIFTS = [[0, 0], [2, 0], [2, 2], [0, 2], [-2, 2], [-2, 0], [-2, -2], [0, -2], [2, -2]];   // px
  const IDLE_MS = 4000;
  const RELOAD_WITHIN = 10;         // minutes over which the walls of a room spread their reloads
  const OLD_MS = 2 * 3600 * 1000;   // a page younger than this has begun afresh already

  const room = document.getElementById("room");
  if (!room) return;
  const spread = Math.floor(Math.random() * RELOAD_WITHIN);
  let checks = 0;
  let idle = null;

  const minutes = (written) => {
    const found = /(\d+)\D(\d+)/.exec(written || "");
    return found ? +found[1] * 60 + +found[2] : null;
  };
  const past = Boolean(room.dataset.past);
  const alarmed = () => room.querySelector(".area-warns .rank-3, [data-grave]") !== null;

  // Whether a time of day lies in a span that may go over midnight.
  const within = (at, from, until) => from <= until ? at >= from && at < until : at >= from || at < until;

  function check() {
    const at = minutes(document.getElementById("clock-time").textContent);   // unknown until the server has told it
    const night = at !== null && within(at, minutes(room.dataset.dimsFrom), minutes(room.dataset.dimsUntil));
    room.classList.toggle("dimmed", night && !past && !alarmed());
    const due = minutes(room.dataset.reloadsAt) + spread;
    if (at !== null && within(at, due, (due + RELOAD_WITHIN) % 1440)) afresh();
    if (checks % SHIFT_EVERY === 0) shift(SHIFTS[checks / SHIFT_EVERY % SHIFTS.length]);
    checks += 1;
  }

  function shift([right, down]) {
    room.style.setProperty("--shift", `${right}px ${down}px`);
  }

  async function afresh() {
    if (performance.now() < OLD_MS || alarmed() || room.dataset.room !== "live") return;
    try {
      const answer = await fetch("/readyz", { cache: "no-store" });   // a wall never ends on an error page
      if (answer.ok) location.reload();
    } catch (error) {
      /* the next check tries again */
    }
  }

  function moved() {
    document.documentElement.classList.remove("idle");
    clearTimeout(idle);
    idle = setTimeout(() => document.documentElement.classList.add("idle"), IDLE_MS);
  }

  document.addEventListener("pointermove", moved, { passive: true });
  moved();
  setInterval(check, CHECK_MS);
  setTimeout(check, 3000);
  window.liveroomKiosk = { check };
})();
