// What a person does to cells with the pointer, the keyboard and the clipboard: hovers, selects, drags, types,
// pastes.

import { inReadersSign } from "../shared/decimal_sign.js";
import { h } from "../shared/dom.js";
import { actionsFor, entryOf } from "../shared/keys.js";
import { stepSize, tidy } from "../shared/number_input.js";
import { allDigits } from "../shared/number_text.js";
import { newGesture } from "../shared/outbox.js";
import { stopAt, walk } from "./grid.js";
import { CELL_KEYS } from "./keys.js";
import { textAt } from "./scene_numbers.js";

const PIXELS_PER_STEP = 8;

export class CellInput {
  // element: what holds the cells; notify(sentence); say(sentence): to a screen reader
  constructor(element, { store, cells, selection, notify, say }) {
    this.element = element;
    this.store = store;
    this.cells = cells;
    this.selection = selection;
    this.notify = notify;
    this.say = say;
    this.actions = actionsFor(CELL_KEYS, {
      walk: (_cell, event) => this.#walk(event),
      more: (cell, event) => this.#nudge(cell, event, 1),
      less: (cell, event) => this.#nudge(cell, event, -1),
      type: (cell, event) => this.#typeOrToggle(cell, event),
      replace: (cell, event) => this.#replace(cell, event),
    });
    this.#hoverAndSelect(element);
    this.#drag(element);
  }

  #hoverAndSelect(element) {
    const { cells, selection } = this;
    element.addEventListener("pointermove", (event) => {
      if (!event.buttons && !cells.sliding) selection.hoverAt(cells.of(event));
    });
    element.addEventListener("pointerleave", () => selection.hoverAt(null));
    element.addEventListener("focusin", (event) => {
      const cell = cells.of(event);
      if (!cell) return;
      stopAt(cell);
      // on the way to a second number the first stays selected
      if (!event.target.matches(":focus-visible")) return;
      if (selection.isPicking) selection.hoverAt(cell);
      else if (!selection.isAt(cell)) selection.select(cell);
    });
    element.addEventListener("click", (event) => {
      const cell = cells.of(event);
      if (cell?.block.editable === "toggle") cells.toggleMask(cell);
    });
    element.addEventListener("dblclick", (event) => {
      const cell = cells.of(event);
      if (cell) this.#type(cell);
    });
  }

  #drag(element) {
    const { cells, selection } = this;
    let drag = null;
    let touched = null;
    // a finger that scrolls the page over a cell chooses nothing: only its tap and its drag do
    element.addEventListener("pointerdown", (event) => {
      const cell = cells.of(event);
      touched = event.pointerType === "touch" ? cell : null;
      if (!cell || event.button !== 0 || event.target.closest("input")) return;
      if (!touched) {
        if (selection.takesSecond(cell, event)) return;
        selection.select(cell);
      }
      if (!cells.isEditable(cell)) return;
      const start = cells.valueOf(cell);
      drag = {
        cell,
        x: event.clientX,
        start,
        gesture: newGesture(),
        moved: false,
        pointer: event.pointerId,
      };
    });
    element.addEventListener("pointermove", (event) => {
      if (!drag || event.pointerId !== drag.pointer) return;
      const steps = Math.trunc((event.clientX - drag.x) / PIXELS_PER_STEP);
      if (!drag.moved && steps === 0) return;
      if (!drag.moved) element.setPointerCapture(event.pointerId);
      if (!drag.moved && touched) selection.select(drag.cell);
      touched = null;
      drag.moved = true;
      event.preventDefault();
      const value = cells.within(drag.cell, tidy(drag.start + steps * stepSize(drag.start, event)));
      if (value !== drag.last) cells.set(drag.cell, value, drag.gesture);
      drag.last = value;
    });
    element.addEventListener("click", (event) => {
      if (touched && !selection.takesSecond(touched, event)) selection.select(touched);
      touched = null;
    });
    const stop = () => {
      drag = null;
    };
    element.addEventListener("pointerup", stop);
    element.addEventListener("pointercancel", stop);
    element.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !drag?.moved) return;
      cells.set(drag.cell, drag.start, drag.gesture);
      drag = null;
      event.stopPropagation();
    });
  }

  #type(cell, key = null) {
    const { cells } = this;
    if (cell.block.editable !== true && cell.block.editable !== "pin") return;
    const shown = inReadersSign(allDigits(cells.valueOf(cell)));
    const input = typeInto(cells.placeOf(cell), shown, key, (text) => cells.commitText(cell, text));
    if (input) Object.assign(input.dataset, { r: cell.r, c: cell.c });
  }

  // keys of the selected cell; true if it took the key
  key(event) {
    const { store } = this;
    const entry = entryOf(CELL_KEYS, event);
    if (!entry) return false;
    const cell = store.view.cell(store.model);
    return cell ? this.actions[entry.act](cell, event) : this.#takeUp(entry, event);
  }

  // after Escape the focus stays where it is, but the arrow keys are those of the steps: Enter takes the number up
  // again
  #takeUp({ act }, event) {
    const cell = act === "type" ? this.#focused(event) : null;
    if (cell) this.selection.select(cell);
    return cell !== null;
  }

  #focused(event) {
    return this.element.contains(event.composedPath()[0]) ? this.cells.of(event) : null;
  }

  #walk(event) {
    const { selection, store } = this;
    const from = this.#focused(event);
    if (!from) return false;
    const to = walk(store.model, from, event);
    // the focus stays on a heat map
    if (to?.block.heat) {
      if (selection.isPicking) selection.hoverAt(to);
      else selection.select(to);
      this.say(placeOf(to, store));
    }
    return true;
  }

  #nudge(cell, event, direction) {
    const { cells } = this;
    if (!cells.isEditable(cell)) return false;
    const value = cells.lastOf(cell);
    const isLarge = event.key.startsWith("Page");
    const step = direction * stepSize(value, { shiftKey: isLarge, altKey: event.altKey });
    cells.set(cell, cells.within(cell, tidy(value + step)));
    return true;
  }

  #typeOrToggle(cell, event) {
    if (cell.block.editable !== "toggle") this.#type(cell);
    else if (event.key === "Enter") this.cells.toggleMask(cell);
    else return false;
    return true;
  }

  #replace(cell, event) {
    if (cell.block.editable === "toggle") return false;
    this.#type(cell, event.key);
    return true;
  }

  paste(event) {
    const { store, cells } = this;
    const cell = store.view.cell(store.model);
    if (!cell || event.composedPath()[0].matches?.("input, textarea")) return;
    const text = event.clipboardData?.getData("text");
    if (!text) return;
    event.preventDefault();
    if (cell.block.editable === true) return cells.paste(cell, text);
    const how =
      "To paste a matrix, select a number that can be edited, such as a weight or an input.";
    this.notify(`Not changed: ${cell.block.title} is computed. ${how}`, true);
  }
}

