/* What is new since this desk was last here. The page remembers by itself, under its own address and for each position on
   duty, until when it has been seen; by the server's time, which it was told with the page, so that a wrong clock here
   changes nothing. Where a page has a line for it elsewhere (`.visit`), that says the same. */
(function () {
  "use strict";

  const WORDS = {
    id: {
      locale: "id-ID", first: "Kunjungan pertama di meja ini: semua perubahan 48 jam terakhir.",
      none: (since) => "○ Tidak ada yang baru" + since + ".", least: "lebih dari ",
      since: (who, at) => " sejak kunjungan terakhir " + (who || "Anda") + ", " + at,
      sorts: {
        raised: (n) => n + " alarm muncul", ended: (n) => n + " alarm berakhir", step: (n) => n + " langkah",
        record: (n) => n + " rekor", overdue: (n) => n + " kasus lewat tenggat", other: (n) => n + " perubahan lain",
      },
    },
    en: {
      locale: "en-GB", first: "First visit at this desk: all changes of the last 48 hours.",
      none: (since) => "○ Nothing new" + since + ".", least: "more than ",
      since: (who, at) => (who ? " since the last visit of " + who : " since your last visit") + ", " + at,
      sorts: {
        raised: (n) => n + (n === 1 ? " alarm raised" : " alarms raised"), ended: (n) => n + (n === 1 ? " alarm ended" : " alarms ended"),
        step: (n) => n + (n === 1 ? " step taken" : " steps taken"), record: (n) => n + (n === 1 ? " record" : " records"),
        overdue: (n) => n + (n === 1 ? " case past its deadline" : " cases past their deadline"),
        other: (n) => n + (n === 1 ? " other change" : " other changes"),
      },
    },
  }[document.documentElement.lang];

  const room = document.getElementById("room");
  const served = Date.parse(room ? room.dataset.servedAt || "" : "");
  const duty = room ? room.dataset.duty || "" : "";
  const KEY = "liveroom:seen:" + location.pathname + (duty ? ":" + duty : "");
  const seen = Number(read() || NaN);

  function read() {
    try { return localStorage.getItem(KEY); } catch (error) { return null; }   // a browser that keeps nothing
  }

  function keep() {
    try { localStorage.setItem(KEY, String(Math.round(served + performance.now()))); } catch (error) { /* as above */ }
  }

  function mark() {
    const counts = {};
    let fresh = 0, lines = 0;
    for (const element of document.querySelectorAll(".change[data-at]")) {
      const isNew = !isNaN(seen) && Date.parse(element.dataset.at) > seen;
      lines += 1;
      fresh += isNew;
      if (isNew) counts[element.dataset.sort] = (counts[element.dataset.sort] || 0) + Number(element.dataset.n);
      if (element.hasAttribute("data-new") !== isNew) element.toggleAttribute("data-new", isNew);
    }
    const list = document.getElementById("changes-list");
    const said = sentence(counts, fresh > 0 && fresh === lines && list && list.dataset.more);
    for (const words of document.querySelectorAll(".visit")) if (words.textContent !== said) words.textContent = said;
  }

  function sentence(counts, more) {
    if (isNaN(seen)) return WORDS.first;
    const since = WORDS.since(room.dataset.dutyName, when(seen));
    const told = Object.keys(WORDS.sorts).filter((sort) => counts[sort]).map((sort) => WORDS.sorts[sort](counts[sort]));
    return told.length ? (more ? WORDS.least : "") + told.join(", ") + since + "." : WORDS.none(since);
  }

  function when(at) {
    const form = { timeZone: room.dataset.zone, weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" };
    return new Intl.DateTimeFormat(WORDS.locale, form).format(new Date(at)) + " " + (room.dataset.zoneWord || "");
  }

  if (!room || room.dataset.past || isNaN(served) || !document.getElementById("slot-changes")) return;
  mark();
  // What is drawn anew is marked before anybody sees it; what is marked already changes nothing, so this comes to rest.
  const drawn = new MutationObserver(mark);
  for (const slot of ["slot-changes", "slot-alarm_help"].map((id) => document.getElementById(id))) {
    if (slot) drawn.observe(slot, { childList: true, subtree: true, attributeFilter: ["data-at", "data-sort", "data-n", "data-more"] });
  }
  addEventListener("pagehide", keep);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") keep(); });
})();
