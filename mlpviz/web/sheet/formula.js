// A formula with live numbers in it: Python's MathML, whose <mtext>ref0</mtext> is the place of the first number.

import { math, parsedMath, setAttribute } from "../shared/dom.js";

// `numberOf(k)` gives text and exact digits for place k
export function filledMath(template, numberOf) {
  const tree = parsedMath(template);
  for (const slot of tree.querySelectorAll("mtext")) {
    const match = /^ref(\d+)$/.exec(slot.textContent);
    if (!match) continue;
    const [text, exact] = numberOf(match[1]);
    // (1.2e−5)², not 1.2e−5²
    if (
      slot.parentElement.localName === "msup" &&
      slot === slot.parentElement.firstElementChild &&
      /^−|e/.test(text)
    ) {
      slot.replaceWith(math("mrow", math("mo", "("), mathNumber(text, exact), math("mo", ")")));
      continue;
    }
    slot.replaceWith(
      mathNumber(text, exact, /^[·−+-]$/.test(slot.previousElementSibling?.textContent ?? "")),
    );
  }
  return tree;
}

export function mathNumber(text, exact, parentheses = false, kind = "") {
  const bare = math("mn", text);
  if (exact && exact !== text) bare.setAttribute("data-exact", exact);
  if (kind) bare.setAttribute("class", kind);
  return parentheses && text.startsWith("−")
    ? math("mrow", math("mo", "("), bare, math("mo", ")"))
    : bare;
}

// terms are separate <math> elements, so that a long sum can break between them
export function formulaPart(...children) {
  return math("math", ...children);
}

// MathML has no tooltips: what the pointer is on says its digits through the HTML around it
export function tellDigits(element) {
  element.addEventListener("pointermove", (event) => {
    const [target] = event.composedPath();
    const around = target.closest?.("math")?.parentElement;
    if (around) setAttribute(around, "title", target.getAttribute("data-exact") ?? "");
  });
}
