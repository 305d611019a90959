// What is said of the field that somebody is at, or has just answered: its verdict, and the right number on request.

import { h, setProperties, setTold } from "../shared/dom.js";

const HOW = "Type into the fields: 3, −0.5, 1/3, or 3*4-5. Enter goes on.";
const HOW_SOUGHT = "Click a number and type another one: 3, −0.5, 1/3, or 3*4-5. Enter goes on.";

export class Verdict {
  // send(event): what the learner does; isAwaiting(type): whether an answer to such an event is under way;
  // nameOf(cell): what its field is called
  constructor(send, isAwaiting, nameOf) {
    this.send = send;
    this.isAwaiting = isAwaiting;
    this.nameOf = nameOf;
    this.state = null;
    this.said = h("p", { class: "verdict", role: "status" });
    this.reveal = h(
      "button",
      { type: "button", hidden: true, onclick: () => send({ type: "reveal", cell: this.at }) },
      "Show the right number too",
    );
    this.element = h("div", { class: "stand" }, this.said, this.reveal);
    this.begin();
  }

  // of another exercise
  begin() {
    this.at = ""; // the field whose verdict is shown
    this.focused = ""; // the field that was gone to last
    this.asked = ""; // the field of which words were asked for last
  }

  answered(cell) {
    this.at = cell;
  }

  look(cell) {
    this.focused = cell;
    if (!this.state) return;
    // who has answered is at the next field by now, and still reads what was wrong with the last one
    if (!this.isAwaiting("answer")) this.#goTo(cell);
    this.paint(this.state);
  }

  // to the verdict of a field, if it has one
  #goTo(cell) {
    if (this.state.answers[cell]?.state) this.at = cell;
  }

  /** @param {import("../shared/protocol.js").PracticeState} state */
  paint(state) {
    this.state = state;
    if (state.answers[this.at]?.state === "right") this.#goTo(this.focused);
    const answer = state.answers[this.at];
    this.said.dataset.state = answer?.state ?? "";
    setProperties(this.reveal, { hidden: answer?.state !== "carried" || answer.revealed });
    if (answer?.said) setTold(this.said, this.#named(answer.said));
    else setTold(this.said, answer?.state || state.done ? "" : state.sought ? HOW_SOUGHT : HOW);
    if (answer?.state && !answer.said) this.#ask();
  }

  // only the verdict that is looked at comes in words
  #ask() {
    if (this.asked === this.at && this.isAwaiting("at")) return;
    this.asked = this.at;
    this.send({ type: "at", cell: this.at });
  }

  // with the name of the field, for whoever is at another one
  #named(said) {
    return this.at === this.focused ? said : [`${this.nameOf(this.at)}: `, ...said];
  }
}
