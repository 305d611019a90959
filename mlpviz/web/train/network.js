// The drawing of the network: every unit is a small picture of what it responds to, every weight a line. Units can be
// added, and the numbers of one be opened.

import { Picture, sized } from "../shared/colours.js";
import { h, setAttribute, setChildren, setProperties, setText } from "../shared/dom.js";
import { brief } from "./labels.js";
import { DRAWN, lineAt, paintLabels, paintUnits, paintWeightLines } from "./network_painting.js";
import { UnitEditor } from "./unit_editor.js";

const LARGEST = 40;
const SMALLEST = 12;
const PICTURE = 72; // of the sample that a network of pictures is shown with
const NAMED = 46; // for the names of the inputs
const ANSWERED = 66; // for those of the classes
const ROOM = 104; // CSS pixels between columns from which buttons fit below them
const MOST_INPUTS = 12;
const MOST_UNITS = 16;
const ARROWS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

export class Network {
  // point(unit or null): which unit is pointed at
  constructor({ point, send }) {
    this.point = point;
    this.send = send;
    this.canvas = h("canvas", {
      role: "img",
      "aria-label": "network: a small map per unit, a line per weight",
    });
    this.units = h("div", {
      class: "units",
      role: "group",
      "aria-label": "units; arrow keys go from one to the next, Enter opens its numbers",
      onkeydown: (event) => this.#walk(event),
    });
    this.sizes = h("div", { class: "sizes", role: "group", "aria-label": "layers and units" });
    this.readout = h("output", { class: "readout", "aria-live": "off" });
    this.editor = new UnitEditor({ send });
    this.element = h(
      "div",
      { class: "network" },
      this.canvas,
      this.units,
      this.sizes,
      this.readout,
      this.editor.element,
    );
    this.nodes = [];
    this.pictures = [];
    this.unitButtons = new Map(); // "layer,unit" -> button
    this.pairs = new Map(); // column -> the buttons below it
    this.canvas.addEventListener("pointermove", (event) => this.#sayWeight(event));
    this.canvas.addEventListener("pointerleave", () => setText(this.readout, ""));
    this.canvas.addEventListener("click", (event) => this.#openWeight(event));
  }

  // shown: { still, lane, heading, weights, biases, colours, alone }
  take(shown) {
    this.shown = shown;
    const width = this.element.clientWidth;
    if (!width) return;
    this.#place(width);
    const { weights, biases, colours } = shown;
    const context = sized(this.canvas, width, DRAWN);
    const drawing = { ...shown, nodes: this.nodes, pictures: this.pictures, width };
    if (weights) paintWeightLines(context, { ...this.#lines, colours, chosen: this.editor.chosen });
    paintUnits(context, drawing);
    paintLabels(context, drawing);
    this.editor.take({ weights, biases });
  }

  get #lines() {
    const { weights, still } = this.shown;
    return { weights, nodes: this.nodes, skipsFirst: Boolean(still.image_shape) };
  }

  // columns of nodes: what the network reads, then a column per layer
  #place(width) {
    const { still, lane, alone } = this.shown;
    const { layers } = this.shown.heading;
    const shown = lane.units.map(({ grids, curves, width: all }) =>
      Math.min(all, Math.max(grids.length, curves.length) || MOST_UNITS),
    );
    const counts = [
      still.image_shape ? 1 : Math.min(layers[0].inputs, MOST_INPUTS),
      ...layers.map((layer, i) => shown[i] ?? Math.min(layer.outputs, MOST_UNITS)),
    ];
    const key = [width, ...counts, still.run, alone].join();
    if (key === this.key) return;
    this.key = key;
    const columns = counts.length;
    const high = DRAWN - 44;
    const fitting = Math.min(LARGEST, high / Math.max(...counts) - 4, width / columns - 26);
    const box = Math.max(SMALLEST, fitting);
    this.nodes = counts.map((count, column) => {
      const along = ((width - NAMED - ANSWERED) * column) / (columns - 1);
      const x = columns === 1 ? width / 2 : NAMED + along;
      const gap = Math.min(box + 10, high / count);
      const isPicture = !column && still.image_shape;
      const side = isPicture ? Math.min(PICTURE, width / columns - 14) : Math.min(box, gap - 2);
      return Array.from({ length: count }, (_, unit) => ({
        x: column ? x : Math.max(x, side / 2),
        y: 20 + high / 2 + (unit - (count - 1) / 2) * gap,
        half: side / 2,
      }));
    });
    this.pictures = this.nodes.map((column) => column.map(() => new Picture()));
    const sizes = layers.map(({ outputs, activation }) => `${outputs} ${activation}`);
    const all = [layers[0].inputs, ...sizes].join(", then ");
    setAttribute(
      this.canvas,
      "aria-label",
      `network of ${all}: a small map per unit, a line per weight`,
    );
    this.#buildUnits();
    this.#buildSizes(width);
  }

  // the name of a unit; layer −1 is what the network reads
  #name(layer, unit) {
    const { still, heading } = this.shown;
    const { layers } = heading;
    if (layer < 0) return still.image_shape ? "the picture" : `input ${still.inputs[unit]}`;
    if (layer < layers.length - 1) return `layer ${layer + 1}, unit ${unit + 1}`;
    const { class_names: names } = still;
    return names.length === layers.at(-1).outputs ? `output ${names[unit]}` : `output ${unit + 1}`;
  }

  #buildUnits() {
    const buttons = this.nodes.flatMap((column, at) =>
      column.map((node, unit) => this.#unitButton(node, at - 1, unit)),
    );
    if (buttons.length && !buttons.some(({ tabIndex }) => tabIndex === 0)) buttons[0].tabIndex = 0;
    setChildren(this.units, buttons);
  }

  // the button of this place in the drawing, for what stands there now
  #unitButton({ x, y, half }, layer, unit) {
    const key = `${layer},${unit}`;
    if (!this.unitButtons.has(key)) this.unitButtons.set(key, this.#makeUnitButton(layer, unit));
    const button = this.unitButtons.get(key);
    const name = this.#name(layer, unit);
    const isPicture = this.#isPicture(layer);
    const label =
      layer < 0 ? `show ${name}` : `show what ${name} responds to; its numbers open with a click`;
    setProperties(button, {
      title: isPicture ? "another sample" : name,
      ariaLabel: isPicture ? "another sample" : label,
    });
    const side = `${2 * half}px`;
    Object.assign(button.style, {
      left: `${x - half}px`,
      top: `${y - half}px`,
      width: side,
      height: side,
    });
    return button;
  }

  #isPicture(layer) {
    return layer < 0 && Boolean(this.shown.still.image_shape);
  }

