// What Python says of the network as a whole: what the last edit changed, and what is wrong.

import { Findings } from "./findings.js";
import { LastEdit } from "./last_edit.js";

export class Review {
  // send(event); showPlace(selection); isWrong(flag): whether anything is
  constructor({ send, showPlace, isWrong }) {
    this.lastEdit = new LastEdit();
    this.findings = new Findings({ send, showPlace, isWrong });
    this.changed = null; // Map of cell number -> "before → after (Δ …)"
  }

  /** @param {import("../shared/protocol.js").SheetState} state */
  take({ review, version }, model) {
    if (version !== this.version) this.changed = null;
    this.version = version;
    if (!review) return;
    this.model = model;
    this.changed = changes(review.edit?.cells ?? {}, model);
    this.lastEdit.show(review.edit);
    this.findings.show(review.wrong);
  }

  changeOf({ block, r, c }) {
    return this.changed?.get(this.model.at(block, r, c)) ?? "";
  }
}

function changes(cells, { byKey }) {
  const changed = new Map();
  for (const [key, [places, texts]] of Object.entries(cells)) {
    const { offset } = byKey.get(key);
    places.forEach((place, i) => {
      changed.set(offset + place, texts[i] ?? "");
    });
  }
  return changed;
}
