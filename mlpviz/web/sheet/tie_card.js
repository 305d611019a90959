// The card of a number that is used in several places, or that could be one with the second number that is selected.

import { h, setTold } from "../shared/dom.js";

const TIED = /^(weight|bias)$/;

export class TieCard {
  // send(event): an edit that Python offers; nothing where none can be made
  constructor(send) {
    this.send = send;
    this.sentence = h("p", { class: "sentence" });
    this.actions = h("p", { class: "tie-actions" });
    this.element = h(
      "section",
      { class: "card" },
      h("h2", {}, "One number in several places"),
      this.sentence,
      this.actions,
    );
  }

  wants({ cell, isSelected }) {
    return isSelected && TIED.test(cell.block.tensor);
  }

  show(answer) {
    if (!answer || this.shown === answer) return;
    this.shown = answer;
    setTold(this.sentence, answer.sentence);
    this.actions.replaceChildren(
      ...(this.send ? answer.actions : []).map(({ label, event }) =>
        h("button", { type: "button", onclick: () => this.send(event) }, label),
      ),
    );
  }
}
