// A formula with live numbers in it: Python's MathML, whose <mtext>ref0</mtext> is the place of the first number.

import { betweenNumbers } from "../shared/decimal_sign.js";
import { h, math, parsedMath, setAttribute, setText } from "../shared/dom.js";
import { numberAt, pairAt, textAt } from "./scene_numbers.js";

// `numberOf(k)` gives text and exact digits for place k
export function filledMath(template, numberOf) {
  const tree = parsedMath(template);
  for (const sign of tree.querySelectorAll("mo")) setText(sign, betweenNumbers(sign.textContent));
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
      slot.replaceWith(math("mrow", brace("("), mathNumber(text, exact), brace(")")));
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
  if (exact && exact !== text) setAttribute(bare, "data-exact", exact);
  if (kind) bare.setAttribute("class", kind);
  return parentheses && text.startsWith("−") ? math("mrow", brace("("), bare, brace(")")) : bare;
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

// ------------------------------------------------------------------

// The formula of a cell with its live numbers: the sum or the template, and the factors that have no cell of their
// own.

const MOST_TERMS = 8;

export class CellFormula {
  // isPinned(cell): nothing flows through it
  constructor(model, scene, isPinned) {
    this.model = model;
    this.scene = scene;
    this.isPinned = isPinned;
  }

  // text and all digits of a cell
  #pair({ block, r, c }) {
    return pairAt(this.scene, this.model.at(block, r, c));
  }

  #number(cell, isInside = false, kind = "") {
    const [text, exact] = this.#pair(cell);
    return mathNumber(text, exact, isInside, kind);
  }

  // numbers on screen are rounded: only what is shown whole is said to be equal
  #sign(places) {
    const { model, scene } = this;
    const isWhole = ({ block, r, c }) => {
      const at = model.at(block, r, c);
      const [value, text] = [numberAt(scene, at), textAt(scene, at)];
      // a fraction is only written where it is exact
      if (value == null || text.includes("/")) return true;
      return Math.abs(Number(text.replaceAll("−", "-")) - value) <= 1e-12 * Math.abs(value);
    };
    return math("mo", places.every(isWhole) ? "=" : "≈");
  }

  // the formula with the live numbers in the places of its references
  #filled(template, refs, cell, k = 0) {
    return filledMath(template, (place) => this.#pair(this.model.resolve(refs[place], cell, k)));
  }

  // the factors that have no cell of their own, such as the slope of the activation: one line each
  details(cell) {
    const { model } = this;
    const lines = [];
    for (const { symbol, template, refs, value, pin, count } of cell.block.rule.details) {
      const shown = Math.min(count, MOST_TERMS);
      for (let k = 0; k < shown; k++) {
        // nothing flows through a pinned activation, whatever its slope
        if (pin && this.isPinned(model.resolve(pin, cell, k))) continue;
        const result = model.resolve(value, cell, k);
        const sign = this.#sign([result, ...refs.map((ref) => model.resolve(ref, cell, k))]);
        lines.push(
          h(
            "div",
            { class: "formula" },
            formulaPart(this.#filled(symbol, refs, cell, k)),
            formulaPart(math("mo", "=")),
            this.#filled(template, refs, cell, k),
            formulaPart(sign, this.#number(result)),
          ),
        );
      }
      if (shown < count) lines.push(folded(`and ${count - shown} more like these`));
    }
    return lines;
  }

  // partial: the sum that grows, as far as it is
  live(cell, isPinned, partial) {
    const { model } = this;
    const { rule } = cell.block;
    const result = partial
      ? mathNumber(partial.text, partial.exact, false, "result")
      : this.#number(cell, false, "result");
    const equals = this.#sign([cell, ...model.references(cell)]);
    const is = () => math("mo", "=");
    if (isPinned) return [formulaPart(math("mi", "a"), is(), result)];
    if (!rule.count && !rule.template) return [formulaPart(is(), result)];
    if (rule.template) {
      return [
        formulaPart(is()),
        this.#filled(rule.template, rule.refs, cell),
        formulaPart(equals, result),
      ];
    }
    const sum = this.#sum(cell, partial ? partial.term + 1 : rule.terms);
    if (!rule.divisor) return [formulaPart(is()), ...sum, formulaPart(equals, result)];
    const share = math("mfrac", math("mn", "1"), this.#number(model.resolve(rule.divisor, cell)));
    const open = formulaPart(share, times(), brace("("));
    return [formulaPart(is()), open, ...sum, formulaPart(brace(")")), formulaPart(equals, result)];
  }

  // the terms of a sum, the first so many of them
  #sum(cell, upTo) {
    const { model } = this;
    const { rule } = cell.block;
    const count = Math.min(rule.count, upTo);
    const shown = count > MOST_TERMS ? MOST_TERMS - 2 : count;
    const parts = [];
    for (let k = 0; k < shown; k++) {
      const term = math("mrow");
      if (k > 0) term.append(plus());
      rule.factors.forEach((factor, i) => {
        if (i > 0) term.append(times());
        term.append(this.#number(model.resolve(factor, cell, k), i > 0 || k > 0));
      });
      parts.push(formulaPart(term));
    }
    if (shown < count) parts.push(folded(`+ … ${count - shown} more`));
    for (const ref of rule.plus.slice(0, Math.max(0, upTo - rule.count))) {
      parts.push(formulaPart(plus(), this.#number(model.resolve(ref, cell), true)));
    }
    return parts;
  }
}

// signs with the same space on both sides, wherever they stand: a browser gives none to one that begins a part
function spaced(text, space) {
  const sign = math("mo", text);
  const always = { form: "infix", stretchy: "false", lspace: space, rspace: space };
  for (const [name, value] of Object.entries(always)) setAttribute(sign, name, value);
  return sign;
}

const plus = () => spaced("+", "0.25em");
const times = () => spaced("·", "0.1em");
const brace = (text) => spaced(text, "0");

function folded(text) {
  return h("span", { class: "folded" }, text);
}
