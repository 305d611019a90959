// One stop of the Tab key per matrix, and the way on from number to number inside it: the grid pattern of WAI-ARIA.
// `stop` of a block is the number at which Tab arrives there; a heat map has one too, though it is one element.

import { elementOf } from "./cells.js";
import { stepInFold } from "./heat_map.js";

const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

// Tab arrives at this number from now on: at most two attributes change
export function stopAt({ block, r, c }) {
  const stop = r * block.columns + c;
  if (stop === block.stop) return;
  if (block.heat) Object.assign(block.canvas.dataset, { r, c });
  else if (!block.fields) {
    block.elements[block.stop].tabIndex = -1;
    block.elements[stop].tabIndex = 0;
  }
  block.stop = stop;
}

// to the number that an arrow key leads to, if the matrix goes on there
export function walk(model, { block, r, c }, { key }) {
  const [down, right] = block.fold ? stepInFold(block, ARROWS[key]) : ARROWS[key];
  const next = model.cell(block.key, r + down, c + right);
  if (!next) return null;
  stopAt(next);
  elementOf(next).focus();
  return next;
}
