// The card that takes the update of one parameter apart: every line of the optimizer, and what it did in the last
// steps.

import { smallCurve } from "../shared/axes.js";
import { h, math, number, parsedMath, table, toldNodes } from "../shared/dom.js";
import { plain } from "../shared/number_text.js";
import { Collapsible } from "./collapsible.js";
import { filledMath, formulaPart, mathNumber } from "./formula.js";

const PARAMETER = /^(new_|grad_)?(weight|bias|gamma|beta|alpha)$/;

export class UpdateBreakdown extends Collapsible {
  constructor(onToggle) {
    const parts = h("div", {});
    super(onToggle, "The update, taken apart", "update-parts", parts);
    this.parts = parts;
  }

  wants({ cell: { block }, isSelected, isUpdateKnown }) {
    if (!isUpdateKnown) return false;
    return PARAMETER.test(block.tensor) && (isSelected || block.phase === "update");
  }

  // where the number itself is selected its other cards come first
  isOpen(isSelected, { block }) {
    return super.isOpen(isSelected && block.phase === "update");
  }

  show(answer) {
    if (!answer || this.shown === answer) return;
    this.shown = answer;
    const { title, sentence, uses, lines, rounds, head, rows, series } = answer;
    this.parts.replaceChildren(
      h("h3", {}, title),
      ...(sentence ? [h("p", { class: "sentence" }, sentence)] : []),
      ...(uses ? [h("p", { class: "sentence uses" }, ...toldNodes(uses))] : []),
      h("ol", { class: "step-lines" }, ...lines.map(stepLine)),
      ...(rounds ? roundsOf(rounds) : []),
      ...(rows.length > 1
        ? [
            h("h3", {}, "The last steps"),
            lastSteps(head, rows),
            h("div", { class: "series" }, ...series.map(small)),
          ]
        : []),
    );
  }
}

function stepLine({ symbol, formula, template, numbers, value, isWhole, isTheta }) {
  const general = h(
    "div",
    { class: "formula general" },
    parsedMath(symbol),
    formulaPart(math("mo", isTheta ? "←" : "=")),
    parsedMath(formula),
  );
  const result = mathNumber(value[0], value[1], false, isTheta ? "result" : "");
  const filled = filledMath(template, (at) => numbers[at]);
  filled.prepend(math("mo", "="));
  const live = h(
    "div",
    { class: "formula live" },
    filled,
    formulaPart(math("mo", isWhole ? "=" : "≈"), result),
  );
  // a line that only passes a number on needs no second one
  return numbers.length === 1 && numbers[0][0] === value[0]
    ? h(
        "li",
        {},
        h(
          "div",
          { class: "formula general" },
          ...general.childNodes,
          formulaPart(math("mo", "="), result),
        ),
      )
    : h("li", {}, general, live);
}

// how a matrix changes within the step: its singular values have letters, the first columns have words
function roundsOf({ sentence, head, rows }) {
  const names = head.map((name, at) => (at > 1 ? parsedMath(name) : name));
  const texts = rows.map(([round, ...numbers]) => [
    round,
    ...numbers.map((pair) => number("td", pair)),
  ]);
  return [
    h("h3", {}, "The rounds"),
    h("p", { class: "sentence" }, sentence),
    h("div", { class: "wide" }, table({ class: "steps" }, names, texts)),
  ];
}

function lastSteps(head, rows) {
  const names = head.map((name, at) => (at ? parsedMath(name) : name));
  const texts = rows.map(([t, ...numbers]) => [t, ...numbers.map((pair) => number("td", pair))]);
  return h("div", { class: "wide" }, table({ class: "steps" }, names, texts));
}

function small({ symbol, values, last }) {
  const label = h("span", { class: "name" }, parsedMath(symbol));
  const { plot } = smallCurve(values, {
    width: 150,
    height: 34,
    title: `${label.textContent} over the last ${values.length} points, now ${plain(last)}`,
  });
  return h("div", { class: "one" }, label, plot, h("span", { class: "last" }, ...toldNodes(last)));
}
