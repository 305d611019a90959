// A label begins with a capital on screen, unless it begins with a symbol or a function: x₁, η, sin πx₁. Its text and
// its name stay as they are.

import { beginsWithWord } from "./capital.js";
import { setText } from "./dom.js";

export function setLabel(element, text) {
  setText(element, text);
  markCase(element, text);
}

export function markCase(element, text) {
  element.classList.toggle("words", beginsWithWord(text));
}