  #makeUnitButton(layer, unit) {
    const point = (isOn) => () => {
      const name = this.#name(layer, unit);
      this.point(isOn ? { layer, unit, name } : null);
      setText(this.readout, isOn ? this.#said(layer, unit, name) : "");
    };
    return h("button", {
      type: "button",
      tabindex: -1,
      "data-column": layer + 1,
      "data-unit": unit,
      onpointerenter: point(true),
      onpointerleave: point(false),
      onfocus: point(true),
      onblur: point(false),
      onclick: () => {
        if (this.#isPicture(layer)) this.send({ type: "sample", row: null });
        else if (layer >= 0) this.#open(layer, unit, null);
      },
    });
  }

  // one stop for the tab key; arrows go on
  #walk(event) {
    const step = ARROWS[event.key];
    const { column, unit } = event.target.dataset;
    if (!step || column === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const next = Math.min(this.nodes.length - 1, Math.max(0, Number(column) + step[0]));
    const place = Math.min(this.nodes[next].length - 1, Math.max(0, Number(unit) + step[1]));
    for (const button of this.units.children) {
      const isNext =
        button.dataset.column === String(next) && button.dataset.unit === String(place);
      button.tabIndex = isNext ? 0 : -1;
      if (isNext) button.focus();
    }
  }

  // fewer and more units below each hidden layer, and below the inputs fewer and more layers
  #buildSizes(width) {
    const { alone, heading } = this.shown;
    const hidden = heading.layers.slice(0, -1);
    const gap = (width - NAMED - ANSWERED) / Math.max(1, this.nodes.length - 1);
    if (!alone || gap < ROOM) return setChildren(this.sizes, []);
    // by how many more or fewer, not how many: two quick clicks are two
    const layers = this.#pair(0, width, "layers", "hidden layer", {
      less: { type: "remove_layer", index: null },
      more: { type: "add_layer" },
      canLess: hidden.length > 0,
    });
    return setChildren(this.sizes, [
      layers,
      ...hidden.map(({ outputs }, layer) =>
        this.#pair(layer + 1, width, "units", `unit in layer ${layer + 1}`, {
          less: { type: "add_units", layer, count: -1 },
          more: { type: "add_units", layer, count: 1 },
          canLess: outputs > 1,
        }),
      ),
    ]);
  }

  // kept, so that the focus stays and a click that has begun arrives
  #pair(column, width, word, what, { less, more, canLess }) {
    if (!this.pairs.has(column)) {
      const button = (label, title, event) => {
        const onclick = () => this.send(event);
        return h("button", { type: "button", title, "aria-label": title, onclick }, label);
      };
      const fewer = button("−", `one ${what} less`, less);
      const further = button("+", `one ${what} more`, more);
      this.pairs.set(column, { fewer, element: h("span", {}, fewer, h("i", {}, word), further) });
    }
    const { fewer, element } = this.pairs.get(column);
    setProperties(fewer, { disabled: !canLess });
    element.style.left = `${Math.min(Math.max(this.nodes[column][0].x, 48), width - 48)}px`;
    return element;
  }

  // ------------------------------------------------------------------ reading and setting numbers

  #said(layer, unit, name) {
    const { still, lane, biases } = this.shown;
    if (layer < 0) return still.pictured ? "click for another sample" : name;
    const bias = biases?.[layer]?.[unit];
    const value = lane.shown?.activations[layer]?.[unit];
    const parts = [name, bias == null ? "no bias" : `bias ${brief(bias)}`];
    if (value != null) parts.push(`answers ${brief(value)}`);
    return `${parts.join(" · ")} (click to change)`;
  }

  // the weight whose line is under the pointer
  #lineUnder(event) {
    if (!this.shown?.weights || !this.nodes.length) return null;
    return lineAt(event.offsetX, event.offsetY, this.#lines);
  }

  #sayWeight(event) {
    const found = this.#lineUnder(event);
    setAttribute(this.canvas, "class", found ? "editable" : "");
    if (!found) return setText(this.readout, "");
    const { layer, unit, source, value } = found;
    const what = `${this.#name(layer, unit)}: weight of ${this.#source(layer, source)}`;
    return setText(this.readout, `${what} is ${brief(value)} (click to change)`);
  }

  #source(layer, source) {
    return layer ? this.#name(layer - 1, source) : this.shown.still.inputs[source];
  }

  #openWeight(event) {
    const found = this.#lineUnder(event);
    if (found) this.#open(found.layer, found.unit, found.source);
    else if (this.editor.chosen) this.editor.close();
  }

  #open(layer, unit, source) {
    const { still, weights, biases } = this.shown;
    const count = layer || !still.image_shape ? (weights?.[layer]?.[unit]?.length ?? 0) : 0;
    const sources = Array.from({ length: count }, (_, i) => this.#source(layer, i));
    const { x, y, half } = this.nodes[layer + 1][unit];
    const place = { x: x + half + 6, y: Math.min(y, DRAWN - 60), width: this.element.clientWidth };
    this.editor.open({ layer, unit, name: this.#name(layer, unit) }, source, sources, place, {
      weights,
      biases,
    });
    setText(this.readout, "");
  }
}
