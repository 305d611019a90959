// Weights, activations and gradients per layer: their distribution over time, and as it is now.

import { linear, strokeSeries, strokeUpright, ticks, writeTicks } from "../shared/axes.js";
import { cssOf, sized } from "../shared/colours.js";
import { h } from "../shared/dom.js";

const SPREADS = [
  ["weights", "weights W"],
  ["activations", "activations a"],
  ["gradients", "gradients ∂L/∂W"],
];
const HIGH = 92;
const EDGE = 44;
const BARS = 62; // width of the histogram of this moment

export class LayerHistory {
  constructor() {
    this.element = h("div", { class: "layers" });
    this.cells = [];
  }

  #build(count) {
    if (this.cells.length === count) return;
    this.cells = Array.from({ length: count }, (_, layer) =>
      SPREADS.map(([kind, label]) => {
        const canvas = h("canvas", {
          role: "img",
          "aria-label": `layer ${layer + 1}: distribution of ${label} over the epochs`,
        });
        canvas.style.height = `${HIGH}px`;
        return { kind, canvas };
      }),
    );
    this.element.replaceChildren(
      h("span", {}),
      ...SPREADS.map(([, label]) => h("b", {}, label)),
      ...this.cells.flatMap((row, layer) => [
        h("span", { class: "layer" }, `layer ${layer + 1}`),
        ...row.map(({ canvas }) => canvas),
      ]),
    );
  }

  take({ bands, lane, colours, cursor }) {
    if (!lane.layers.length || !this.element.clientWidth) return;
    this.#build(lane.layers.length);
    const width = this.cells[0][0].canvas.clientWidth;
    this.cells.forEach((row, layer) =>
      row.forEach(({ kind, canvas }) => {
        const rows = bands?.[kind]?.map((all) => all[layer]) ?? [];
        this.#paint(
          sized(canvas, width, HIGH),
          width,
          rows,
          bands?.epoch ?? [],
          lane.layers[layer][kind],
          colours,
          cursor,
        );
      }),
    );
  }

  #paint(context, width, rows, epochs, now, colours, cursor) {
    let [low, high] = [now.low ?? 0, now.high ?? 0];
    for (const quantiles of rows) {
      if (quantiles[0] != null && quantiles[0] < low) low = quantiles[0];
      if (quantiles[6] != null && quantiles[6] > high) high = quantiles[6];
    }
    if (!(high > low)) [low, high] = [low - 0.5, high + 0.5];
    const right = width - BARS;
    const y = linear([low, high], [HIGH - 6, 6]);
    const x = linear([0, epochs.at(-1) || 1], [EDGE, right - 6]);
    context.font = `10px ${colours.font}`;
    context.fillStyle = colours.faint(0.7);
    writeTicks(context, y, { values: ticks(low, high, 3), right: EDGE - 4 });
    const tint = colours.positive;
    for (const [bottom, top, alpha] of [
      [0, 6, 0.16],
      [1, 5, 0.28],
      [2, 4, 0.5],
    ]) {
      context.fillStyle = cssOf(tint, alpha);
      context.beginPath();
      rows.forEach((q, i) => q[top] != null && context.lineTo(x(epochs[i]), y(q[top])));
      for (let i = rows.length - 1; i >= 0; i--)
        if (rows[i][bottom] != null) context.lineTo(x(epochs[i]), y(rows[i][bottom]));
      context.fill();
    }
    context.strokeStyle = cssOf(tint);
    context.lineWidth = 1.4;
    strokeSeries(
      context,
      epochs,
      rows.map((quantiles) => quantiles[3]),
      x,
      y,
    );
    context.strokeStyle = colours.faint(0.35);
    if (low < 0 && high > 0) strokeSeries(context, [EDGE, right], [0, 0], (pixel) => pixel, y);
    if (cursor !== null) {
      context.strokeStyle = cssOf(colours.mark);
      strokeUpright(context, x(cursor), 4, HIGH - 4);
    }
    this.#histogram(context, right, now, y, colours);
  }

  #histogram(context, left, { low, high, counts }, y, colours) {
    const most = Math.max(...counts, 1);
    context.fillStyle = colours.faint(0.55);
    counts.forEach((count, i) => {
      const step = (high - low) / counts.length;
      const [top, bottom] = [y(low + (i + 1) * step), y(low + i * step)];
      context.fillRect(left, top, ((BARS - 8) * count) / most, Math.max(1, bottom - top - 0.5));
    });
  }
}
