/* The live side of a page: one event stream in, the panels kept up to date, ages and states counted here.

   The page comes with its pictures; the stream goes on from there. What is inside a slot is ours alone
   (docs/decisions/0001: a change costs microseconds here, about a millisecond through a component tree).
   The server never says how old something is. It sends times at the source and its own clock; the page
   decides by itself, once a second, what is live, late or unknown. It never asks the display what time it is,
   only how long ago something was: a wall whose clock is wrong still tells the right ages and the right time.
   In a replay (replay.js) the server tells a moment of the past instead, and how many times as fast time goes by there.
   Nothing here grows: there is one stream, two timers and the last heartbeat. */
(function () {
  "use strict";

  const SILENT_MS = 3500;   // without a heartbeat for this long the room is not live (one comes each second)
  const REOPEN_MS = 6000;   // then the stream is thrown away and opened anew
  const BEHIND_MS = 2000;   // a page this far behind skips what it missed and takes the whole picture
  const TRUST_MS = 60000;   // how long the heartbeat that came quickest tells the server's clock
  const TICK_MS = 1000;
  const AGE_MS = 200;       // new elements get their age and state this soon

  const WORDS = {
    id: {
      locale: "id-ID", seconds: " dtk lalu", minutes: " mnt lalu", hours: " jam lalu", days: " hari lalu",
      silent: "Terputus dari server", database: "Basis data tidak terjangkau", ingest: "Penerima data berhenti",
      replica: "Salinan basis data tertinggal", broker: "Broker MQTT tidak terjangkau", last: "angka terakhir", away: "terputus", disturbed: "terganggu",
      connected: "tersambung", oldest: "tertua ", readings: "sensor", prices: "harga", cases: "keluhan", simulated: "DATA SIMULASI",
    },
    en: {
      locale: "en-GB", seconds: " s ago", minutes: " min ago", hours: " h ago", days: " d ago",
      silent: "Cut off from the server", database: "Database out of reach", ingest: "Receiver of data has stopped",
      replica: "Copy of the database lags behind", broker: "MQTT broker out of reach", last: "last figures", away: "cut off", disturbed: "disturbed",
      connected: "connected", oldest: "oldest ", readings: "sensors", prices: "prices", cases: "complaints", simulated: "SIMULATED DATA",
    },
  }[document.documentElement.lang];

  let stream = null;        // the EventSource
  let cursor = null;        // id of the last frame applied; without one the stream begins with the whole picture
  let heardAt = 0;          // performance.now() at the last heartbeat that was not an old one
  let heardOn = 0;          // Date.now() at the same instant
  let openedAt = 0;
  let startedAt = 0;        // when this page began to listen
  let rate = 1;             // how fast time goes by in what is shown: 1 in what is live, 0 in a past that stands still
  let offset = 0;           // server's clock minus rate times performance.now(), ms
  let offsetAt = 0;         // performance.now() when it was measured
  let timed = false;        // whether this stream has told the time: its first heartbeat is believed, whatever it says
  let past = false;         // whether the page is a replay
  let beat = null;          // the last heartbeat
  let build = null;
  let leaving = false;
  let silence = null;       // the timer that looks at the very moment a heartbeat is missed
  let ageing = false;       // an ageing of new elements is on its way
  let clock = null;         // formatters of the room's zone, made once: making one is dear

  const byId = (id) => document.getElementById(id);

  // Nobody can set performance.now(), but it may stand still while a device sleeps; Date goes on, but can be set.
  // Since the last heartbeat has passed what the one of them says that went on further.
  const slept = () => beat ? Math.max(0, (Date.now() - heardOn) - (performance.now() - heardAt)) : 0;
  const silentFor = () => performance.now() - heardAt + slept();
  // What is past stands still while nobody tells how it goes on.
  const gone = () => past ? Math.min(performance.now(), heardAt + SILENT_MS) : performance.now() + slept();
  const now = () => rate * gone() + offset;

  function write(element, words) {
    if (element && element.textContent !== words) element.textContent = words;
  }

  function mark(element, name, value) {
    if (element && element.getAttribute(name) !== value) element.setAttribute(name, value);
  }

  // -- the stream --------------------------------------------------------------------------------------

  function open(room) {
    close();
    openedAt = performance.now();
    timed = false;
    stream = new EventSource(room.dataset.live + (cursor ? "&after=" + encodeURIComponent(cursor) : ""));
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
    if (beat && now() - Date.parse(frame.at) > BEHIND_MS * rate && performance.now() - openedAt > REOPEN_MS) {
      if (!past) cursor = null;   // the picture first, again: what has piled up here is thrown away with the stream
      open(byId("room"));
      return;
    }
    if (event.type === "snapshot") held = null;   // it says all that was held back
    for (const item of frame.items) hand(item);
    cursor = event.lastEventId;
    if (event.type === "snapshot") ageElements();
    else if (!ageing) {
      ageing = true;
      setTimeout(() => { ageing = false; ageElements(); }, AGE_MS);
    }
  }

  // -- held back ---------------------------------------------------------------------------------------

  // What would group a list otherwise under somebody's hands waits while a script of the list says so, and with it, in
  // their order, all later changes to it. A line that is there is kept up to date meanwhile.
  const MOST_HELD = 500;   // changes; then it is drawn, whoever works in it
  let held = null;         // { list, items }

  function hand(item) {
    const element = byId(item.id);
    const regroups = element && element.dataset.grouping && item.props["data-grouping"];
    if (!held && regroups && !element.dispatchEvent(new CustomEvent("regroup", { bubbles: true, cancelable: true }))) {
      held = { list: element, items: [] };
    }
    const anew = item.props.children && typeof item.props.children === "object";   // more than other words
    if (held && anew && element && element !== held.list && element.contains(held.list)) held = null;   // with all round it
    const waits = held && (!element || held.list.contains(element));
    if (waits) held.items.push(item);
    if (!waits) apply(element, item.props);
    else refresh(item);
    if (held && held.items.length > MOST_HELD) release();
  }

  // Of what waits, the lines that are there already.
  function refresh(node) {
    if (Array.isArray(node)) node.forEach(refresh);
    else if (node && typeof node === "object") {
      const line = byId(node.id || node.props.id);
      if (line && line !== held.list && held.list.contains(line) && !line.querySelector("li")) apply(line, node.props);
      else refresh(node.props.children);
    }
  }

  function release() {
    const items = held ? held.items : [];
    held = null;
    for (const item of items) apply(byId(item.id), item.props);
    if (items.length) ageElements();
  }

  // -- drawing -----------------------------------------------------------------------------------------

  const ATTRIBUTES = { className: "class", htmlFor: "for" };   // the rest is called what HTML calls it

  const OTHERS = "time.ago, .age";   // their words are written by whoever counts
  let wall = false;   // a wall has no links: there is nobody to follow them

  // What was last told of each node drawn here: its type, its properties, and its words or the nodes within. A picture that
  // says the same again changes nothing: what is open, focused, loaded or noted in it by another script stays.
  const told = new WeakMap();

  function draw(node) {
    const words = typeof node !== "object";
    const made = words ? document.createTextNode(node) : document.createElement(wall && node.type === "A" ? "span" : node.type);
    told.set(made, words ? { type: "#text", words: String(node) } : { type: node.type, props: {}, nodes: [] });
    if (!words) apply(made, node.props);
    return made;
  }

  // The same node with what is told of it now; what is not told any more is gone.
  function redraw(drawn, node) {
    const known = told.get(drawn);
    if (known.type === "#text") {
      if (known.words !== String(node)) drawn.data = known.words = String(node);
      return drawn;
    }
    const over = Object.keys(known.props).filter((name) => !(name in node.props)).map((name) => [name, null]);
    apply(drawn, { children: null, ...Object.fromEntries(over), ...node.props });
    return drawn;
  }

  function apply(element, props) {
    if (!element) return;   // of a page that has just gone
    if (!told.has(element)) told.set(element, { props: {} });   // it came with the page
    const known = told.get(element), others = element.matches(OTHERS);
    for (const [name, value] of Object.entries(props)) {
      if (name === "children" || same(known.props[name], value)) continue;
      set(element, name, value);
      known.props[name] = value;
    }
    if (others && !element.matches(OTHERS)) element.textContent = known.words || "";
    if ("children" in props) fill(element, known, props.children);
  }

  const same = (one, other) => one === other || (typeof one === "object" && JSON.stringify(one) === JSON.stringify(other));

  function set(element, name, value) {
    if (name === "style") dress(element, value || {});
    else if (name === "href" && wall) return;
    else if (value === null || value === false) element.removeAttribute(ATTRIBUTES[name] || name);
    else element.setAttribute(ATTRIBUTES[name] || name, value === true ? "" : value);
  }

  function fill(element, known, children) {
    if (children !== null && typeof children !== "object") {
      const words = String(children);
      if (known.nodes ? known.nodes.length : known.words === undefined) element.textContent = words;
      else if (known.words !== words || !element.matches(OTHERS)) write(element, words);
      known.words = words;
      known.nodes = null;
      return;
    }
    const list = (Array.isArray(children) ? children : [children]).filter((child) => child !== null);
    const before = known.nodes || [], nodes = matched(before, list);
    if (!known.nodes || nodes.length !== before.length || nodes.some((node, i) => node !== before[i])) place(element, nodes);
    known.words = null;
    known.nodes = nodes;
  }

  // For each node of the list the one drawn before for it, by its id, else by what it leads to, else by its turn.
  const keyOf = (type, props) => type + " " + (props ? props.id || props.href || "" : "");

  function matched(before, list) {
    const free = new Map();
    for (const node of before) {
      const { type, props } = told.get(node), key = keyOf(type, props);
      if (free.has(key)) free.get(key).push(node);
      else free.set(key, [node]);
    }
    return list.map((node) => {
      const there = free.get(typeof node === "object" ? keyOf(node.type, node.props) : keyOf("#text"));
      return there && there.length ? redraw(there.shift(), node) : draw(node);
    });
  }

  // These nodes and no others, in this order; one that stands right is not touched, so that it keeps its focus.
  function place(element, nodes) {
    const staying = new Set(nodes);
    for (const node of [...element.childNodes]) if (!staying.has(node)) node.remove();
    let next = element.firstChild;
    for (const node of nodes) {
      if (node === next) next = next.nextSibling;
      else element.insertBefore(node, next);
    }
  }

  function dress(element, style) {
    element.removeAttribute("style");
    for (const [name, value] of Object.entries(style)) {
      element.style.setProperty(name.replace(/[A-Z]/g, (letter) => "-" + letter.toLowerCase()), value);
    }
  }

  function takeBeat(event) {
    const told = JSON.parse(event.data);
    const at = Date.parse(told.at);
    if (!timed) rate = told.speed === undefined ? 1 : told.speed;
    if (timed && now() - at > SILENT_MS * rate) return;   // piled up on the way while nobody took it: no sign of life
    const found = at - rate * performance.now();   // short of the truth by what the heartbeat took
    if (!timed || found > offset || performance.now() - offsetAt > TRUST_MS) {
      offset = found;
      offsetAt = performance.now();
      timed = true;
    }
    heardAt = performance.now();
    heardOn = Date.now();
    clearTimeout(silence);
    silence = setTimeout(tick, SILENT_MS + 1);
    beat = told;
    if (build === null) build = beat.build;
    if (beat.build !== build) leave();
    tick();
    document.dispatchEvent(new CustomEvent("liveroom:beat", { detail: beat }));
  }

  // For a new build, or for another address: only when the server answers, so that a wall never ends on an error page.
  async function leave(address) {
    if (leaving) return;
    leaving = true;
    try {
      const answer = await fetch("/healthz", { cache: "no-store" });
      if (answer.ok && address) location.replace(address);
      else if (answer.ok) location.reload();
    } catch (error) {
      /* whoever wants to leave tries again */
    }
    leaving = false;
  }

  // -- what the page says ------------------------------------------------------------------------------

  function ageWords(ms) {
    const seconds = Math.max(0, Math.floor(ms / 1000));
    if (seconds < 60) return seconds + WORDS.seconds;
    if (seconds < 3600) return Math.floor(seconds / 60) + WORDS.minutes;
    if (seconds < 172800) return Math.floor(seconds / 3600) + WORDS.hours;
    return Math.floor(seconds / 86400) + WORDS.days;
  }

  // A page that has not heard anything yet is neither live nor cut off, until a heartbeat is overdue.
  const opening = () => !beat && performance.now() - startedAt < SILENT_MS;

  function reasons() {
    if (!beat || silentFor() > SILENT_MS) return ["silent"];
    return beat.room.reasons;
  }

  function ageElements() {
    if (!beat) return;   // no time is known yet
    const present = now();
    const failing = beat.failing;   // panels that cannot be refreshed: their picture stays, greyed
    for (const element of document.querySelectorAll("[data-late-after]")) {
      const at = Date.parse(element.dataset.observedAt || "");
      const age = isNaN(at) ? null : present - at;
      if (age !== null) {
        const late = age > element.dataset.lateAfter * 1000;
        const stale = age > element.dataset.staleAfter * 1000 || failing.includes(element.dataset.panel);
        mark(element, "data-state", stale ? "stale" : late ? "late" : "live");
      }
      if (element.dataset.panel) write(element.querySelector(".age"), age === null ? "" : ageWords(age));
    }
    for (const element of document.querySelectorAll("time.ago")) {
      const at = Date.parse(element.dataset.at || "");
      write(element, isNaN(at) ? "–" : ageWords(present - at));
    }
  }

  function tellTime() {
    if (!beat) return;   // the server's time; before it has told it, none
    const room = byId("room"), timeZone = room.dataset.zone, at = new Date(now());
    clock = clock || {
      time: new Intl.DateTimeFormat(WORDS.locale, { timeZone, hour: "2-digit", minute: "2-digit", second: "2-digit" }),
      day: new Intl.DateTimeFormat(WORDS.locale, { timeZone, weekday: "short", day: "numeric", month: "short" }),
    };
    write(byId("clock-time"), clock.time.format(at) + " " + (room.dataset.zoneWord || ""));
    write(byId("clock-date"), clock.day.format(at).replace(",", ""));
  }

  function header(room, why) {
    tellTime();
    if (opening()) return;   // nothing is known yet, and nothing is wrong
    const trouble = why.map((name) => WORDS[name] || name).join(" · ");
    write(byId("banner"), trouble ? trouble + since(why) : "");
    write(byId("alert"), trouble);
    const title = [room.dataset.past, room.dataset.title].filter(Boolean).join(" · ");
    if (title && document.title !== title) document.title = title;
    const link = byId("connection");
    mark(link, "data-state", why.length ? "away" : "live");
    write(link, why.length ? "▲ " + (why[0] === "silent" ? WORDS.away : WORDS.disturbed) : "● " + WORDS.connected);
    if (beat) feeds(beat.room);
  }

  function since(why) {
    if (why[0] === "silent" && beat) return " · " + ageWords(silentFor());
    return " · " + WORDS.last + (why[0] === "replica" ? " " + ageWords(beat.room.behind * 1000) : "");
  }

  function feeds(state) {
    const oldest = state.oldest_at ? WORDS.oldest + (WORDS[state.oldest_feed] || state.oldest_feed) + " " + ageWords(now() - Date.parse(state.oldest_at)) : "";
    write(byId("oldest-feed"), oldest);
    const badge = byId("simulation");
    if (!badge) return;
    badge.hidden = !state.simulated;
    write(badge.firstElementChild, state.simulated ? WORDS.simulated : "");
    write(badge.lastElementChild, state.simulated && state.simulated_until ? " · " + ageWords(now() - Date.parse(state.simulated_until)) : "");
  }

  // A keyboard reaches what scrolls, and has nothing to stop at where all of it is seen.
  function reachable() {
    for (const element of document.querySelectorAll("[data-scrolls]")) {
      if (element.scrollWidth <= element.clientWidth + 1) {
        for (const name of ["tabindex", "role", "aria-labelledby"]) element.removeAttribute(name);
        continue;
      }
      mark(element, "tabindex", "0");
      mark(element, "role", "group");
      mark(element, "aria-labelledby", element.dataset.scrolls);
    }
  }

  // A script that only one panel needs comes when the panel does, once, in the order the slot names them.
  const asked = new Set();
  function scripts() {
    for (const slot of document.querySelectorAll("[data-scripts]")) {
      if (!slot.getClientRects().length) continue;   // of a scene that is not up
      for (const src of slot.dataset.scripts.split(" ")) {
        if (asked.has(src) || !src.includes(".js?")) continue;
        asked.add(src);
        document.head.append(Object.assign(document.createElement("script"), { src, async: false }));
      }
    }
  }

  // -- once a second -----------------------------------------------------------------------------------

  function tick() {
    const room = byId("room");
    if (!stream || (silentFor() > REOPEN_MS && performance.now() - openedAt > REOPEN_MS)) open(room);
    const why = reasons();
    if (!opening()) {
      mark(room, "data-room", why.length ? "stale" : past ? "replay" : "live");
      mark(room, "data-why", why.join(" "));
    }
    mark(room, "data-build", build || "");
    ageElements();
    reachable();
    scripts();
    header(room, why);
  }

  function start() {
    const room = byId("room");
    if (!room) return;   // a page that shows nothing live
    wall = room.classList.contains("room-wall");
    past = Boolean(room.dataset.past);
    cursor = room.dataset.cursor || null;
    startedAt = performance.now();
    silence = setTimeout(tick, SILENT_MS + 1);   // the first heartbeat can be missed too
    setInterval(tick, TICK_MS);
    // A page that was put away has no timers: it looks before anybody does.
    document.addEventListener("visibilitychange", tick);
    window.addEventListener("pageshow", tick);
    window.addEventListener("online", tick);
    tick();
  }

  // Begin the stream anew, from the room's address for it; what is shown stays until the new picture is there.
  function restart() {
    cursor = null;
    open(byId("room"));
  }

  start();
  window.liveroomLive = {
    now, tellTime, restart, leave, release, get beat() { return beat; }, get holds() { return held !== null; },
  };
})();
