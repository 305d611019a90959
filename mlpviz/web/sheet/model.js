// Where each number of a scene is, what it is made of, and at which step it appears. Looks things up; computes
// nothing.

export class Model {
  // bulk: by the names of large blocks, whose numbers are not listed with the others
  constructor(structure, hidden, bulk = {}) {
    this.structure = structure;
    this.blocks = structure.blocks;
    this.byKey = new Map();
    this.cells = 0;
    this.listed = 0; // how many numbers a scene lists
    this.largestOf = new WeakMap(); // the numbers of a large block -> their largest size
    const all = [
      ...structure.blocks,
      ...hidden.map(([key, rows, columns]) => ({ key, rows, columns, hidden: true })),
    ];
    const listed = all.filter(({ key }) => !(key in bulk));
    for (const block of [...listed, ...all.filter(({ key }) => key in bulk)]) {
      if (!(block.key in bulk)) this.listed += block.rows * block.columns;
      block.offset = this.cells;
      this.cells += block.rows * block.columns;
      this.byKey.set(block.key, block);
    }
    for (const key of Object.keys(structure.fields ?? {})) this.byKey.get(key).hasFields = true;
    this.seen = null; // where numbers are hidden: 1 for each that is seen
    this.reveals = {};
    for (const [granularity, steps] of Object.entries(structure.steps))
      this.reveals[granularity] = this.#reveal(steps);
  }

