// How a cell is edited: drag, keys, typing, pasting. Turns gestures into edits; knows nothing of the drawing.

import { h } from "../shared/dom.js";

const PIXELS_PER_STEP = 8;
// decimal only: JavaScript would also take 0x10
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
let gestures = 0;

export function newGesture() {
  gestures += 1;
  return `${Date.now().toString(36)}-${gestures}`;
}

// the edit event for a cell; samples are columns on screen and rows in the document
export function setEvent({ block, r, c }, value, isClass) {
  switch (block.tensor) {
    case "x":
      return { type: "set", tensor: "x", layer: null, row: c + 1, column: r + 1, value };
    case "target":
      return {
        type: "set",
        tensor: "target",
        layer: null,
        row: c + 1,
        column: isClass ? null : r + 1,
        value,
      };
    case "bias":
    case "gamma":
    case "beta":
    case "running_mean":
    case "running_var":
      return {
        type: "set",
        tensor: block.tensor,
        layer: block.layer,
        row: r + 1,
        column: null,
        value,
      };
    case "a":
      return { type: "pin", layer: block.layer, sample: c + 1, unit: r + 1, value };
    default:
      return {
        type: "set",
        tensor: "weight",
        layer: block.layer,
        row: r + 1,
        column: c + 1,
        value,
      };
  }
}

export function pasteEvent({ block }, text) {
  const data = block.tensor === "x" || block.tensor === "target";
  return {
    type: "paste",
    tensor: block.tensor,
    layer: data ? null : block.layer,
    text,
    transposed: data,
  };
}

// what a person types: a decimal comma and a real minus sign are fine; anything that is no number is sent as it is,
// so that the answer can say what was expected
export function parseTyped(text) {
  const plain = text
    .trim()
    .replaceAll("−", "-")
    .replace(/^([+-]?\d*),(\d+)$/, "$1.$2");
  return NUMBER.test(plain) && Number.isFinite(Number(plain)) ? Number(plain) : text;
}

// whole numbers move in whole steps, others in their third digit, which the cell shows; Shift is ten times, Alt a tenth
export function stepSize(value, event) {
  const unit = Number.isInteger(value) ? 1 : Math.abs(value) < 10 ? 0.01 : 0.1;
  return unit * (event.shiftKey ? 10 : 1) * (event.altKey ? 0.1 : 1);
}

export function tidy(value) {
  return Number(value.toFixed(10));
}

export function attachDrag(root, host) {
  let drag = null;
  let touched = null;
  // a finger that scrolls the page over a cell chooses nothing: only its tap and its drag do
  root.addEventListener("pointerdown", (event) => {
    const cell = host.cells.of(event);
    touched = event.pointerType === "touch" ? cell : null;
    if (!cell || event.button !== 0 || event.target.closest("input")) return;
    if (!touched) {
      if (host.pair.takes(cell, event)) return;
      host.attention.select(cell);
    }
    if (!host.cells.isEditable(cell)) return;
    drag = {
      cell,
      x: event.clientX,
      start: host.cells.valueOf(cell),
      gesture: newGesture(),
      moved: false,
      pointer: event.pointerId,
    };
  });
  root.addEventListener("pointermove", (event) => {
    if (!drag || event.pointerId !== drag.pointer) return;
    const steps = Math.trunc((event.clientX - drag.x) / PIXELS_PER_STEP);
    if (!drag.moved && steps === 0) return;
    if (!drag.moved) root.setPointerCapture(event.pointerId);
    if (!drag.moved && touched) host.attention.select(drag.cell);
    touched = null;
    drag.moved = true;
    event.preventDefault();
    const value = host.cells.within(
      drag.cell,
      tidy(drag.start + steps * stepSize(drag.start, event)),
    );
    if (value !== drag.last) host.changes.set(drag.cell, value, drag.gesture);
    drag.last = value;
  });
  root.addEventListener("click", (event) => {
    if (touched && !host.pair.takes(touched, event)) host.attention.select(touched);
    touched = null;
  });
  const stop = () => {
    drag = null;
  };
  root.addEventListener("pointerup", stop);
  root.addEventListener("pointercancel", stop);
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !drag?.moved) return;
    host.changes.set(drag.cell, drag.start, drag.gesture);
    drag = null;
    event.stopPropagation();
  });
}

// an input over the cell, with what stands there or the first key typed: Enter commits, Escape cancels, leaving commits
// what was changed, so that looking at an activation does not pin it
export function typeInto(element, shown, key, commit) {
  if (element.querySelector("input")) return;
  const input = h("input", {
    type: "text",
    inputmode: "decimal",
    class: "typing",
    "aria-label": "new value",
  });
  input.value = key ?? shown;
  let done = false;
  const finish = (keep) => {
    if (done) return;
    done = true;
    const text = input.value;
    input.remove();
    (element.querySelector("canvas") ?? element).focus();
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
}
