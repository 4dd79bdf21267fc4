/* /layar: what fits the screen that was described, read off its preview; and a screen that is to forget what it kept. */
(function () {
  "use strict";
  const WORDS = {
    id: { pages: () => " halaman", round: " · satu putaran ", minutes: " menit.", forgotten: "Setelan dilupakan" },
    en: { pages: (n) => n === 1 ? " page" : " pages", round: " · one round ", minutes: " min.", forgotten: "Settings forgotten" },
  }[document.documentElement.lang];
  const preview = document.getElementById("wall-preview");
  const said = document.getElementById("wall-fits");
  const forget = document.getElementById("wall-forget");

  function tell() {
    const stage = preview.contentWindow && preview.contentWindow.liveroomStage;
    if (!stage) {
      setTimeout(tell, 300);
      return;
    }
    const scenes = new Map();
    for (const step of stage.steps) scenes.set(step.scene.title, step);
    const round = stage.steps.reduce((total, step) => total + step.seconds, 0);
    const pages = [...scenes].map(([title, step]) => title + ": " + step.pages + WORDS.pages(step.pages));
    said.textContent = pages.join(" · ") + WORDS.round + Math.round(round / 60) + WORDS.minutes;
  }

  if (preview) tell();
  if (forget) forget.addEventListener("click", () => {
    localStorage.removeItem("screen");
    forget.textContent = WORDS.forgotten;
  });
})();
