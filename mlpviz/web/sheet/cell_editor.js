// The editor of the explained cell: a slider, the exact number, its sign, and the pin of an activation.

import { activeIn, h, setProperties, setText } from "../shared/dom.js";
import { negated } from "../shared/number_input.js";
import { allDigits } from "../shared/number_text.js";
import { showText, takeBack, textField, typeText } from "../shared/text_field.js";
import { elementOf } from "./cells.js";

export class CellEditor {
  // goesBackOnEnter(): whether the focus goes back to the cell when a number is done
  constructor(cells, { goesBackOnEnter }) {
    this.cells = cells;
    this.goesBackOnEnter = goesBackOnEnter;
    this.slider = h("input", {
      type: "range",
      "aria-label": "value",
      oninput: () => cells.drag(this.cell, Number(this.slider.value), this.slider),
      onchange: () => cells.endGesture(),
    });
    const attributes = {
      inputmode: "decimal",
      enterkeyhint: "done",
      "aria-label": "exact value",
      class: "exact",
      onfocus: () => {
        this.typed = this.cell;
      },
    };
    this.number = textField(attributes, (text) => this.typed && cells.commitText(this.typed, text));
    this.number.addEventListener("keydown", (event) => this.#key(event));
    // the keyboard of a phone may have no minus sign; the press leaves the focus in the field
    this.sign = h(
      "button",
      {
        type: "button",
        class: "sign",
        "aria-label": "change the sign",
        onmousedown: (event) => event.preventDefault(),
        onclick: () => this.#negate(),
      },
      "±",
    );
    this.pin = h("button", {
      type: "button",
      onclick: () => this.cell && cells.togglePin(this.cell),
    });
    this.element = h("div", { class: "editor" }, this.slider, this.number, this.sign, this.pin);
  }

  // the cell whose number is being typed keeps the panel, as long as the network has it
  held(model) {
    const { block, r, c } = (this.#isTyping() && this.typed) || {};
    this.typed = block ? model.cell(block.key, r, c) : null;
    return this.typed;
  }

  hide(cell) {
    this.cell = cell;
    this.element.hidden = true;
  }

  paint(cell, isKnown) {
    this.cell = cell;
    const { cells } = this;
    const { block } = cell;
    const isPinned = cells.isPinned(cell);
    const isEditable = cells.isEditable(cell);
    this.element.hidden = !isEditable && block.editable !== "pin";
    this.slider.hidden = this.number.hidden = this.sign.hidden = !isEditable;
    this.pin.hidden = block.editable !== "pin" || (!isPinned && !isKnown);
    setText(this.pin, isPinned ? "Unpin" : "Pin to this value");
    if (!isEditable || cells.sliding === this.slider) return;
    const value = cells.valueOf(cell);
    // the reach doubles as values grow, so that the thumb never sticks to an end
    const reach = 2 ** Math.ceil(Math.log2(Math.max(4, Math.abs(value) * 1.5)));
    const [min, max] = [cells.within(cell, -reach), cells.within(cell, reach)];
    const step = cells.isClassNumber(block) || reach >= 64 ? 1 : max / 400;
    setProperties(this.slider, { min, max, step, value });
    showText(this.number, allDigits(value));
  }

  #isTyping() {
    return activeIn(this.element) === this.number;
  }

  // Escape takes back what is typed; the keyboard of a phone folds when the focus goes back
  #key(event) {
    if (event.key !== "Escape" && !(event.key === "Enter" && this.goesBackOnEnter())) return;
    if (event.key === "Escape") takeBack(this.number, allDigits(this.cells.valueOf(this.typed)));
    event.preventDefault();
    event.stopPropagation();
    elementOf(this.typed).focus({ preventScroll: true });
  }

  #negate() {
    const { cell, cells, number } = this;
    if (this.#isTyping()) typeText(number, negated(number.value));
    else cells.set(cell, cells.within(cell, -cells.lastOf(cell)));
  }
}
