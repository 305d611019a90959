// The card that answers "why?": the verdict on the selected gradient and the paths that carry it. Asks Python; computes nothing.

import { h, setProperties, setText } from "./dom.js";

const PAUSE = 60; // ms without an edit before the question: explaining must not delay a repaint
const ASKED = /^grad_/;

export class Why {
  constructor(host) {
    this.host = host;
    this.verdict = h("p", { class: "sentence verdict" });
    this.paths = h("ol", { class: "paths" });
    this.rest = h("p", { class: "muted" });
    this.element = h("section", { class: "card why", "aria-live": "polite" }, h("h2", {}, "Why?"), this.verdict, this.paths, this.rest);
  }

  // `known`: the step has reached the cell
  paint(scene, view, known) {
    const { selection } = view;
    const wanted = known && selection && ASKED.test(selection) ? `${scene.version}|${selection}|${view.numbers}` : null;
    if (scene.explanation?.selection === selection) this.answer = { key: wanted, ...scene.explanation };
    const isCurrent = wanted !== null && this.answer?.key === wanted;
    setProperties(this.element, { hidden: !isCurrent });
    if (isCurrent) this.#show(this.answer);
    else if (wanted !== null && this.asked !== wanted) {
      this.asked = wanted;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.host.send({ type: "explain" }), PAUSE);
    }
    if (wanted === null) {
      clearTimeout(this.timer);
      this.asked = null;
    }
  }

  #show(answer) {
    if (this.shown === answer) return;
    this.shown = answer;
    this.element.dataset.cause = answer.cause;
    setText(this.verdict, answer.verdict);
    this.paths.replaceChildren(...answer.paths.map(({ product, route, factors }) => h("li", {},
      h("b", {}, product), " = ",
      ...factors.flatMap(([text, meaning], i) => [i ? " · " : "", h("span", { title: meaning }, i && text.startsWith("−") ? `(${text})` : text)]),
      h("span", { class: "route" }, route))));
    setText(this.rest, answer.paths.length ? [answer.rest, `together ${answer.sum}`].filter(Boolean).join("; ") : "");
  }
}
