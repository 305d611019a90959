// The program of the network on screen: its lines beside the explanation, the step's own highlighted; each number is
// that of a cell, selected from either side, and given numbers can be typed over. Nothing here is run.

import { h, setAttribute, setProperties, setText, setTold } from "../shared/dom.js";
import { actionsFor, entryOf } from "../shared/keys.js";
import { allDigits } from "../shared/number_text.js";
import { PROGRAM_KEYS } from "./keys.js";
import { selectionOf } from "./view.js";

const LANGUAGES = [
  ["numpy", "NumPy"],
  ["torch", "PyTorch"],
];
const HIDDEN = "…"; // a result that the step has not reached

export class Program {
  // cells: what sets them; showPlace(selection): selects a cell and steps on to it; goTo(step); onToggle()
  constructor(store, { cells, showPlace, goTo, onToggle }) {
    this.store = store;
    this.cells = cells;
    this.showPlace = showPlace;
    this.goTo = goTo;
    this.onToggle = onToggle;
    this.isOpen = false;
    this.lines = []; // { data, element, numbers: [{ element, text, at: [block key, row, column], given }] }
    this.language = h(
      "select",
      { "aria-label": "language of the program", onchange: onToggle },
      ...LANGUAGES.map(([key, label]) => h("option", { value: key }, label)),
    );
    this.problem = h("p", { class: "sentence", role: "status" });
    this.listing = h("div", { class: "listing", role: "group", "aria-label": "program" });
    this.listing.addEventListener("click", (event) => this.#click(event));
    this.listing.addEventListener("dblclick", (event) => this.#type(this.#numberOf(event.target)));
    this.listing.addEventListener("keydown", (event) => this.#key(event));
    this.actions = actionsFor(PROGRAM_KEYS, {
      type: (number) => this.#type(number),
      next: (number) => this.#step(number, 1, 0),
      before: (number) => this.#step(number, -1, 0),
      below: (number) => this.#step(number, 0, 1),
      above: (number) => this.#step(number, 0, -1),
    });
    this.faults = LANGUAGES.map(() => h("div", {}));
    this.element = h(
      "section",
      { class: "card program", hidden: true, "aria-label": "program of the network" },
      h(
        "div",
        { class: "program-head" },
        h("div", { class: "program-title" }, "Program"),
        this.language,
        h("button", { type: "button", onclick: () => this.toggle() }, "Close"),
      ),
      this.problem,
      ...this.faults,
      this.listing,
    );
  }

  // what Python is asked for, as long as it is open
  get cards() {
    return Object.fromEntries(
      LANGUAGES.map(([key], index) => [
        key,
        {
          element: this.faults[index],
          isElsewhere: true,
          isOfNoCell: true,
          wants: () => true,
          isOpen: () => this.isOpen && this.language.value === key,
          show: (answer) => this.language.value === key && this.#take(answer),
        },
      ]),
    );
  }

  toggle() {
    this.isOpen = !this.isOpen;
    setProperties(this.element, { hidden: !this.isOpen });
    this.onToggle();
  }

  // ------------------------------------------------------------------ what it shows

  #take(answer) {
    // what is typed is not taken away by an answer
    if (!answer || answer === this.shown || this.listing.querySelector("input")) return;
    this.shown = answer;
    setTold(this.problem, answer.problem);
    const before = this.lines;
    // what stays keeps its elements, and so the focus
    this.lines = answer.lines.map((data, index) => changed(before[index], data) ?? lineOf(data));
    for (const [index, line] of this.lines.entries()) {
      const old = this.listing.children[index];
      if (old !== line.element)
        old ? old.replaceWith(line.element) : this.listing.append(line.element);
    }
    while (this.listing.children.length > this.lines.length) this.listing.lastChild.remove();
    this.marked = null;
  }

  // cell: the one in focus, apart from hovering
  paint(cell) {
    if (!this.isOpen) return;
    const { model, view } = this.store;
    const step = model.steps(view.granularity)[view.step - 1];
    const own = step ? [step[0], ...step.slice(4)].map((index) => model.blocks[index].key) : [];
    const chosen = cell && view.selection !== null ? selectionOf(cell) : "";
    const key = [own, view.step, view.granularity, chosen].join("|");
    if (key === this.marked) return;
    this.marked = key;
    let first = null;
    for (const line of this.lines) {
      const isNow = own.includes(line.data.block);
      line.element.classList.toggle("now", isNow);
      if (isNow) first ??= line.element;
      for (const number of line.numbers) {
        const place = this.#cellOf(number);
        const isKnown = place && model.isKnown(model.at(place.block, place.r, place.c), view);
        const isChosen = Boolean(place) && selectionOf(place) === chosen;
        setText(number.element, number.given || isKnown ? number.text : HIDDEN);
        number.element.classList.toggle("chosen", isChosen);
        setAttribute(number.element, "aria-current", String(isChosen));
        if (isChosen && (number.given || !first)) first = number.element;
      }
    }
    this.#tabStop(this.listing.querySelector(".chosen") ?? this.listing.querySelector("button"));
    // who works in the program stays where he is
    if (!this.listing.contains(this.element.getRootNode().activeElement))
      this.#bringIntoSight(first);
  }

  #cellOf({ at: [key, r, c] }) {
    return this.store.model.cell(key, r, c);
  }

  #tabStop(button) {
    for (const other of this.listing.querySelectorAll("button[tabindex='0']")) other.tabIndex = -1;
    if (button) button.tabIndex = 0;
  }

