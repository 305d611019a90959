// The drawing of the network: every unit is a small picture of what it responds to, every weight a line.
// Thickness is size; colour and dashes are the sign, so that nobody depends on hue.

import { h, setText } from "../../sheet/js/dom.js";
import { Picture, cssOf, paintMap, sized } from "./colours.js";
import { short } from "./numbers.js";

const DRAWN = 250;
const LARGEST = 40;
const SMALLEST = 12;

export class Network {
  // host: { point(unit or null) } is told which unit is pointed at
  constructor(host) {
    this.host = host;
    this.canvas = h("canvas", { role: "img", "aria-label": "network: a small map per unit, a line per weight" });
    this.units = h("div", { class: "units" });
    this.readout = h("output", { class: "readout" });
    this.element = h("div", { class: "network" }, this.canvas, this.units, this.readout);
    this.pictures = [];
    this.canvas.addEventListener("pointermove", (event) => this.#sayWeight(event));
    this.canvas.addEventListener("pointerleave", () => setText(this.readout, ""));
  }

  take({ still, lane, heading, weights, colours, inputs }) {
    Object.assign(this, { still, lane, heading, weights, colours, inputs });
    const width = this.element.clientWidth;
    if (!width) return;
    this.#place(width);
    const context = sized(this.canvas, width, DRAWN);
    this.#edges(context);
    this.#nodes(context);
    this.#labels(context);
  }

  // columns of nodes: the features that are shown, then a column per layer
  #place(width) {
    const { layers } = this.heading;
    const shown = this.lane.units.map(({ grids, curves, width: all }) => Math.min(all, Math.max(grids.length, curves.length) || Math.min(all, 16)));
    const counts = [this.still.image_shape ? 1 : Math.min(layers[0].inputs, 12), ...layers.map((layer, i) => shown[i] ?? Math.min(layer.outputs, 16))];
    const key = [width, ...counts, this.still.run].join();
    if (key === this.key) return;
    this.key = key;
    const columns = counts.length;
    const most = Math.max(...counts);
    const box = Math.max(SMALLEST, Math.min(LARGEST, (DRAWN - 44) / most - 4, width / columns - 26));
    this.nodes = counts.map((count, column) => {
      const x = columns === 1 ? width / 2 : 40 + ((width - 80) * column) / (columns - 1);
      const gap = Math.min(box + 10, (DRAWN - 44) / count);
      return Array.from({ length: count }, (_, unit) => ({ x, y: 20 + (DRAWN - 44) / 2 + (unit - (count - 1) / 2) * gap, half: Math.min(box, gap - 2) / 2 }));
    });
    this.units.replaceChildren(...this.nodes.slice(1).flatMap((column, layer) => column.map((node, unit) => {
      const name = layer === layers.length - 1 ? `output ${unit + 1}` : `layer ${layer + 1}, unit ${unit + 1}`;
      const point = (on) => () => this.host.point(on ? { layer, unit, name } : null);
      const button = h("button", { type: "button", title: name, "aria-label": `show what ${name} responds to`, onpointerenter: point(true), onpointerleave: point(false), onfocus: point(true), onblur: point(false) });
      Object.assign(button.style, { left: `${node.x - node.half}px`, top: `${node.y - node.half}px`, width: `${2 * node.half}px`, height: `${2 * node.half}px` });
      return button;
    })));
    this.pictures = this.nodes.map((column) => column.map(() => new Picture()));
  }

