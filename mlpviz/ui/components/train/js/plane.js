// The large picture: what the network answers over the plane or along one feature, with the samples on it.
// Points can be added, dragged and removed, and a curve can be drawn by hand. Refuses to compute answers.

import { h, setText } from "../../sheet/js/dom.js";
import { Picture, cssOf, paintMap, sized } from "./colours.js";
import { short, ticks } from "./numbers.js";

const MARGIN = { left: 38, right: 8, top: 8, bottom: 30 };
const NEAR = 9; // CSS pixels within which a point is grabbed
const FORMS = { train: 1, validation: 0.95, test: 0.95 };

export class Plane {
  // host: { send(event), tool() -> what a click does, parts() -> set of parts shown }
  constructor(host) {
    this.host = host;
    this.picture = new Picture();
    this.map = h("canvas", { class: "map" });
    this.points = h("canvas", { class: "points", tabindex: 0, role: "img", "aria-label": "answers of the network and the samples" });
    this.readout = h("output", { class: "readout" });
    this.element = h("div", { class: "plane" }, this.map, this.points, this.readout);
    this.stroke = null;
    this.dragged = null;
    for (const [name, act] of [["pointerdown", "down"], ["pointermove", "move"], ["pointerup", "up"], ["pointercancel", "up"], ["pointerleave", "leave"]]) {
      this.points.addEventListener(name, (event) => this[act](event));
    }
  }

  get size() {
    return [this.element.clientWidth, this.element.clientHeight];
  }

  // unit: the map of one unit that takes the place of the answer, with its name
  // pictures: of units that read pictures, shown instead of a plane of two pixels
  take({ still, lane, unit, colours, pictures }) {
    const samplesBefore = this.still?.samples;
    Object.assign(this, { still, lane, unit, colours, pictures });
    this.#ranges();
    this.#paintMap();
    const [width, height] = this.size;
    const key = [still.run, colours.id, width, height, this.low, this.high, [...this.host.parts()].join()].join();
    if (key !== this.key || samplesBefore !== still.samples) {
      this.key = key;
      this.paintPoints();
    }
  }

  get isCurve() {
    return this.still.axes.length === 1;
  }

