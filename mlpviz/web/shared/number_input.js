// Numbers in fields: what is typed goes to Python as it is, where mlpviz/schema/typed_number.py reads it; and the steps
// in which arrow keys and drags move them.

import { withPoint } from "./decimal_sign.js";

// the number in a field whose text the app wrote; null for anything else, which a person is typing
export function writtenNumber(text) {
  const plain = withPoint(text.trim()).replaceAll("−", "-");
  return /^-?(\d+\.?\d*|\.\d+)(e-?\d+)?$/i.test(plain) ? Number(plain) : null;
}

// what is typed, with the other sign
export function negated(text) {
  return /^\s*[-−]/.test(text) ? text.replace(/^\s*[-−]/, "") : `-${text}`;
}

// whole numbers move in whole steps, others in their third digit, which a cell shows; Shift is ten times, Alt a tenth
export function stepSize(value, { shiftKey, altKey }) {
  const unit = Number.isInteger(value) ? 1 : Math.abs(value) < 10 ? 0.01 : 0.1;
  return unit * (shiftKey ? 10 : 1) * (altKey ? 0.1 : 1);
}

// without the last digits, in which a sum of steps leaves its rounding error
export function tidy(value) {
  return Number(value.toFixed(10));
}

// a place between two ends with no more digits than the eye sees in a plot
export function placeBetween(share, low, high) {
  const step = 10 ** Math.floor(Math.log10((high - low) / 100));
  const at = low + Math.min(1, Math.max(0, share)) * (high - low);
  return tidy(Math.round(at / step) * step);
}
