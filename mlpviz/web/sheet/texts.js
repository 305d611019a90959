// What stands for a number of a scene: the text that Python gave, and all digits. Heat maps come without texts, because
// their numbers are read one at a time.

import { allDigits, formatNumber } from "../shared/number_text.js";

export function textAt(scene, at) {
  return scene.t[at] || formatNumber(scene.v[at], scene.style);
}

// "" for what is not finite: the text says it
export function digitsAt(scene, at) {
  return scene.v[at] === null ? "" : allDigits(scene.v[at]);
}

export function pairAt(scene, at) {
  return [textAt(scene, at), digitsAt(scene, at)];
}
