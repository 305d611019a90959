// The large picture: what the network answers over the plane or along one feature, with the samples on it. What the
// pointer does there says map_pointer.js.

import { extent, linear, strokeSeries, ticks, writeTicks } from "../shared/axes.js";
import { bytesOf, cssOf, Picture, paintMap, sized } from "../shared/colours.js";
import { h, setAttribute, setProperties, setText } from "../shared/dom.js";
import { formatNumber } from "../shared/number_text.js";
import { whole } from "./labels.js";
import { MapKeys } from "./map_keys.js";
import { MapPointer } from "./map_tools.js";
import { Legend, paintMark } from "./markers.js";

const MARGIN = { left: 38, right: 8, top: 8, bottom: 30 };
const MANY = 600; // samples, from which on their marks are smaller

const WAY = "the arrow keys move a place on it, Enter does what a click there does";

export class DecisionMap {
  // tools: { tool, parts, isHard }: what a click does, which samples are shown, whether answers are rounded
  constructor(send, tools) {
    this.tools = tools;
    this.picture = new Picture();
    this.gallery = [];
    this.map = h("canvas", { class: "map", "aria-hidden": "true" });
    this.points = h("canvas", {
      class: "points",
      tabindex: 0,
      role: "application",
      "aria-roledescription": "map",
      "aria-label": "answers of the network and the samples",
    });
    this.readout = h("output", { class: "readout", "aria-live": "off" });
    this.broken = h("p", { class: "broken", hidden: true });
    this.legend = new Legend();
    this.pointer = new MapPointer(this, { send, tools });
    this.keys = new MapKeys(this, this.pointer);
    const parts = [this.map, this.points, this.keys.mark, this.readout, this.broken];
    this.element = h("div", { class: "plane" }, ...parts);
    this.size = [0, 0];
    this.still = null;
  }

  setCursor(name) {
    this.points.style.cursor = name;
  }

  // unit: the map of one unit that takes the place of the answer; pictures: of units that read pictures, shown
  // instead of a plane of two pixels; isChanged: the samples are shown in another way
  take({ still, lane, unit, colours, pictures }, isChanged) {
    this.element.classList.toggle("picture", Boolean(pictures));
    // once per frame: to ask after something was changed makes the browser lay out the page
    this.size = [this.element.clientWidth, this.element.clientHeight];
    const samplesBefore = this.still?.samples;
    this.still = still;
    this.lane = lane;
    this.unit = unit;
    this.colours = colours;
    this.pictures = pictures;
    this.#place();
    this.#paintMap();
    this.#explain();
    const key = [still.run, colours.id, ...this.size, this.y.domain, ...this.tools.parts].join();
    if (key === this.key && samplesBefore === still.samples && !isChanged) return;
    this.key = key;
    this.paintPoints();
  }

  get isCurve() {
    return this.still.axes.length === 1;
  }

