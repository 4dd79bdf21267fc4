/* The live side of a page: one event stream in, changed properties out, ages and states counted here.

   The server never says how old something is. It sends times at the source and its own clock; the page
   decides by itself, once a second, what is live, late or unknown. Nothing here grows: there is one stream,
   one timer and the last heartbeat. */
(function () {
  "use strict";

  const SILENT_MS = 3500;   // without a frame for this long the room is not live (a heartbeat comes each second)
  const REOPEN_MS = 6000;   // then the stream is thrown away and opened anew
  const TICK_MS = 1000;

  const REASONS = {
    silent: "Terputus dari server",
    database: "Basis data tidak terjangkau",
    ingest: "Penerima data berhenti",
    broker: "Broker MQTT tidak terjangkau",
  };
  const STREAMS = { readings: "sensor", prices: "harga", cases: "keluhan" };

  let stream = null;        // the EventSource
  let address = null;       // what it was opened for
  let cursor = null;        // id of the last frame applied
  let heardAt = 0;          // performance.now() of the last frame of any kind
  let openedAt = 0;
  let offset = 0;           // server's clock minus ours, ms
  let beat = null;          // the last heartbeat
  let build = null;
  let reloading = false;

  const byId = (id) => document.getElementById(id);
  const now = () => Date.now() + offset;

  function write(element, words) {
    if (element && element.textContent !== words) element.textContent = words;
  }

  function mark(element, name, value) {
    if (element && element.getAttribute(name) !== value) element.setAttribute(name, value);
  }

  // -- the stream --------------------------------------------------------------------------------------

  function open(room) {
    close();
    const wanted = room.dataset.live;
    if (wanted !== address) cursor = room.dataset.cursor || null;   // a page just drawn stands at its own cursor
    address = wanted;
    openedAt = performance.now();
    stream = new EventSource(address + (cursor ? "&after=" + encodeURIComponent(cursor) : ""));
    stream.addEventListener("snapshot", take);
    stream.addEventListener("changes", take);
    stream.addEventListener("beat", takeBeat);
  }

  function close() {
    if (stream) stream.close();
    stream = null;
  }

  function take(event) {
    const frame = JSON.parse(event.data);
    heardAt = performance.now();
    for (const item of frame.items) dash_clientside.set_props(item.id, item.props);
    cursor = event.lastEventId;
    setTimeout(tick, 0);   // once React has drawn, so that new elements get their age and state at once
  }

  function takeBeat(event) {
    heardAt = performance.now();
    beat = JSON.parse(event.data);
    offset = Date.parse(beat.at) - Date.now();
    if (build === null) build = beat.build;
    if (beat.build !== build) reload();
    tick();
  }

  // A new build is picked up only when the server answers: a wall never ends on an error page.
  async function reload() {
    if (reloading) return;
    reloading = true;
    try {
      const answer = await fetch("/healthz", { cache: "no-store" });
      if (answer.ok) location.reload();
    } catch (error) {
      /* the next heartbeat tries again */
    }
    reloading = false;
  }

  // -- what the page says ------------------------------------------------------------------------------

  function ageWords(ms) {
    const seconds = Math.max(0, Math.floor(ms / 1000));
    if (seconds < 60) return seconds + " dtk lalu";
    if (seconds < 3600) return Math.floor(seconds / 60) + " mnt lalu";
    if (seconds < 172800) return Math.floor(seconds / 3600) + " jam lalu";
    return Math.floor(seconds / 86400) + " hari lalu";
  }

  function silentFor() {
    return performance.now() - heardAt;
  }

  function reasons() {
    if (!beat || silentFor() > SILENT_MS) return ["silent"];
    return beat.room.reasons;
  }

  function ageElements() {
    const clock = now();
    const failing = beat ? beat.failing : [];   // panels that cannot be refreshed: their picture stays, greyed
    for (const element of document.querySelectorAll("[data-late-after]")) {
      const at = Date.parse(element.dataset.observedAt || "");
      const age = isNaN(at) ? null : clock - at;
      if (age !== null) {
        const late = age > element.dataset.lateAfter * 1000;
        const stale = age > element.dataset.staleAfter * 1000 || failing.includes(element.dataset.panel);
        mark(element, "data-state", stale ? "stale" : late ? "late" : "live");
      }
      if (element.dataset.panel) write(element.querySelector(".age"), age === null ? "" : ageWords(age));
    }
    for (const element of document.querySelectorAll("time.ago")) {
      const at = Date.parse(element.dataset.at || "");
      write(element, isNaN(at) ? "–" : ageWords(clock - at));
    }
  }

  function header(room, why) {
    const zone = room.dataset.zone;
    const at = new Date(now());
    const time = new Intl.DateTimeFormat("id-ID", { timeZone: zone, hour: "2-digit", minute: "2-digit", second: "2-digit" });
    const day = new Intl.DateTimeFormat("id-ID", { timeZone: zone, weekday: "short", day: "numeric", month: "short" });
    write(byId("clock-time"), time.format(at) + " " + (room.dataset.zoneWord || ""));
    write(byId("clock-date"), day.format(at).replace(",", ""));
    write(byId("banner"), why.length ? why.map((name) => REASONS[name] || name).join(" · ") + since(why) : "");
    const link = byId("connection");
    mark(link, "data-state", why.length ? "away" : "live");
    write(link, why.length ? "▲ " + (why[0] === "silent" ? "terputus" : "terganggu") : "● tersambung");
    if (beat) feeds(beat.room);
  }

  function since(why) {
    return why[0] === "silent" && heardAt ? " · " + ageWords(silentFor()) : " · angka terakhir";
  }

  function feeds(state) {
    const oldest = state.oldest_at ? "tertua " + (STREAMS[state.oldest_feed] || state.oldest_feed) + " " + ageWords(now() - Date.parse(state.oldest_at)) : "";
    write(byId("oldest-feed"), oldest);
    const badge = byId("simulation");
    if (!badge) return;
    badge.hidden = !state.simulated;
    write(badge, state.simulated ? "DATA SIMULASI" + (state.simulated_until ? " · " + ageWords(now() - Date.parse(state.simulated_until)) : "") : "");
  }

  // -- once a second -----------------------------------------------------------------------------------

  function tick() {
    const room = byId("room");
    if (!room) {
      if (stream) { close(); address = null; }   // the page shows something that is not live
      return;
    }
    if (!stream || room.dataset.live !== address) open(room);
    else if (silentFor() > REOPEN_MS && performance.now() - openedAt > REOPEN_MS) open(room);
    const why = reasons();
    mark(room, "data-room", why.length ? "stale" : "live");
    mark(room, "data-why", why.join(" "));
    mark(room, "data-build", build || "");
    ageElements();
    header(room, why);
  }

  function start() {
    if (!byId("room") && !byId("page")) { setTimeout(start, 50); return; }
    const page = byId("page");
    new MutationObserver(tick).observe(page, { childList: true });   // the first page, and each change of address
    setInterval(tick, TICK_MS);
    tick();
  }

  start();
})();
