// What the browser holds of a run: the last frame, and the lists that grow from frame to frame.

export class FrameStore {
  constructor() {
    /** @type {import("../shared/protocol.js").StaticFrame | null} */
    this.still = null;
    /** @type {import("../shared/protocol.js").Frame | null} */
    this.frame = null;
    this.clear();
  }

  clear() {
    this.run = "";
    this.still = null;
    this.frame = null;
    this.curves = new Map(); // "lane branch" -> columns
    this.bands = null;
  }

  // false when something is missing and everything has to be asked for again
  /**
   * @param {import("../shared/protocol.js").StaticFrame | undefined} still
   * @param {import("../shared/protocol.js").Frame} frame
   */
  take(still, frame) {
    if (still) {
      if (still.run !== this.run) this.clear();
      this.still = still;
      this.run = still.run;
    }
    if (!frame || frame.run !== this.run) return false;
    let complete = true;
    frame.lanes.forEach((lane, number) => {
      for (const rows of lane.curves)
        complete &&= this.#append(this.curves, `${number} ${rows.branch}`, rows);
      if (!lane.bands) return;
      if (this.bands?.lane !== number) this.bands = { lane: number, kept: new Map() };
      complete &&= this.#append(this.bands.kept, "bands", lane.bands);
    });
    this.frame = frame;
    return complete;
  }

  #append(store, key, rows) {
    let held = store.get(key);
    if (!held || held.generation !== rows.generation || rows.start === 0) {
      if (rows.start !== 0) return false;
      held = { generation: rows.generation };
      store.set(key, held);
    }
    for (const [name, column] of Object.entries(rows)) {
      if (!Array.isArray(column)) continue;
      held[name] ??= [];
      if (held[name].length < rows.start) return false;
      held[name].length = rows.start;
      for (const value of column) held[name].push(value);
    }
    return true;
  }

  curve(lane, branch) {
    return this.curves.get(`${lane} ${branch}`) ?? null;
  }

  get layers() {
    return this.bands?.kept.get("bands") ?? null;
  }
}
