// Which cells are marked in one repaint: the cell in focus with what it is made of, and a pair of numbers.

// Map of cell number -> class
export function marksOf({ model, view }, cell, pair, partial) {
  const marks = new Map();
  const numberOf = ({ block, r, c }) => model.at(block, r, c);
  if (cell) {
    const at = numberOf(cell);
    const isGrowing = partial?.at === at;
    if (isGrowing || model.isKnown(at, view)) {
      const upTo = isGrowing ? partial.term + 1 : Infinity;
      for (const source of model.sources(cell, upTo)) marks.set(numberOf(source), "source");
    }
    marks.set(at, "focus");
  }
  for (const one of pair) marks.set(numberOf(one), "focus");
  return marks;
}
