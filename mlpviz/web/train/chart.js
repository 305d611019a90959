// A line chart on a canvas: series over epochs, plain or logarithmic, with the numbers under the pointer.

import {
  extent,
  linear,
  logarithmic,
  powers,
  strokeSeries,
  strokeUpright,
  ticks,
  writeTicks,
} from "../shared/axes.js";
import { cssOf, sized } from "../shared/colours.js";
import { inReadersSign } from "../shared/decimal_sign.js";
import { h, setAttribute, setTold } from "../shared/dom.js";
import { counted, formatNumber, phrase } from "../shared/number_text.js";
import { labelled } from "../shared/term_help.js";
import { measured, whole } from "./labels.js";
import { LineSample, lineMark } from "./line_sample.js";

const LEFT = 46;
const RIGHT = 10;
const TOP = 6;
const BOTTOM = 18;
const FLAT = 0.005; // of the numbers: what lies within it would have the same text at every line of the axis
const SAID = 1000; // ms until the text that stands for the picture follows it

const LOG =
  "Upwards each line is ten times the one below: small numbers are seen beside large ones.";

export class Chart {
  // onPick(epoch) is called for a click; `tall` in CSS pixels
  constructor({ title, tall = 130, isLogarithmic = null, onPick = null, across = "epoch" }) {
    this.tall = tall;
    this.across = tall < 90 ? "" : across; // a low chart stands below others with the same axis
    this.canvas = h("canvas", { role: "img", "aria-label": title });
    this.canvas.style.height = `${tall}px`;
    this.legend = h("span", { class: "legend" });
    this.samples = []; // of the lines in the legend
    this.log =
      isLogarithmic === null ? null : h("input", { type: "checkbox", onchange: () => this.draw() });
    if (isLogarithmic) this.log.checked = true;
    this.title = h("b", {}, labelled(title));
    this.element = h(
      "figure",
      { class: "chart" },
      h(
        "figcaption",
        {},
        this.title,
        this.legend,
        this.log && h("label", { class: "log", "data-help": LOG }, this.log, "Log"),
      ),
      this.canvas,
    );
    this.hover = null;
    this.canvas.addEventListener("pointermove", (event) => {
      this.hover = event.offsetX;
      this.draw();
    });
    this.canvas.addEventListener("pointerleave", () => {
      this.hover = null;
      this.draw();
    });
    this.canvas.addEventListener("click", (event) => {
      if (this.scale) onPick?.(Math.round(this.scale.x.invert(event.offsetX)));
    });
  }

  setTitle(title) {
    if (this.title.textContent !== title) this.title.replaceChildren(labelled(title));
  }

  // series: [{ label, colour, dash, form, width, x: [], y: [] }], form: of the mark at its end; cursor: an epoch or
  // null; range: [low, high] or null; most: how many times the largest first value the plain axis may reach
  take(
    series,
    colours,
    { cursor = null, range = null, most = Infinity, format = measured, tick = formatNumber } = {},
  ) {
    this.series = series;
    this.colours = colours;
    this.cursor = cursor;
    this.range = range;
    this.most = most;
    this.format = format;
    this.tick = tick;
    this.draw();
  }

  draw() {
    if (!this.series) return;
    const width = this.canvas.clientWidth;
    if (!width) return;
    const context = sized(this.canvas, width, this.tall);
    const isLog = this.log?.checked ?? false;
    const scale = this.#scale(width, isLog);
    this.scale = scale;
    this.#axes(context, width, scale, isLog);
    context.save();
    context.beginPath();
    context.rect(LEFT, 0, width - LEFT - RIGHT, this.tall - BOTTOM + 1);
    context.clip();
    for (const one of this.series) this.#line(context, one, scale);
    if (this.cursor !== null)
      this.#upright(context, scale.x(this.cursor), cssOf(this.colours.mark), [4, 3]);
    context.restore();
    this.#readout(context, scale);
  }

