/* The explorer: fetches the answer to what the address asks, keeps views under names in this browser, and tells how far a
   download is. Without it the form still makes addresses, and files still leave. */
(function () {
  "use strict";

  const WORDS = {
    id: { failed: "Belum terjawab. Muat ulang halaman untuk mencoba lagi.", waiting: "menunggu giliran", running: "sedang diunduh",
          done: "selesai", cancelled: "dibatalkan", failed_job: "gagal", cancel: "Batalkan", remove: "hapus", rows: "baris", none: "belum ada" },
    en: { failed: "Not answered yet. Reload the page to try again.", waiting: "waiting for its turn", running: "downloading",
          done: "done", cancelled: "cancelled", failed_job: "failed", cancel: "Cancel", remove: "remove", rows: "rows", none: "none yet" },
  }[document.documentElement.lang] || {};
  const KEPT = "explorer-views";
  const place = (name) => document.getElementById("explorer-" + name);
  const number = (value) => value.toLocaleString(document.documentElement.lang === "en" ? "en-GB" : "id-ID");
  const made = (tag, words, props) => Object.assign(document.createElement(tag), { textContent: words }, props);

  let shown = null, asking = null;

  /* The answer: asked for once an address; whoever leaves meanwhile ends the question. */
  async function answer() {
    const area = place("answer");
    if (!area || (area.dataset.src === shown && (asking || area.querySelector(".explorer-result")))) return;
    shown = area.dataset.src;
    if (asking) asking.abort();
    const mine = asking = new AbortController();
    try {
      const address = new URL(shown, location.href);
      address.searchParams.set("lang", document.documentElement.lang);
      const found = await fetch(address, { signal: mine.signal, headers: { accept: "text/html" } });
      const text = await found.text();
      area.innerHTML = text;   // our own server's picture, made of escaped text (dashboard/markup.py)
    } catch (error) {
      if (error.name === "AbortError") return;
      area.replaceChildren(made("p", WORDS.failed, { className: "nothing explorer-result" }));
    }
    asking = null;
    area.removeAttribute("aria-busy");
  }

  /* Views: addresses under names. */
  const views = () => { try { return JSON.parse(localStorage.getItem(KEPT)) || []; } catch { return []; } };
  const keep = (found) => { try { localStorage.setItem(KEPT, JSON.stringify(found.slice(0, 40))); } catch { /* private window */ } };

  function list() {
    const area = place("saved");
    if (!area) return;
    const lines = views().filter((view) => /^\/jelajah(\?|$)/.test(view.address)).map((view) => {
      const line = made("span", "", { className: "explorer-view" });
      const remove = made("button", "×", { type: "button", className: "explorer-remove", title: WORDS.remove + ": " + view.name });
      remove.setAttribute("aria-label", WORDS.remove + ": " + view.name);
      remove.addEventListener("click", () => { keep(views().filter((each) => each.name !== view.name)); list(); });
      line.append(made("a", view.name, { href: view.address, className: "choice" }), remove);
      return line;
    });
    area.replaceChildren(...(lines.length ? lines : [made("span", WORDS.none, { className: "sub" })]));
  }

  function save() {
    const name = place("name").value.trim();
    if (!name) { place("name").focus(); return; }
    keep([{ name, address: location.pathname + location.search }, ...views().filter((view) => view.name !== name)]);
    place("name").value = "";
    list();
  }

  /* Downloads: each under a number of our own, so that we may ask how far it is. */
  const ident = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

  function follow(link) {
    const id = ident(), address = new URL(link.href);
    address.searchParams.set("id", id);
    const job = "/api/v1/export/jobs/" + id;
    const line = made("p", "", { className: "explorer-job" }), bar = made("progress", "", { max: 1, value: 0 });
    const words = made("span", WORDS.waiting), cancel = made("button", WORDS.cancel, { type: "button", className: "button" });
    bar.setAttribute("aria-label", link.textContent);
    cancel.addEventListener("click", () => fetch(job, { method: "DELETE" }));
    line.append(made("strong", link.textContent), bar, words, cancel);
    place("jobs").prepend(line);
    const frame = made("iframe", "", { hidden: true, src: address.href });   // a download, not a page: we stay here
    document.body.append(frame);
    let missing = 0;
    const look = async () => {
      let found = null;
      try { const said = await fetch(job); if (said.ok) found = await said.json(); } catch { /* asked again */ }
      if (!found && ++missing > 20) { words.textContent = WORDS.failed_job; cancel.remove(); frame.remove(); return; }
      if (found) {
        bar.value = found.state === "done" ? 1 : found.share;
        const state = found.state === "failed" ? WORDS.failed_job : WORDS[found.state];
        words.textContent = state + (found.position ? " (" + number(found.position) + ")" : "")
          + (found.rows ? " · " + number(found.rows) + " " + WORDS.rows : "")
          + (found.bytes ? " · " + number(Math.ceil(found.bytes / 1e6)) + " MB" : "")
          + (found.sha256 ? " · SHA-256 " + found.sha256 : "") + (found.wrong ? " · " + found.wrong : "");
        if (["done", "cancelled", "failed"].includes(found.state)) { cancel.remove(); frame.remove(); return; }
      }
      setTimeout(look, 700);
    };
    setTimeout(look, 300);
  }

  document.addEventListener("click", (event) => {
    if (event.target.id === "explorer-save") save();
    const link = event.target.closest ? event.target.closest(".explorer-files a[download]") : null;
    if (link && !event.ctrlKey && !event.metaKey) { event.preventDefault(); follow(link); }
  });
  document.addEventListener("submit", (event) => {   // an address holds what was said, not what was left open
    if (event.target.id !== "explorer-form") return;
    for (const field of event.target.elements) if (!field.value) field.disabled = true;
  });
  window.addEventListener("pageshow", () => {
    for (const field of place("form") ? place("form").elements : []) field.disabled = false;
  });
  /* A page that comes back after the server was away is drawn anew: what was ours is put back. */
  const again = () => { answer(); if (place("saved") && !place("saved").firstChild) list(); };
  new MutationObserver(again).observe(document.getElementById("room") || document.body,
    { subtree: true, childList: true, attributes: true, attributeFilter: ["data-src"] });
  answer();
  list();
})();
