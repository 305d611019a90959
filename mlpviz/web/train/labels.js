// What the Train page says of a number that may be missing: a sentence of one number, with all digits behind it, for
// `setTold` and `toldNodes`.

import {
  allDigits,
  counted,
  exactNumber,
  formatNumber,
  percent,
  written,
} from "../shared/number_text.js";

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
  return seconds < 5400
    ? `${Math.round(seconds / 60)} min`
    : `${formatNumber(seconds / 3600, { digits: 2 })} h`;
}
