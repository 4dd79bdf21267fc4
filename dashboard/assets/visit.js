/* What is new since this desk was last here. The page remembers by itself, under its own address, until when it has
   been seen; by the server's time, which it was told with the page, so that a wrong clock here changes nothing. */
(function () {
  "use strict";

  const KEY = "liveroom:seen:" + location.pathname;
  const EVERY_MS = 1000;
  const WORDS = {
    id: {
      locale: "id-ID", first: "Kunjungan pertama di meja ini: semua perubahan 48 jam terakhir.", none: "Tidak ada yang baru",
      fresh: (n) => n + " hal baru", since: " sejak kunjungan terakhir Anda, ",
    },
    en: {
      locale: "en-GB", first: "First visit at this desk: all changes of the last 48 hours.", none: "Nothing new",
      fresh: (n) => n + (n === 1 ? " new matter" : " new matters"), since: " since your last visit, ",
    },
  }[document.documentElement.lang];

  const room = document.getElementById("room");
  const served = Date.parse(room ? room.dataset.servedAt || "" : "");
  const seen = Number(read() || NaN);

  function read() {
    try { return localStorage.getItem(KEY); } catch (error) { return null; }   // a browser that keeps nothing
  }

  function keep() {
    try { localStorage.setItem(KEY, String(Math.round(served + performance.now()))); } catch (error) { /* as above */ }
  }

  function mark() {
    const words = document.getElementById("changes-visit");
    if (!words) return;
    let fresh = 0;
    for (const element of document.querySelectorAll(".change[data-at]")) {
      const isNew = !isNaN(seen) && Date.parse(element.dataset.at) > seen;
      fresh += isNew;
      if (element.hasAttribute("data-new") !== isNew) element.toggleAttribute("data-new", isNew);
    }
    const said = isNaN(seen) ? WORDS.first : (fresh ? WORDS.fresh(fresh) : WORDS.none) + WORDS.since + when(seen) + ".";
    if (words.textContent !== said) words.textContent = said;
  }

  function when(at) {
    const form = { timeZone: room.dataset.zone, weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" };
    return new Intl.DateTimeFormat(WORDS.locale, form).format(new Date(at)) + " " + (room.dataset.zoneWord || "");
  }

  if (!room || isNaN(served) || !document.getElementById("slot-changes")) return;
  mark();
  setInterval(mark, EVERY_MS);   // the list is drawn anew whenever something changes
  addEventListener("pagehide", keep);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") keep(); });
})();
