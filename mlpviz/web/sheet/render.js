// One repaint of the scene: which cells are marked, and who paints after whom. Every edit, step and hover ends here, so
// it does no work that can wait.

import { setAttribute } from "../shared/dom.js";
import { followInUrl } from "./view.js";

export function paintScene(host) {
  const { model, scene, view, attention, score, panel } = host;
  const cell = attention.cell();
  const partial = attention.partial();
  const marks = marksOf(host, cell, partial);
  // the cards may take an answer: the path in it is marked at once
  panel.paint(model, scene, view, cell);
  for (const at of panel.cards.path(model)) if (!marks.has(at)) marks.set(at, "path");
  const block = score.paint(view, marks, partial, host.comparison.own, host.review.changed);
  setAttribute(host.app, "data-phase", block?.phase ?? "start");
  host.above.paint(view);
  host.toolbar.paint(model, scene, view);
  host.transport.paint(model, view);
  host.comparison.paint(view, cell);
  host.review.paint(model, scene, view, cell);
  followInUrl(scene, view);
}

// Map of cell number -> class: the cell in focus with what it is made of, and a pair of numbers
function marksOf({ model, view, pair }, cell, partial) {
  const marks = new Map();
  if (cell) {
    const at = model.at(cell.block, cell.r, cell.c);
    const growing = partial?.at === at;
    if (growing || model.reveals[view.granularity][at] <= view.step) {
      for (const source of model.sources(cell, growing ? partial.term + 1 : Infinity))
        marks.set(model.at(source.block, source.r, source.c), "source");
    }
    marks.set(at, "focus");
  }
  for (const { block, r, c } of pair.cells(view, model)) marks.set(model.at(block, r, c), "focus");
  return marks;
}
