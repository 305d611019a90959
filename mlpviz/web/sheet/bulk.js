// The numbers of large blocks, as mlpviz/sheet_page/bulk.py sends them: kept from answer to answer, and asked for when
// they are looked at. A number is either the one that Python has now, or not here.

const AFTER_AN_EDIT = 80; // ms: large blocks do not hold up a drag

// The large blocks of one scene.
class BulkNumbers {
  #parts;

  // parts: [{ block, numbers }], `numbers` null for what is not here
  constructor(parts) {
    this.#parts = parts;
  }

  // undefined for one that is not here
  at(place) {
    const part = this.#parts.find(({ block }) => place < block.offset + block.rows * block.columns);
    return part?.numbers?.[place - part.block.offset];
  }

  // all of a block, row by row, or null
  of(block) {
    return this.#parts.find((part) => part.block === block)?.numbers ?? null;
  }

  // the names of the blocks that a reader looks at whose numbers are not here: what the steps have come to, and what
  // the explained cell is made of
  missing(model, view, cell) {
    const { rule } = cell?.block ?? {};
    const asked = new Set(rule ? namesIn(rule) : []);
    return this.#parts
      .filter(({ block, numbers }) => {
        if (numbers) return false;
        const shown = block.hidden ? shownWith(block, model) : block;
        return (shown && model.isKnown(shown.offset, view)) || asked.has(block.key);
      })
      .map(({ block }) => block.key);
  }
}

// the slopes say in the drawing which units let nothing through
function shownWith({ key }, { byKey }) {
  const [tensor, layer] = key.split(".");
  return tensor === "slope" ? byKey.get(`a.${layer}`) : null;
}

// the blocks that a rule refers to
function namesIn({ refs, factors, plus, divisor, details }) {
  const all = [...refs, ...factors, ...plus, ...(divisor ? [divisor] : [])];
  for (const detail of details) all.push(...detail.refs, detail.value);
  return all.map(([name]) => name);
}

// What one network's large blocks were when they were sent whole, and what they are now.
export class Bulk {
  constructor() {
    this.sent = new Map(); // name of the block -> { stamp, numbers }
    this.now = new Map();
  }

  // what an answer says of them; `arrays` are those of the answer
  take(model, message, arrays = []) {
    for (const key of this.sent.keys()) if (!(key in message)) this.sent.delete(key);
    const parts = Object.entries(message).map(([key, said]) => {
      const numbers = this.#numbers(key, said, arrays);
      this.now.set(key, { stamp: said.stamp, numbers });
      return { block: model.byKey.get(key), numbers };
    });
    return new BulkNumbers(parts);
  }

  #numbers(key, { stamp, whole, base, places, numbers }, arrays) {
    if (whole) this.sent.set(key, { stamp, numbers: arrays[whole.array] });
    const [now, sent] = [this.now.get(key), this.sent.get(key)];
    // the same array for the same numbers, so that its picture is painted once
    if (!whole && now?.stamp === stamp && now.numbers) return now.numbers;
    if (sent?.stamp === stamp) return sent.numbers;
    if (!sent || sent.stamp !== base) return null;
    const found = sent.numbers.slice();
    arrays[places.array].forEach((place, i) => {
      found[place] = arrays[numbers.array][i];
    });
    return found;
  }
}

// Asks for what is missing, at most once at a time.
export class BulkQuestions {
  // send(event); isAwaiting(type): whether one is under way
  constructor(send, isAwaiting) {
    this.send = send;
    this.isAwaiting = isAwaiting;
    this.timer = null;
  }

  // missing(): { own, other }, names of blocks of the network on screen and of the one beside it
  ask(version, missing) {
    const isEdit = this.version !== undefined && this.version !== version;
    this.version = version;
    if (this.timer !== null && !isEdit) return;
    const pause = isEdit ? AFTER_AN_EDIT : 0;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.timer = null;
      const { own, other } = missing();
      if (!own.length && !other.length) return;
      // its answer asks again for what it did not bring
      if (!this.isAwaiting("bring_numbers")) this.send({ type: "bring_numbers", own, other });
    }, pause);
  }

  stop() {
    clearTimeout(this.timer);
  }
}
