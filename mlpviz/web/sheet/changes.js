// What a person changes in a cell, sent as edits: typed, dragged with a slider, pinned, dropped.

import { newGesture, parseTyped, setEvent, tidy } from "./editing.js";

export class Changes {
  constructor(host) {
    this.host = host;
    this.sliding = null; // the slider or plot that is dragged
  }

  set(cell, value, gesture = null) {
    const edit = setEvent(cell, value, this.host.cells.isClassNumber(cell.block));
    this.host.send(gesture ? { ...edit, gesture } : edit);
  }

  commitText(cell, text) {
    this.set(cell, parseTyped(text));
  }

  drag(cell, value, slider) {
    if (this.sliding !== slider) this.gesture = newGesture();
    this.sliding = slider;
    this.set(cell, tidy(value), this.gesture);
  }

  endGesture() {
    this.sliding = null;
  }

  toggleMask({ block, r, c }) {
    this.host.send({ type: "toggle_mask", layer: block.layer, sample: c + 1, unit: r + 1 });
  }

  togglePin(cell) {
    if (!cell) return;
    const { cells, view } = this.host;
    const { block, r, c } = cell;
    view.select(cell);
    if (cells.isPinned(cell))
      this.host.send({ type: "unpin", layer: block.layer, sample: c + 1, unit: r + 1 });
    else this.set(cell, cells.valueOf(cell));
  }
}
