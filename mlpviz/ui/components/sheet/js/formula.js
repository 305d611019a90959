// A formula with live numbers in it: Python's MathML, whose <mtext>ref0</mtext> is the place of the first number.

import { math, parsedMath } from "./dom.js";

// `textOf(k)` gives the text for place k
export function filledMath(template, textOf) {
  const tree = parsedMath(template);
  for (const slot of tree.querySelectorAll("mtext")) {
    const match = /^ref(\d+)$/.exec(slot.textContent);
    if (!match) continue;
    const isPower = slot.parentElement.localName === "msup" && slot === slot.parentElement.firstElementChild;
    slot.replaceWith(mathNumber(textOf(match[1]), isPower || /^[·−+-]$/.test(slot.previousElementSibling?.textContent ?? "")));
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
