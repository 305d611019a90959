// Text fields that lose nothing and hide nothing: what is typed stays, whatever arrives meanwhile, until it is sent;
// from then on the field shows what counts, also while it has the focus.

import { inReadersSign } from "./decimal_sign.js";
import { h } from "./dom.js";

const typed = new WeakSet(); // fields whose text was not sent yet

// send(text) once for each text that was typed: at Enter, and when the focus leaves
export function textField(attributes, send) {
  const input = h("input", { type: "text", ...attributes });
  const commit = () => {
    if (typed.delete(input)) send(input.value);
  };
  input.addEventListener("input", () => typed.add(input));
  input.addEventListener("change", commit);
  input.addEventListener("blur", commit);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") commit();
  });
  return input;
}

// what counts now
export function showText(input, text) {
  const shown = inField(input, text);
  if (!typed.has(input) && input.value !== shown) input.value = shown;
}

// numbers in the reader's sign; a name or a formula as it is
export function inField(input, text) {
  return input.inputMode === "decimal" ? inReadersSign(text) : text;
}

// as if it had been typed, as by an arrow key that makes a step
export function typeText(input, text) {
  input.value = inField(input, text);
  typed.add(input);
}

// what was typed counts no more
export function takeBack(input, text) {
  typed.delete(input);
  input.value = inField(input, text);
}

// What was typed into a field that is about to leave the page, which would send half of it, and what is selected there,
// which the next key replaces; for the field that takes its place. Null where no text has the focus.
export function pickUp(input) {
  const { value, selectionStart: from, selectionEnd: to } = input;
  if (typeof from !== "number") return null;
  const isAll = from === 0 && to === value.length;
  return { text: typed.delete(input) ? value : null, from, to, isAll };
}

export function goOn(input, left) {
  if (left.text !== null) typeText(input, left.text);
  input.setSelectionRange(left.from, left.isAll ? input.value.length : left.to);
}