  // of a curve the vertical range must hold samples and answers; of targets the colours follow the range
  #place() {
    const [axis, second] = this.still.axes;
    if (this.targetsOf !== this.still) {
      this.targetsOf = this.still;
      this.targets = extent(this.still.samples.flatMap(({ target }) => target)) ?? [0, 0];
    }
    const [low, high] = this.targets;
    const room = 0.12 * (high - low || 1);
    const upward = second ? [second.low, second.high] : [low - room, high + room];
    const [width, height] = this.size;
    this.x = linear([axis.low, axis.high], [MARGIN.left, width - MARGIN.right]);
    this.y = linear(upward, [height - MARGIN.bottom, MARGIN.top]);
    const size = [width - MARGIN.left - MARGIN.right, height - MARGIN.top - MARGIN.bottom];
    this.box = [MARGIN.left, MARGIN.top, ...size];
  }

  #explain() {
    const { still, lane, unit, pictures, colours } = this;
    const classes = still.task === "classes" && !unit && !pictures ? still.class_names : null;
    this.legend.take({ classes, scale: classes ? null : this.#scaleOfColours(), colours });
    const since = `diverged at epoch ${whole(lane.diverged)}: its numbers are not finite any more`;
    const broken = lane.diverged != null ? since : "";
    setText(this.broken, broken);
    setProperties(this.broken, { hidden: !broken });
    const axes = still.axes.map(
      ({ name, low, high }) => `${name} from ${formatNumber(low)} to ${formatNumber(high)}`,
    );
    const shown = still.samples.filter(({ part }) => this.tools.parts.has(part));
    const counts = shown.map(({ part, rows }) => `${whole(rows.length)} ${part} samples`);
    const said = `what the network answers over ${axes.join(", ")}; on it ${counts.join(", ")}; ${WAY}. ${broken}`;
    const name = pictures ? "the weights of the first units as pictures" : said.trim();
    setAttribute(this.points, "aria-label", name);
  }

  #scaleOfColours() {
    const { unit, pictures, targets } = this;
    if (unit?.grid) {
      const { low, high } = unit.grid;
      return { name: "activation", texts: [formatNumber(low), "0", formatNumber(high)] };
    }
    if (pictures) return { name: "weight of a pixel", texts: ["below 0", "0", "above 0"] };
    if (this.isCurve || this.still.task === "classes") return null;
    const [low, high] = targets;
    return {
      name: "answer",
      texts: [low, (low + high) / 2, high].map((value) => formatNumber(value)),
    };
  }

  // where a pointer is, in the units of the table
  place({ offsetX, offsetY }) {
    return [this.x.invert(offsetX), this.y.invert(offsetY)];
  }

  // where a sample is drawn, in CSS pixels
  spot(samples, i) {
    return [this.x(samples.x[i]), this.y(this.isCurve ? samples.target[i] : samples.y[i])];
  }

  // what the map shows at a place: { number, share } of a class, { value }, or null
  answerAt(x, y) {
    const { map } = this.lane;
    if (this.unit || !map?.strength || this.pictures) return null;
    const { width, height, low, high, bytes } = map.strength;
    const [across, up] = this.still.axes;
    const column = Math.floor((width * (x - across.low)) / (across.high - across.low));
    const row = Math.floor((height * (up.high - y)) / (up.high - up.low));
    const at = Math.min(height - 1, row) * width + Math.min(width - 1, column);
    const value = low + ((high - low) * bytesOf(bytes)[at]) / 255;
    if (map.kind === "values") return { value };
    if (map.winner) return { number: bytesOf(map.winner.bytes)[at], share: value };
    return value < 0.5 ? { number: 0, share: 1 - value } : { number: 1, share: value };
  }

  // ------------------------------------------------------------------ painting

  #paintMap() {
    const [width, height] = this.size;
    if (!width) return;
    const context = sized(this.map, width, height);
    const { unit, lane, pictures, colours } = this;
    if (this.isCurve)
      return this.#paintCurves(context, unit?.curve ? this.#curveOf(unit) : lane.map);
    context.imageSmoothingEnabled = false;
    if (pictures && !unit) return this.#paintGallery(context);
    const map = unit?.grid ?? lane.map;
    if (!map) return;
    const how = { isHard: this.tools.isHard, range: unit ? null : this.targets };
    context.drawImage(paintMap(this.picture, map, colours, how), ...this.box);
  }

  // a unit's curve has fewer places than the answer
  #curveOf({ curve }) {
    const [low, high] = this.x.domain;
    return { x: curve.map((_, i) => low + ((high - low) * i) / (curve.length - 1)), y: [curve] };
  }

  #paintGallery(context) {
    const [left, top, width, height] = this.box;
    const columns = Math.ceil(Math.sqrt(this.pictures.length));
    const side = Math.min(width, height) / columns;
    this.pictures.forEach((grid, i) => {
      this.gallery[i] ??= new Picture();
      const [x, y] = [left + side * (i % columns), top + side * Math.floor(i / columns)];
      context.drawImage(paintMap(this.gallery[i], grid, this.colours), x, y, side - 6, side - 6);
    });
  }

  #paintCurves(context, map) {
    if (!map) return;
    context.beginPath();
    context.rect(...this.box);
    context.clip();
    context.lineWidth = 2.5;
    map.y.forEach((values, output) => {
      context.strokeStyle = cssOf(this.colours.ofClass(output ? output + 1 : 1));
      strokeSeries(context, map.x, values, this.x, this.y);
    });
  }

  paintPoints() {
    const [width, height] = this.size;
    if (!width || !this.still) return;
    const context = sized(this.points, width, height);
    this.#paintAxes(context, width, height);
    const { dragged, stroke } = this.pointer;
    for (const samples of this.still.samples) {
      if (!this.tools.parts.has(samples.part)) continue;
      const radius = samples.rows.length > MANY ? 2.2 : 3.6;
      samples.rows.forEach((row, i) => {
        if (dragged?.row === row) return;
        this.#paintPoint(context, samples.part, this.spot(samples, i), samples.target[i], radius);
      });
    }
    if (dragged) {
      const spot = [this.x(dragged.at[0]), this.y(dragged.at[1])];
      this.#paintPoint(context, "train", spot, dragged.target, 5);
    }
    if (!stroke) return;
    context.strokeStyle = cssOf(this.colours.mark);
    context.lineWidth = 2;
    const [xs, ys] = [0, 1].map((axis) => stroke.map((point) => point[axis]));
    strokeSeries(context, xs, ys, this.x, this.y);
  }

  #paintPoint(context, part, spot, target, radius) {
    const [x, y] = spot;
    const form = this.still.task === "classes" ? target : 0;
    const colour = cssOf(this.#colourOf(target));
    paintMark(context, { form, part, x, y, radius, colour, colours: this.colours });
  }

  #colourOf(target) {
    const { colours } = this;
    if (this.still.task === "classes") return colours.ofClass(target);
    if (this.isCurve) return colours.negative;
    const [low, high] = this.targets;
    const share = (target - low) / (high - low || 1);
    const colour = share < 0.5 ? colours.negative : colours.positive;
    return colours.mix(colour, 0.3 + 1.2 * Math.abs(share - 0.5));
  }

  #paintAxes(context, width, height) {
    const [axis, second] = this.still.axes;
    const [left, top, across, down] = this.box;
    context.font = `11px ${this.colours.font}`;
    context.fillStyle = this.colours.faint(0.75);
    context.strokeStyle = this.colours.faint(0.3);
    context.strokeRect(left - 0.5, top - 0.5, across + 1, down + 1);
    const baseline = height - MARGIN.bottom + 13;
    writeTicks(context, this.x, { values: ticks(...this.x.domain, 5), baseline });
    context.fillText(axis.name, (width + MARGIN.left) / 2, height - 3);
    writeTicks(context, this.y, { values: ticks(...this.y.domain, 5), right: MARGIN.left - 5 });
    if (!second) return;
    context.save();
    context.translate(10, height / 2 - 10);
    context.rotate(-Math.PI / 2);
    context.textAlign = "center";
    context.fillText(second.name, 0, 0);
    context.restore();
  }
}
