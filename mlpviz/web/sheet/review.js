// What Python says of the network as a whole: what the last edit changed, and what is wrong.

import { h, rebuild, setAttribute, setProperties, toldNodes } from "../shared/dom.js";

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
    this.lastEdit.show(review.edit, review.fault);
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

// ------------------------------------------------------------------

// The card that says what the last edit changed: how many numbers, the loss, where it died, what the gradient
// promised.

class LastEdit {
  constructor() {
    this.parts = h("div", {});
    this.element = h(
      "section",
      { class: "card last-edit", hidden: true },
      h("h2", {}, "Your last edit"),
      this.parts,
    );
  }

  // fault: that it could not be made
  show(answer, fault) {
    setProperties(this.element, { hidden: !answer && !fault });
    if (fault) this.parts.replaceChildren(h("p", { class: "sentence" }, fault));
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

// ------------------------------------------------------------------

// The strip that is there only when something is wrong: what, where, and one edit that may mend it.

class Findings {
  // isWrong(flag): whether there is anything here
  constructor({ send, showPlace, isWrong }) {
    this.send = send;
    this.showPlace = showPlace;
    this.isWrong = isWrong;
    this.list = h("ul", {});
    this.unfolded = new Set(); // kinds whose sentence shows on a phone, where there is room for the label alone
    this.element = h(
      "section",
      { class: "findings", role: "status", "aria-label": "something is wrong here", hidden: true },
      this.list,
    );
  }

  show(findings) {
    const signature = JSON.stringify(findings);
    if (signature === this.shown) return;
    this.shown = signature;
    setProperties(this.element, { hidden: findings.length === 0 });
    this.isWrong(findings.length > 0);
    rebuild(this.list, ...findings.map((finding) => this.#item(finding)));
  }

  #item({ key, label, sentence, place, remedy }) {
    const text = h("span", {}, " ", ...toldNodes(sentence));
    const more = h(
      "button",
      {
        type: "button",
        class: "more",
        title: "what is wrong",
        "aria-label": `what is wrong: ${label}`,
      },
      "▾",
    );
    const unfold = (wanted) => {
      if (wanted) this.unfolded.add(key);
      else this.unfolded.delete(key);
      item.classList.toggle("unfolded", wanted);
      setAttribute(more, "aria-expanded", String(wanted));
    };
    more.addEventListener("click", () => unfold(!this.unfolded.has(key)));
    const item = h(
      "li",
      {},
      h(
        "button",
        {
          type: "button",
          class: "finding",
          title: "show the place",
          onclick: () => {
            unfold(true);
            this.showPlace(place);
          },
        },
        h("b", {}, `⚠ ${label}.`),
        text,
      ),
      more,
      remedy &&
        h(
          "button",
          {
            type: "button",
            class: "remedy",
            title: "a suggestion; undo takes it back",
            onclick: () => this.send(remedy.event),
          },
          remedy.label,
        ),
    );
    item.dataset.key = key;
    unfold(this.unfolded.has(key));
    return item;
  }
}
