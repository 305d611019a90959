// What the Train page says of a number that may be missing, and where an axis has its marks. A measure is a sentence of
// one number, with all digits behind it: for `setTold` and `toldNodes`.

import { allDigits, counted, exactNumber, formatNumber, percent, written } from "../../number_text.js";

const NONE = "–";

export function measured(value) {
  return value == null ? NONE : exactNumber(written(value));
}

// for what is read under the pointer, where there is nothing to hover
export function brief(value) {
  return value == null ? NONE : formatNumber(value);
}

export function shared(value) {
  return value == null ? NONE : exactNumber([percent(value), `${allDigits(100 * value)}%`]);
}

export function whole(value) {
  return value == null ? NONE : counted(value);
}

export function duration(seconds) {
  if (seconds == null) return "";
  if (seconds < 1) return "under a second";
  if (seconds < 90) return `${Math.round(seconds)} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${formatNumber(seconds / 3600, { digits: 2 })} h`;
}

// round numbers from low to high, about `count` of them
export function ticks(low, high, count) {
  if (!(high > low)) return [low];
  const raw = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].find((factor) => factor * power >= raw) * power;
  const found = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) found.push(i * step);
  return found;
}

// powers of ten between low and high, both above 0
export function powers(low, high) {
  const found = [];
  const [first, last] = [Math.ceil(Math.log10(low) - 1e-9), Math.floor(Math.log10(high) + 1e-9)];
  const every = Math.max(1, Math.ceil((last - first) / 4));
  for (let i = first; i <= last; i += every) found.push(10 ** i);
  return found.length ? found : [low, high];
}
