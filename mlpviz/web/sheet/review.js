// What Python says of the network as a whole: what the last edit changed, and what is wrong. Neither tells a number
// before the steps have come to it.

import { h, setProperties, toldNodes } from "../shared/dom.js";
import { plain } from "../shared/number_text.js";
import { Findings } from "./findings.js";

export class Review {
  // how: what findings use; say(sentence): to a screen reader
  constructor(how) {
    this.say = how.say;
    this.lastEdit = new LastEdit();
    this.findings = new Findings(how);
    this.changed = null; // Map of cell number -> "before → after (Δ …)"
  }

  /** @param {import("../shared/protocol.js").SheetState} state */
  take({ review, version }, model, view) {
    if (version !== this.version) this.changed = null;
    this.version = version;
    if (!review) return;
    this.model = model;
    this.changed = changes(review.edit?.cells ?? {}, model);
    this.lastEdit.show(review.edit, review.fault);
    this.findings.take(review.wrong);
    this.#tell(review.edit, version, model, view);
  }

  // what an edit did elsewhere, once; not what was edited before the page came
  #tell(edit, version, model, view) {
    const isNew = this.told !== undefined && version !== this.told;
    this.told = version;
    if (edit && isNew) this.say(plain(isPassKnown(model, view) ? edit.told : edit.early));
  }

  paint(model, view) {
    this.lastEdit.paint(model, view);
    this.findings.paint(model, view);
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

// ------------------------------------------------------------------

// The card that says what the last edit changed: how many numbers, the loss, where it died, what the gradient
// promised.

class LastEdit {
  constructor() {
    this.parts = h("div", {});
    this.whole = this.early = [];
    this.element = h(
      "section",
      { class: "card last-edit", hidden: true },
      h("h2", {}, "Your last edit"),
      this.parts,
    );
  }

  // what an edit does is told when the pass is computed so far that all of it stands on the sheet
  paint(model, view) {
    const isTold = isPassKnown(model, view);
    const nodes = isTold ? this.whole : this.early;
    if (nodes === this.shown) return;
    this.shown = nodes;
    this.parts.replaceChildren(...nodes);
  }

  // fault: that it could not be made
  show(answer, fault) {
    setProperties(this.element, { hidden: !answer && !fault });
    if (fault) this.whole = this.early = [h("p", { class: "sentence" }, fault)];
    if (!answer) return;
    this.early = [
      h("p", { class: "edited" }, ...toldNodes(answer.early)),
      h("p", { class: "muted" }, "What it changes is told here when the pass is computed (End)."),
    ];
    const [before, after, delta, warning] = answer.loss;
    const { forecast } = answer;
    const numbers = (name, value) =>
      h("div", {}, h("dt", {}, name), h("dd", {}, ...toldNodes(value)));
    this.whole = [
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
    ];
    if (forecast) this.element.dataset.cause = forecast.cause;
  }
}

// whether forward, loss and backward are computed
function isPassKnown(model, { granularity, step }) {
  const update = model.phases(granularity).find(([phase]) => phase === "update");
  return step >= (update ? update[2] - 1 : model.steps(granularity).length);
}
