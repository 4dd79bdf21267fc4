/* A wall's picture: which scene, which page of it, and when the next one comes. Nothing is asked of the server.

   All panels of all scenes are on the page, each in one slot, kept up to date by the one stream (live.js). A turn only
   says which slots are seen and where; what is hidden has no layout and costs nothing but its text. People in the room
   hold a picture with the space bar and turn with the arrows. */
(function () {
  "use strict";
  const HELD = { id: "ditahan", en: "held" }[document.documentElement.lang];
  const LEAST_S = 8;   // a page that comes up is read before it goes

  const room = document.getElementById("room");
  const main = document.querySelector("main.scene");
  if (!room || !main) return;
  const titles = main.dataset.titles.split(" · ");
  const scenes = JSON.parse(main.dataset.plan).map((scene, i) => ({ ...scene, title: titles[i] }));
  const areas = [...main.querySelectorAll(".area[data-area]")];
  const sizes = Object.fromEntries(areas.map(({ dataset }) => [dataset.area, {
    width: +dataset.width, height: +dataset.height, tall: +dataset.tall,
    broad: dataset.broad && dataset.broad.split(" ").map(Number), grows: dataset.grows !== "no",
  }]));
  const phone = matchMedia("(max-width: 700px)");   // one column that scrolls (room.css)
  const mark = document.createElement("div");
  const paused = document.createElement("span"), word = document.createElement("span");

  let steps = [];       // {scene, page, pages, places, seconds}
  let at = 0;
  let timer = null;
  let held = false;
  let covered = false;  // by an alarm (takeover.js): the picture beneath stays where it is
  let left = 0, since = 0;   // seconds that the picture still had, at performance.now()

  function box() {
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const style = getComputedStyle(main);
    return {
      width: (main.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight)) / rem,
      height: (main.clientHeight - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom)) / rem,
    };
  }

  function plan() {
    const shown = steps[at] || { scene: scenes[0], page: 0 };
    const room = box();
    steps = scenes.flatMap((scene) => {
      const pages = phone.matches ? [null] : window.liveroomPack(scene, sizes, room);
      const seconds = Math.max(LEAST_S, scene.dwell / pages.length);
      return pages.map((places, page) => ({ scene, page, pages: pages.length, places, seconds }));
    });
    const same = steps.filter((step) => step.scene === shown.scene);
    at = steps.indexOf(same[Math.min(shown.page, same.length - 1)]);
    show();
  }

  function show() {
    const step = steps[at];
    const { scene, places } = step;
    main.className = "scene scene-" + scene.key + (places ? " scene-packed" : "");
    main.style.setProperty("--columns", scene.columns.map(track).join(" "));
    main.style.setProperty("--rows", scene.rows.map(track).join(" "));
    main.style.setProperty("--areas", scene.areas.map((line) => '"' + line.join(" ") + '"').join(" "));
    const own = new Set(scene.areas.flat());
    for (const area of areas) {
      const place = places && places.find((each) => each.panel === area.dataset.area);
      area.hidden = places ? !place : !own.has(area.dataset.area);
      area.classList.toggle("area-top", place ? place.top === 0 : scene.areas[0].includes(area.dataset.area));
      area.style.cssText = place
        ? `left:${place.left + 1.25}rem;top:${place.top}rem;width:${place.width}rem;height:${place.height}rem`
        : `grid-area:${area.dataset.area}`;
    }
    title(scene.title);
    window.liveroomFit.all(areas.filter((area) => !area.hidden));
    progress(step);
    wait(step.seconds);
  }

  // A share of what is left may be as small as it must: what stands in it never widens it.
  const track = (written) => written.endsWith("fr") ? `minmax(0, ${written})` : written;

  function title(words) {
    const element = room.querySelector(".room-scene");
    const before = element.textContent;
    if (before === words) return;
    element.textContent = words;
    room.dataset.title = room.dataset.title.replace(before, words);
  }

  // -- turning ------------------------------------------------------------------------------------------

  function wait(seconds) {
    clearTimeout(timer);
    left = seconds;
    since = performance.now();
    timer = held || covered || steps.length < 2 ? null : setTimeout(() => turn(1), seconds * 1000);
  }

  function turn(by) {
    if (steps.length < 2) return;
    at = (at + by + steps.length) % steps.length;
    show();
  }

  function hold(on = !held) {
    if (on === held) return;
    held = on;
    paused.replaceChildren(...(held ? ["Ⅱ", word] : []));
    mark.classList.toggle("held", held);
    progress(steps[at]);
    wait(steps[at].seconds);
  }

  function cover() {
    if (covered) return;
    covered = true;
    const remains = left - (performance.now() - since) / 1000;
    wait(Math.max(remains, LEAST_S));
    mark.classList.add("covered");
  }

  function uncover() {
    if (!covered) return;
    covered = false;
    mark.classList.remove("covered");
    wait(left);
  }

  function progress(step) {
    if (steps.length < 2) {
      mark.replaceChildren();
      return;
    }
    if (mark.children.length !== steps.length) {
      mark.replaceChildren(...steps.map(() => document.createElement("i")));
    }
    [...mark.children].forEach((each, i) => { each.className = i === at ? "now" : ""; });
    mark.style.setProperty("--seconds", step.seconds.toFixed(0));
  }

  // In a replay arrows and space move through time (replay.js).
  const KEYS = room.dataset.past
    ? { PageDown: () => turn(1), PageUp: () => turn(-1) }
    : { ArrowRight: () => turn(1), ArrowLeft: () => turn(-1), " ": () => hold() };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || covered || steps.length < 2 || !KEYS[event.key]) return;
    KEYS[event.key]();
    event.preventDefault();
  });

  mark.className = "turns";
  mark.setAttribute("aria-hidden", "true");
  paused.className = "room-held";
  word.textContent = " " + HELD;
  paused.setAttribute("role", "status");
  room.querySelector(".room-title").after(paused);
  room.querySelector(".room-header").append(mark);
  plan();
  window.liveroomFit.watch(main);
  new ResizeObserver(plan).observe(main);
  document.fonts.ready.then(plan);
  window.liveroomStage = { turn, hold, cover, uncover, get steps() { return steps; }, get at() { return at; } };
})();
