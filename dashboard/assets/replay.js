/* Moving through the past: play and pause, speed, the slider with the alarms on it, keys, the address, the way back.

   The page shows a moment because its stream says so (live.js): to move is to open the stream anew at another moment, and
   what is shown stays until the new picture is there. Where the moment has come to is the server's to say; between two
   heartbeats it goes on here at the replay's speed. It never goes beyond the present: there the page is live again, as it
   is when nobody has touched it for the pack's minutes. */
(function () {
  "use strict";

  const TELL_MS = 100, ADDRESS_MS = 2000, APART_MS = 250, REST_MS = 5000, WARN_MS = 60000;
  const MINUTE = 60000, DAY = 86400000;
  const WORDS = {
    id: { locale: "id-ID", past: "PUTAR ULANG ", play: "Putar", pause: "Jeda", back: (s) => "Kembali ke sekarang dalam " + s + " dtk", over: "Sampai di sekarang" },
    en: { locale: "en-GB", past: "REPLAY ", play: "Play", pause: "Pause", back: (s) => "Back to now in " + s + " s", over: "The present is reached" },
  }[document.documentElement.lang];

  const room = document.getElementById("room"), live = window.liveroomLive;
  if (!room || !room.dataset.past || !live) return;
  const byId = (id) => document.getElementById(id);
  const wall = room.classList.contains("room-wall");
  const bar = byId("past-bar"), slider = byId("past-slider"), field = bar.querySelector('input[type="datetime-local"]');
  const zone = room.dataset.zone, kept = Date.parse(room.dataset.keptSince);

  document.documentElement.dataset.scripted = "true";
  let speed = +room.dataset.speed;
  let usual = speed || 1;                        // what the button "play" plays at
  let target = Date.parse(room.dataset.at);      // a moment that was asked for and is not shown yet
  let present = [Infinity, 0];                   // the real time, and when it was told
  let since = 0, until = 0;                      // what the slider reaches over
  let marks = [];
  let dragged = false;
  let sought = -Infinity, waiting = null;        // when the stream was last opened anew, and a timer that will
  let touched = performance.now(), rest = null;
  let written = 0;                               // when the address was

  // -- time in the room's zone -------------------------------------------------------------------------

  const form = (options) => new Intl.DateTimeFormat(WORDS.locale, { timeZone: zone, ...options });
  const hour = { hour: "2-digit", minute: "2-digit" };
  const said = form({ day: "numeric", month: "short", ...hour }), short = form({ weekday: "short", ...hour });
  const local = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" });
  const offsets = new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "longOffset" });

  const words = (at) => said.format(at).replace(",", "") + " " + (room.dataset.zoneWord || "");
  const offset = (at) => offsets.formatToParts(at).find((part) => part.type === "timeZoneName").value.slice(3) || "+00:00";
  const localTime = (at) => local.format(at).replace(" ", "T");
  const iso = (at) => localTime(at) + offset(at);
  const now = () => present[0] + performance.now() - present[1];
  const lastMinute = () => Math.ceil(now() / MINUTE) * MINUTE;
  const shown = () => target === null ? live.now() : target;

  // -- moving ------------------------------------------------------------------------------------------

  function go(at, faster = speed) {
    target = Math.min(Math.max(Math.floor(at / 1000) * 1000, kept + MINUTE), now());
    speed = faster;
    if (speed) usual = speed;
    clearTimeout(waiting);
    waiting = setTimeout(seek, Math.max(0, sought + APART_MS - performance.now()));
    tell();
    hold();
  }

  function seek() {
    sought = performance.now();
    waiting = null;
    const address = new URL(room.dataset.live, location.href);
    address.searchParams.set("at", iso(target));
    address.searchParams.set("speed", speed);
    room.dataset.live = address.pathname + address.search;
    live.restart();
    remember();
    document.dispatchEvent(new CustomEvent("liveroom:moment"));
  }

  function heard(event) {
    const beat = event.detail;
    present = [Date.parse(beat.present), performance.now()];
    if (waiting === null) target = null;
    if (beat.over) leave(WORDS.over);
    tell();
  }

  function leave(why) {
    announce(why);
    live.leave(presentAddress());
  }

  function hold() {
    if (window.liveroomStage) window.liveroomStage.hold(!speed);
  }

  // -- the address -------------------------------------------------------------------------------------

  function addressed(href) {
    const address = new URL(href, location.href);
    address.searchParams.set("at", iso(shown()));
    if (speed || wall) address.searchParams.set("speed", speed);
    else address.searchParams.delete("speed");
    return address.href;
  }

  function presentAddress() {
    const address = new URL(location.href);
    for (const name of ["at", "speed"]) address.searchParams.delete(name);
    return address.href;
  }

  function remember() {
    written = performance.now();
    history.replaceState(history.state, "", addressed(location.href));
    if (window.dash_clientside) window.dash_clientside.set_props("moment", { data: iso(shown()) });   // for the list of cases
  }

  // -- what is said ------------------------------------------------------------------------------------

  function write(element, text) {
    if (element && element.textContent !== text) element.textContent = text;
  }

  function tell() {
    const at = shown();
    if (isNaN(at)) return;
    live.tellTime();
    write(byId("past-moment"), words(at));
    room.dataset.past = WORDS.past + words(at);
    write(byId("past-play-word"), speed ? WORDS.pause : WORDS.play);
    write(byId("past-play").firstElementChild, speed ? "Ⅱ" : "▶");
    for (const button of byId("past-speeds").children) button.setAttribute("aria-pressed", String(+button.value === speed));
    if (at < since || at > until || until > lastMinute()) span(at);
    if (!dragged) {
      slider.value = (at - since) / MINUTE;
      slider.setAttribute("aria-valuetext", words(at));
    }
    if (document.activeElement !== field) field.value = localTime(at).slice(0, 16);
    if (speed && performance.now() - written > ADDRESS_MS) remember();
  }

  let announced = null;
  function announce(text) {
    announced = announced || bar.appendChild(Object.assign(document.createElement("p"), { className: "past-told" }));
    announced.setAttribute("role", "status");
    write(announced, text);
    bar.classList.toggle("past-tells", Boolean(text));
  }

  // -- the slider --------------------------------------------------------------------------------------

  function span(at) {
    const long = bar.dataset.span * 1000;
    until = Math.min(Math.ceil((at + long / 2) / MINUTE) * MINUTE, lastMinute());
    since = until - long;
    slider.max = long / MINUTE;
    write(byId("past-since"), short.format(since));
    write(byId("past-until"), short.format(until));
    fetchMarks();
  }

  let asking = null;
  async function fetchMarks() {
    if (asking) asking.abort();
    asking = new AbortController();
    const asked = { since: iso(since), until: iso(until), lang: document.documentElement.lang };
    try {
      const answer = await fetch("/replay/alarms?" + new URLSearchParams(asked), { signal: asking.signal });
      marks = answer.ok ? (await answer.json()).items.map((item) => ({ ...item, at: Date.parse(item.at) })) : [];
    } catch (error) {
      return;   // another span was asked for, or the server is away: then the marks are the least of it
    }
    const place = ({ at, rank, sign, title }) => {
      const mark = Object.assign(document.createElement("i"), { textContent: sign, title, className: "past-sign rank-" + rank });
      mark.style.left = 100 * (at - since) / (until - since) + "%";
      mark.dataset.at = at;
      return mark;
    };
    byId("past-marks").replaceChildren(...marks.map(place).reverse());   // the gravest lie on top
  }

  function hop(by) {
    const at = shown(), times = marks.map((mark) => mark.at).sort((one, other) => one - other);
    const next = by > 0 ? times.find((each) => each > at + 1000) : times.reverse().find((each) => each < at - 1000);
    if (next !== undefined) go(next);
  }

  // -- hands and keys ----------------------------------------------------------------------------------

  const KEYS = {
    " ": () => go(shown(), speed ? 0 : usual),
    ArrowLeft: (event) => go(shown() - (event.shiftKey ? 10 : 1) * MINUTE),
    ArrowRight: (event) => go(shown() + (event.shiftKey ? 10 : 1) * MINUTE),
    Home: () => go(shown() > since ? since : since - DAY),
    End: () => go(Math.min(until, now() - MINUTE)),
    ",": () => hop(-1),
    ".": () => hop(1),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || !KEYS[event.key]) return;
    if (!wall && !bar.contains(event.target)) return;   // a desk's keys are its own
    if (event.target === field || (event.key === " " && event.target.matches("button"))) return;
    event.preventDefault();
    KEYS[event.key](event);
  });

  byId("past-play").addEventListener("click", KEYS[" "]);
  byId("past-speeds").addEventListener("click", (event) => { if (event.target.value) go(shown(), +event.target.value); });
  byId("past-earlier").addEventListener("click", () => hop(-1));
  byId("past-later").addEventListener("click", () => hop(1));
  byId("past-marks").addEventListener("click", (event) => { if (event.target.dataset.at) go(+event.target.dataset.at); });
  slider.addEventListener("input", () => { dragged = true; write(byId("past-moment"), words(since + slider.value * MINUTE)); });
  slider.addEventListener("change", () => { dragged = false; go(since + slider.value * MINUTE); });
  byId("past-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const at = Date.parse(field.value + offset(Date.parse(field.value + "Z")));
    if (!isNaN(at)) go(at);
  });

  byId("past-back").form.addEventListener("submit", (event) => {
    event.preventDefault();
    leave("");
  });

  // What one goes on to from here is seen at the same moment.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (link && link.origin === location.origin && !/^\/(api|layar)\b/.test(link.pathname) && !link.getAttribute("href").startsWith("#")) {
      link.href = addressed(link.href);
    }
  }, true);
  document.addEventListener("submit", (event) => {
    if (bar.contains(event.target)) return;
    if (event.target.method !== "get") { event.preventDefault(); return; }
    for (const [name, value] of new URL(addressed("/")).searchParams) {
      event.target.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    }
  }, true);

  // -- by itself ---------------------------------------------------------------------------------------

  function touch() {
    touched = performance.now();
    if (announced) announce("");
    room.classList.remove("past-rests");
    clearTimeout(rest);
    rest = setTimeout(() => room.classList.add("past-rests"), REST_MS);
  }

  function look() {
    const left = touched + room.dataset.returnsAfter * MINUTE - performance.now();
    if (left <= 0) leave("");
    else if (left < WARN_MS) announce(WORDS.back(Math.ceil(left / 1000)));
  }

  for (const name of ["pointermove", "pointerdown", "keydown", "wheel"]) document.addEventListener(name, touch, { passive: true });
  document.addEventListener("liveroom:beat", heard);
  setInterval(tell, TELL_MS);
  setInterval(look, 1000);
  touch();
  hold();
  tell();
  window.liveroomReplay = { go, addressed, get shown() { return shown(); }, get speed() { return speed; } };
})();
