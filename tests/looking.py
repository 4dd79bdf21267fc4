"""What a person would point at on a wall, measured: scrollbars, cut words, panels that overflow or cover each other."""

from __future__ import annotations

from playwright.sync_api import Page

_FAULTS = """() => {
  const faults = [];
  const page = document.documentElement;
  if (page.scrollWidth > innerWidth || page.scrollHeight > innerHeight) faults.push('the page scrolls');
  const name = (element) => element.id || element.closest('[id]').id;
  for (const element of document.querySelectorAll('#room *')) {
    if (element.closest('.area-unseen') || !element.clientWidth) continue;   // read aloud only
    if (getComputedStyle(element).textOverflow === 'ellipsis' && element.scrollWidth > element.clientWidth + 1)
      faults.push(`cut: "${element.textContent}" in ${name(element)}`);
  }
  for (const area of document.querySelectorAll('.area:not(.area-unseen)')) {
    const edge = area.getBoundingClientRect();
    const words = document.createTreeWalker(area, NodeFilter.SHOW_TEXT);
    while (words.nextNode()) {
      const range = document.createRange();
      range.selectNodeContents(words.currentNode);
      const box = range.getBoundingClientRect();
      const holder = words.currentNode.parentElement;
      if (!box.width || holder.closest('.unseen') || getComputedStyle(holder).textOverflow === 'ellipsis') continue;
      if (box.right > edge.right + 1 || box.left < edge.left - 1)
        faults.push(`hangs out: "${words.currentNode.textContent}" in ${name(holder)}`);
    }
  }
  const areas = [...document.querySelectorAll('.area:not(.area-unseen)')];
  const boxes = areas.map((area) => area.getBoundingClientRect());
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
  return faults;
}"""


def faults(page: Page) -> list[str]:
    """Every fault in words; an empty list for a picture that may hang on a wall."""
    found: list[str] = page.evaluate(_FAULTS)
    return found
