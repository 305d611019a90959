// The drawing of the network: every unit is a small picture of what it responds to, every weight a line. Units can be
// added, and the numbers of one be opened. Refuses to compute what a unit shows.

import { percent } from "../shared/number_text.js";
import { h, setAttribute, setProperties, setText } from "../shared/dom.js";
import { Picture, cssOf, paintMap, sized } from "../shared/colours.js";
import { edgeAt, paintEdges } from "./weight_lines.js";
import { brief } from "./labels.js";
import { UnitEditor } from "./unit_editor.js";

const DRAWN = 250;
const LARGEST = 40;
const SMALLEST = 12;
const PICTURE = 72; // of the sample that a network of pictures is shown with
const NAMED = 46; // for the names of the inputs
const ANSWERED = 66; // for those of the classes
const ROOM = 104; // CSS pixels between columns from which buttons fit below them

export class Network {
  // host: { point(unit or null), send(event), complain(text) }; it is told which unit is pointed at
  constructor(host) {
    this.host = host;
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
    this.editor = new UnitEditor(host);
    this.element = h(
      "div",
      { class: "network" },
      this.canvas,
      this.units,
      this.sizes,
      this.readout,
      this.editor.element,
    );
    this.pictures = [];
    this.canvas.addEventListener("pointermove", (event) => this.#sayWeight(event));
    this.canvas.addEventListener("pointerleave", () => setText(this.readout, ""));
    this.canvas.addEventListener("click", (event) => this.#openWeight(event));
  }

  take({ still, lane, heading, weights, biases, colours, alone }) {
    Object.assign(this, { still, lane, heading, weights, biases, colours, alone });
    const width = this.element.clientWidth;
    if (!width) return;
    this.#place(width);
    const context = sized(this.canvas, width, DRAWN);
    if (weights) paintEdges(context, { ...this.#edges, colours, chosen: this.editor.chosen });
    this.#nodes(context);
    this.#labels(context);
    this.editor.take({ weights, biases });
  }

  get #edges() {
    return {
      weights: this.weights,
      nodes: this.nodes,
      skipsFirst: Boolean(this.still.image_shape),
    };
  }

  // columns of nodes: what the network reads, then a column per layer
  #place(width) {
    const { layers } = this.heading;
    const shown = this.lane.units.map(({ grids, curves, width: all }) =>
      Math.min(all, Math.max(grids.length, curves.length) || Math.min(all, 16)),
    );
    const counts = [
      this.still.image_shape ? 1 : Math.min(layers[0].inputs, 12),
      ...layers.map((layer, i) => shown[i] ?? Math.min(layer.outputs, 16)),
    ];
    const key = [width, ...counts, this.still.run, this.alone].join();
    if (key === this.key) return;
    this.key = key;
    const columns = counts.length;
    const most = Math.max(...counts);
    const box = Math.max(
      SMALLEST,
      Math.min(LARGEST, (DRAWN - 44) / most - 4, width / columns - 26),
    );
    this.nodes = counts.map((count, column) => {
      const x =
        columns === 1 ? width / 2 : NAMED + ((width - NAMED - ANSWERED) * column) / (columns - 1);
      const gap = Math.min(box + 10, (DRAWN - 44) / count);
      const side =
        column || !this.still.image_shape
          ? Math.min(box, gap - 2)
          : Math.min(PICTURE, width / columns - 14);
      return Array.from({ length: count }, (_, unit) => ({
        x: column ? x : Math.max(x, side / 2),
        y: 20 + (DRAWN - 44) / 2 + (unit - (count - 1) / 2) * gap,
        half: side / 2,
      }));
    });
    const sizes = [
      layers[0].inputs,
      ...layers.map(({ outputs, activation }) => `${outputs} ${activation}`),
    ].join(", then ");
    setAttribute(
      this.canvas,
      "aria-label",
      `network of ${sizes}: a small map per unit, a line per weight`,
    );
    this.#build();
    this.#sizes(width);
    this.pictures = this.nodes.map((column) => column.map(() => new Picture()));
  }

  // the name of a unit; layer −1 is what the network reads
  #name(layer, unit) {
    const { layers } = this.heading;
    if (layer < 0)
      return this.still.image_shape ? "the picture" : `input ${this.still.inputs[unit]}`;
    if (layer < layers.length - 1) return `layer ${layer + 1}, unit ${unit + 1}`;
    const { class_names: names } = this.still;
    return names.length === layers.at(-1).outputs ? `output ${names[unit]}` : `output ${unit + 1}`;
  }

  #build() {
    const buttons = this.nodes.flatMap((column, at) =>
      column.map((node, unit) => {
        const layer = at - 1;
        const name = this.#name(layer, unit);
        const point = (on) => () => {
          this.host.point(on ? { layer, unit, name } : null);
          setText(this.readout, on ? this.#said(layer, unit, name) : "");
        };
        const isPicture = layer < 0 && this.still.image_shape;
        const label = isPicture
          ? "another sample"
          : layer < 0
            ? `show ${name}`
            : `show what ${name} responds to; its numbers open with a click`;
        const button = h("button", {
          type: "button",
          title: isPicture ? "another sample" : name,
          "aria-label": label,
          tabindex: -1,
          "data-column": at,
          "data-unit": unit,
          onpointerenter: point(true),
          onpointerleave: point(false),
          onfocus: point(true),
          onblur: point(false),
          onclick: () =>
            isPicture
              ? this.host.send({ type: "sample", row: this.still.pictured.row + 1 })
              : layer >= 0 && this.#open(layer, unit, null),
        });
        Object.assign(button.style, {
          left: `${node.x - node.half}px`,
          top: `${node.y - node.half}px`,
          width: `${2 * node.half}px`,
          height: `${2 * node.half}px`,
        });
        return button;
      }),
    );
    if (buttons.length) buttons[0].tabIndex = 0;
    this.units.replaceChildren(...buttons);
  }

  // one stop for the tab key; arrows go on
  #walk(event) {
    const step = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }[
      event.key
    ];
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
  #sizes(width) {
    const { layers } = this.heading;
    const last = layers.length - 1;
    const isTight =
      !this.alone || (width - NAMED - ANSWERED) / Math.max(1, this.nodes.length - 1) < ROOM;
    const pair = (x, word, what, less, more) => {
      const button = (label, title, event) =>
        h(
          "button",
          {
            type: "button",
            title,
            "aria-label": title,
            disabled: !event,
            onclick: () => this.host.send(event),
          },
          label,
        );
      const element = h(
        "span",
        {},
        button("−", `one ${what} less`, less),
        h("i", {}, word),
        button("+", `one ${what} more`, more),
      );
      element.style.left = `${Math.min(Math.max(x, 48), width - 48)}px`;
      return element;
    };
    this.sizes.replaceChildren(
      ...(isTight
        ? []
        : [
            pair(
              this.nodes[0][0].x,
              "layers",
              "hidden layer",
              last > 0 ? { type: "remove_layer", index: last - 1 } : null,
              { type: "add_layer" },
            ),
            ...layers
              .slice(0, last)
              .map(({ outputs }, layer) =>
                pair(
                  this.nodes[layer + 1][0].x,
                  "units",
                  `unit in layer ${layer + 1}`,
                  outputs > 1
                    ? { type: "set", path: ["layers", layer, "units"], value: outputs - 1 }
                    : null,
                  { type: "set", path: ["layers", layer, "units"], value: outputs + 1 },
                ),
              ),
          ]),
    );
  }

  // ------------------------------------------------------------------ painting

  #nodes(context) {
    context.imageSmoothingEnabled = false;
    const activations = this.lane.shown?.activations;
    this.nodes.forEach((column, number) =>
      column.forEach((node, unit) => {
        const { x, y, half } = node;
        context.fillStyle = cssOf(this.colours.ground);
        context.fillRect(x - half, y - half, 2 * half, 2 * half);
        const maps = number ? this.lane.units[number - 1] : this.still.input_maps;
        const isDead = number > 0 && maps?.dead.includes(unit);
        const table =
          !number && this.still.pictured ? this.colours.strength(this.colours.text, false) : null;
        if (table)
          context.drawImage(
            this.pictures[0][0].paint(this.still.pictured.picture, table),
            x - half,
            y - half,
            2 * half,
            2 * half,
          );
        else if (maps?.grids[unit])
          context.drawImage(
            paintMap(this.pictures[number][unit], maps.grids[unit], this.colours),
            x - half,
            y - half,
            2 * half,
            2 * half,
          );
        else if (maps?.curves[unit]) this.#curve(context, maps.curves[unit], node);
        else if (activations?.[number - 1])
          this.#activation(context, activations[number - 1], unit, node);
        context.strokeStyle = isDead ? cssOf(this.colours.negative) : this.colours.faint(0.55);
        context.lineWidth = isDead ? 2 : 1;
        context.strokeRect(x - half, y - half, 2 * half, 2 * half);
        if (!isDead) return;
        context.beginPath();
        context.moveTo(x - half, y + half);
        context.lineTo(x + half, y - half);
        context.stroke();
      }),
    );
  }

  // how strongly a unit answers to the picture, beside the strongest of its layer
  #activation(context, row, unit, { x, y, half }) {
    const largest = Math.max(1e-9, ...row.map((value) => Math.abs(value ?? 0)));
    const value = row[unit] ?? 0;
    context.fillStyle = cssOf(
      this.colours.mix(
        value < 0 ? this.colours.negative : this.colours.positive,
        (0.9 * Math.abs(value)) / largest,
      ),
    );
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
      const at = [
        x - half + (2 * half * i) / (values.length - 1),
        y + half - 2 - ((2 * half - 4) * (value - low)) / (high - low || 1),
      ];
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
    const { image_shape: shape, pictured, class_names: names, inputs } = this.still;
    const room = this.nodes.length > 1 ? this.nodes[1][0].x - this.nodes[0][0].x : Infinity;
    const isNarrow = layers.some(
      ({ outputs, activation }) => context.measureText(`${outputs} · ${activation} `).width > room,
    );
    const width = this.element.clientWidth;
    const centred = (text, x, y) => {
      const half = context.measureText(text).width / 2;
      context.fillText(text, Math.min(Math.max(x, half), width - half), y);
    };
    this.nodes.forEach((column, number) => {
      const layer = layers[number - 1];
      const total = number ? layer.outputs : layers[0].inputs;
      const more =
        total > column.length && (number || !shape) ? ` (${column.length} of ${total})` : "";
      const head =
        isNarrow && (number || !shape)
          ? `${total}`
          : number
            ? `${total} · ${layer.activation}`
            : shape
              ? `${shape.join(" × ")} pixels`
              : `${total} input${total > 1 ? "s" : ""}`;
      centred(isNarrow ? head : head + more, column[0].x, 12);
      const foot = number ? this.lane.layers[number - 1]?.dead_units : 0;
      if (foot) context.fillText(`${foot} dead`, column[0].x, DRAWN - 4);
    });
    if (pictured) {
      const [{ x, y, half }] = this.nodes[0];
      centred(`sample ${pictured.row + 1}: ${pictured.true}`, x, y + half + 15);
      const { guess, probability } = this.lane.shown ?? {};
      if (guess) centred(`taken for ${guess} (${percent(probability)})`, x, y + half + 30);
      return this.#outputs(context, names);
    }
    context.textAlign = "right";
    this.nodes[0].forEach(
      ({ x, y, half }, i) =>
        half >= 5 &&
        context.fillText(inputs[i] ?? "", x - half - 4, y + 4, Math.max(19, x - half - 4)),
    );
    return this.#outputs(context, names);
  }

  // of classes their names beside the outputs, as far as there is room
  #outputs(context, names) {
    const column = this.nodes.at(-1);
    if (names.length !== column.length || column[0].half < 4) return;
    context.textAlign = "left";
    column.forEach(({ x, y, half }, i) =>
      context.fillText(
        names[i],
        x + half + 4,
        y + 4,
        Math.max(10, this.element.clientWidth - x - half - 4),
      ),
    );
  }

  // ------------------------------------------------------------------ reading and setting numbers

  #said(layer, unit, name) {
    if (layer < 0) return this.still.pictured ? "click for another sample" : name;
    const bias = this.biases?.[layer]?.[unit];
    const value = this.lane.shown?.activations[layer]?.[unit];
    const parts = [
      name,
      bias == null ? "no bias" : `bias ${brief(bias)}`,
      value == null ? "" : `answers ${brief(value)}`,
    ];
    return `${parts.filter(Boolean).join(" · ")} (click to change)`;
  }

  #sayWeight(event) {
    const found =
      this.weights && this.nodes ? edgeAt(event.offsetX, event.offsetY, this.#edges) : null;
    setAttribute(this.canvas, "class", found ? "editable" : "");
    setText(
      this.readout,
      found
        ? `${this.#name(found.layer, found.unit)}: weight of ${this.#source(found.layer, found.source)} is ${brief(found.value)} (click to change)`
        : "",
    );
  }

  #source(layer, source) {
    return layer ? this.#name(layer - 1, source) : this.still.inputs[source];
  }

  #openWeight(event) {
    const found =
      this.weights && this.nodes ? edgeAt(event.offsetX, event.offsetY, this.#edges) : null;
    if (found) this.#open(found.layer, found.unit, found.source);
    else if (this.editor.chosen) this.editor.close();
  }

  #open(layer, unit, source) {
    const count = this.weights?.[layer]?.[unit]?.length ?? 0;
    const sources =
      layer || !this.still.image_shape
        ? Array.from({ length: count }, (_, i) => this.#source(layer, i))
        : [];
    const { x, y, half } = this.nodes[layer + 1][unit];
    this.editor.numbers = { weights: this.weights, biases: this.biases };
    this.editor.open({ layer, unit, name: this.#name(layer, unit) }, source, sources, {
      x: x + half + 6,
      y: Math.min(y, DRAWN - 60),
      width: this.element.clientWidth,
    });
    setProperties(this.readout, { textContent: "" });
  }
}
