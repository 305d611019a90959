// Numbers as people type them, read in one way on every page, and the steps in which arrow keys and drags move them.

// decimal only: JavaScript would also take 0x10, and an empty field for 0
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

// a decimal comma and a real minus sign are fine; null for anything that is no finite number
export function readNumber(text) {
  const plain = text
    .trim()
    .replaceAll("−", "-")
    .replace(/^([+-]?\d*),(\d+)/, "$1.$2");
  return NUMBER.test(plain) && Number.isFinite(Number(plain)) ? Number(plain) : null;
}

// what is no number goes to Python as it is, so that the answer can say what was expected
export function readTyped(text) {
  return readNumber(text) ?? text;
}

// several, with spaces or semicolons between them, or with whatever else `between` says
export function readSeveral(text, between = /[\s;]+/) {
  return text.trim().split(between).filter(Boolean).map(readTyped);
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
