/* What a desk chooses for itself: its language, light or dark. A cookie tells the server, so that the first bytes already
   have it. */
(function () {
  "use strict";

  const WORDS = { id: { light: "Terang", dark: "Gelap" }, en: { light: "Light", dark: "Dark" } }[document.documentElement.lang];
  const keep = (name, value) => { document.cookie = name + "=" + value + ";path=/;max-age=31536000;samesite=lax"; };

  const language = document.getElementById("language");
  if (language) language.addEventListener("click", () => {
    keep("lang", language.value);
    const address = new URL(location.href);
    address.searchParams.delete("lang");   // what an address says goes before what a desk has chosen
    if (address.href === location.href) location.reload();
    else location.replace(address);
  });

  const button = document.getElementById("theme");
  if (!button) return;
  const root = document.documentElement;
  const say = () => { button.textContent = root.dataset.bsTheme === "light" ? WORDS.dark : WORDS.light; };
  button.addEventListener("click", () => {
    const chosen = root.dataset.bsTheme === "light" ? "dark" : "light";
    root.dataset.bsTheme = chosen;
    root.removeAttribute("style");   // the ground of the first bytes; the sheet has it too
    keep("theme", chosen);
    say();
  });
  say();
})();
