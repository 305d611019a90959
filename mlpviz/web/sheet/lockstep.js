// Two networks in lock-step: where the other one stands when this one is at a step. Looks things up; draws nothing.

export class Lockstep {
  #places = {}; // granularity -> Map of what a step is about -> its position in the other network

  constructor(own, other) {
    this.own = own;
    this.other = other;
  }

  // granularity and step of the other network at which the same number appears; where it has none, the last one
  // before
  follow({ granularity: wanted, step }) {
    const { own, other } = this;
    // a network too large for single products goes layer by layer
    const granularity = other.steps(wanted) ? wanted : "layer";
    const depth = granularity === wanted ? 4 : 1;
    const key = (model, [index, ...place]) =>
      [model.blocks[index].key, ...place].slice(0, depth).join(" ");
    const steps = own.steps(wanted);
    const theirs = other.steps(granularity);
    if (step >= steps.length) return { granularity, step: theirs.length };
    this.#places[granularity] ??= new Map(theirs.map((one, at) => [key(other, one), at + 1]));
    for (let at = step - 1; at >= 0; at--) {
      const place = this.#places[granularity].get(key(own, steps[at]));
      if (place !== undefined) return { granularity, step: place };
    }
    return { granularity, step: 0 };
  }
}

// the numbers of the cells whose key has a text: those that differ
export function cellsWithText(texts, model) {
  const cells = new Set();
  for (const [key, own] of Object.entries(texts)) {
    const { offset } = model.byKey.get(key);
    own.forEach((text, i) => {
      if (text) cells.add(offset + i);
    });
  }
  return cells;
}