  #edges(context) {
    if (!this.weights) return;
    this.weights.forEach((matrix, layer) => {
      if (!layer && this.still.image_shape) return; // the pictures in the units show them
      let largest = 1e-9;
      for (const row of matrix) for (const value of row) if (Math.abs(value) > largest) largest = Math.abs(value);
      const [from, to] = [this.nodes[layer], this.nodes[layer + 1]];
      to.forEach((target, r) => from.forEach((source, c) => {
        const value = matrix[r]?.[c];
        if (value == null) return;
        const share = Math.abs(value) / largest;
        context.strokeStyle = cssOf(value < 0 ? this.colours.negative : this.colours.positive, 0.15 + 0.75 * share);
        context.lineWidth = 0.4 + 4 * share;
        context.setLineDash(value < 0 ? [6, 4] : []);
        const [x0, x1] = [source.x + source.half, target.x - target.half];
        const middle = (x0 + x1) / 2;
        context.beginPath();
        context.moveTo(x0, source.y);
        context.bezierCurveTo(middle, source.y, middle, target.y, x1, target.y);
        context.stroke();
      }));
    });
    context.setLineDash([]);
  }

  #nodes(context) {
    context.imageSmoothingEnabled = false;
    this.nodes.forEach((column, number) => column.forEach((node, unit) => {
      const { x, y, half } = node;
      context.fillStyle = cssOf(this.colours.ground);
      context.fillRect(x - half, y - half, 2 * half, 2 * half);
      const maps = number ? this.lane.units[number - 1] : null;
      const dead = maps?.dead.includes(unit);
      if (maps?.grids[unit]) context.drawImage(paintMap(this.pictures[number][unit], maps.grids[unit], this.colours), x - half, y - half, 2 * half, 2 * half);
      else if (maps?.curves[unit]) this.#curve(context, maps.curves[unit], node);
      else if (!number && !this.still.image_shape) this.#feature(context, unit, node);
      context.strokeStyle = dead ? cssOf(this.colours.negative) : this.colours.faint(0.55);
      context.lineWidth = dead ? 2 : 1;
      context.strokeRect(x - half, y - half, 2 * half, 2 * half);
      if (dead) {
        context.beginPath();
        context.moveTo(x - half, y + half);
        context.lineTo(x + half, y - half);
        context.stroke();
      }
    }));
  }

  // what a feature is over the plane needs no network: it grows along its own axis
  #feature(context, unit, { x, y, half }) {
    const axis = this.still.axes.findIndex(({ feature }) => feature === unit);
    if (axis < 0) return;
    const along = axis === 0 ? context.createLinearGradient(x - half, 0, x + half, 0) : context.createLinearGradient(0, y + half, 0, y - half);
    along.addColorStop(0, cssOf(this.colours.mix(this.colours.negative, 0.85)));
    along.addColorStop(0.5, cssOf(this.colours.ground));
    along.addColorStop(1, cssOf(this.colours.mix(this.colours.positive, 0.85)));
    context.fillStyle = along;
    context.fillRect(x - half, y - half, 2 * half, 2 * half);
  }

  #curve(context, values, { x, y, half }) {
    const known = values.filter((value) => value != null);
    const [low, high] = [Math.min(...known), Math.max(...known)];
    context.strokeStyle = cssOf(this.colours.positive);
    context.lineWidth = 1.5;
    context.beginPath();
    values.forEach((value, i) => {
      if (value == null) return;
      const at = [x - half + (2 * half * i) / (values.length - 1), y + half - 2 - ((2 * half - 4) * (value - low)) / (high - low || 1)];
      if (i) context.lineTo(...at);
      else context.moveTo(...at);
    });
    context.stroke();
  }

  #labels(context) {
    context.font = `11px ${this.colours.font}`;
    context.fillStyle = this.colours.faint(0.8);
    context.textAlign = "center";
    const { layers } = this.heading;
    const room = this.nodes.length > 1 ? this.nodes[1][0].x - this.nodes[0][0].x : Infinity;
    const isNarrow = layers.some(({ outputs, activation }) => context.measureText(`${outputs} · ${activation} `).width > room);
    this.nodes.forEach((column, number) => {
      const layer = layers[number - 1];
      const total = number ? layer.outputs : layers[0].inputs;
      const more = total > column.length && (number || !this.still.image_shape) ? ` (${column.length} of ${total})` : "";
      const head = isNarrow && (number || !this.still.image_shape) ? `${total}` : number ? `${total} · ${layer.activation}` : this.still.image_shape ? `${this.still.image_shape.join(" × ")} pixels` : `${total} input${total > 1 ? "s" : ""}`;
      const text = isNarrow ? head : head + more;
      const half = context.measureText(text).width / 2;
      context.fillText(text, Math.min(Math.max(column[0].x, half), this.element.clientWidth - half), 12);
      const foot = number ? this.lane.layers[number - 1]?.dead_units : 0;
      if (foot) context.fillText(`${foot} dead`, column[0].x, DRAWN - 4);
    });
    if (!this.still.image_shape) {
      context.textAlign = "left";
      this.nodes[0].forEach(({ y, half }, i) => {
        if (half < 8) return;
        context.fillText(this.inputs[i]?.slice(0, 5) ?? "", 0, y + 4, 19);
      });
    }
  }

  #sayWeight(event) {
    if (!this.weights || !this.nodes) return;
    const { offsetX: x, offsetY: y } = event;
    let [best, distance] = [null, 7];
    this.weights.forEach((matrix, layer) => {
      const [from, to] = [this.nodes[layer], this.nodes[layer + 1]];
      const [x0, x1] = [from[0].x + from[0].half, to[0].x - to[0].half];
      if (x < x0 || x > x1) return;
      const t = this.#inverse((x - x0) / (x1 - x0));
      to.forEach((target, r) => from.forEach((source, c) => {
        const at = source.y + (target.y - source.y) * (3 * t * t - 2 * t * t * t);
        if (Math.abs(at - y) < distance && matrix[r]?.[c] != null) [best, distance] = [{ layer, r, c, value: matrix[r][c] }, Math.abs(at - y)];
      }));
    });
    setText(this.readout, best ? `layer ${best.layer + 1}: weight to unit ${best.r + 1} from ${best.c + 1} is ${short(best.value)}` : "");
  }

  // the place on the curve whose horizontal share is this: x(t) of a curve with both handles in the middle
  #inverse(share) {
    let t = share;
    for (let i = 0; i < 6; i++) {
      const at = 1.5 * t * (1 - t) ** 2 + 1.5 * t * t * (1 - t) + t ** 3;
      const slope = 1.5 * (1 - t) ** 2 + 1.5 * t * t;
      t = Math.min(1, Math.max(0, t - (at - share) / (slope || 1)));
    }
    return t;
  }
}