// the place and the number, which a heat map does not tell by itself
function placeOf({ block, r, c }, { model, scene, view }) {
  const at = model.at(block, r, c);
  const text = model.isKnown(at, view) ? textAt(scene, at) : "not computed yet";
  return `${block.rowNoun} ${r + 1}, ${block.columnNoun} ${c + 1}: ${text}`;
}

// an input over the cell, with what stands there or the first key typed: Enter commits, Escape cancels, leaving
// commits what was changed, so that looking at an activation does not pin it
function typeInto(element, shown, key, commit) {
  if (element.querySelector("input")) return null;
  const input = h("input", {
    type: "text",
    inputmode: "decimal",
    class: "typing",
    "aria-label": "new value",
  });
  input.value = key ?? shown;
  let done = false;
  const finish = (keep) => {
    // on its way to the same number on a sheet that was built anew
    if (done || input.dataset.moving) return;
    done = true;
    const text = input.value;
    const place = input.parentElement;
    input.remove();
    (place.querySelector("canvas") ?? place).focus();
    if (keep) commit(text);
  };
  input.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Enter") finish(true);
    if (event.key === "Escape") finish(false);
    if (event.key === "Tab") finish(input.value !== shown);
  });
  input.addEventListener("blur", () => finish(input.value !== shown));
  element.append(input);
  input.focus();
  if (key === null) input.select();
  return input;
}
