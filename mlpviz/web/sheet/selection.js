// Which cell the sheet is about: the one hovered, the one selected, or the one of the step; a second number beside
// the selected one; and the sum that grows there.

import { partsOf } from "../shared/number_text.js";
import { describe } from "./blocks.js";
import { MOVABLE } from "./cells.js";
import { stopAt } from "./grid.js";
import { selectionOf } from "./view.js";

const PICK =
  "Pick the second number: click a weight, a bias or an input, or walk to it with Tab and the arrow keys, " +
  "and press Enter. Escape cancels.";

export class Selection {
  // notify(sentence); changeOf(cell): what the last edit did to it; opened(): a cell was selected; shown(cell): one
  // that may be out of sight; pause(): what plays; takesPairs: whether a second number can be picked
  constructor(store, { notify, changeOf, opened, shown, pause, takesPairs = true }) {
    this.store = store;
    this.notify = notify;
    this.changeOf = changeOf;
    this.opened = opened;
    this.shown = shown;
    this.pause = pause;
    this.takesPairs = takesPairs;
    this.isPicking = false;
  }

  // the cell the panel explains
  cell() {
    return this.store.hover ?? this.restingCell();
  }

  // whether the pointer is on another cell than the one that the cards are about
  isPeeking() {
    const { hover } = this.store;
    const resting = hover && this.restingCell();
    return Boolean(hover) && !(resting && selectionOf(hover) === selectionOf(resting));
  }

  // the same, apart from hovering
  restingCell() {
    return this.store.view.cell(this.store.model) ?? this.stepCell();
  }

  stepCell() {
    return this.#cellAt(this.store.view.step);
  }

  // the one that the first step will compute
  firstCell() {
    return this.#cellAt(1);
  }

  #cellAt(place) {
    const { model, view } = this.store;
    const step = model.steps(view.granularity)[place - 1];
    if (!step) return null;
    const block = model.blocks[step[0]];
    const sample = block.columnNoun === "sample" ? view.sample - 1 : 0;
    return { block, r: Math.max(step[1], 0), c: step[2] >= 0 ? step[2] : sample };
  }

  // the sum that is growing at a product step
  partial() {
    const { model, scene, view } = this.store;
    if (view.granularity !== "product") return null;
    const [index, r, c, term] = model.steps("product")[view.step - 1] ?? [];
    const block = model.blocks[index];
    if (!block || block.rule.terms < 2 || term === block.rule.terms - 1) return null;
    const sums = scene.partials?.[block.key];
    const sum = sums ? sums[(r * block.columns + c) * block.rule.terms + term] : "…";
    const [text, exact] = [partsOf(sum)[0]].flat();
    return { at: model.at(block, r, c), term, text, exact };
  }

  hoverAt(cell) {
    const { hover, model, scene, view } = this.store;
    // before a room the pointer rests anywhere
    if (view.present && cell) return;
    if (cell?.block === hover?.block && cell?.r === hover?.r && cell?.c === hover?.c) return;
    if (cell) describe(cell, model, scene, view, this.changeOf(cell));
    this.store.set({ hover: cell });
  }

  isAt(cell) {
    return this.store.view.selection === selectionOf(cell);
  }

  select(cell) {
    const { view } = this.store;
    if (cell) stopAt(cell);
    view.select(cell);
    if (cell?.block.columnNoun === "sample") view.sample = cell.c + 1;
    this.store.set({ hover: null });
    if (cell) this.opened();
  }

  // select a place by name, stepping on to where its number is known
  showPlace(selection) {
    const { model, view } = this.store;
    view.selection = selection;
    const cell = view.cell(model);
    if (!cell) return this.select(null);
    this.pause();
    const at = model.at(cell.block, cell.r, cell.c);
    view.step = Math.max(view.step, model.reveals[view.granularity][at]);
    this.select(cell);
    return this.shown(cell);
  }

  // ------------------------------------------------------------------ a second number

  // picked with Ctrl and a click, or from here with a click or Enter
  pickSecond() {
    this.isPicking = true;
    this.notify(PICK);
    this.store.set();
  }

  clearSecond() {
    this.store.view.second = null;
    this.#stopPicking();
    this.store.set();
  }

  #stopPicking() {
    if (this.isPicking) this.notify("");
    this.isPicking = false;
  }

  // whether this click or key was meant for the second number
  takesSecond(cell, event) {
    const { view, model } = this.store;
    const first = view.cell(model);
    if (!this.takesPairs || !first || !(this.isPicking || event.ctrlKey || event.metaKey))
      return false;
    if (!MOVABLE.has(first.block.tensor) || !MOVABLE.has(cell.block.tensor)) return this.isPicking;
    const chosen = selectionOf(cell);
    if (chosen === view.selection) return this.isPicking;
    view.second = chosen;
    this.#stopPicking();
    this.store.set();
    return true;
  }

  // both numbers, if there are two
  pair() {
    const { view, model } = this.store;
    const second = view.secondCell(model);
    return second ? [view.cell(model), second] : [];
  }
}

// ------------------------------------------------------------------

// Which cells are marked in one repaint: the cell in focus with what it is made of, and a pair of numbers.

// Map of cell number -> class; isLit(cell): whether what it is made of lights up, else as soon as it is known
export function marksOf({ model, view }, cell, pair, partial, isLit = null) {
  const marks = new Map();
  const numberOf = ({ block, r, c }) => model.at(block, r, c);
  if (cell) {
    const at = numberOf(cell);
    const isGrowing = partial?.at === at;
    if (isGrowing || (isLit ? isLit(cell) : model.isKnown(at, view))) {
      const upTo = isGrowing ? partial.term + 1 : Infinity;
      for (const source of model.sources(cell, upTo)) marks.set(numberOf(source), "source");
    }
    marks.set(at, "focus");
  }
  for (const one of pair) marks.set(numberOf(one), "focus");
  return marks;
}
