/* What a desk chooses for itself: light or dark. A cookie tells the server, so that the first bytes already have it. */
(function () {
  "use strict";

  const button = document.getElementById("theme");
  if (!button) return;
  const root = document.documentElement;
  const say = () => { button.textContent = root.dataset.bsTheme === "light" ? "Gelap" : "Terang"; };
  button.addEventListener("click", () => {
    const chosen = root.dataset.bsTheme === "light" ? "dark" : "light";
    root.dataset.bsTheme = chosen;
    root.removeAttribute("style");   // the ground of the first bytes; the sheet has it too
    document.cookie = "theme=" + chosen + ";path=/;max-age=31536000;samesite=lax";
    say();
  });
  say();
})();
