// A second number beside the selected one: picked with Ctrl and a click, or with a button and then a click or Enter.

import { NUDGED } from "./loss_curve.js";
import { selectionOf } from "./view.js";

export class Pair {
  constructor(host) {
    this.host = host;
    this.picking = false;
  }

  start() {
    this.picking = true;
    this.host.notify(
      "Pick the second number: click a weight, a bias or an input, or walk to it with Tab and press Enter. Escape cancels.",
    );
    this.host.paint();
  }

  stop() {
    if (this.picking) this.host.notify("");
    this.picking = false;
  }

  clear() {
    this.host.view.second = null;
    this.stop();
    this.host.paint();
  }

  // whether this click or key was meant for the second number
  takes(cell, event) {
    const { view, model } = this.host;
    const first = view.cell(model);
    if (!first || !(this.picking || event.ctrlKey || event.metaKey)) return false;
    if (!NUDGED.has(first.block.tensor) || !NUDGED.has(cell.block.tensor)) return this.picking;
    const chosen = selectionOf(cell);
    if (chosen === view.selection) return this.picking;
    view.second = chosen;
    this.stop();
    this.host.paint();
    return true;
  }

  // both numbers, if there are two
  cells(view, model) {
    const second = view.secondCell(model);
    return second ? [view.cell(model), second] : [];
  }
}
