/* What the map says of a thing that was picked: the row of its table as a card, with the link to its page. */
(function () {
  "use strict";

  const word = (key) => document.querySelector(`#atlas-words [data-word="${key}"]`).textContent;
  const number = (n) => Number(n).toLocaleString(document.documentElement.lang);
  const MOST = 8;   // cases listed of a cluster; all are on the kelurahan's page

  function make(name, props, ...children) {
    const element = Object.assign(document.createElement(name), props);
    element.append(...children);
    return element;
  }

  const card = make("section", { className: "atlas-card", hidden: true });
  card.setAttribute("aria-live", "polite");
  card.setAttribute("aria-label", word("picked"));

  function show(...children) {
    const close = make("button", { type: "button", textContent: word("close") });
    close.dataset.close = "";
    card.replaceChildren(...children, close);
    card.hidden = false;
  }

  const heading = (words, href) => make("h3", {}, href ? make("a", { href, textContent: words }) : words);

  function showRow(row) {
    const { sort, name, href, words } = AtlasRows.told(row);
    const list = make("dl", {});
    for (const { head, cell } of words) list.append(make("dt", { textContent: head }), make("dd", {}, ...[...cell.cloneNode(true).childNodes].map(anonymous)));
    const more = href ? [make("p", {}, make("a", { href, textContent: word("page") }))] : [];
    show(make("p", { className: "sub", textContent: sort }), heading(name, href), list, ...more);
  }

  /* A copy has no id: the page has each once. */
  function anonymous(node) {
    if (node.removeAttribute) node.removeAttribute("id");
    return node;
  }

  function showDots(layer, found, n = found.length, waiting = found.filter((each) => each.waiting).length) {
    const lines = found.slice(0, MOST).map(({ id, waiting: waits }) =>
      make("li", {}, waits ? `● ${word("waiting")} · ` : `○ ${word("working")} · `, make("a", { href: id, textContent: decodeURIComponent(id.split("/").pop()) })));
    const rest = n > lines.length ? [make("p", { className: "sub", textContent: `+${number(n - lines.length)} ${word("more")}` })] : [];
    show(heading(`${number(n)} ${word("one")} · ${number(waiting)} ${word("waiting")}`), make("ul", {}, ...lines), ...rest);
  }

  function controls(canvas) {
    const move = (action, sign) => {
      const button = make("button", { type: "button", textContent: sign, title: word(action) });
      button.setAttribute("aria-label", word(action));
      button.dataset.move = action;
      return button;
    };
    const buttons = [move("zoomIn", "+"), move("zoomOut", "−"), move("home", "□")];
    canvas.append(make("div", { className: "atlas-moves" }, ...buttons), card);
  }

  const credit = (canvas, words) => canvas.append(make("span", { className: "atlas-credit", textContent: words }));

  window.AtlasCard = { MOST, word, showRow, showDots, controls, credit, hide: () => { card.hidden = true; } };
})();
