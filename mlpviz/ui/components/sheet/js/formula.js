// A formula with live numbers in it: Python's MathML, whose <mtext>ref0</mtext> is the place of the first number.

import { math, parsedMath } from "./dom.js";

// `textOf(k)` gives the text for place k
export function filledMath(template, textOf) {
  const tree = parsedMath(template);
  for (const slot of tree.querySelectorAll("mtext")) {
    const match = /^ref(\d+)$/.exec(slot.textContent);
    if (!match) continue;
    const text = textOf(match[1]);
    // (1.2e−5)², not 1.2e−5²
    if (slot.parentElement.localName === "msup" && slot === slot.parentElement.firstElementChild && /^−|e/.test(text)) {
      slot.replaceWith(math("mrow", math("mo", "("), math("mn", text), math("mo", ")")));
      continue;
    }
    slot.replaceWith(mathNumber(text, /^[·−+-]$/.test(slot.previousElementSibling?.textContent ?? "")));
  }
  return tree;
}

export function mathNumber(text, parentheses = false, kind = "") {
  const bare = math("mn", text);
  if (kind) bare.setAttribute("class", kind);
  return parentheses && text.startsWith("−") ? math("mrow", math("mo", "("), bare, math("mo", ")")) : bare;
}

// terms are separate <math> elements, so that a long sum can break between them
export function formulaPart(...children) {
  return math("math", ...children);
}
