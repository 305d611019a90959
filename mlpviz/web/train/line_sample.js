// The piece of a line that a legend shows: its colour, its dashes and its mark, so that lines are told apart also where
// the colours are the reader's own.

import { cssOf, sized } from "../shared/colours.js";
import { h } from "../shared/dom.js";
import { paintMark } from "./markers.js";

const [WIDTH, HEIGHT, RADIUS] = [24, 10, 3.2];

// of lines that only their colour would tell apart, by their number
const DASHES = [[], [7, 3], [2, 2], [8, 2, 2, 2], [4, 4], [12, 3], [2, 5], [6, 2, 2, 2, 2, 2]];

export function dashOf(number) {
  return DASHES[number % DASHES.length];
}

export function lineMark(context, { form, colour, colours, x, y }) {
  if (form === undefined) return;
  context.setLineDash([]);
  const full = { part: "train", radius: RADIUS, colour: cssOf(colour), colours };
  paintMark(context, { form, x, y, ...full });
}

export class LineSample {
  constructor() {
    this.element = h("canvas", { class: "line-sample", "aria-hidden": "true" });
    Object.assign(this.element.style, { width: `${WIDTH}px`, height: `${HEIGHT}px` });
  }

  take({ colour, dash = [], width = 1.8, form }, colours) {
    const key = JSON.stringify([colour, dash, width, form, colours.id]);
    if (key === this.key) return;
    this.key = key;
    const context = sized(this.element, WIDTH, HEIGHT);
    context.strokeStyle = cssOf(colour);
    context.lineWidth = Math.max(width, 1.8);
    context.setLineDash(dash);
    context.beginPath();
    context.moveTo(0, HEIGHT / 2);
    context.lineTo(WIDTH, HEIGHT / 2);
    context.stroke();
    lineMark(context, { form, colour, colours, x: WIDTH / 2, y: HEIGHT / 2 });
  }
}
