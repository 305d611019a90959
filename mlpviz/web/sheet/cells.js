// What a cell is to a person: where it lies on the page, its value, and what may be done to it. Changes nothing.

import { cellAt } from "./heatmap.js";

// what has the focus for a cell
export function elementOf({ block, r, c }) {
  return block.heat ? block.canvas : block.elements[r * block.columns + c];
}

export class Cells {
  constructor(host) {
    this.host = host;
  }

  // the cell that an event is about
  of(event, { model } = this.host.score) {
    const path = event.composedPath();
    const figure = path.find((node) => node.dataset?.block);
    if (!figure) return null;
    const block = model.byKey.get(figure.dataset.block);
    if (block.heat) {
      if (path[0] !== block.canvas) return null;
      if (event.clientX !== undefined) return cellAt(block, event);
      const selected = this.host.view.cell(model);
      return selected?.block === block ? selected : { block, r: 0, c: 0 };
    }
    const td = path.find((node) => node.dataset?.r !== undefined);
    return td ? { block, r: Number(td.dataset.r), c: Number(td.dataset.c) } : null;
  }

  // where an input for the cell goes
  placeOf(cell) {
    return cell.block.heat ? cell.block.canvas.parentElement : elementOf(cell);
  }

  valueOf({ block, r, c }) {
    return this.host.scene.v[this.host.model.at(block, r, c)] ?? 0;
  }

  isPinned({ block, r, c }) {
    return (
      block.tensor === "a" &&
      this.host.scene.pins.some(
        ([layer, row, column]) => layer === block.layer && row === r && column === c,
      )
    );
  }

  isEditable(cell) {
    return cell.block.editable === true || this.isPinned(cell);
  }

  // one row of class numbers, where the outputs are more than one row
  isClassNumber(block) {
    return block.tensor === "target" && this.host.scene.targetIsClasses;
  }

  // what a drag or an arrow key may reach: class numbers are whole, probabilities lie in 0..1
  within(cell, value) {
    if (cell.block.tensor === "running_var") return Math.max(0, value);
    if (cell.block.tensor !== "target") return value;
    if (this.isClassNumber(cell.block))
      return Math.min(this.#lastClass(), Math.max(0, Math.round(value)));
    return this.host.scene.targetIsProbability ? Math.min(1, Math.max(0, value)) : value;
  }

  #lastClass() {
    return this.host.model.structure.bands.at(-1).units - 1;
  }
}
