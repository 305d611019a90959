// What Python sends once: the structures of sheets and, with the first, what the menus offer. It outlives a remount of
// the page, which Python need not hear of: after a fault the answer with it may have come to the page before.

const OFFERED = ["files", "imports", "new_network", "variants", "presets", "number_styles"];

export class SentOnce {
  constructor() {
    this.structures = new Map();
    this.offered = {};
  }

  /**
   * Keep what a state brings.
   * @returns {boolean} whether all is there that a page needs to show it; else Python has to send it again
   */
  take(state) {
    for (const brought of [state.structure_data, state.other?.structure_data]) {
      if (brought) this.structures.set(brought.id, brought);
    }
    if (state.presets)
      this.offered = Object.fromEntries(OFFERED.map((name) => [name, state[name]]));
    return [state, state.other].every((each) => !each || this.structures.has(each.structure));
  }

  /** The state as a page needs it that has shown nothing yet. */
  whole(state) {
    return { ...this.offered, ...state };
  }
}
