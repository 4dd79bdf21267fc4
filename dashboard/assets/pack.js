/* Where the panels of a scene stand on a screen of any size. Pure: sizes in, places out, all in rem.

   The pack's own grid holds while every panel has room for its full form. Where it has not, the panels are put, in
   reading order, on shelves and the shelves on as few pages as they need; each page is filled to its edges. A panel that
   needs more than the whole page gets it, and leaves out what does not fit (fit.js): less, never smaller. */
(function () {
  "use strict";
  const GAP = 2;       // between panels beside each other
  const CLOSE = .05;   // what is lost by rounding
  const MOST = .72;    // of a page for what needs more than all of it: a line such as the warnings still finds room beside

  // scene: {columns, rows, areas}; sizes: panel -> {width, height, tall, broad, grows}; box: {width, height}.
  // Gives [null] for the pack's own grid, else a list of pages: [{panel, left, top, width, height}].
  function pack(scene, sizes, box) {
    const order = [...new Set(scene.areas.flat())].filter((panel) => sizes[panel]);
    if (ownGridHolds(scene, sizes, box)) return [null];
    const shelves = shelvesOf(order, sizes, box);
    return pagesOf(shelves, box).map((page) => placed(page, box));
  }

  function ownGridHolds(scene, sizes, box) {
    const wide = tracks(scene.columns, box.width, GAP), high = tracks(scene.rows, box.height, 0);
    const cells = {};
    scene.areas.forEach((line, down) => line.forEach((panel, across) => {
      const cell = cells[panel] = cells[panel] || { columns: new Set(), rows: new Set() };
      cell.columns.add(across);
      cell.rows.add(down);
    }));
    return Object.entries(cells).every(([panel, cell]) => !sizes[panel] || (
      span(cell.columns, wide, GAP) >= sizes[panel].width - CLOSE
      && span(cell.rows, high, 0) >= sizes[panel].height - CLOSE));
  }

  function tracks(written, whole, gap) {
    const fixed = written.map((track) => track.endsWith("rem") ? parseFloat(track) : 0);
    const shares = written.map((track) => track.endsWith("fr") ? parseFloat(track) : 0);
    const left = whole - gap * (written.length - 1) - sum(fixed);
    return written.map((_, i) => fixed[i] || Math.max(0, left) * shares[i] / sum(shares));
  }

  const sum = (numbers) => numbers.reduce((total, each) => total + each, 0);
  const span = (indices, sizes, gap) => sum([...indices].map((i) => sizes[i])) + gap * (indices.size - 1);

  // Each panel on the first shelf with room for it.
  function shelvesOf(order, sizes, box) {
    const shelves = [];
    for (const panel of order) {
      const size = formOf(sizes[panel], box), width = Math.min(size.width, box.width);
      const wanted = width < size.width ? size.tall : size.height;
      const height = wanted > box.height ? box.height * MOST : wanted;
      const shelf = shelves.find((each) => each.width + GAP + width <= box.width);
      if (shelf) {
        shelf.panels.push({ panel, width });
        shelf.width += GAP + width;
        shelf.height = Math.max(shelf.height, height);
        shelf.grows = shelf.grows || size.grows;
      } else shelves.push({ panels: [{ panel, width }], width, height, grows: size.grows });
    }
    return shelves;
  }

  // A column that is higher than the page lies down, if it can.
  function formOf(size, box) {
    if (!size.broad || size.height <= box.height) return size;
    const [width, height] = size.broad;
    return { ...size, width, height, tall: height };
  }

  // As few pages as can be, and then as even as can be: no last page with one small panel as high as the wall.
  function pagesOf(shelves, box) {
    const most = filled(shelves, box.height).length;
    let low = 0, high = box.height;
    while (high - low > .25) {
      const middle = (low + high) / 2;
      if (filled(shelves, middle).length > most || shelves.some((shelf) => shelf.height > middle)) low = middle;
      else high = middle;
    }
    return filled(shelves, high);
  }

  function filled(shelves, height) {
    const pages = [];
    let left = -1;
    for (const shelf of shelves) {
      if (shelf.height > left + CLOSE) {
        pages.push([]);
        left = height;
      }
      pages[pages.length - 1].push(shelf);
      left -= shelf.height;
    }
    return pages;
  }

  function placed(page, box) {
    const growing = page.some((shelf) => shelf.grows) ? page.filter((shelf) => shelf.grows) : page;
    const wanted = sum(page.map((shelf) => shelf.height)), grown = sum(growing.map((shelf) => shelf.height));
    const grow = 1 + (box.height - wanted) / grown;
    const places = [];
    let top = 0;
    for (const shelf of page) {
      const height = shelf.height * (growing.includes(shelf) ? grow : 1), room = box.width - GAP * (shelf.panels.length - 1);
      const widths = sum(shelf.panels.map((each) => each.width));
      let left = 0;
      for (const { panel, width } of shelf.panels) {
        const wide = width * room / widths;
        places.push({ panel, left, top, width: wide, height });
        left += wide + GAP;
      }
      top += height;
    }
    return places;
  }

  window.liveroomPack = pack;
})();
