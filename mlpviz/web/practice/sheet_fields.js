// The fields of an exercise in the cells of its sheet, where the numbers stand else.

import { inReadersSign } from "../shared/decimal_sign.js";
import { setProperties } from "../shared/dom.js";
import { sizeOf } from "../sheet/blocks.js";
import { walk } from "../sheet/grid.js";
import { textAt } from "../sheet/scene_numbers.js";
import { AnswerInputs, isRight } from "./answer_inputs.js";

export class SheetFields {
  // answer(cell, text), paste(cell, text): what a person does; look(cell): they are at a field
  constructor(store, { answer, paste, look }) {
    this.store = store;
    this.cells = new Map(); // name -> { block, r, c }
    this.spans = new Map(); // name -> what holds its field
    this.inputs = new AnswerInputs({
      answer,
      paste,
      look,
      walk: (name, down, right) => this.#walk(name, down, right),
      fit: () => {},
    });
  }

  // into cells that were built anew: fields that were there keep what stands in them
  dress(model) {
    if (this.model !== model) {
      this.inputs.clear();
      this.spans.clear();
      this.cells.clear();
    }
    this.model = model;
    for (const [key, fields] of Object.entries(model.structure.fields)) {
      const block = model.byKey.get(key);
      block.fields = new Map();
      // each field is a stop of the Tab key, and so is each number beside them: no grid, which has one
      const table = block.figure.querySelector("table");
      table.setAttribute("role", "table");
      table.removeAttribute("aria-readonly");
      for (const element of block.figure.querySelectorAll("td"))
        element.setAttribute("role", "cell");
      for (const element of block.elements) element.tabIndex = 0;
      for (const [r, c, name, told] of fields) {
        const number = r * block.columns + c;
        this.cells.set(name, { block, r, c });
        if (!this.spans.has(name)) {
          const span = this.inputs.make(name, told);
          span.addEventListener("input", () => this.#fitOne(name));
          this.spans.set(name, span);
        }
        block.fields.set(number, this.inputs.get(name));
        block.elements[number].removeAttribute("tabindex");
        block.elements[number].append(this.spans.get(name));
      }
    }
  }

  // the cell of a field, null for no field
  cellOf(name) {
    return this.cells.get(name) ?? null;
  }

  // the name of the first field that is not right yet, "" if all are
  firstOpen() {
    const isOpen = ([, input]) => !isRight(input.dataset.state);
    return [...this.inputs.inputs].find(isOpen)?.[0] ?? "";
  }

  isField({ block, r, c }) {
    return block.fields?.has(r * block.columns + c) ?? false;
  }

  /** @param {import("../shared/protocol.js").PracticeState} state */
  paint({ answers, sought }) {
    const { model, scene } = this.store;
    if (sought) {
      for (const [name, { block, r, c }] of this.cells) {
        const input = this.inputs.get(name);
        input.dataset.shown = inReadersSign(textAt(scene, model.at(block, r, c)));
        input.classList.add("filled");
      }
    }
    this.inputs.paint(answers);
  }

  // a text that is too long for its cell is written smaller, as numbers are; the layout has set the width of cells
  fit() {
    for (const name of this.cells.keys()) this.#fitOne(name);
  }

  #fitOne(name) {
    const input = this.inputs.get(name);
    // the mark of its verdict takes the room of a letter
    const text = `${input.value}${input.dataset.state ? " " : ""}`;
    const kind = input.dataset.shown ? "answer filled" : "answer";
    setProperties(input, { className: kind + sizeOf(text, this.cells.get(name).block) });
  }

  next(name, by) {
    this.inputs.next(name, by);
  }

  #walk(name, down, right) {
    const key = { "-1 0": "ArrowUp", "1 0": "ArrowDown", "0 -1": "ArrowLeft", "0 1": "ArrowRight" };
    return walk(this.model, this.cells.get(name), { key: key[`${down} ${right}`] }) !== null;
  }
}
