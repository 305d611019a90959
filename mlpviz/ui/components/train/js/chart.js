// A line chart on a canvas: series over epochs, plain or logarithmic, with the numbers under the pointer.

import { formatNumber, phrase } from "../../number_text.js";
import { h, setTold } from "../../sheet/js/dom.js";
import { cssOf, sized } from "./colours.js";
import { measured, powers, ticks } from "./measures.js";

const LEFT = 46;
const RIGHT = 10;
const TOP = 6;
const BOTTOM = 18;
const SAID = 1000; // ms until the text that stands for the picture follows it

export class Chart {
  // onPick(epoch) is called for a click; `tall` in CSS pixels
  constructor({ title, tall = 130, logarithmic = null, onPick = null, across = "epoch" }) {
    this.tall = tall;
    this.across = tall < 90 ? "" : across; // a low chart stands below others with the same axis
    this.canvas = h("canvas", { role: "img", "aria-label": title });
    this.canvas.style.height = `${tall}px`;
    this.legend = h("span", { class: "legend" });
    this.log = logarithmic === null ? null : h("input", { type: "checkbox", onchange: () => this.draw() });
    if (logarithmic) this.log.checked = true;
    this.element = h("figure", { class: "chart" },
      h("figcaption", {}, h("b", {}, title), this.legend, this.log && h("label", { class: "log" }, this.log, "log")),
      this.canvas);
    this.title = title;
    this.hover = null;
    this.canvas.addEventListener("pointermove", (event) => { this.hover = event.offsetX; this.draw(); });
    this.canvas.addEventListener("pointerleave", () => { this.hover = null; this.draw(); });
    if (onPick) this.canvas.addEventListener("click", (event) => this.scale && onPick(Math.round(this.scale.toX(event.offsetX))));
  }

  // series: [{ label, colour, dash, width, faint, x: [], y: [] }]; cursor: an epoch or null; range: [low, high] or null;
  // most: how many times the largest first value the plain axis may reach
  take(series, colours, { cursor = null, range = null, most = Infinity, format = measured, tick = formatNumber } = {}) {
    Object.assign(this, { series, colours, cursor, range, most, format, tick });
    this.draw();
  }

  draw() {
    if (!this.series) return;
    const width = this.canvas.clientWidth;
    if (!width) return;
    const context = sized(this.canvas, width, this.tall);
    const log = this.log?.checked ?? false;
    const scale = this.#scale(width, log);
    this.scale = scale;
    this.#axes(context, width, scale, log);
    context.save();
    context.beginPath();
    context.rect(LEFT, 0, width - LEFT - RIGHT, this.tall - BOTTOM + 1);
    context.clip();
    for (const one of this.series) this.#line(context, one, scale, log);
    if (this.cursor !== null) this.#upright(context, scale.x(this.cursor), cssOf(this.colours.mark), [4, 3]);
    context.restore();
    this.#readout(context, scale);
  }

