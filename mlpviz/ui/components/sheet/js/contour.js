// The loss over a plane of two numbers: bands between the levels that Python gave, the way down, and the update.

import { allDigits, phrase, plain } from "../../number_text.js";
import { h, setTold, svg } from "./dom.js";
import { newGesture, setEvent, tidy } from "./editing.js";

const SIDE = 240;

export class Contour {
  constructor(host) {
    this.host = host;
    this.canvas = h("canvas", { width: SIDE, height: SIDE, "aria-hidden": "true" });
    this.over = svg("svg", { viewBox: `0 0 ${SIDE} ${SIDE}`, role: "img" });
    this.plot = h("div", { class: "contour" }, this.canvas, this.over);
    this.axes = h("p", { class: "muted axes" });
    this.sentence = h("p", { class: "sentence" });
    this.element = h("section", { class: "card" }, h("h2", {}, "What would nudging two do?"), this.plot, this.axes, this.sentence,
      h("button", { type: "button", onclick: () => host.pair.clear() }, "Back to one number"));
    this.over.addEventListener("pointerdown", (event) => {
      this.over.setPointerCapture(event.pointerId);
      this.gesture = newGesture();
      this.#drag(event);
    });
    this.over.addEventListener("pointermove", (event) => { if (event.buttons && this.gesture) this.#drag(event); });
    this.over.addEventListener("pointerup", () => { this.gesture = null; });
  }

  wants({ isSelected, second }) {
    return isSelected && second !== null;
  }

  show(answer) {
    if (!answer || this.shown === answer) return;
    this.shown = answer;
    this.#bands(answer);
    const { x, y, point, slope, updated } = answer;
    const across = (at) => ((at - x[0]) / (x.at(-1) - x[0])) * SIDE;
    const up = (at) => SIDE - ((at - y[0]) / (y.at(-1) - y[0])) * SIDE;
    const here = [across(point[0]), up(point[1])];
    const parts = [];
    const size = Math.hypot(...slope);
    if (size > 0) {
      // the arrow shows the direction only: a fixed length
      const down = [here[0] - (slope[0] / size) * 46, here[1] + (slope[1] / size) * 46];
      parts.push(arrow(here, down, "down", `the negative gradient: ${pointText(slope.map((value) => -value))}`));
    }
    if (updated && (updated[0] !== point[0] || updated[1] !== point[1])) {
      const to = [across(updated[0]), up(updated[1])];
      parts.push(arrow(here, to, "update", `the update of these two, to ${pointText(updated)}`), dotted(to, "updated", `after the update: ${pointText(updated)}`));
    }
    parts.push(dotted(here, "here", `here: ${pointText(point)}`));
    this.over.replaceChildren(...parts);
    this.over.setAttribute("aria-label", plain(phrase`the loss over two numbers. ${answer.sentence}`));
    const [horizontal, vertical] = answer.ends;
    setTold(this.axes, phrase`→ ${answer.names[0]} from ${horizontal[0]} to ${horizontal[1]}, ↑ ${answer.names[1]} from ${vertical[0]} to ${vertical[1]}; drag to set both`);
    setTold(this.sentence, answer.sentence);
  }

  // each pixel takes the band of the loss between its four neighbours; where the band changes runs a contour
  #bands({ losses, levels }) {
    const rows = losses.length, columns = losses[0].length;
    const band = new Int8Array(SIDE * SIDE);
    for (let py = 0; py < SIDE; py++) {
      const v = (1 - py / (SIDE - 1)) * (rows - 1), r = Math.min(rows - 2, Math.floor(v)), dv = v - r;
      for (let px = 0; px < SIDE; px++) {
        const u = (px / (SIDE - 1)) * (columns - 1), c = Math.min(columns - 2, Math.floor(u)), du = u - c;
        const corners = [losses[r][c], losses[r][c + 1], losses[r + 1][c], losses[r + 1][c + 1]];
        if (corners.includes(null)) { band[py * SIDE + px] = -1; continue; }
        const value = (corners[0] * (1 - du) + corners[1] * du) * (1 - dv) + (corners[2] * (1 - du) + corners[3] * du) * dv;
        let at = 0;
        while (at < levels.length && value > levels[at]) at++;
        band[py * SIDE + px] = at;
      }
    }
    const context = this.canvas.getContext("2d");
    const image = context.createImageData(SIDE, SIDE);
    const dark = this.host.app.classList.contains("dark");
    // low is blue and strong, high fades into the ground: as on a map of the sea
    const [low, high] = dark ? [[74, 168, 232], [38, 40, 46]] : [[0, 92, 150], [246, 247, 248]];
    for (let i = 0; i < band.length; i++) {
      const share = band[i] < 0 ? 1 : band[i] / Math.max(1, levels.length);
      const edge = (i % SIDE && band[i] !== band[i - 1]) || (i >= SIDE && band[i] !== band[i - SIDE]) ? (dark ? 26 : -34) : 0;
      for (let k = 0; k < 3; k++) image.data[i * 4 + k] = low[k] + (high[k] - low[k]) * share ** 0.7 + edge;
      image.data[i * 4 + 3] = 255;
    }
    context.putImageData(image, 0, 0);
  }

  #drag(event) {
    const { x, y } = this.shown;
    const box = this.over.getBoundingClientRect();
    const at = (share, ends) => {
      const span = ends.at(-1) - ends[0];
      const step = 10 ** Math.floor(Math.log10(span / 100));
      return tidy(Math.round((ends[0] + Math.min(1, Math.max(0, share)) * span) / step) * step);
    };
    const { host } = this;
    const cells = host.pair.cells(host.view, host.model);
    const values = [at((event.clientX - box.left) / box.width, x), at(1 - (event.clientY - box.top) / box.height, y)];
    const numbers = cells.map((cell, i) => {
      const { type, ...number } = setEvent(cell, values[i], false);
      return number;
    });
    host.send({ type: "set_numbers", numbers, gesture: this.gesture });
  }
}

function arrow(from, to, name, title) {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const length = Math.hypot(dx, dy) || 1;
  const [ux, uy] = [dx / length, dy / length];
  const wing = Math.min(7, length);
  const tip = [[-uy, ux], [uy, -ux]].map(([nx, ny]) => `${(to[0] - ux * wing + nx * wing * 0.55).toFixed(1)},${(to[1] - uy * wing + ny * wing * 0.55).toFixed(1)}`);
  const label = svg("title");
  label.textContent = title;
  const group = svg("g", { class: name });
  group.append(label, svg("line", { x1: from[0].toFixed(1), y1: from[1].toFixed(1), x2: to[0].toFixed(1), y2: to[1].toFixed(1) }),
    svg("polyline", { points: `${tip[0]} ${to.map((at) => at.toFixed(1)).join()} ${tip[1]}` }));
  return group;
}

function dotted([x, y], name, title) {
  const circle = svg("circle", { cx: x.toFixed(1), cy: y.toFixed(1), r: 4, class: name });
  const label = svg("title");
  label.textContent = title;
  circle.append(label);
  return circle;
}

function pointText(values) {
  return `(${values.map(allDigits).join(", ")})`;
}
