// The numbers of a scene by their places (model.js), and how they are written.

import { allDigits, formatNumber } from "../shared/number_text.js";

// null for what is not finite: its text says what it is; undefined for a number of a large block that is not here yet
export function numberAt(scene, at) {
  const number = at < scene.v.length ? scene.v[at] : scene.bulk.at(at);
  return number === undefined || Number.isFinite(number) ? number : null;
}

export function textAt(scene, at) {
  const number = at < scene.v.length ? scene.v[at] : scene.bulk.at(at);
  return number === undefined ? "…" : textOf(number, scene.style);
}

const MOST = 5000; // texts that are kept, of one style
const kept = { style: "", texts: new Map() };

// most numbers of a scene are those of the scene before
function textOf(number, style) {
  const name = `${style.digits} ${style.fractions}`;
  if (kept.style !== name || kept.texts.size > MOST)
    Object.assign(kept, { style: name, texts: new Map() });
  const found = kept.texts.get(number);
  if (found !== undefined) return found;
  const text = formatNumber(number, style);
  kept.texts.set(number, text);
  return text;
}

// "" for what is not finite: the text says it
export function digitsAt(scene, at) {
  const number = numberAt(scene, at);
  return number == null ? "" : allDigits(number);
}

export function pairAt(scene, at) {
  return [textAt(scene, at), digitsAt(scene, at)];
}
