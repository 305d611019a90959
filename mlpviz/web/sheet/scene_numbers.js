// The numbers of a scene by their places (model.js), and how they are written.

import { allDigits, formatNumber } from "../shared/number_text.js";

// null for what is not finite: its text says what it is; undefined for a number of a large block that is not here yet
export function numberAt(scene, at) {
  if (at < scene.v.length) return scene.v[at];
  const number = scene.bulk.at(at);
  return number === undefined || Number.isFinite(number) ? number : null;
}

// the text that Python gave; heat maps come without, because their numbers are read one at a time
export function textAt(scene, at) {
  if (at < scene.v.length) return scene.t[at] || formatNumber(scene.v[at], scene.style);
  const number = scene.bulk.at(at);
  return number === undefined ? "…" : formatNumber(number, scene.style);
}

// "" for what is not finite: the text says it
export function digitsAt(scene, at) {
  const number = numberAt(scene, at);
  return number == null ? "" : allDigits(number);
}

export function pairAt(scene, at) {
  return [textAt(scene, at), digitsAt(scene, at)];
}
