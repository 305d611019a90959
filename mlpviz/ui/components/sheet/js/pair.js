// A second number beside the selected one: picked with Ctrl and a click, or with a button and then a click or Enter.

import { NUDGED } from "./nudge.js";
import { selectionOf } from "./view.js";

export class Pair {
  constructor(host) {
    this.host = host;
    this.second = null; // a selection as in the view
    this.picking = false;
  }

  start() {
    this.picking = true;
    this.host.notify("Pick the second number: click a weight, a bias or an input, or walk to it with Tab and press Enter. Escape cancels.");
    this.host.paint();
  }

  stop() {
    if (this.picking) this.host.notify("");
    this.picking = false;
  }

  clear() {
    this.second = null;
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
    this.second = chosen;
    this.stop();
    this.host.paint();
    return true;
  }

  // another first number begins anew, and an edit may have removed the second
  follow(view, model) {
    if (this.second && (view.selection !== this.first || !this.cell(model))) this.second = null;
    this.first = view.selection;
  }

  // both numbers, if there are two
  cells(view, model) {
    const second = this.cell(model);
    return second ? [view.cell(model), second] : [];
  }

  cell(model) {
    const [tensor, layer, row, column] = (this.second ?? "").split(" ");
    return model.cell(`${tensor}.${layer}`, row - 1, column - 1);
  }
}
