// Which cell the sheet is about: the one hovered, the one selected, or the one of the step; and the sum that grows there.

import { partsOf } from "../../number_text.js";
import { describe } from "./blocks.js";
import { elementOf } from "./cells.js";

export class Attention {
  constructor(host) {
    this.host = host;
    this.hover = null;
  }

  // the cell the panel explains
  cell() {
    return this.hover ?? this.restingCell();
  }

  // the same, apart from hovering
  restingCell() {
    return this.host.view.cell(this.host.model) ?? this.stepCell();
  }

  stepCell() {
    const { model, view } = this.host;
    const step = model.steps(view.granularity)[view.step - 1];
    if (!step) return null;
    const block = model.blocks[step[0]];
    const sample = block.columnNoun === "sample" ? view.sample - 1 : 0;
    return { block, r: Math.max(step[1], 0), c: step[2] >= 0 ? step[2] : sample };
  }

  // the sum that is growing at a product step
  partial() {
    const { model, scene, view } = this.host;
    if (view.granularity !== "product") return null;
    const [index, r, c, term] = model.steps("product")[view.step - 1] ?? [];
    const block = model.blocks[index];
    if (!block || block.rule.terms < 2 || term === block.rule.terms - 1) return null;
    const sums = scene.partials?.[block.key];
    const [text, exact] = [partsOf(sums ? sums[(r * block.columns + c) * block.rule.terms + term] : "…")[0]].flat();
    return { at: model.at(block, r, c), term, text, exact };
  }

  hoverAt(cell) {
    const { model, scene, view, review } = this.host;
    if (cell?.block === this.hover?.block && cell?.r === this.hover?.r && cell?.c === this.hover?.c) return;
    this.hover = cell;
    if (cell) describe(cell, model, scene, view, review.textOf(cell));
    this.host.paint();
  }

  select(cell) {
    const { view } = this.host;
    view.select(cell);
    this.hover = null;
    if (cell?.block.columnNoun === "sample") view.sample = cell.c + 1;
    this.host.paint();
    if (cell) this.host.dock.open();
  }

  // select a place by name, stepping on to where its number is known
  showPlace(selection) {
    const { model, view } = this.host;
    view.selection = selection;
    const cell = view.cell(model);
    if (!cell) return this.select(null);
    this.host.transport.pause();
    view.step = Math.max(view.step, model.reveals[view.granularity][model.at(cell.block, cell.r, cell.c)]);
    this.select(cell);
    this.bringIntoSight(cell);
  }

  // on a sheet wider or longer than the window
  bringIntoSight(cell) {
    (this.host.comparison.elementOf(cell) ?? elementOf(cell)).scrollIntoView({ block: "nearest", inline: "nearest" });
  }
}
