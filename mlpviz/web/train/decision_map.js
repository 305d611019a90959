// The large picture: what the network answers over the plane or along one feature, with the samples on it.
// Refuses to compute answers, and to know what the pointer does.

import { formatNumber } from "../shared/number_text.js";
import { h, setAttribute, setProperties, setText } from "../shared/dom.js";
import { Picture, bytesOf, cssOf, paintMap, sized } from "../shared/colours.js";
import { Legend, paintMark } from "./markers.js";
import { ticks } from "./labels.js";
import { Pointer } from "./map_pointer.js";

const MARGIN = { left: 38, right: 8, top: 8, bottom: 30 };

export class Plane {
  // host: { send(event), tool() -> what a click does, parts() -> set of parts shown, isHard() -> whether answers are rounded }
  constructor(host) {
    this.host = host;
    this.picture = new Picture();
    this.map = h("canvas", { class: "map", "aria-hidden": "true" });
    this.points = h("canvas", {
      class: "points",
      tabindex: 0,
      role: "img",
      "aria-label": "answers of the network and the samples",
    });
    this.readout = h("output", { class: "readout", "aria-live": "off" });
    this.broken = h("p", { class: "broken", hidden: true });
    this.legend = new Legend();
    this.element = h("div", { class: "plane" }, this.map, this.points, this.readout, this.broken);
    this.pointer = new Pointer(this, host);
    this.size = [0, 0];
  }

  // unit: the map of one unit that takes the place of the answer, with its name
  // pictures: of units that read pictures, shown instead of a plane of two pixels
  take({ still, lane, unit, colours, pictures }) {
    // once per frame: to ask after something was changed makes the browser lay out the page
    this.size = [this.element.clientWidth, this.element.clientHeight];
    const samplesBefore = this.still?.samples;
    Object.assign(this, { still, lane, unit, colours, pictures });
    this.#ranges();
    this.#paintMap();
    this.#explain();
    const [width, height] = this.size;
    const key = [
      still.run,
      colours.id,
      width,
      height,
      this.low,
      this.high,
      [...this.host.parts()].join(),
    ].join();
    if (key !== this.key || samplesBefore !== still.samples) {
      this.key = key;
      this.paintPoints();
    }
  }

  get isCurve() {
    return this.still.axes.length === 1;
  }

