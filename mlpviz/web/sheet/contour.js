// The loss over a plane of two numbers: bands between the levels that Python gave, the way down, and the update.

import { linear } from "../shared/axes.js";
import { dot, h, setAttribute, setTold, svg, titled } from "../shared/dom.js";
import { placeBetween } from "../shared/number_input.js";
import { allDigits, phrase, plain } from "../shared/number_text.js";
import { newGesture } from "../shared/outbox.js";
import { DragPlot } from "./drag_plot.js";

const SIDE = 240;
const ARROW = 46; // px: it shows the direction only

export class Contour {
  // set(values, gesture): both numbers; back(): to one number; isDark(): the ground of the page
  constructor({ set, back, isDark }) {
    this.isDark = isDark;
    this.canvas = h("canvas", { width: SIDE, height: SIDE, "aria-hidden": "true" });
    this.over = svg("svg", { viewBox: `0 0 ${SIDE} ${SIDE}`, role: "img" });
    this.axes = h("p", { class: "muted axes" });
    this.sentence = h("p", { class: "sentence" });
    this.element = h(
      "section",
      { class: "card" },
      h("h2", {}, "What would nudging two do?"),
      h("div", { class: "contour" }, this.canvas, this.over),
      this.axes,
      this.sentence,
      h("button", { type: "button", onclick: back }, "Back to one number"),
    );
    let gesture = null;
    this.plot = new DragPlot(this.over, {
      begin: () => {
        gesture = newGesture();
      },
      follow: (across, down) => set(this.#valuesAt(across, down), gesture),
      paint: (answer) => this.#paint(answer),
    });
  }

  get tellsLoss() {
    return true;
  }

  wants({ isSelected, second }) {
    return isSelected && second !== null;
  }

  show(answer) {
    this.plot.show(answer);
  }

  #paint(answer) {
    this.#paintBands(answer);
    const { x, y, point, slope, updated, names, ends, sentence } = answer;
    const across = linear([x[0], x.at(-1)], [0, SIDE]);
    const up = linear([y[0], y.at(-1)], [SIDE, 0]);
    const here = [across(point[0]), up(point[1])];
    const parts = [];
    const size = Math.hypot(...slope);
    if (size > 0) {
      const down = [here[0] - (slope[0] / size) * ARROW, here[1] + (slope[1] / size) * ARROW];
      const title = `the negative gradient: ${pointText(slope.map((value) => -value))}`;
      parts.push(arrow(here, down, "down", title));
    }
    if (updated && (updated[0] !== point[0] || updated[1] !== point[1])) {
      const to = [across(updated[0]), up(updated[1])];
      const text = pointText(updated);
      parts.push(arrow(here, to, "update", `the update of these two, to ${text}`));
      parts.push(dot(to, "updated", `after the update: ${text}`));
    }
    parts.push(dot(here, "here", `here: ${pointText(point)}`));
    this.over.replaceChildren(...parts);
    setAttribute(this.over, "aria-label", plain(phrase`the loss over two numbers. ${sentence}`));
    const [right, above] = names.map(
      (name, i) => phrase`${name} from ${ends[i][0]} to ${ends[i][1]}`,
    );
    setTold(this.axes, phrase`→ ${right}, ↑ ${above}; drag to set both`);
    setTold(this.sentence, sentence);
  }

  // low is blue and strong, high fades into the ground: as on a map of the sea
  #paintBands({ losses, levels }) {
    const band = bandsOf(losses, levels);
    const context = this.canvas.getContext("2d");
    const image = context.createImageData(SIDE, SIDE);
    const isDark = this.isDark();
    const low = isDark ? [74, 168, 232] : [0, 92, 150];
    const high = isDark ? [38, 40, 46] : [246, 247, 248];
    for (let i = 0; i < band.length; i++) {
      const share = band[i] < 0 ? 1 : band[i] / Math.max(1, levels.length);
      const isEdge =
        (i % SIDE && band[i] !== band[i - 1]) || (i >= SIDE && band[i] !== band[i - SIDE]);
      const edge = isEdge ? (isDark ? 26 : -34) : 0;
      for (let k = 0; k < 3; k++)
        image.data[i * 4 + k] = low[k] + (high[k] - low[k]) * share ** 0.7 + edge;
      image.data[i * 4 + 3] = 255;
    }
    context.putImageData(image, 0, 0);
  }

  #valuesAt(across, down) {
    const { x, y } = this.plot.shown;
    return [placeBetween(across, x[0], x.at(-1)), placeBetween(1 - down, y[0], y.at(-1))];
  }
}

// each pixel takes the band of the loss between its four neighbours, −1 where one of them is not finite
function bandsOf(losses, levels) {
  const [rows, columns] = [losses.length, losses[0].length];
  const band = new Int8Array(SIDE * SIDE);
  for (let py = 0; py < SIDE; py++) {
    const v = (1 - py / (SIDE - 1)) * (rows - 1);
    const r = Math.min(rows - 2, Math.floor(v));
    const dv = v - r;
    for (let px = 0; px < SIDE; px++) {
      const u = (px / (SIDE - 1)) * (columns - 1);
      const c = Math.min(columns - 2, Math.floor(u));
      const du = u - c;
      const [a, b, d, e] = [losses[r][c], losses[r][c + 1], losses[r + 1][c], losses[r + 1][c + 1]];
      if (a === null || b === null || d === null || e === null) {
        band[py * SIDE + px] = -1;
        continue;
      }
      const value = (a * (1 - du) + b * du) * (1 - dv) + (d * (1 - du) + e * du) * dv;
      let at = 0;
      while (at < levels.length && value > levels[at]) at++;
      band[py * SIDE + px] = at;
    }
  }
  return band;
}

function arrow(from, to, name, title) {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]) || 1;
  const [ux, uy] = [(to[0] - from[0]) / length, (to[1] - from[1]) / length];
  const wing = Math.min(7, length);
  const back = [to[0] - ux * wing, to[1] - uy * wing];
  const tip = [-1, 1].map((side) => [
    back[0] + side * uy * wing * 0.55,
    back[1] - side * ux * wing * 0.55,
  ]);
  const text = (point) => point.map((at) => at.toFixed(1)).join();
  const [[x1, y1], [x2, y2]] = [from, to].map((point) => point.map((at) => at.toFixed(1)));
  const group = titled(svg("g", { class: name }), title);
  group.append(svg("line", { x1, y1, x2, y2 }));
  group.append(svg("polyline", { points: `${text(tip[0])} ${text(to)} ${text(tip[1])}` }));
  return group;
}

function pointText(values) {
  return `(${values.map(allDigits).join(", ")})`;
}
