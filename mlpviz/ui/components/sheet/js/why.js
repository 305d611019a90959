// The cards that answer a selected cell: why a gradient is what it is, and what nudging a number would do.
// They ask Python a moment after the cell was chosen or changed; nothing is computed here.

import { h, setProperties, setText } from "./dom.js";
import { Nudge } from "./nudge.js";

const ASKED = /^(grad_|weight|bias|x\b)/;
const AT_ONCE = 20, AFTER_AN_EDIT = 250; // ms: explaining must not delay the repaint of the next edit

export class Why {
  constructor(host) {
    this.host = host;
    this.verdict = h("p", { class: "sentence verdict" });
    this.paths = h("ol", { class: "paths" });
    this.rest = h("p", { class: "muted" });
    this.card = h("section", { class: "card why" }, h("h2", {}, "Why?"), this.verdict, this.paths, this.rest);
    this.nudge = new Nudge(host);
    this.elements = [this.card, this.nudge.element];
  }

  // `known`: the step has reached the cell
  paint(scene, view, known) {
    const { selection } = view;
    const wanted = known && selection && ASKED.test(selection) ? `${scene.version}|${selection}|${view.numbers}` : null;
    const found = [scene.explanation, scene.nudge].find((answer) => answer?.selection === selection);
    if (found && wanted) this.answer = { key: wanted, selection, explanation: scene.explanation, nudge: scene.nudge };
    // while a number is dragged the card stays, with the answer for a moment ago
    const isCurrent = wanted !== null && this.answer?.selection === selection && (this.answer.key === wanted || this.answer.nudge);
    const { explanation, nudge } = isCurrent ? this.answer : {};
    setProperties(this.card, { hidden: !explanation });
    setProperties(this.nudge.element, { hidden: !nudge });
    if (explanation) this.#show(explanation);
    if (nudge) this.nudge.show(nudge);
    if (wanted !== null && this.answer?.key !== wanted && this.asked !== wanted) {
      const isEdit = this.asked?.split("|")[1] === selection;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.host.send({ type: "explain" }), isEdit ? AFTER_AN_EDIT : AT_ONCE);
    }
    if (wanted === null) clearTimeout(this.timer);
    this.asked = wanted;
  }

  #show(answer) {
    if (this.shown === answer) return;
    this.shown = answer;
    this.card.dataset.cause = answer.cause;
    setText(this.verdict, answer.verdict);
    this.paths.replaceChildren(...answer.paths.map(({ product, route, factors }) => h("li", {},
      h("b", {}, product), " = ",
      ...factors.flatMap(([text, meaning], i) => [i ? " · " : "", h("span", { title: meaning }, i && text.startsWith("−") ? `(${text})` : text)]),
      h("span", { class: "route" }, route))));
    setText(this.rest, answer.paths.length ? [answer.rest, `together ${answer.sum}`].filter(Boolean).join("; ") : "");
  }
}