  // of a curve the vertical range must hold samples and answers; of targets the colours follow the range
  #ranges() {
    if (this.rangeOf !== this.still) {
      this.rangeOf = this.still;
      const values = this.still.samples.flatMap((part) => part.target);
      this.targets = [Math.min(...values), Math.max(...values)];
    }
    const [low, high] = this.targets;
    const room = 0.12 * (high - low || 1);
    if (this.isCurve) [this.low, this.high] = [low - room, high + room];
    else [this.low, this.high] = [this.still.axes[1]?.low ?? 0, this.still.axes[1]?.high ?? 1];
  }

  #explain() {
    const { still, lane, unit, pictures, colours } = this;
    const names = still.task === "classes" && !unit && !pictures ? still.class_names : null;
    let scale = null;
    if (unit?.grid)
      scale = {
        name: "activation",
        texts: [formatNumber(unit.grid.low), "0", formatNumber(unit.grid.high)],
      };
    else if (pictures) scale = { name: "weight of a pixel", texts: ["below 0", "0", "above 0"] };
    else if (!names && !this.isCurve)
      scale = {
        name: "answer",
        texts: [
          formatNumber(this.targets[0]),
          formatNumber((this.targets[0] + this.targets[1]) / 2),
          formatNumber(this.targets[1]),
        ],
      };
    this.legend.take({ classes: names, scale, colours });
    const broken =
      lane.diverged != null
        ? `diverged at epoch ${lane.diverged}: its numbers are not finite any more`
        : "";
    setText(this.broken, broken);
    setProperties(this.broken, { hidden: !broken });
    const axes = still.axes
      .map(({ name, low, high }) => `${name} from ${formatNumber(low)} to ${formatNumber(high)}`)
      .join(", ");
    const counts = still.samples
      .filter(({ part }) => this.host.parts().has(part))
      .map(({ part, rows }) => `${rows.length} ${part} samples`)
      .join(", ");
    setAttribute(
      this.points,
      "aria-label",
      pictures
        ? "the weights of the first units as pictures"
        : `what the network answers over ${axes}; on it ${counts}. ${broken}`.trim(),
    );
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
  place(event) {
    const [axis] = this.still.axes;
    const [width, height] = this.size;
    const across = (event.offsetX - MARGIN.left) / (width - MARGIN.left - MARGIN.right);
    const down = (event.offsetY - MARGIN.top) / (height - MARGIN.top - MARGIN.bottom);
    const within = (share) => Math.min(1, Math.max(0, share));
    return [
      axis.low + (axis.high - axis.low) * within(across),
      this.high - (this.high - this.low) * within(down),
    ];
  }

  // where a sample is drawn, in CSS pixels
  spot(samples, i) {
    return [this.#x(samples.x[i]), this.#y(this.isCurve ? samples.target[i] : samples.y[i])];
  }

  // what the map shows at a place: { number, share } of a class, { value }, or null
  answerAt(x, y) {
    const { map } = this.lane;
    if (this.unit || !map?.strength || this.pictures) return null;
    const { width, height, low, high, bytes } = map.strength;
    const [across, up] = this.still.axes;
    const column = Math.min(
      width - 1,
      Math.floor((width * (x - across.low)) / (across.high - across.low)),
    );
    const row = Math.min(height - 1, Math.floor((height * (up.high - y)) / (up.high - up.low)));
    const at = row * width + column;
    const value = low + ((high - low) * bytesOf(bytes)[at]) / 255;
    if (map.kind === "values") return { value };
    if (map.winner) return { number: bytesOf(map.winner.bytes)[at], share: value };
    return value < 0.5 ? { number: 0, share: 1 - value } : { number: 1, share: value };
  }

  #paintMap() {
    const [width, height] = this.size;
    if (!width) return;
    const context = sized(this.map, width, height);
    const map = this.unit?.grid ?? this.lane.map;
    const [w, t] = [width - MARGIN.left - MARGIN.right, height - MARGIN.top - MARGIN.bottom];
    if (this.isCurve)
      return this.#paintCurve(
        context,
        this.unit?.curve
          ? { x: this.#along(this.unit.curve.length), y: [this.unit.curve] }
          : this.lane.map,
      );
    context.imageSmoothingEnabled = false;
    if (this.pictures && !this.unit) return this.#paintGallery(context, w, t);
    if (!map) return;
    context.drawImage(
      paintMap(this.picture, map, this.colours, {
        isHard: this.host.isHard(),
        range: this.unit ? null : this.targets,
      }),
      MARGIN.left,
      MARGIN.top,
      w,
      t,
    );
  }

  // a unit's curve has fewer places than the answer
  #along(count) {
    const [axis] = this.still.axes;
    return Array.from(
      { length: count },
      (_, i) => axis.low + ((axis.high - axis.low) * i) / (count - 1),
    );
  }

  #paintGallery(context, width, height) {
    const columns = Math.ceil(Math.sqrt(this.pictures.length));
    const side = Math.min(width, height) / columns;
    this.gallery ??= [];
    this.pictures.forEach((grid, i) => {
      const picture = (this.gallery[i] ??= new Picture());
      context.drawImage(
        paintMap(picture, grid, this.colours),
        MARGIN.left + side * (i % columns),
        MARGIN.top + side * Math.floor(i / columns),
        side - 6,
        side - 6,
      );
    });
  }

  #paintCurve(context, map) {
    if (!map) return;
    const [width, height] = this.size;
    context.beginPath();
    context.rect(
      MARGIN.left,
      MARGIN.top,
      width - MARGIN.left - MARGIN.right,
      height - MARGIN.top - MARGIN.bottom,
    );
    context.clip();
    map.y.forEach((values, output) => {
      context.strokeStyle = cssOf(this.colours.ofClass(output ? output + 1 : 1));
      context.lineWidth = 2.5;
      context.beginPath();
      let open = false;
      values.forEach((value, i) => {
        if (value == null) {
          open = false;
          return;
        }
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
    const { dragged, stroke } = this.pointer;
    for (const samples of this.still.samples) {
      if (!parts.has(samples.part)) continue;
      const radius = samples.rows.length > 600 ? 2.2 : 3.6;
      samples.rows.forEach((row, i) => {
        if (dragged?.row !== row)
          this.#point(context, samples.part, ...this.spot(samples, i), samples.target[i], radius);
      });
    }
    if (dragged)
      this.#point(
        context,
        "train",
        this.#x(dragged.at[0]),
        this.#y(dragged.at[1]),
        dragged.target,
        5,
      );
    if (stroke) {
      context.strokeStyle = cssOf(this.colours.mark);
      context.lineWidth = 2;
      context.beginPath();
      stroke.forEach(([x, y], i) =>
        i ? context.lineTo(this.#x(x), this.#y(y)) : context.moveTo(this.#x(x), this.#y(y)),
      );
      context.stroke();
    }
  }

  #point(context, part, x, y, target, radius) {
    const form = this.still.task === "classes" ? target : 0;
    paintMark(context, {
      form,
      part,
      x,
      y,
      radius,
      colour: cssOf(this.#colourOf(target)),
      colours: this.colours,
    });
  }

  #colourOf(target) {
    if (this.still.task === "classes") return this.colours.ofClass(target);
    if (this.isCurve) return this.colours.negative;
    const [low, high] = this.targets;
    const share = (target - low) / (high - low || 1);
    return this.colours.mix(
      share < 0.5 ? this.colours.negative : this.colours.positive,
      0.3 + 1.2 * Math.abs(share - 0.5),
    );
  }

  #paintAxes(context, width, height) {
    const [axis, second] = this.still.axes;
    context.font = `11px ${this.colours.font}`;
    context.fillStyle = this.colours.faint(0.75);
    context.strokeStyle = this.colours.faint(0.3);
    context.strokeRect(
      MARGIN.left - 0.5,
      MARGIN.top - 0.5,
      width - MARGIN.left - MARGIN.right + 1,
      height - MARGIN.top - MARGIN.bottom + 1,
    );
    context.textAlign = "center";
    for (const value of ticks(axis.low, axis.high, 5))
      context.fillText(formatNumber(value), this.#x(value), height - MARGIN.bottom + 13);
    context.fillText(axis.name, (width + MARGIN.left) / 2, height - 3);
    context.textAlign = "right";
    context.textBaseline = "middle";
    for (const value of ticks(this.low, this.high, 5))
      context.fillText(formatNumber(value), MARGIN.left - 5, this.#y(value));
    context.textBaseline = "alphabetic";
    if (!second) return;
    context.save();
    context.translate(10, height / 2 - 10);
    context.rotate(-Math.PI / 2);
    context.textAlign = "center";
    context.fillText(second.name, 0, 0);
    context.restore();
  }
}