  #scale(width, log) {
    let [x0, x1, y0, y1] = [Infinity, -Infinity, Infinity, -Infinity];
    const bound = log ? Infinity : this.most * Math.max(1, ...this.series.map(({ y }) => Math.abs(y.find((value) => value != null) ?? 0)));
    for (const { x, y } of this.series) {
      if (!x.length) continue;
      x0 = Math.min(x0, x[0]);
      x1 = Math.max(x1, x.at(-1));
      for (const value of y) {
        if (value == null || (log && value <= 0) || Math.abs(value) > bound) continue;
        if (value < y0) y0 = value;
        if (value > y1) y1 = value;
      }
    }
    if (!(x1 > x0)) [x0, x1] = [Number.isFinite(x0) ? x0 : 0, (Number.isFinite(x0) ? x0 : 0) + 1];
    if (!(y1 >= y0)) [y0, y1] = log ? [0.1, 1] : [0, 1];
    if (this.range && !log) [y0, y1] = [Math.min(this.range[0], y0), Math.max(this.range[1], y1)];
    else if (log) [y0, y1] = [y0 / 1.15, y1 * 1.15];
    else {
      // a flat line of positive numbers stands in the middle
      if (y0 === y1) [y0, y1] = y0 > 0 ? [0, 2 * y0] : [y0 - 1, y1 + 1];
      y0 = y0 >= 0 && y0 < 0.5 * y1 ? 0 : y0;
      y1 += (y1 - y0) * 0.04;
    }
    const [f, g] = log ? [Math.log10(y0), Math.log10(y1)] : [y0, y1];
    const wide = width - LEFT - RIGHT;
    const high = this.tall - TOP - BOTTOM;
    return {
      x0, x1, y0, y1,
      x: (value) => LEFT + (wide * (value - x0)) / (x1 - x0),
      y: (value) => TOP + high * (1 - ((log ? Math.log10(value) : value) - f) / (g - f || 1)),
      toX: (pixel) => Math.min(x1, Math.max(x0, x0 + ((pixel - LEFT) / wide) * (x1 - x0))),
    };
  }

  #axes(context, width, { x0, x1, y0, y1, x, y }, log) {
    context.font = `11px ${this.colours.font}`;
    context.fillStyle = this.colours.faint(0.72);
    context.strokeStyle = this.colours.faint(0.14);
    context.lineWidth = 1;
    context.textAlign = "right";
    context.textBaseline = "middle";
    for (const value of log ? powers(y0, y1) : ticks(y0, y1, 4)) {
      const at = Math.round(y(value)) + 0.5;
      context.beginPath();
      context.moveTo(LEFT, at);
      context.lineTo(width - RIGHT, at);
      context.stroke();
      context.fillText(this.tick(value), LEFT - 5, at);
    }
    context.textAlign = "center";
    context.textBaseline = "alphabetic";
    for (const value of ticks(x0, x1, Math.max(2, Math.floor(width / 90)))) {
      if (x(value) < width - (this.across ? 64 : 18)) context.fillText(formatNumber(value), x(value), this.tall - 4);
    }
    context.textAlign = "right";
    context.fillText(this.across, width - RIGHT, this.tall - 4);
  }

  #line(context, { x, y, colour, dash = [], width = 1.8, alpha = 1 }, scale, log) {
    context.strokeStyle = cssOf(colour, alpha);
    context.lineWidth = width;
    context.setLineDash(dash);
    context.lineJoin = "round";
    context.beginPath();
    // at the start there is one moment, and no line yet
    if (x.length === 1 && y[0] != null && !(log && y[0] <= 0)) context.arc(scale.x(x[0]) + 1, scale.y(y[0]), 1, 0, 2 * Math.PI);
    let open = false;
    for (let i = 0; i < x.length; i++) {
      if (y[i] == null || (log && y[i] <= 0)) {
        open = false;
        continue;
      }
      if (open) context.lineTo(scale.x(x[i]), scale.y(y[i]));
      else context.moveTo(scale.x(x[i]), scale.y(y[i]));
      open = true;
    }
    context.stroke();
    context.setLineDash([]);
  }

  #upright(context, x, colour, dash) {
    context.strokeStyle = colour;
    context.lineWidth = 1.2;
    context.setLineDash(dash);
    context.beginPath();
    context.moveTo(x, TOP);
    context.lineTo(x, this.tall - BOTTOM);
    context.stroke();
    context.setLineDash([]);
  }

  // the legend holds the numbers: of the pointer, of the moment that is shown, or the last ones
  #readout(context, scale) {
    const at = this.hover !== null ? scale.toX(this.hover) : this.cursor;
    if (this.hover !== null) this.#upright(context, scale.x(at), this.colours.faint(0.5), []);
    const named = this.series.filter((one) => one.label);
    while (this.legend.children.length > named.length) this.legend.lastChild.remove();
    named.forEach((one, i) => {
      let item = this.legend.children[i];
      if (!item) {
        item = h("span", {}, h("i", {}), h("span", {}));
        this.legend.append(item);
      }
      item.firstChild.style.borderColor = cssOf(one.colour);
      item.firstChild.style.borderTopStyle = one.dash?.length ? "dashed" : "solid";
      const index = at === null ? one.x.length - 1 : nearest(one.x, at);
      setTold(item.lastChild, phrase`${one.label} ${this.format(one.y[index])}`);
    });
    this.saying ??= setTimeout(() => this.#say(), SAID);
    if (this.hover !== null) {
      context.font = `11px ${this.colours.font}`;
      context.fillStyle = this.colours.faint(0.9);
      context.textAlign = scale.x(at) > 80 ? "right" : "left";
      context.fillText(`epoch ${Math.round(at)}`, scale.x(at) + (scale.x(at) > 80 ? -4 : 4), TOP + 9);
    }
  }

  // who does not see the picture gets its numbers: those of the legend
  #say() {
    this.saying = null;
    const last = this.cursor ?? this.series.find(({ x }) => x.length)?.x.at(-1);
    const when = last === undefined ? "" : ` at epoch ${Math.round(last)}`;
    const numbers = [...this.legend.children].map((item) => item.textContent).join(", ");
    this.canvas.setAttribute("aria-label", `${this.element.querySelector("b").textContent}${numbers && `${when}: ${numbers}`}`);
  }
}

export function nearest(sorted, value) {
  let [low, high] = [0, sorted.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low > 0 && value - sorted[low - 1] < sorted[low] - value ? low - 1 : low;
}