  // both scales; x and y are the ends of the numbers, with some room
  #scale(width, isLog) {
    const [low, high] = this.#ends(isLog);
    const xs = this.series.filter(({ x }) => x.length).flatMap(({ x }) => [x[0], x.at(-1)]);
    const [first, last] = extent(xs) ?? [0, 1];
    const make = isLog ? logarithmic : linear;
    return {
      x: linear([first, last > first ? last : first + 1], [LEFT, width - RIGHT]),
      y: make([low, high], [this.tall - BOTTOM, TOP]),
    };
  }

  #ends(isLog) {
    const firsts = this.series.map(({ y }) => Math.abs(y.find((value) => value != null) ?? 0));
    const bound = isLog ? Infinity : this.most * Math.max(1, ...firsts);
    let [low, high] = [Infinity, -Infinity];
    for (const { y } of this.series) {
      for (const value of y) {
        if (value == null || (isLog && value <= 0) || Math.abs(value) > bound) continue;
        if (value < low) low = value;
        if (value > high) high = value;
      }
    }
    if (!(high >= low)) [low, high] = isLog ? [0.1, 1] : [0, 1];
    if (isLog) return [low / 1.15, high * 1.15];
    if (this.range) return [Math.min(this.range[0], low), Math.max(this.range[1], high)];
    // a flat line of positive numbers stands in the middle
    if (high - low <= FLAT * Math.abs(low))
      [low, high] = low > 0 ? [0, 2 * low] : [low - 1, high + 1];
    const bottom = low >= 0 && low < 0.5 * high ? 0 : low;
    return [bottom, high + (high - bottom) * 0.04];
  }

  #axes(context, width, { x, y }, isLog) {
    context.font = `11px ${this.colours.font}`;
    context.fillStyle = this.colours.faint(0.72);
    context.strokeStyle = this.colours.faint(0.14);
    context.lineWidth = 1;
    const upwards = isLog ? powers(...y.domain) : ticks(...y.domain, 4);
    const sharp = (value) => Math.round(y(value)) + 0.5;
    for (const value of upwards) strokeSeries(context, x.domain, [value, value], x, sharp);
    writeTicks(context, sharp, { values: upwards, write: this.tick, right: LEFT - 5 });
    const most = width - (this.across ? 64 : 18);
    const onward = ticks(...x.domain, Math.max(2, Math.floor(width / 90)));
    const values = onward.filter((value) => x(value) < most);
    const write = (at) => (Number.isInteger(at) ? counted(at) : formatNumber(at));
    writeTicks(context, x, { values, write, baseline: this.tall - 4 });
    context.textAlign = "right";
    context.fillText(this.across, width - RIGHT, this.tall - 4);
  }

  #line(context, { x, y, colour, form, dash = [], width = 1.8, alpha = 1 }, scale) {
    context.strokeStyle = cssOf(colour, alpha);
    context.lineWidth = width;
    context.setLineDash(dash);
    context.lineJoin = "round";
    strokeSeries(context, x, y, scale.x, scale.y);
    // at the start there is one moment, and no line yet
    if (x.length === 1 && y[0] != null && Number.isFinite(scale.y(y[0]))) {
      context.beginPath();
      context.arc(scale.x(x[0]) + 1, scale.y(y[0]), 1, 0, 2 * Math.PI);
      context.stroke();
    }
    context.setLineDash([]);
    const last = y.findLastIndex((value) => value != null && Number.isFinite(scale.y(value)));
    if (last < 0 || alpha < 1) return;
    const spot = { x: scale.x(x[last]), y: scale.y(y[last]) };
    lineMark(context, { form, colour, colours: this.colours, ...spot });
  }

  #upright(context, x, colour, dash) {
    context.strokeStyle = colour;
    context.lineWidth = 1.2;
    context.setLineDash(dash);
    strokeUpright(context, x, TOP, this.tall - BOTTOM);
    context.setLineDash([]);
  }

  // the legend holds the numbers: of the pointer, of the moment that is shown, or the last ones
  #readout(context, scale) {
    const at = this.hover !== null ? scale.x.invert(this.hover) : this.cursor;
    if (this.hover !== null) this.#upright(context, scale.x(at), this.colours.faint(0.5), []);
    const named = this.series.filter((one) => one.label);
    while (this.legend.children.length > named.length) this.legend.lastChild.remove();
    named.forEach((one, i) => {
      let item = this.legend.children[i];
      if (!item) {
        this.samples[i] = new LineSample();
        item = h("span", {}, this.samples[i].element, h("span", {}));
        this.legend.append(item);
      }
      this.samples[i].take(one, this.colours);
      const index = at === null ? one.x.length - 1 : nearest(one.x, at);
      setTold(item.lastChild, phrase`${one.label} ${this.format(one.y[index])}`);
    });
    this.saying ??= setTimeout(() => this.#say(), SAID);
    if (this.hover === null) return;
    const isRight = scale.x(at) > 80;
    context.font = `11px ${this.colours.font}`;
    context.fillStyle = this.colours.faint(0.9);
    context.textAlign = isRight ? "right" : "left";
    context.fillText(
      inReadersSign(`epoch ${whole(at)}`),
      scale.x(at) + (isRight ? -4 : 4),
      TOP + 9,
    );
  }

  // who does not see the picture gets its numbers: those of the legend
  #say() {
    this.saying = null;
    const last = this.cursor ?? this.series.find(({ x }) => x.length)?.x.at(-1);
    const when = last === undefined ? "" : ` at epoch ${whole(last)}`;
    const numbers = [...this.legend.children].map((item) => item.textContent).join(", ");
    const said = numbers && `${when}: ${numbers}`;
    setAttribute(this.canvas, "aria-label", `${this.title.textContent}${said}`);
  }
}

function nearest(sorted, value) {
  let [low, high] = [0, sorted.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low > 0 && value - sorted[low - 1] < sorted[low] - value ? low - 1 : low;
}