  // per cell the number of steps after which it is known; 0: given
  #reveal(steps) {
    const at = new Int32Array(this.cells);
    steps.forEach(([index, row, column, , ...also], position) => {
      for (const number of [index, ...also]) {
        const block = this.blocks[number];
        for (let r = 0; r < block.rows; r++) {
          if (row >= 0 && r !== row) continue;
          for (let c = 0; c < block.columns; c++) {
            if (column < 0 || c === column) at[block.offset + r * block.columns + c] = position + 1;
          }
        }
      }
    });
    return at;
  }

  // whether the numbers of a block come apart from the others
  isBulk({ offset }) {
    return offset >= this.listed;
  }

  isIn({ offset, rows, columns }, at) {
    return offset <= at && at < offset + rows * columns;
  }

  // the largest size in a block: tints and line widths are relative to it
  largest(block, scene) {
    if (this.isBulk(block)) return this.#largestOfMany(scene.bulk.of(block));
    const { offset, rows, columns } = block;
    return largestSize(scene.v.subarray(offset, offset + rows * columns));
  }

  #largestOfMany(numbers) {
    if (!numbers) return 0;
    let largest = this.largestOf.get(numbers);
    if (largest !== undefined) return largest;
    largest = largestSize(numbers);
    this.largestOf.set(numbers, largest);
    return largest;
  }

  // the largest size per block; with one scale per kind it is that of all blocks of this kind, whatever the layer
  largestOfAll(scene, isOneScale) {
    const found = new Map(this.blocks.map((block) => [block, this.largest(block, scene)]));
    if (!isOneScale) return found;
    const kinds = new Map();
    for (const [{ tensor }, size] of found)
      kinds.set(tensor, Math.max(size, kinds.get(tensor) ?? 0));
    return new Map(this.blocks.map((block) => [block, kinds.get(block.tensor)]));
  }

  at(block, r, c) {
    return block.offset + r * block.columns + c;
  }

  // numbers that are hidden whatever the step: pairs of the first place and the one behind the last
  hide(unseen) {
    this.seen = new Uint8Array(this.cells).fill(1);
    for (let i = 0; i < unseen.length; i += 2) this.seen.fill(0, unseen[i], unseen[i + 1]);
  }

  // whether the step that a view stands at has reached the number; where numbers are hidden, whether it is not
  isKnown(at, { granularity, step }) {
    return this.seen ? this.seen[at] === 1 : this.reveals[granularity][at] <= step;
  }

  // the same for many numbers
  known({ granularity, step }) {
    const { seen } = this;
    if (seen) return (at) => seen[at] === 1;
    const reveal = this.reveals[granularity];
    return (at) => reveal[at] <= step;
  }

  // whether something stands in a block
  isBegun(block, view) {
    if (!this.seen) return this.isKnown(block.offset, view);
    const { hasFields, offset, rows, columns } = block;
    return hasFields || this.seen.subarray(offset, offset + rows * columns).includes(1);
  }

  // whether all is known that an explanation of this cell would name
  isWhollyKnown(cell, view) {
    if (!this.seen) return true;
    const found = this.references(cell);
    for (const { count, refs, value } of cell.block.rule.details) {
      for (let k = 0; k < count; k++)
        found.push(...[...refs, value].map((ref) => this.resolve(ref, cell, k)));
    }
    return found.every(({ block, r, c }) => this.isKnown(this.at(block, r, c), view));
  }

  // whether the new value of a parameter is computed
  isUpdateKnown(cell, view) {
    if (!cell) return false;
    const { block, r, c } = cell;
    const updated = this.byKey.get(
      `new_${block.tensor.replace(/^(new|grad)_/, "")}.${block.layer}`,
    );
    return this.isKnown(this.at(updated ?? block, r, c), view);
  }

  cell(key, r, c) {
    const block = this.byKey.get(key);
    return block && r >= 0 && c >= 0 && r < block.rows && c < block.columns
      ? { block, r, c }
      : null;
  }

  // a reference of a rule, for this cell and this index of the sum
  resolve([key, row, column], { block, r, c }, k = 0) {
    const { count } = block.rule;
    const { samples } = this.structure;
    const place = (token) => {
      switch (token) {
        case "r":
          return r;
        case "c":
          return c;
        case "k":
          return k;
        case "rk":
          return r * count + k;
        case "k/N":
          return Math.floor(k / samples);
        case "k%N":
          return k % samples;
        default:
          return token;
      }
    };
    return { block: this.byKey.get(key), r: place(row), c: place(column) };
  }

  // everything that the rule of this cell refers to; `upTo` stops after so many terms
  references(cell, upTo = Infinity) {
    const { rule } = cell.block;
    const found = rule.refs.map((ref) => this.resolve(ref, cell));
    for (let k = 0; k < Math.min(rule.count, upTo); k++)
      found.push(...rule.factors.map((factor) => this.resolve(factor, cell, k)));
    found.push(
      ...rule.plus.slice(0, Math.max(0, upTo - rule.count)).map((ref) => this.resolve(ref, cell)),
    );
    return found;
  }

  // every visible cell that this one is made of
  sources(cell, upTo = Infinity) {
    const found = this.references(cell, upTo);
    for (const { count, sources } of cell.block.rule.details) {
      for (let k = 0; k < Math.min(count, upTo); k++)
        found.push(...sources.map((ref) => this.resolve(ref, cell, k)));
    }
    return found.filter(({ block }) => !block.hidden);
  }

  steps(granularity) {
    return this.structure.steps[granularity];
  }

  // the step of another granularity at which the same block is as far as it is now
  translate(position, from, to) {
    if (position === 0) return 0;
    const index = this.steps(from)[position - 1][0];
    return (
      this.steps(to).findLastIndex((step) => step[0] === index || step.slice(4).includes(index)) +
        1 || 0
    );
  }

  // [phase, first position, last position] for each phase, positions counted from 1
  phases(granularity) {
    const spans = new Map();
    this.steps(granularity).forEach(([index], position) => {
      const { phase } = this.blocks[index];
      const span = spans.get(phase) ?? [position + 1, position + 1];
      spans.set(phase, [span[0], position + 1]);
    });
    return this.structure.phases
      .filter(([key]) => spans.has(key))
      .map(([key, label]) => [key, label, ...spans.get(key)]);
  }
}

// of the finite ones
function largestSize(numbers) {
  let largest = 0;
  for (const number of numbers)
    if (Number.isFinite(number)) largest = Math.max(largest, Math.abs(number));
  return largest;
}
