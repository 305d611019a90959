// Numbers as the reader of this browser writes them: 2,5 for 2.5 where a comma is the decimal sign. Everything inside
// the program, its links, files and code has points; texts change on their way to the screen, which is in dom.js, and
// what is typed says on its way to Python whose sign it has (`decimal` of a request).

// Intl knows every language; in signs other than these two it writes other digits than ours too
function commaOf(language) {
  try {
    const parts = new Intl.NumberFormat(language || undefined).formatToParts(1.5);
    return parts.find(({ type }) => type === "decimal")?.value === ",";
  } catch {
    return false; // a browser may name a language that is none
  }
}

let [known, isIt] = [null, false];

function isComma() {
  const language = globalThis.navigator?.language;
  if (language !== known) [known, isIt] = [language, commaOf(language)];
  return isIt;
}

// a number with a point, not a version (2.13.0), a name (1.5.json) or what is quoted as it was given ('1.5')
const POINT = /(?<![\w.,'’])(\d+)\.(\d+)(?!\d|\.\d|['’]|\.?[A-Za-df-z_])/g;
// a count such as 48,000, whose commas would be decimal signs
const GROUPS = /(?<![\w.,'’])\d{1,3}(?:,\d{3})+(?![\d'’]|[.,]\d)/g;
// in a list of decimals a comma is not enough between two of them
const LIST = /(\d,\d+(?:e[−-]?\d+)?), (?=[−+-]?\d)|(\d), (?=[−+-]?\d+,\d)/g;

/** A text that the program wrote, for the eyes of the reader. */
export function inReadersSign(text) {
  if (!isComma() || typeof text !== "string" || !/\d[.,]\d/.test(text)) return text;
  return text
    .replace(GROUPS, (count) => count.replaceAll(",", "\u202f"))
    .replace(POINT, "$1,$2")
    .replace(LIST, "$1$2; ");
}

/** The number in a field as programs write it. */
export function withPoint(text) {
  return isComma() ? text.replace(",", ".") : text;
}

// what stands between the numbers of a formula, such as max(0; 0,5)
export const betweenNumbers = (sign) => (isComma() && sign === "," ? ";" : sign);

/** What a request says of the one who typed. */
export function whoseSign() {
  return isComma() ? { decimal: "," } : {};
}