  // only the listing scrolls, never the page
  #bringIntoSight(element) {
    if (!element) return;
    const { listing } = this;
    const [box, place] = [listing.getBoundingClientRect(), element.getBoundingClientRect()];
    // with room for the comparison that follows the line
    if (place.top < box.top || place.bottom + 2 * place.height > box.bottom)
      listing.scrollTop += place.top - box.top - box.height / 3;
  }

  // ------------------------------------------------------------------ what is done with it

  #numberOf(element) {
    const button = element.closest?.("button");
    for (const line of this.lines)
      for (const number of line.numbers) if (number.element === button) return number;
    return null;
  }

  #click(event) {
    if (event.target.matches("input")) return;
    const number = this.#numberOf(event.target);
    if (number) return this.#select(number);
    const element = event.target.closest(".code-line");
    const { block: key } = this.lines.find((line) => line.element === element)?.data ?? {};
    const { model, view } = this.store;
    const block = model.byKey.get(key);
    const step = block && model.reveals[view.granularity][block.offset];
    if (step) this.goTo(step);
  }

  #select(number) {
    const place = this.#cellOf(number);
    if (place) this.showPlace(selectionOf(place));
    this.#tabStop(number.element);
    number.element.focus({ preventScroll: true });
  }

  // an input over a given number: what it says goes the same way as on the sheet
  #type(number) {
    const place = number && this.#cellOf(number);
    if (!place) return;
    if (!number.given || !place.block.editable) return this.#select(number);
    if (place.block.editable === "toggle") return this.cells.toggleMask(place);
    const input = h("input", { class: "typing", inputmode: "decimal", "aria-label": "new value" });
    input.value = allDigits(this.cells.valueOf(place));
    const before = input.value;
    let isDone = false;
    const finish = (keeps) => {
      if (isDone) return;
      isDone = true;
      input.replaceWith(number.element);
      number.element.focus({ preventScroll: true });
      if (keeps && input.value !== before) this.cells.commitText(place, input.value);
    };
    input.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Enter") finish(true);
      if (event.key === "Escape") finish(false);
    });
    input.addEventListener("blur", () => finish(true));
    number.element.replaceWith(input);
    input.focus();
    return input.select();
  }

  #key(event) {
    const number = this.#numberOf(event.target);
    const entry = number && entryOf(PROGRAM_KEYS, event);
    if (!entry) return;
    this.actions[entry.act](number);
    event.preventDefault();
    event.stopPropagation();
  }

  // to a number beside this one, or to that of another line
  #step(number, across, down) {
    const lines = this.lines.filter((line) => line.numbers.length);
    const row = lines.findIndex((line) => line.numbers.includes(number));
    const all = lines.flatMap((line) => line.numbers);
    const column = lines[row].numbers.indexOf(number);
    const other = down
      ? lines[row + down]?.numbers[Math.min(column, lines[row + down].numbers.length - 1)]
      : all[all.indexOf(number) + across];
    if (!other) return;
    this.#tabStop(other.element);
    other.element.focus();
  }
}

function lineOf(data) {
  const numbers = [];
  const nodes = data.parts.map((part) => {
    if (typeof part === "string") return document.createTextNode(part);
    const [text, row, column] = part;
    const element = h("button", { type: "button", tabindex: -1 }, text);
    element.classList.toggle("given", data.given);
    numbers.push({ element, text, at: [data.block, row, column], given: data.given });
    return element;
  });
  return { data, numbers, nodes, element: h("div", { class: "code-line" }, ...nodes) };
}

// the line with other numbers in it, null where it is another line
function changed(line, data) {
  if (!line || shapeOf(line.data) !== shapeOf(data)) return null;
  const numbers = line.numbers.values();
  for (const [index, part] of data.parts.entries()) {
    if (typeof part === "string") setText(line.nodes[index], part);
    else numbers.next().value.text = part[0];
  }
  line.data = data;
  return line;
}

function shapeOf({ block, given, parts }) {
  const kinds = parts.map((part) => (typeof part === "string" ? "" : part.slice(1).join(" ")));
  return [block, given, ...kinds].join("|");
}
