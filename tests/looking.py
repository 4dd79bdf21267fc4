"""What a person would point at on a wall, measured.

Scrollbars, cut words, rows cut through their middle, words over words, panels that overflow, cover each other or show
nothing.
"""

from __future__ import annotations

from playwright.sync_api import Page

_FAULTS = """() => {
  const faults = [];
  const page = document.documentElement;
  if (page.scrollWidth > innerWidth || page.scrollHeight > innerHeight) faults.push('the page scrolls');
  const name = (element) => element.id || element.closest('[id]').id;
  const seen = (element) => element.getClientRects().length > 0;
  const heard = new Map();   // whether an element is only read aloud: it, or what holds it, is clipped away
  const only = (element) => {
    if (!heard.has(element))
      heard.set(element, getComputedStyle(element).clipPath === 'inset(50%)'
        || (element.id !== 'room' && only(element.parentElement)));
    return heard.get(element);
  };
  for (const element of document.querySelectorAll('#room *')) {
    if (!element.clientWidth || only(element)) continue;
    if (getComputedStyle(element).textOverflow === 'ellipsis' && element.scrollWidth > element.clientWidth + 1)
      faults.push(`cut: "${element.textContent}" in ${name(element)}`);
  }
  const areas = [...document.querySelectorAll('.area:not(.area-unseen)')].filter(seen);
  const boxes = areas.map((area) => area.getBoundingClientRect());
  // Everything between a word and its panel that cuts off what leaves it.
  const cutters = (holder, area) => {
    const found = [];
    for (let each = holder; each; each = each === area ? null : each.parentElement) {
      const style = getComputedStyle(each);
      if (style.overflow === 'visible' || style.display === 'contents') continue;
      const sideways = ['hidden', 'clip'].includes(style.overflowX) && style.textOverflow !== 'ellipsis';
      const down = style.overflowY !== 'visible';
      found.push({ cut: each.getBoundingClientRect(), clamped: style.webkitLineClamp !== 'none', sideways, down });
    }
    return found;
  };
  for (const area of areas) {
    const edge = area.getBoundingClientRect();
    const words = document.createTreeWalker(area, NodeFilter.SHOW_TEXT);
    const lines = [];
    while (words.nextNode()) {
      const holder = words.currentNode.parentElement;
      if (!words.currentNode.data.trim() || only(holder)) continue;
      const style = getComputedStyle(holder);
      if (style.visibility === 'hidden') continue;
      const range = document.createRange();
      range.selectNodeContents(words.currentNode);
      const said = words.currentNode.data;
      const cutting = cutters(holder, area);
      for (const box of range.getClientRects()) {   // but for a line that an ellipsis stands for
        const beyond = ({ cut, clamped }) => clamped && box.top > cut.bottom - box.height * .2;
        if (!box.width || cutting.some(beyond)) continue;
        if (style.textOverflow !== 'ellipsis' && (box.right > edge.right + 1 || box.left < edge.left - 1))
          faults.push(`hangs out: "${said}" in ${name(holder)}`);
        const spare = box.height * .2;   // the leading, above and below the letters
        for (const { cut, sideways, down } of cutting) {
          if (sideways && (box.right > cut.right + 2 || box.left < cut.left - 2))
            faults.push(`cut off: "${said}" in ${name(holder)}`);
          if (down && (box.bottom - spare > cut.bottom + 1 || box.top + spare < cut.top - 1))
            faults.push(`cut through: "${said}" in ${name(holder)}`);
        }
        if (!holder.closest('.stage')) lines.push([box, said, holder]);   // signs on a map stand on their own ground
      }
    }
    lines.forEach(([one, said, holder], i) => {
      for (const [other, under] of lines.slice(0, i)) {
        const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
        const high = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
        if (wide > 2 && high > .4 * Math.min(one.height, other.height))
          faults.push(`"${said}" stands on "${under}" in ${name(holder)}`);
      }
    });
    const body = area.querySelector('.body');
    if (!body || !(body.innerText.trim() || body.querySelector('img, canvas')) || body.clientHeight < 8)
      faults.push(`${area.id} is empty`);
  }
  areas.forEach((area, i) => {
    if (boxes[i].bottom > innerHeight + 1 || boxes[i].right > innerWidth + 1) faults.push(`${area.id} leaves the page`);
    const body = area.querySelector('.body');
    if (body && body.scrollHeight > body.clientHeight + 1) faults.push(`${area.id} overflows`);
    for (let j = 0; j < i; j++) {
      const wide = Math.min(boxes[i].right, boxes[j].right) - Math.max(boxes[i].left, boxes[j].left);
      const high = Math.min(boxes[i].bottom, boxes[j].bottom) - Math.max(boxes[i].top, boxes[j].top);
      if (wide > 1 && high > 1) faults.push(`${area.id} covers ${areas[j].id}`);
    }
  });
  const header = document.querySelector('.room-header');
  const parts = header ? [...header.children].filter(seen).map((part) => part.getBoundingClientRect()) : [];
  parts.forEach((part, i) => {
    if (part.height < 8) return;   // the hair line of the turns
    if (part.right > innerWidth + 1) faults.push('the header leaves the page');
    for (const other of parts.slice(0, i)) {
      const wide = Math.min(part.right, other.right) - Math.max(part.left, other.left);
      const high = Math.min(part.bottom, other.bottom) - Math.max(part.top, other.top);
      if (wide > 1 && high > 1 && other.height >= 8) faults.push('the header stands on itself');
    }
  });
  return faults;
}"""


AGED = """(minutes) => {
  const at = new Date(Date.now() - minutes * 60000).toISOString();
  for (const each of document.querySelectorAll('time.ago')) each.dataset.at = at;
}"""
"""Everything that has an age is as old as that; the page says so within a second."""


def faults(page: Page) -> list[str]:
    """Every fault in words; an empty list for a picture that may hang on a wall."""
    found: list[str] = page.evaluate(_FAULTS)
    return found


def settled(page: Page) -> list[str]:
    """The faults that stay: what has just come up is fitted within the next frames, what is new within a second."""
    found = faults(page)
    for _ in range(40):
        if not found:
            break
        page.wait_for_timeout(50)
        found = faults(page)
    return found
