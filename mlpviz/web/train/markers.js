// How a sample is marked in a picture: its form says the class, its filling the part, and the colour says the class
// once more.

import { cssOf, sized } from "../shared/colours.js";
import { h } from "../shared/dom.js";

const CORNERS = [null, 4, 3, -4, -3, 5, 6]; // of a class's polygon: none is a circle, below 0 it stands on its head
const STARS = 4; // points of the first star: what comes behind the polygons
export const PARTS = { train: "●", validation: "○", test: "◉" };

function polygon(context, x, y, radius, corners, inner) {
  const count = inner ? 2 * corners : corners;
  const turn = corners === 4 && !inner ? Math.PI / 4 : 0;
  for (let i = 0; i < count; i++) {
    const angle = turn - Math.PI / 2 + (2 * Math.PI * i) / count;
    const far = radius * (inner && i % 2 ? 0.45 : 1);
    context.lineTo(x + far * Math.cos(angle), y + far * Math.sin(angle));
  }
  context.closePath();
}

function outline(context, number, x, y, radius) {
  context.beginPath();
  const corners = CORNERS[number % (CORNERS.length + 3)];
  if (corners === null) context.arc(x, y, radius, 0, 2 * Math.PI);
  else if (corners === undefined)
    polygon(
      context,
      x,
      y,
      radius * 1.35,
      STARS + (number % (CORNERS.length + 3)) - CORNERS.length,
      true,
    );
  else if (corners === -4) {
    for (let i = 0; i < 4; i++)
      context.lineTo(
        x + radius * 1.3 * Math.cos((i * Math.PI) / 2),
        y + radius * 1.3 * Math.sin((i * Math.PI) / 2),
      );
    context.closePath();
  } else if (corners === -3) {
    for (const [dx, dy] of [
      [-1.15, -0.75],
      [1.15, -0.75],
      [0, 1.25],
    ])
      context.lineTo(x + radius * dx, y + radius * dy);
    context.closePath();
  } else polygon(context, x, y, radius * (corners < 5 ? 1.25 : 1.15), corners);
}

// `form` is the number of the class, 0 where there are none; training samples are full, validation samples hollow,
// test samples hollow with a dot
export function paintMark(context, { form, part, x, y, radius, colour, colours }) {
  outline(context, form, x, y, radius);
  const isFull = part === "train";
  context.fillStyle = isFull ? colour : cssOf(colours.ground, 0.85);
  context.fill();
  context.lineWidth = isFull ? 1 : 1.6;
  context.strokeStyle = isFull ? cssOf(colours.ground) : colour;
  context.stroke();
  if (part !== "test") return;
  context.beginPath();
  context.arc(x, y, Math.max(1, 0.38 * radius), 0, 2 * Math.PI);
  context.fillStyle = colour;
  context.fill();
}

const CHIP = 14;

// What the marks and the colours of the picture mean.
export class Legend {
  constructor() {
    this.element = h("p", { class: "meaning" });
  }

  // classes: names, or null; scale: [low, middle, high] as texts with what it is, or null
  take({ classes, scale, colours }) {
    const key = JSON.stringify([classes, scale, colours.id]);
    if (key === this.key) return;
    this.key = key;
    this.element.replaceChildren(
      ...(classes
        ? classes.map((name, number) => this.#chip(name, number, colours))
        : this.#scale(scale, colours)),
    );
  }

  #chip(name, number, colours) {
    const canvas = h("canvas", { "aria-hidden": "true" });
    Object.assign(canvas.style, { width: `${CHIP}px`, height: `${CHIP}px` });
    paintMark(sized(canvas, CHIP, CHIP), {
      form: number,
      part: "train",
      x: CHIP / 2,
      y: CHIP / 2,
      radius: 4.6,
      colour: cssOf(colours.ofClass(number)),
      colours,
    });
    return h("span", {}, canvas, name);
  }

  #scale(scale, colours) {
    if (!scale) return [];
    const bar = h("i", { class: "scale", "aria-hidden": "true" });
    const ends = [colours.negative, colours.positive].map((end) => cssOf(colours.mix(end, 0.85)));
    const stops = [ends[0], cssOf(colours.ground), ends[1]].join(", ");
    bar.style.background = `linear-gradient(to right, ${stops})`;
    const [low, middle, high] = scale.texts;
    return [
      h("span", {}, `${scale.name}: ${low}`, bar, high),
      h("span", {}, `no colour is ${middle}`),
    ];
  }
}
