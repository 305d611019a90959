// A block too wide for cells: a heat map whose numbers are read one at a time, by hovering or with the arrow keys.

import { h } from "../shared/dom.js";

const SIZE = 150; // px, the longer side

export function buildHeatmap(block) {
  const scale = Math.max(2, Math.floor(SIZE / Math.max(block.rows, block.columns)));
  block.scale = scale;
  const size = `${block.caption}: ${block.rows} by ${block.columns} numbers`;
  block.canvas = h("canvas", {
    width: block.columns * scale,
    height: block.rows * scale,
    tabindex: "0",
    role: "img",
    "aria-label": `${size}, as a heat map; Shift and an arrow key move from number to number`,
  });
  return h(
    "div",
    { class: "heat" },
    h("span", { class: "heat-caption" }, `${block.symbol} ${block.rows}×${block.columns}`),
    block.canvas,
  );
}

// row and column under the pointer
export function placeInHeatmap(block, event) {
  const box = block.canvas.getBoundingClientRect();
  return {
    r: Math.min(
      block.rows - 1,
      Math.max(0, Math.floor(((event.clientY - box.top) / box.height) * block.rows)),
    ),
    c: Math.min(
      block.columns - 1,
      Math.max(0, Math.floor(((event.clientX - box.left) / box.width) * block.columns)),
    ),
  };
}

export function paintHeatmap(model, block, scene, view, marks, changed) {
  const reveal = model.reveals[view.granularity];
  const { canvas, scale, rows, columns } = block;
  const style = getComputedStyle(canvas);
  const [positive, negative, empty, mark, corner] = [
    "--positive",
    "--negative",
    "--empty",
    "--mark",
    "--corner",
  ].map((name) => style.getPropertyValue(name));
  const context = canvas.getContext("2d");
  const largest = model.largest(block, scene);
  context.clearRect(0, 0, canvas.width, canvas.height);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      const at = model.at(block, r, c);
      const value = scene.v[at];
      const known = reveal[at] <= view.step;
      context.globalAlpha = 1;
      context.fillStyle = empty;
      context.fillRect(c * scale, r * scale, scale - 1, scale - 1);
      if (known && value !== null) {
        context.globalAlpha = largest > 0 ? Math.abs(value) / largest : 0;
        context.fillStyle = value < 0 ? negative : positive;
        context.fillRect(c * scale, r * scale, scale - 1, scale - 1);
      }
      if (known && changed?.has(at))
        paintCorner(context, corner, c * scale, r * scale, Math.max(2, scale / 3));
      if (marks.has(at)) {
        context.globalAlpha = 1;
        context.strokeStyle = mark;
        context.lineWidth = 1.5;
        context.strokeRect(c * scale + 0.5, r * scale + 0.5, scale - 2, scale - 2);
      }
    }
  }
}

function paintCorner(context, colour, x, y, size) {
  context.globalAlpha = 1;
  context.fillStyle = colour;
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(x + size, y);
  context.lineTo(x, y + size);
  context.fill();
}
