// Building an exercise: every number of the sheet is a button that makes it an empty field, or gives it from the start;
// the heading of a block does so for all of its numbers. Below stand the question, what the learner gets, and the link.

import { h, number, setProperties, setText } from "../shared/dom.js";
import { showText, textField } from "../shared/text_field.js";
import { bandSections, keepAligned } from "./bands.js";

const MARKS = [
  ["asked", "An empty field"],
  ["given", "Given from the start"],
  ["later", "Seen when all before it is right"],
];

export class Builder {
  // send(event); address(changes): the whole address with these; say(sentence)
  constructor({ send, address, say }) {
    this.send = send;
    this.address = address;
    this.say = say;
    this.mark = "asked";
    this.signature = "";
    this.marks = new Map(); // key of a block -> its rows of buttons
    this.#build();
  }

  #build() {
    const { send } = this;
    const button = (label, onclick) => h("button", { type: "button", onclick }, label);
    const choices = MARKS.map(([mark, label]) => {
      const choose = () => {
        this.mark = mark;
      };
      const radio = { type: "radio", name: "mark", value: mark, onchange: choose };
      return h(
        "label",
        { class: mark },
        h("input", { ...radio, checked: mark === this.mark }),
        ` ${label}`,
      );
    });
    this.bands = h("div", { class: "bands" });
    this.align = keepAligned(this.bands);
    this.question = textField({ class: "asks", maxlength: "200" }, (question) =>
      send({ type: "describe", question }),
    );
    this.controls = h("fieldset", { class: "choices" });
    this.stand = h("p", { class: "built", role: "status" });
    this.link = h("input", {
      type: "text",
      class: "link",
      readonly: true,
      onfocus: () => this.link.select(),
    });
    this.copy = button("Copy the link", () => this.#copy());
    this.try = button("Try it", () => send({ type: "solve" }));
    this.element = h(
      "section",
      { class: "builder", "aria-label": "Build an exercise", hidden: true },
      h(
        "p",
        { class: "question" },
        "Build an exercise: click a number, or the heading of a block.",
      ),
      h("fieldset", { class: "choices" }, h("legend", {}, "A click makes it"), ...choices),
      this.bands,
      h(
        "div",
        { class: "foot" },
        h("div", { class: "stand" }, h("label", { class: "wide" }, "The question ", this.question)),
        this.controls,
        h(
          "div",
          { class: "stand" },
          h("label", { class: "wide" }, "Link for the learner ", this.link),
          this.copy,
          this.try,
          button("Save the exercise", () => send({ type: "save_exercise" })),
          button("Stop building", () => send({ type: "leave" })),
        ),
        this.stand,
      ),
    );
  }

  async #copy() {
    try {
      await navigator.clipboard.writeText(this.link.value);
      this.say("The link is copied: it holds the whole exercise.");
    } catch {
      this.link.select(); // without https browsers keep the clipboard closed
    }
  }

  /** @param {import("../shared/protocol.js").PracticeState} state */
  paint({ building, bands }) {
    setProperties(this.element, { hidden: !building });
    if (!building) return;
    const signature = JSON.stringify(building.blocks);
    if (signature !== this.signature) this.#draw(building, bands);
    this.signature = signature;
    for (const [key, rows] of this.marks) {
      rows.forEach((row, r) => {
        row.forEach((cell, c) => this.#paintMark(cell, building.marks[key][r][c]));
      });
    }
    showText(this.question, building.question);
    this.#paintControls(building);
    const link = building.link ? this.address({ e: building.link, d: null, v: null }) : "";
    setProperties(this.link, { value: link });
    for (const one of [this.copy, this.try]) setProperties(one, { disabled: !link });
    const fields = building.asked === 1 ? "1 empty field" : `${building.asked} empty fields`;
    setText(this.stand, building.problem || `${fields}. The link holds the whole exercise.`);
  }

  #paintControls({ controls, hidden }) {
    if (!this.controls.childElementCount) {
      const toggles = controls.map(([key, label, sentence]) => {
        const allow = ({ target }) => {
          target.dataset.sent = target.checked;
          this.send({ type: "allow", control: key, on: target.checked });
        };
        const box = h("input", { type: "checkbox", "data-control": key, onchange: allow });
        return h("label", { title: sentence }, box, ` ${label}`);
      });
      this.controls.replaceChildren(h("legend", {}, "The learner gets"), ...toggles);
    }
    for (const box of this.controls.querySelectorAll("input")) {
      const isOn = !hidden.includes(box.dataset.control);
      // an answer to what was done before does not know of it yet
      if (box.dataset.sent === String(isOn)) delete box.dataset.sent;
      if (!("sent" in box.dataset)) box.checked = isOn;
    }
  }

  #paintMark(cell, mark) {
    if (cell.dataset.mark === mark) return;
    cell.dataset.mark = mark;
    const [, said] = MARKS.find(([key]) => key === mark);
    cell.setAttribute("aria-label", `${cell.dataset.told}: ${said.toLowerCase()}`);
  }

  #draw({ blocks, marks }, bands) {
    this.marks.clear();
    this.bands.replaceChildren(
      ...bandSections(bands, blocks, (block) => this.#figure(block, marks[block.key])),
    );
    this.align();
  }

  #figure({ key, symbol, words, phase, numbers }, marks) {
    const set = (row, column, now) => {
      const mark = now === this.mark ? "later" : this.mark; // a second click takes it back
      this.send({ type: "mark", block: key, row, column, mark });
      // at once, so that a second click meets what the first one did
      this.marks.get(key).forEach((cells, r) => {
        cells.forEach((cell, c) => {
          if (row === -1 || (row === r && column === c)) this.#paintMark(cell, mark);
        });
      });
    };
    const whole = () => {
      const all = this.marks.get(key).flat();
      set(-1, -1, all.every((cell) => cell.dataset.mark === this.mark) ? this.mark : "");
    };
    const cell = (found, r, c) => {
      const told = `${words}, row ${r + 1}, column ${c + 1}, ${found[0]}`;
      const onclick = (event) => set(r, c, event.currentTarget.dataset.mark);
      return number("button", found, { type: "button", class: "mark", "data-told": told, onclick });
    };
    const cells = numbers.map((row, r) =>
      row.map((found, c) => (marks ? cell(found, r, c) : number("span", found))),
    );
    if (marks) this.marks.set(key, cells);
    const heading = marks
      ? h(
          "button",
          {
            type: "button",
            "aria-label": `All of ${words}`,
            title: `All of ${words}`,
            onclick: whole,
          },
          symbol,
        )
      : symbol;
    const rows = cells.map((row) => h("tr", {}, ...row.map((one) => h("td", {}, one))));
    const table = h("table", { "aria-label": words }, h("tbody", {}, ...rows));
    return h("figure", { class: phase }, h("figcaption", {}, heading), table);
  }
}
