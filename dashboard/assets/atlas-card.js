/* What the map says of a thing that was picked: the row of its table as a card, with the link to its page. */
(function () {
  "use strict";

  const MOST = 8;   // cases listed of a cluster; all are on the kelurahan's page

  function make(name, props, ...children) {
    const element = Object.assign(document.createElement(name), props);
    element.append(...children);
    return element;
  }

  const card = make("section", { className: "atlas-card", hidden: true });
  card.setAttribute("aria-live", "polite");
  card.setAttribute("aria-label", "Yang dipilih di peta");

  function show(...children) {
    const close = make("button", { type: "button", textContent: "Tutup" });
    close.dataset.close = "";
    card.replaceChildren(...children, close);
    card.hidden = false;
  }

  const heading = (words, href) => make("h3", {}, href ? make("a", { href, textContent: words }) : words);

  function showRow(row) {
    const { sort, name, href, words } = AtlasRows.told(row);
    const list = make("dl", {});
    for (const { head, cell } of words) list.append(make("dt", { textContent: head }), make("dd", {}, ...[...cell.cloneNode(true).childNodes].map(anonymous)));
    const more = href ? [make("p", {}, make("a", { href, textContent: "Buka rinciannya" }))] : [];
    show(make("p", { className: "sub", textContent: sort }), heading(name, href), list, ...more);
  }

  /* A copy has no id: the page has each once. */
  function anonymous(node) {
    if (node.removeAttribute) node.removeAttribute("id");
    return node;
  }

  function showDots(layer, found, n = found.length, waiting = found.filter((each) => each.waiting).length) {
    const lines = found.slice(0, MOST).map(({ id, waiting: waits }) =>
      make("li", {}, waits ? "● menunggu · " : "○ ditangani · ", make("a", { href: id, textContent: decodeURIComponent(id.split("/").pop()) })));
    const title = n === 1 ? "1 kasus" : n.toLocaleString("id-ID") + " kasus di sini, " + Number(waiting).toLocaleString("id-ID") + " menunggu";
    const rest = n > lines.length ? [make("p", { className: "sub", textContent: "Perbesar peta untuk " + (n - lines.length).toLocaleString("id-ID") + " lainnya." })] : [];
    show(heading(title), make("ul", {}, ...lines), ...rest);
  }

  function controls(canvas) {
    const move = (word, sign, action) => {
      const button = make("button", { type: "button", textContent: sign, title: word });
      button.setAttribute("aria-label", word);
      button.dataset.move = action;
      return button;
    };
    const buttons = [move("Perbesar", "+", "zoomIn"), move("Perkecil", "−", "zoomOut"), move("Seluruh kota", "□", "home")];
    canvas.append(make("div", { className: "atlas-moves" }, ...buttons), card);
  }

  const credit = (canvas, words) => canvas.append(make("span", { className: "atlas-credit", textContent: words }));

  window.AtlasCard = { MOST, showRow, showDots, controls, credit, hide: () => { card.hidden = true; } };
})();
