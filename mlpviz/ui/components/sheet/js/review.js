// What Python says of the network as a whole: what the last edit changed, and what is wrong. It is asked for a moment
// after the last edit has painted, so that no repaint waits for it. Nothing is computed here.

import { h, setProperties, setTold } from "./dom.js";
import { Findings } from "./findings.js";
import { LastEdit } from "./last_edit.js";

const REVIEW_FIRST = 60, REVIEW_LATER = 250; // ms

export class Review {
  constructor(host) {
    this.host = host;
    this.lastEdit = new LastEdit();
    this.findings = new Findings(host);
    host.panel.code.before(this.lastEdit.element);
    host.transport.element.prepend(this.findings.element);
    this.hint = h("p", { class: "value change" });
    host.panel.value.after(this.hint);
    this.changed = null; // Map of cell number -> "before → after (Δ …)"
  }

  take({ review, version }) {
    if (version !== this.version) this.changed = null;
    this.version = version;
    if (!review) return;
    this.reviewed = this.asked;
    this.changed = this.#changes(review.edit?.cells ?? {});
    this.lastEdit.show(review.edit);
    this.findings.show(review.wrong);
  }

  #changes(cells) {
    const changed = new Map();
    const { byKey } = this.host.model;
    for (const [key, [places, texts]] of Object.entries(cells)) {
      const { offset } = byKey.get(key);
      places.forEach((place, i) => changed.set(offset + place, texts[i] ?? ""));
    }
    return changed;
  }

  paint(model, scene, view, cell) {
    const key = `${scene.version}|${view.numbers}`;
    if (key !== this.asked) {
      this.asked = key;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.host.send({ type: "review" }), this.reviewed === undefined ? REVIEW_FIRST : REVIEW_LATER);
    }
    const known = cell && model.reveals[view.granularity][model.at(cell.block, cell.r, cell.c)] <= view.step;
    const change = known ? this.textOf(cell) : "";
    setProperties(this.hint, { hidden: !change });
    setTold(this.hint, change && phrase`last edit: ${change}`);
  }

  textOf({ block, r, c }) {
    return this.changed?.get(this.host.model.at(block, r, c)) ?? "";
  }

  stop() {
    clearTimeout(this.timer);
  }
}
