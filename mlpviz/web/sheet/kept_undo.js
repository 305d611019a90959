// What can be undone and redone: the tab keeps the links of these networks, and gives them to a server that does not
// know them, after a reload or a restart. A network that no link holds is left out, and so is what lies between two
// answers.

const KEPT = "mlpviz.undo";
const MOST = 50; // networks before the one on screen, and as many behind it
const LETTERS = 300_000; // of all links

export class KeptUndo {
  // storage: of this tab alone
  constructor({ send, storage }) {
    this.send = send;
    this.storage = storage;
    this.begun = null; // of the session that they are of
    this.links = new Map(); // position -> link
    this.position = 0;
    this.left = null; // the network that the address held when the tab was left
    this.brought = null; // what is on its way to another session: how many positions lie before those of its own
  }

  // with each answer; link: of the network on screen, null where there is none
  /** @param {Record<string, any>} state */
  take({ begun, position, redos }, link) {
    if (this.begun === null) this.#read(begun);
    if (begun !== this.begun) this.#begin(begun, position, link);
    else if (this.brought !== null && position !== this.position) this.#settle(position);
    for (const other of [...this.links.keys()])
      if (other > position + redos || other < position - MOST) this.links.delete(other);
    if (link) this.links.set(position, link);
    else this.links.delete(position);
    this.position = position;
  }

  // another session, which opened what the address holds: it gets what it does not know
  #begin(begun, position, link) {
    const at = this.links.get(this.position);
    const sorted = [...this.links].sort(([one], [other]) => one - other);
    const place = this.#placeOf(position === 0 ? link : at, sorted);
    this.begun = begun;
    this.links.clear();
    this.brought = null;
    if (!at || place === null || sorted.length === 1) return;
    const links = sorted.map(([, each]) => each);
    const from = sorted.findIndex(([one]) => one === place);
    const moved = sorted.findIndex(([one]) => one === this.position) - from;
    const opened = links[from];
    const past = links.slice(0, from);
    const future = links.slice(from + 1);
    const fitting = fit([opened, ...past.toReversed(), ...future.slice(0, MOST)]);
    const kept = past.slice(past.length - Math.min(past.length, fitting - 1));
    const next = future.slice(0, Math.max(0, fitting - 1 - past.length));
    this.brought = { kept, next, moved };
    this.links.set(0, opened);
    this.send({ type: "bring_undo", at: opened, past: kept, future: next });
    for (let step = 0; step < Math.abs(moved); step += 1)
      this.send({ type: moved < 0 ? "undo" : "redo" });
  }

  // where the session began: on screen, or where the address was that had not followed yet; null: something else
  #placeOf(opened, sorted) {
    if (opened === this.links.get(this.position)) return this.position;
    if (opened !== this.left) return null;
    return sorted.findLast(([, link]) => link === opened)?.[0] ?? null;
  }

  // the session has taken them: its own positions lie behind theirs
  #settle(position) {
    const { kept, next, moved } = this.brought;
    this.brought = null;
    const own = [...this.links];
    const shift = kept.length;
    const isTaken = [0, moved].some((each) => position - each - this.position === shift);
    if (!isTaken) return;
    this.links = new Map(kept.map((link, place) => [place, link]));
    for (const [place, link] of own) this.links.set(place + shift, link);
    next.forEach((link, place) => {
      this.links.set(this.position + shift + 1 + place, link);
    });
  }

  // what this tab stored before it was reloaded
  #read(begun) {
    this.begun = begun;
    try {
      const found = JSON.parse(this.storage.get(KEPT));
      if (!Array.isArray(found?.links)) return;
      this.begun = found.begun;
      this.links = new Map(found.links);
      this.position = found.position;
      this.left = found.left ?? null;
    } catch {
      // not ours
    }
  }

  // left: the network in the address, which may not have followed yet
  store(left) {
    const links = [...this.links];
    const { begun, position } = this;
    const isLong = links.reduce((sum, [, link]) => sum + link.length, 0) > 2 * LETTERS;
    this.storage.set(KEPT, isLong ? "" : JSON.stringify({ begun, position, links, left }));
  }
}

// how many of the links, from the first on, have no more letters than may be sent
function fit(links) {
  let letters = 0;
  const end = links.findIndex((link) => {
    letters += link.length;
    return letters > LETTERS;
  });
  return end < 0 ? links.length : end;
}
