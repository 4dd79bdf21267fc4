/* What stands on the map, drawn on small canvases in the page's own font: names, signs, and the number of a cluster.
   A map on WebGL writes with glyphs from a server; there is none here, so every word is a picture of itself, made when
   the map first asks for it (docs/decisions/0006). A picture's name says all that is on it. */
(function () {
  "use strict";

  const RATIO = Math.max(1, Math.min(3, window.devicePixelRatio || 1));
  const colour = (name) => getComputedStyle(document.getElementById("atlas-stage")).getPropertyValue("--" + name).trim();
  const RANKS = ["calm", "yellow", "orange", "vermillion"];
  const rem = () => parseFloat(getComputedStyle(document.documentElement).fontSize);

  function canvas(width, height) {
    const found = document.createElement("canvas");
    found.width = Math.ceil(width * RATIO);
    found.height = Math.ceil(height * RATIO);
    const pen = found.getContext("2d", { willReadFrequently: true });   // on the processor: it is read right away
    pen.scale(RATIO, RATIO);
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.lineJoin = "round";
    return { pen, width: found.width / RATIO, height: found.height / RATIO };
  }

  const measure = document.createElement("canvas").getContext("2d");
  function widthOf(words, font) {
    measure.font = font;
    return measure.measureText(words).width;
  }

  const font = (size, weight) => weight + " " + (size * rem()).toFixed(1) + "px Inter, system-ui, sans-serif";
  const picture = (at) => at.pen.getImageData(0, 0, at.pen.canvas.width, at.pen.canvas.height);

  /* `name|<level>|<name>|<figure>`: a kecamatan (1) or kelurahan (2), its figure below it. */
  function name(level, words, figure) {
    const small = level === "2", unit = rem();
    const fonts = small ? [font(.8, 450), font(.8, 600)] : [font(.95, 500), font(1.2, 650)];
    const wide = Math.max(widthOf(words, fonts[0]), widthOf(figure, fonts[1])) + unit * .6;
    const line = (small ? 1 : 1.25) * unit;
    const at = canvas(wide, words && figure ? line * 2 + unit * .2 : line + unit * .2);
    const write = (text, style, y) => {
      at.pen.font = style;
      at.pen.lineWidth = unit * .22;
      at.pen.strokeStyle = colour("ground");
      at.pen.strokeText(text, at.width / 2, y);
      at.pen.fillStyle = small ? "#c5d2e3" : "#dfe8f3";
      at.pen.fillText(text, at.width / 2, y);
    };
    if (words) write(words, fonts[0], line / 2 + unit * .1);
    if (figure) write(figure, fonts[1], (words ? line * 1.5 : line / 2) + unit * .1);
    return picture(at);
  }

  function ring(at, x, y, radius, { fill, stroke, width, dashed }) {
    at.pen.beginPath();
    at.pen.arc(x, y, radius, 0, Math.PI * 2);
    if (fill) { at.pen.fillStyle = fill; at.pen.fill(); }
    at.pen.lineWidth = width;
    at.pen.strokeStyle = stroke;
    at.pen.setLineDash(dashed ? [width * 1.6, width * 1.4] : []);
    at.pen.stroke();
    at.pen.setLineDash([]);
  }

  /* `sign|<rank>|<state>|<label>`: what a station says. Late is grey and dashed, stale is crossed as well. */
  function sign(rank, state, label) {
    const unit = rem(), aged = state === "late" || state === "stale";
    const edge = aged ? colour("faint") : rank > 0 ? colour(RANKS[rank]) : "#a9c6e6";
    if (!label) return dot(edge, aged, state === "stale");
    const words = state === "stale" ? label + " ×" : label;
    const style = font(rank > 0 ? 1.1 : .95, 650);
    const high = unit * (rank > 0 ? 1.7 : 1.45), wide = Math.max(high, widthOf(words, style) + unit * .7);
    const at = canvas(wide + 4, high + 4);
    at.pen.beginPath();
    at.pen.roundRect(2, 2, wide, high, high / 2);
    at.pen.fillStyle = colour("ground");
    at.pen.fill();
    at.pen.lineWidth = unit * (rank > 1 && !aged ? .16 : .1);
    at.pen.strokeStyle = edge;
    at.pen.setLineDash(aged ? [unit * .25, unit * .2] : []);
    at.pen.stroke();
    at.pen.font = style;
    at.pen.fillStyle = aged ? colour("muted") : rank > 0 ? edge : colour("text");
    at.pen.fillText(words, at.width / 2, at.height / 2 + unit * .04);
    return picture(at);
  }

  function dot(edge, aged, stale) {
    const unit = rem(), at = canvas(unit * 1.1, unit * 1.1), middle = at.width / 2;
    if (stale) {
      at.pen.font = font(1.1, 700);
      at.pen.lineWidth = unit * .2;
      at.pen.strokeStyle = colour("ground");
      at.pen.strokeText("×", middle, middle);
      at.pen.fillStyle = edge;
      at.pen.fillText("×", middle, middle);
    } else {
      const [fill, stroke] = aged ? [colour("ground"), colour("muted")] : [edge, colour("ground")];
      ring(at, middle, middle, unit * (aged ? .36 : .3), { fill, stroke, width: unit * .12, dashed: aged });
    }
    return picture(at);
  }

  /* `cluster|<waiting>|<count>`: the more, the larger; the edge is thick where somebody waits. */
  function cluster(waiting, count) {
    const unit = rem(), n = Number(count), style = font(.95, 650);
    const words = n.toLocaleString(document.documentElement.lang);
    const radius = Math.max(unit * (.75 + .22 * Math.log10(Math.max(1, n))), widthOf(words, style) / 2 + unit * .3);
    const width = unit * (waiting === "1" ? .2 : .09), at = canvas(radius * 2 + width * 2, radius * 2 + width * 2);
    ring(at, at.width / 2, at.height / 2, radius, { fill: colour("ground"), stroke: colour(waiting === "1" ? "orange" : "yellow"), width });
    at.pen.font = style;
    at.pen.fillStyle = colour("text");
    at.pen.fillText(words, at.width / 2, at.height / 2 + unit * .04);
    return picture(at);
  }

  /* `hatch|<rank>`: lines across; the graver the closer and the thicker. */
  function hatch(rank) {
    const step = Math.round(rem() * [1, 1.4, 1.1, .8][rank]), at = canvas(step, step);
    for (const [style, width] of [[colour("ground"), 3.5 + rank], [colour(RANKS[rank]), 1.5 + rank * .8]]) {
      at.pen.strokeStyle = style;
      at.pen.lineWidth = width;
      for (const shift of [-step, 0, step]) {
        at.pen.beginPath();
        at.pen.moveTo(shift - step, step * 2);
        at.pen.lineTo(shift + step * 2, -step);
        at.pen.stroke();
      }
    }
    return picture(at);
  }

  const MAKERS = {
    name: (level, words, figure) => name(level, words, figure),
    sign: (rank, state, label) => sign(Number(rank), state, label),
    cluster,
    hatch: (rank) => hatch(Number(rank)),
  };

  window.AtlasSigns = {
    ratio: RATIO,
    rem,
    colour,
    /* The name of a picture; `|` parts it, so no word may have one. */
    named: (...parts) => parts.map((part) => String(part).replaceAll("|", "/")).join("|"),
    draw(named) {
      const [kind, ...parts] = named.split("|");
      return MAKERS[kind] ? MAKERS[kind](...parts) : null;
    },
  };
})();
