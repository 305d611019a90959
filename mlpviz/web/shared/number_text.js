// How the browser writes a number that it gets without a text, as those of a scene: the rules of
// mlpviz/text/numbers.py, text by text. Sentences come from Python.

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
  if (size >= 1e-3 && size < 1e6) return sign + withDecimals(size, digits);
  return sign + scientific(exponential(size, digits));
}

// the same number in at most so many characters, with fewer digits, or as short as it gets. What is whole or a fraction
// keeps all of it, and what is neither never looks like it
/** @param {number} value @param {string} text @param {number} room @param {{ digits: number }} style */
export function inRoom(value, text, room, { digits } = PLAIN_STYLE) {
  if (text.length <= room || !Number.isFinite(value) || /^[−\d/]+$/.test(text)) return text;
  const size = Math.abs(value),
    sign = value < 0 ? MINUS : "";
  const isMiddling = size >= 1e-2 && size < 1e6;
  let shortest = text;
  for (let fewer = digits - 1; fewer > 0 && shortest.length > room; fewer--) {
    const decimal = size < 1e6 ? withDecimals(size, fewer) : "";
    const power = isMiddling ? "" : scientific(exponential(size, fewer));
    for (const short of [decimal, power])
      if (
        /[1-9]/.test(short) &&
        short.length + sign.length < shortest.length &&
        shortest.length > room
      )
        shortest = sign + short;
  }
  return shortest;
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
  // + 0: no minus before nothing
  return (Math.round(value) + 0).toLocaleString("en");
}

// A sentence is a list of texts and [text, all digits] pairs, as mlpviz/text/sentences.py sends it; one without rounded
// numbers may be a text alone. `phrase` puts one together: phrase`loss ${exactNumber(pair)} at step ${step}`.
export function phrase(texts, ...parts) {
  const mixed = texts.flatMap((text, at) => (at < parts.length ? [text, parts[at]] : [text]));
  return joined("", mixed);
}

export function joined(separator, sentences) {
  const found = [];
  const add = (part) => {
    if (Array.isArray(part)) found.push(part);
    else if (typeof found.at(-1) === "string") found.push(found.pop() + part);
    else if (part !== "") found.push(String(part));
  };
  sentences.forEach((each, at) => {
    if (at) add(separator);
    for (const part of partsOf(each)) add(part);
  });
  return found;
}

/**
 * A number as a sentence: [text, all digits], the second empty where the text is all.
 * @param {string[]} pair
 */
export function exactNumber([text, exact]) {
  return exact && exact !== text ? [[text, exact]] : [text];
}

// a sentence for a tooltip: all digits
export function withDigits(sentence) {
  return partsOf(sentence)
    .map((part) => [part].flat().at(-1))
    .join("");
}

// a sentence without them
export function plain(sentence) {
  return partsOf(sentence)
    .map((part) => [part].flat()[0])
    .join("");
}

// the parts of a sentence: text, or [text, all digits]
export function partsOf(sentence) {
  return Array.isArray(sentence)
    ? sentence
    : [sentence].filter((text) => text !== "" && text != null);
}

function withDecimals(size, digits) {
  const power = POWERS.filter((each) => each <= size).length;
  const decimals = Math.max(1, digits + 2 - power);
  let text = fixed(size, decimals);
  // 0.0099999 has one decimal less as 0.0100
  if (decimals > 1 && power < POWERS.length && Number(text) >= POWERS[power])
    text = fixed(size, decimals - 1);
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

// a half is rounded up as at school: that of the digits which the number has, 1.075 as 1.08
function fixed(size, decimals) {
  const [figures, exponent] = figuresOf(size);
  const kept = decimals + 1 + exponent; // figures that stay
  if (kept < 0 || figures.length !== kept + 1 || !figures.endsWith("5"))
    return size.toFixed(decimals);
  const text = String(Number(figures.slice(0, -1)) + 1).padStart(decimals + 1, "0");
  const point = text.length - decimals;
  return decimals ? `${text.slice(0, point)}.${text.slice(point)}` : text;
}

function exponential(size, digits) {
  const [figures, exponent] = figuresOf(size);
  // all that it has, also where these are fewer than of other floats: 5e-324
  if (figures.length <= digits) return size.toExponential();
  if (figures.length !== digits + 1 || !figures.endsWith("5"))
    return size.toExponential(digits - 1);
  const text = String(Number(figures.slice(0, -1)) + 1);
  const power = exponent + (text.length > digits ? 1 : 0);
  return `${text[0]}.${text.slice(1, digits)}e${power}`;
}

// the figures of the shortest text of a number, without a point, and its power of ten
function figuresOf(size) {
  const [mantissa, exponent] = size.toExponential().split("e");
  return [mantissa.replace(".", ""), Number(exponent)];
}
