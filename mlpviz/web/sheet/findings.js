// What is wrong with the network, told where the steps have come to it: plain words first, symbols unfolded, one edit
// that may mend it. A finding that was closed stays closed until it says something else.

import { h, rebuild, setAttribute, setProperties, setText, toldNodes } from "../shared/dom.js";
import { withTerms } from "../shared/term_help.js";

const CLOSED = "mlpviz.closed-findings";
const MOST_CLOSED = 50; // that are remembered

export class Findings {
  // storage: of the host, so that a reload opens nothing again; send(event), if there is a remedy to be had;
  // showPlace(selection); open(): shows the panel where it is folded away; closed(): one was closed
  constructor({ storage, send, showPlace, open, closed }) {
    this.storage = storage;
    this.send = send;
    this.showPlace = showPlace;
    this.wasClosed = closed;
    this.closed = new Set(JSON.parse(storage.get(CLOSED) ?? "[]"));
    this.found = [];
    this.shown = "[]";
    this.list = h("ul", {});
    this.card = h("section", { class: "card", hidden: true, "aria-label": "findings" }, this.list);
    // the frame stays, so that what comes into it is read aloud
    this.element = h("div", { class: "findings", role: "status" }, this.card);
    // where the panel is folded away: that there is something, and the way to it
    this.named = h("span", {});
    this.chip = h(
      "button",
      { type: "button", class: "finding-chip", hidden: true, onclick: open },
      "△",
      this.named,
    );
  }

  // findings: of Python, for the network as it is now
  take(findings) {
    this.found = findings;
  }

  // only what speaks of numbers that the steps have come to
  paint(model, view) {
    const reached = this.found.filter(
      (finding) => isReached(finding, model, view) && !this.closed.has(nameOf(finding)),
    );
    const signature = JSON.stringify(reached);
    if (signature === this.shown) return;
    this.shown = signature;
    rebuild(this.list, ...reached.map((finding) => this.#item(finding)));
    for (const element of [this.card, this.chip])
      setProperties(element, { hidden: !reached.length });
    const [first, ...others] = reached.map(({ label }) => label);
    const names = ` ${first}${others.length ? ` and ${others.length} more` : ""}`;
    setText(this.named, names);
    setAttribute(this.chip, "aria-label", `△${names}`);
  }

  // the names of those that are shown, for the summary of the page
  get names() {
    return JSON.parse(this.shown).map(({ label }) => label);
  }

  #item(finding) {
    const { key, label, sentence, detail, place, remedy } = finding;
    const button = (name, title, text, onclick) =>
      h("button", { type: "button", class: name, title, onclick }, text);
    const item = h(
      "li",
      { "data-key": key },
      h("h2", {}, label),
      h(
        "button",
        {
          type: "button",
          class: "close",
          title: "close until it changes",
          "aria-label": `close: ${label}`,
          onclick: () => this.#close(finding),
        },
        "✕",
      ),
      h("p", { class: "sentence" }, ...withTerms(toldNodes(sentence))),
      detail &&
        h(
          "details",
          {},
          h("summary", {}, "In symbols"),
          h("p", { class: "muted" }, ...withTerms(toldNodes(detail))),
        ),
      h(
        "div",
        { class: "choices" },
        button("finding", "select the cell that it is about", "Show the place", () =>
          this.showPlace(place),
        ),
        remedy &&
          this.send &&
          button("remedy", "a suggestion; undo takes it back", remedy.label, () =>
            this.send(remedy.event),
          ),
      ),
    );
    return item;
  }

  #close(finding) {
    this.closed.add(nameOf(finding));
    this.storage.set(CLOSED, JSON.stringify([...this.closed].slice(-MOST_CLOSED)));
    this.wasClosed();
  }
}

// another sentence is another finding
function nameOf({ key, place, sentence, detail }) {
  return JSON.stringify([key, place, sentence, detail]);
}

// whether every number of the block is computed that the finding speaks of
function isReached({ after }, model, view) {
  const block = model.byKey.get(after);
  if (!block) return true;
  for (let at = block.offset; at < block.offset + block.rows * block.columns; at++)
    if (!model.isKnown(at, view)) return false;
  return true;
}