  // of a curve the vertical range must hold samples and answers; it only grows while a run lives
  #ranges() {
    if (!this.isCurve) {
      [this.low, this.high] = [this.still.axes[1]?.low ?? 0, this.still.axes[1]?.high ?? 1];
      return;
    }
    if (this.rangeOf !== this.still) {
      this.rangeOf = this.still;
      const values = this.still.samples.flatMap((part) => part.target);
      const [low, high] = [Math.min(...values), Math.max(...values)];
      const room = 0.12 * (high - low || 1);
      [this.low, this.high] = [low - room, high + room];
    }
  }

  #x(value) {
    const [axis] = this.still.axes;
    const wide = this.size[0] - MARGIN.left - MARGIN.right;
    return MARGIN.left + (wide * (value - axis.low)) / (axis.high - axis.low);
  }

  #y(value) {
    const high = this.size[1] - MARGIN.top - MARGIN.bottom;
    return MARGIN.top + high * (1 - (value - this.low) / (this.high - this.low));
  }

  // where a pointer is, in the units of the table
  #at(event) {
    const [axis] = this.still.axes;
    const [width, height] = this.size;
    const across = (event.offsetX - MARGIN.left) / (width - MARGIN.left - MARGIN.right);
    const down = (event.offsetY - MARGIN.top) / (height - MARGIN.top - MARGIN.bottom);
    const within = (share) => Math.min(1, Math.max(0, share));
    return [axis.low + (axis.high - axis.low) * within(across), this.high - (this.high - this.low) * within(down)];
  }

  #paintMap() {
    const [width, height] = this.size;
    if (!width) return;
    const context = sized(this.map, width, height);
    const map = this.unit?.grid ?? this.lane.map;
    const [w, t] = [width - MARGIN.left - MARGIN.right, height - MARGIN.top - MARGIN.bottom];
    if (this.isCurve) return this.#paintCurve(context, this.unit?.curve ? { x: this.lane.map.x, y: [this.unit.curve] } : this.lane.map);
    context.imageSmoothingEnabled = false;
    if (this.pictures && !this.unit) return this.#paintGallery(context, w, t);
    if (!map) return;
    context.drawImage(paintMap(this.picture, map, this.colours), MARGIN.left, MARGIN.top, w, t);
  }

  #paintGallery(context, width, height) {
    const columns = Math.ceil(Math.sqrt(this.pictures.length));
    const side = Math.min(width, height) / columns;
    this.gallery ??= [];
    this.pictures.forEach((grid, i) => {
      const picture = (this.gallery[i] ??= new Picture());
      context.drawImage(paintMap(picture, grid, this.colours), MARGIN.left + side * (i % columns), MARGIN.top + side * Math.floor(i / columns), side - 6, side - 6);
    });
  }

  #paintCurve(context, map) {
    if (!map) return;
    const [width, height] = this.size;
    context.beginPath();
    context.rect(MARGIN.left, MARGIN.top, width - MARGIN.left - MARGIN.right, height - MARGIN.top - MARGIN.bottom);
    context.clip();
    map.y.forEach((values, output) => {
      context.strokeStyle = cssOf(this.colours.ofClass(output ? output + 1 : 1));
      context.lineWidth = 2.5;
      context.beginPath();
      let open = false;
      values.forEach((value, i) => {
        if (value == null) { open = false; return; }
        if (open) context.lineTo(this.#x(map.x[i]), this.#y(value));
        else context.moveTo(this.#x(map.x[i]), this.#y(value));
        open = true;
      });
      context.stroke();
    });
  }

  paintPoints() {
    const [width, height] = this.size;
    if (!width || !this.still) return;
    const context = sized(this.points, width, height);
    this.#paintAxes(context, width, height);
    const parts = this.host.parts();
    for (const samples of this.still.samples) {
      if (!parts.has(samples.part)) continue;
      const radius = samples.rows.length > 600 ? 2 : 3.2;
      samples.rows.forEach((row, i) => {
        if (this.dragged?.row === row) return;
        this.#point(context, samples.part, samples.x[i], this.isCurve ? samples.target[i] : samples.y[i], samples.target[i], radius);
      });
    }
    if (this.dragged) this.#point(context, "train", ...this.dragged.at, this.dragged.target, 4.5);
    if (this.stroke) {
      context.strokeStyle = cssOf(this.colours.mark);
      context.lineWidth = 2;
      context.beginPath();
      this.stroke.forEach(([x, y], i) => (i ? context.lineTo(this.#x(x), this.#y(y)) : context.moveTo(this.#x(x), this.#y(y))));
      context.stroke();
    }
  }

  // training samples are full, validation samples rings, test samples squares
  #point(context, part, x, y, target, radius) {
    const colour = cssOf(this.#colourOf(target), FORMS[part]);
    const [px, py] = [this.#x(x), this.#y(y)];
    context.beginPath();
    if (part === "test") context.rect(px - radius + 0.5, py - radius + 0.5, 2 * radius - 1, 2 * radius - 1);
    else context.arc(px, py, radius, 0, 2 * Math.PI);
    context.lineWidth = 1.5;
    if (part === "train") {
      context.fillStyle = colour;
      context.fill();
      context.strokeStyle = cssOf(this.colours.ground);
      context.lineWidth = 1;
    } else {
      context.fillStyle = cssOf(this.colours.ground, 0.8);
      context.fill();
      context.strokeStyle = colour;
    }
    context.stroke();
  }

  #colourOf(target) {
    if (this.still.task === "classes") return this.colours.ofClass(target);
    if (this.isCurve) return this.colours.negative;
    const values = (this.targets ??= new WeakMap());
    if (!values.has(this.still)) {
      const all = this.still.samples.flatMap((part) => part.target);
      values.set(this.still, [Math.min(...all), Math.max(...all)]);
    }
    const [low, high] = values.get(this.still);
    const share = (target - low) / (high - low || 1);
    return this.colours.mix(share < 0.5 ? this.colours.negative : this.colours.positive, 0.3 + 1.2 * Math.abs(share - 0.5));
  }

  #paintAxes(context, width, height) {
    const [axis, second] = this.still.axes;
    context.font = `11px ${this.colours.font}`;
    context.fillStyle = this.colours.faint(0.75);
    context.strokeStyle = this.colours.faint(0.3);
    context.strokeRect(MARGIN.left - 0.5, MARGIN.top - 0.5, width - MARGIN.left - MARGIN.right + 1, height - MARGIN.top - MARGIN.bottom + 1);
    context.textAlign = "center";
    for (const value of ticks(axis.low, axis.high, 5)) context.fillText(short(value), this.#x(value), height - MARGIN.bottom + 13);
    context.fillText(axis.name, (width + MARGIN.left) / 2, height - 3);
    context.textAlign = "right";
    context.textBaseline = "middle";
    for (const value of ticks(this.low, this.high, 5)) context.fillText(short(value), MARGIN.left - 5, this.#y(value));
    context.textBaseline = "alphabetic";
    if (!second) return;
    context.save();
    context.translate(10, height / 2 - 10);
    context.rotate(-Math.PI / 2);
    context.textAlign = "center";
    context.fillText(second.name, 0, 0);
    context.restore();
  }

  // ------------------------------------------------------------------ the pointer

  #nearest(event) {
    let [best, distance] = [null, NEAR * NEAR];
    for (const samples of this.still.samples) {
      if (!this.host.parts().has(samples.part)) continue;
      samples.rows.forEach((row, i) => {
        const dx = this.#x(samples.x[i]) - event.offsetX;
        const dy = this.#y(this.isCurve ? samples.target[i] : samples.y[i]) - event.offsetY;
        if (dx * dx + dy * dy < distance) [best, distance] = [{ row, target: samples.target[i], part: samples.part }, dx * dx + dy * dy];
      });
    }
    return best;
  }

  down(event) {
    const tool = this.host.tool();
    if (!this.still || tool === "look" || event.button) return;
    this.points.setPointerCapture(event.pointerId);
    event.preventDefault();
    if (tool === "draw") this.stroke = [this.#at(event)];
    else {
      const found = this.#nearest(event);
      if (tool === "remove") return found && this.host.send({ type: "remove_point", row: found.row });
      if (!found) return this.host.send({ type: "add_point", at: this.#at(event), target: tool.target });
      this.dragged = { ...found, at: this.#at(event), moved: false };
    }
    this.paintPoints();
    return undefined;
  }

  move(event) {
    if (!this.still) return;
    if (this.stroke) {
      this.stroke.push(this.#at(event));
      this.paintPoints();
    } else if (this.dragged) {
      this.dragged.at = this.#at(event);
      this.dragged.moved = true;
      this.paintPoints();
    }
    this.#say(event);
  }

  up() {
    if (this.stroke) {
      const stroke = this.stroke.filter(([x], i, all) => i === 0 || x > Math.max(...all.slice(0, i).map(([before]) => before)));
      this.stroke = null;
      if (stroke.length > 1) this.host.send({ type: "draw", points: stroke });
      else this.paintPoints();
    }
    if (this.dragged) {
      const { row, at, moved } = this.dragged;
      this.dragged = null;
      if (moved) this.host.send({ type: "move_point", row, at });
      this.paintPoints();
    }
  }

  leave() {
    setText(this.readout, "");
  }

  #say(event) {
    const [x, y] = this.#at(event);
    const found = this.#nearest(event);
    const where = this.isCurve ? `${this.still.axes[0].name} ${short(x)}, y ${short(y)}` : `${this.still.axes[0].name} ${short(x)}, ${this.still.axes[1].name} ${short(y)}`;
    const what = found ? ` · sample ${found.row + 1} (${found.part}): ${this.still.task === "classes" ? this.still.class_names[found.target] : short(found.target)}` : "";
    setText(this.readout, where + what);
  }
}
