// What a cell is to a person: where it lies on the page, its value and its text, what may be done to it, and the
// events that do it.

import { tidy } from "../shared/number_input.js";
import { newGesture } from "../shared/outbox.js";
import { placeInHeatmap } from "./heat_map.js";
import { numberAt } from "./scene_numbers.js";

// the numbers of which Python can say how the loss moves with them
export const MOVABLE = new Set(["weight", "bias", "gamma", "beta", "alpha", "x"]);

const VECTORS = new Set(["bias", "gamma", "beta", "alpha", "running_mean", "running_var"]);

// samples are columns on screen and rows in the document
const BY_SAMPLE = new Set(["x", "target", "slopes"]);

// what has the focus for a cell
export function elementOf({ block, r, c }) {
  if (block.heat) return block.canvas;
  const number = r * block.columns + c;
  return block.fields?.get(number) ?? block.elements[number];
}

// where the Tab key arrives in a matrix, and where the reader of a heat map is
function stopOf(block) {
  return { block, r: Math.floor(block.stop / block.columns), c: block.stop % block.columns };
}

// the event that sets a cell
function setEvent({ block: { tensor, layer }, r, c }, value, isClass) {
  if (tensor === "a") return { type: "pin", layer, sample: c + 1, unit: r + 1, value };
  const isSample = BY_SAMPLE.has(tensor);
  const at = isSample
    ? { layer: layerOf(tensor, layer), row: c + 1, column: isClass ? null : r + 1 }
    : { layer, row: r + 1, column: VECTORS.has(tensor) ? null : c + 1 };
  const known = isSample || VECTORS.has(tensor) ? tensor : "weight";
  return { type: "set", tensor: known, ...at, value };
}

// x and the targets belong to no layer
function layerOf(tensor, layer) {
  return tensor === "x" || tensor === "target" ? null : layer;
}

function pasteEvent({ block: { tensor, layer } }, text) {
  const transposed = BY_SAMPLE.has(tensor);
  return { type: "paste", tensor, layer: layerOf(tensor, layer), text, transposed };
}

function nameOf({ block, r, c }) {
  return `${block.key} ${r} ${c}`;
}

export class Cells {
  constructor(store, send) {
    this.store = store;
    this.send = send;
    this.sliding = null; // the slider or plot that is dragged
    this.sent = new Map(); // what was set and has no answer yet: block and place -> value
  }

  // the cell that an event is about
  of(event, model = this.store.model) {
    const path = event.composedPath();
    const figure = path.find((node) => node.dataset?.block);
    if (!figure) return null;
    const block = model.byKey.get(figure.dataset.block);
    if (block.heat) {
      if (path[0] !== block.canvas) return null;
      if (event.clientX !== undefined) return { block, ...placeInHeatmap(block, event) };
      return stopOf(block);
    }
    const td = path.find((node) => node.dataset?.r !== undefined);
    return td ? { block, r: Number(td.dataset.r), c: Number(td.dataset.c) } : null;
  }

  // where an input for the cell goes
  placeOf(cell) {
    return cell.block.heat ? cell.block.canvas.parentElement : elementOf(cell);
  }

  valueOf({ block, r, c }) {
    const { model, scene } = this.store;
    return numberAt(scene, model.at(block, r, c)) ?? 0;
  }

  // what it was set to last, also where the answer is still on its way: the next key goes on from there
  lastOf(cell) {
    return this.sent.get(nameOf(cell)) ?? this.valueOf(cell);
  }

  // all that was set is answered
  settle() {
    this.sent.clear();
  }

  isPinned({ block, r, c }) {
    if (block.tensor !== "a") return false;
    const { pins } = this.store.scene;
    return pins.some(([layer, row, column]) => layer === block.layer && row === r && column === c);
  }

  isEditable(cell) {
    const { model, scene } = this.store;
    // what is not here cannot be changed by a little
    if (numberAt(scene, model.at(cell.block, cell.r, cell.c)) === undefined) return false;
    return cell.block.editable === true || this.isPinned(cell);
  }

  // one row of class numbers, where the outputs are more than one row
  isClassNumber(block) {
    return block.tensor === "target" && this.store.scene.targetIsClasses;
  }

  // what a drag or an arrow key may reach: class numbers are whole, probabilities lie in 0..1
  within({ block }, value) {
    if (block.tensor === "running_var") return Math.max(0, value);
    if (block.tensor !== "target") return value;
    const { model, scene } = this.store;
    if (this.isClassNumber(block)) {
      const last = model.structure.bands.at(-1).units - 1;
      return Math.min(last, Math.max(0, Math.round(value)));
    }
    return scene.target_is_probability ? Math.min(1, Math.max(0, value)) : value;
  }

  // ------------------------------------------------------------------ what changes them

  set(cell, value, gesture = null) {
    if (typeof value === "number") this.sent.set(nameOf(cell), value);
    const event = setEvent(cell, value, this.isClassNumber(cell.block));
    this.send(gesture ? { ...event, gesture } : event);
  }

  setSeveral(cells, values, gesture) {
    const numbers = cells.map((cell, i) => {
      const { type, ...number } = setEvent(cell, values[i], false);
      return number;
    });
    this.send({ type: "set_numbers", numbers, gesture });
  }

  commitText(cell, text) {
    this.set(cell, text);
  }

  drag(cell, value, slider) {
    if (this.sliding !== slider) this.gesture = newGesture();
    this.sliding = slider;
    this.set(cell, tidy(value), this.gesture);
  }

  endGesture() {
    this.sliding = null;
  }

  paste(cell, text) {
    this.send(pasteEvent(cell, text));
  }

  toggleMask({ block, r, c }) {
    this.send({ type: "toggle_mask", layer: block.layer, sample: c + 1, unit: r + 1 });
  }

  togglePin(cell) {
    const { block, r, c } = cell;
    this.store.view.select(cell);
    if (!this.isPinned(cell)) return this.set(cell, this.valueOf(cell));
    return this.send({ type: "unpin", layer: block.layer, sample: c + 1, unit: r + 1 });
  }
}
