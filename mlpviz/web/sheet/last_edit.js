// The card that says what the last edit changed: how many numbers, the loss, where it died, what the gradient
// promised.

import { h, setProperties, toldNodes } from "../shared/dom.js";

export class LastEdit {
  constructor() {
    this.parts = h("div", {});
    this.element = h(
      "section",
      { class: "card last-edit", hidden: true },
      h("h2", {}, "Your last edit"),
      this.parts,
    );
  }

  show(answer) {
    setProperties(this.element, { hidden: !answer });
    if (!answer) return;
    const [before, after, delta, warning] = answer.loss;
    const { forecast } = answer;
    const numbers = (name, value) =>
      h("div", {}, h("dt", {}, name), h("dd", {}, ...toldNodes(value)));
    this.parts.replaceChildren(
      h("p", { class: "edited" }, ...toldNodes(answer.title)),
      h(
        "p",
        { class: "sentence" },
        h("span", { class: "corner", "aria-hidden": "true" }),
        answer.summary,
        "; loss ",
        h("b", {}, ...toldNodes(before)),
        " → ",
        h("b", {}, ...toldNodes(after)),
        " (Δ ",
        ...toldNodes(delta),
        ").",
      ),
      ...[warning, answer.note, answer.unreached]
        .filter(Boolean)
        .map((text) => h("p", { class: "muted" }, ...toldNodes(text))),
      h(
        "ul",
        { class: "reach" },
        ...answer.reach.map((sentence) => h("li", {}, ...toldNodes(sentence))),
      ),
      ...(forecast
        ? [
            h(
              "dl",
              { class: "forecast" },
              numbers("gradient · Δ", forecast.promised),
              numbers("the loss did", forecast.true),
            ),
            h("p", { class: "sentence" }, ...toldNodes(forecast.reason)),
          ]
        : [
            h(
              "p",
              { class: "muted" },
              "The network itself changed, so there is no gradient that could have foretold it.",
            ),
          ]),
    );
    if (forecast) this.element.dataset.cause = forecast.cause;
  }
}
