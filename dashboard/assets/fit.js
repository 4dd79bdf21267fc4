/* What a panel leaves out so that the rest is whole: parts it can spare, then its last rows, which are counted.

   A panel says itself what it can spare, what yields and what its rows are (`layouts.panel.Fit`). A row that would be cut is hidden
   as a whole, and the head says how many: "+12 lainnya". Where not even one row or the figure is whole, the panel is
   brief: what explains goes (wall.css), and what it is about stays. */
(function () {
  "use strict";
  const MORE = { id: " lainnya", en: " more" }[document.documentElement.lang];
  const EVERY_MS = 1000;   // what is new in a panel is measured this often at most
  const SLACK = .15;       // rem by which a line may be squeezed: the leading of its words, never their shape

  const selectors = (area, name) => (area.dataset[name] || "").split("|").filter(Boolean);
  const seen = (element) => element.getClientRects().length > 0;

  function fit(area) {
    const body = area.querySelector(".body"), head = area.querySelector(".head");
    // What is only read aloud has all the room it needs.
    if (!body || !seen(body) || area.classList.contains("area-unseen")) return;
    area.removeAttribute("data-brief");
    if (fits(area, head, body)) return;
    area.setAttribute("data-brief", "");
    if (!fits(area, head, body)) leaveOutWords(body);
  }

  // What is still too high for a brief panel: its headings, then its last words, but never its first.
  function leaveOutWords(body) {
    const words = [...body.querySelectorAll("*")].filter((each) => !each.childElementCount && each.textContent.trim() && seen(each));
    const headings = words.filter((each) => each.closest("h3"));
    for (const each of [...headings, ...words.filter((one) => !headings.includes(one)).slice(1).reverse()]) {
      if (whole(body, [])) return;
      each.setAttribute("data-left-out", "");
    }
  }

  // Leave out until it is whole; whether it is.
  function fits(area, head, body) {
    for (const element of area.querySelectorAll("[data-left-out]")) element.removeAttribute("data-left-out");
    const more = area.querySelector(".more");
    if (more) more.remove();
    settle(head);
    const yields = selectors(area, "yields").flatMap((one) => [...body.querySelectorAll(one)]).filter(seen);
    for (const each of yields.filter(cut)) each.setAttribute("data-left-out", "");
    const rows = selectors(area, "rows").flatMap((one) => [...body.querySelectorAll(one)]).filter(seen);
    if (whole(body, rows)) return true;
    for (const one of selectors(area, "spare")) {
      for (const element of body.querySelectorAll(one)) element.setAttribute("data-left-out", "");
      if (whole(body, rows)) return true;
    }
    leaveOutRows(area, head, body, rows);
    return whole(body, rows) && (rows.some(seen) || says(area, body));
  }

  // With all its rows left out a panel needs a figure, a verdict or a picture to say anything.
  function says(area, body) {
    return selectors(area, "says").some((one) => [...body.querySelectorAll(one)].some(seen));
  }

  // Of a head that is too narrow the note goes, then the word beside the count of what is left out, then the age while
  // it is as young as it should be; what is left may take a second line.
  function settle(head) {
    const note = head.querySelector(".note");
    const narrow = () => head.scrollWidth > head.clientWidth + 1;
    head.removeAttribute("data-wraps");
    head.removeAttribute("data-tight");
    if (note && cut(note)) note.setAttribute("data-left-out", "");
    for (const tight of ["count", "age"]) if (narrow()) head.dataset.tight = tight;
    head.toggleAttribute("data-wraps", narrow());
  }

  // Whether words are wider than their place, to a fraction of a px: an ellipsis comes with the first of it.
  function cut(element) {
    const range = document.createRange();
    range.selectNodeContents(element);
    return range.getBoundingClientRect().width > element.getBoundingClientRect().width + .05;
  }

  // The most rows that are whole, found by halving: each try is one layout of this panel. Beside a figure that says
  // enough by itself there may be none of them.
  function leaveOutRows(area, head, body, rows) {
    if (!rows.length) return;
    const more = document.createElement("span"), count = document.createElement("b"), word = document.createElement("i");
    more.className = "more";
    count.textContent = "+" + rows.length;   // it takes its room before the room is measured
    word.textContent = MORE;
    more.append(count, word);
    head.querySelector("h2").after(more);
    settle(head);
    let fits = 0, tooMany = rows.length;
    while (tooMany - fits > 1) {
      const tried = (fits + tooMany) >> 1;
      show(rows, tried);
      if (whole(body, rows)) fits = tried;
      else tooMany = tried;
    }
    show(rows, fits);
    leaveOutHeadings(body);
    if (!fits && !says(area, body)) show(rows, fits = 1);
    count.textContent = "+" + (rows.length - fits);
    if (fits === rows.length) more.remove();   // the only row stays, whatever it lacks
  }

  function show(rows, many) {
    rows.forEach((row, i) => row.toggleAttribute("data-left-out", i >= many));
  }

  // A heading of nothing but what was left out says nothing.
  function leaveOutHeadings(body) {
    for (const heading of body.querySelectorAll("h3")) {
      if (heading.querySelector(".badge")) continue;   // it judges something itself
      let next = heading.nextElementSibling, under = 0, left = 0;
      for (; next && next.tagName !== "H3"; next = next.nextElementSibling) {
        if (next.hasAttribute("data-left-out")) left += 1;
        else if (seen(next)) under += 1;
      }
      if (left && !under) heading.setAttribute("data-left-out", "");
    }
  }

  function whole(body, rows) {
    const panel = body.parentElement;   // where the head stands in the same line, the panel is what cuts
    if (body.scrollHeight > body.clientHeight + 1 || panel.scrollHeight > panel.clientHeight + 1) return false;
    const slack = SLACK * parseFloat(getComputedStyle(document.documentElement).fontSize);
    const holders = new Set();
    for (const row of rows) {
      if (row.hasAttribute("data-left-out")) continue;
      holders.add(row.parentElement);
      if (row.scrollHeight > row.clientHeight + slack && row.clientHeight) return false;
    }
    return [...holders].every((holder) => holder.scrollHeight <= holder.clientHeight + slack);
  }

  // -- what changes is measured again -------------------------------------------------------------------

  const dirty = new Set();
  let waiting = false;

  function fitDirty() {
    waiting = false;
    for (const area of dirty) if (seen(area)) fit(area);
    dirty.clear();
    watcher.takeRecords();   // our own changes are none
  }

  // Ages count every second in every panel; they need more room only where a panel turns late.
  const watcher = new MutationObserver((changes) => {
    for (const { target } of changes) {
      const element = target.nodeType === Node.ELEMENT_NODE ? target : target.parentElement;
      const area = element && !element.closest(".ago, .age") && element.closest(".area");
      if (area) dirty.add(area);
    }
    if (dirty.size && !waiting) {
      waiting = true;
      setTimeout(fitDirty, EVERY_MS);
    }
  });

  window.liveroomFit = {
    watch(main) { watcher.observe(main, { childList: true, characterData: true, subtree: true, attributeFilter: ["data-state"] }); },
    all(areas) {
      areas.forEach(fit);
      watcher.takeRecords();
    },
  };
})();
