// The card that says why a gradient is what it is: a verdict and the paths that carry it.

import { h, setText } from "./dom.js";

export class Why {
  constructor() {
    this.verdict = h("p", { class: "sentence verdict" });
    this.paths = h("ol", { class: "paths" });
    this.rest = h("p", { class: "muted" });
    this.element = h("section", { class: "card why" }, h("h2", {}, "Why?"), this.verdict, this.paths, this.rest);
  }

  wants({ cell, isSelected }) {
    return isSelected && cell.block.tensor.startsWith("grad_");
  }

  show(answer) {
    if (!answer || this.shown === answer) return;
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
