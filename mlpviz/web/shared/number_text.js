// How the browser writes a number that it gets without a text: the rules of mlpviz/number_text.py, text by text.
// Everything that Python can say in time comes as text; here are heat maps, charts, and what changes under the
// pointer.

const MINUS = "−";
const NOISE = 1e-12;
const POWERS = [1e-2, 1e-1, 1, 1e1, 1e2, 1e3, 1e4, 1e5];
const LARGEST_DENOMINATOR = 64;
const MOST_DECIMALS = 6;

const PLAIN_STYLE = { digits: 3, fractions: false };

/** @param {number} value @param {{ digits: number, fractions?: boolean }} style */
export function formatNumber(value, { digits, fractions } = PLAIN_STYLE) {
  const size = Math.abs(value),
    sign = value < 0 ? MINUS : "";
  if (size < 1e6 && Number.isInteger(size)) return sign + size;
  if (!Number.isFinite(size)) return Number.isNaN(size) ? "NaN" : `${sign}∞`;
  const fraction = fractions && fractionOf(size);
  if (fraction) return sign + fraction;
  if (size >= 1e-3 && size < 1e6)
    return (
      sign +
      withDecimals(size, Math.max(1, digits + 2 - POWERS.filter((power) => power <= size).length))
    );
  return sign + scientific(exponential(size, Math.min(digits - 1, 2)));
}

// as many digits as it takes to tell this number from all others
export function allDigits(value) {
  if (!Number.isFinite(value)) return formatNumber(value);
  const size = Math.abs(value),
    text = size.toExponential();
  const exponent = Number(text.split("e")[1]);
  return (value < 0 ? MINUS : "") + (exponent < -4 || exponent >= 16 ? scientific(text) : size);
}

// text and, where it leaves some out, all digits
export function written(value, style = PLAIN_STYLE) {
  const text = formatNumber(value, style),
    exact = allDigits(value);
  return [text, exact === text ? "" : exact];
}

export function percent(share, decimals = 1) {
  const size = Math.abs(100 * share);
  if (!(size < 1e6))
    return Number.isFinite(size) ? `${formatNumber(100 * share)}%` : formatNumber(share);
  const at = (places) => Number(fixed(size, places));
  let places = decimals;
  while (
    places < MOST_DECIMALS &&
    [0, 100].includes(at(places)) &&
    !isNear(size, 0) &&
    !isNear(size, 100)
  )
    places += 1;
  let text = fixed(size, places);
  if (isNear(size, Number(text)) && text.includes(".")) text = text.replace(/\.?0*$/, "");
  return `${share < 0 && text !== "0" ? MINUS : ""}${text}%`;
}

export function counted(value) {
  return Math.round(value).toLocaleString("en");
}

// a number in a sentence as Python gives it: with all digits for a tooltip behind it, if there are more
/** @param {string[]} pair */
export function told([text, exact]) {
  return exact && exact !== text ? `\x02${text}\x1f${exact}\x03` : text;
}

// such a sentence for a tooltip: all digits
export function withDigits(sentence) {
  return sentence.replaceAll(TOLD, "$2");
}

// such a sentence without them
export function plain(sentence) {
  return sentence.replaceAll(TOLD, "$1");
}

// the parts of such a sentence: text, or [text, all digits]
export function toldParts(sentence) {
  return (
    sentence
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they mark the numbers
      .split(/(\x02[^\x03]*\x03)/)
      .filter(Boolean)
      .map((part) => (part.startsWith("\x02") ? part.slice(1, -1).split("\x1f") : part))
  );
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they mark the numbers
const TOLD = /\x02([^\x1f]*)\x1f([^\x03]*)\x03/g;

function withDecimals(size, decimals) {
  const text = fixed(size, decimals);
  return isNear(size, Number(text)) ? text.replace(/0+$/, "").replace(/\.$/, ".0") : text;
}

function scientific(text) {
  const [mantissa, exponent] = text.split("e");
  const power = Number(exponent);
  const short = mantissa.includes(".") ? mantissa.replace(/\.?0+$/, "") : mantissa;
  return `${short}e${power < 0 ? MINUS : ""}${Math.abs(power)}`;
}

function fractionOf(size) {
  if (size < 1 / LARGEST_DENOMINATOR || size >= 1e3) return "";
  for (let bottom = 1; bottom <= LARGEST_DENOMINATOR; bottom++) {
    const top = Math.round(size * bottom);
    if (top / bottom === size) return `${top}/${bottom}`;
  }
  return "";
}

function isNear(size, other) {
  return Math.abs(size - other) <= NOISE * size;
}

// a number just between two texts becomes the larger one in JavaScript, the even one in Python; `digits` are kept
function toEven(size, digits, larger, longer) {
  const left =
    digits < 0 ? "" : size.toExponential(100).replace(".", "").split("e")[0].slice(digits);
  return /^50*$/.test(left) && /[13579]$/.test(larger)
    ? longer.slice(0, -1).replace(/\.$/, "")
    : larger;
}

function fixed(size, decimals) {
  const digits = decimals + 1 + Number(size.toExponential().split("e")[1]);
  return toEven(size, digits, size.toFixed(decimals), size.toFixed(decimals + 1));
}

function exponential(size, decimals) {
  const [[larger, exponent], [longer]] = [decimals, decimals + 1].map((places) =>
    size.toExponential(places).split("e"),
  );
  return `${toEven(size, decimals + 1, larger, longer)}e${exponent}`;
}
