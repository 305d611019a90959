// The card that takes the loss apart: what each sample adds, where its factors come from, and the two ways back to z.

import { h, number, parsedMath, table, toldNodes } from "../shared/dom.js";
import { phrase, plain } from "../shared/number_text.js";
import { Collapsible } from "./collapsible.js";

const LAST = new Set(["loss", "loss_term", "probabilities"]);

export class LossBreakdown extends Collapsible {
  constructor(onToggle) {
    const parts = h("div", {});
    super(onToggle, "The loss, taken apart", "loss-parts", parts);
    this.parts = parts;
  }

  get tellsLoss() {
    return true;
  }

  wants({ cell: { block }, model, isSelected }) {
    const { layers } = model.structure;
    return (
      block.layer === layers &&
      (LAST.has(block.tensor) ||
        (isSelected && (block.tensor === "grad_a" || block.tensor === "grad_z")))
    );
  }

  show(answer) {
    if (!answer || this.shown === answer) return;
    this.shown = answer;
    const rows = answer.samples.map(([name, terms, sum]) => [
      name,
      toldNodes(terms),
      number("td", sum, { class: "sum" }),
    ]);
    const sums = table({ class: "parts" }, null, rows);
    const factors = h(
      "dl",
      { class: "factors" },
      ...answer.factors.flatMap(([formula, story]) => [
        h("dt", {}, parsedMath(formula)),
        h("dd", {}, ...toldNodes(story)),
      ]),
    );
    this.parts.replaceChildren(
      sums,
      h("p", { class: "total" }, ...toldNodes(answer.total)),
      factors,
      ...(answer.slope ? [h("p", { class: "sentence" }, ...toldNodes(answer.slope))] : []),
      ...(answer.ways ? ways(answer.ways) : []),
    );
  }
}

// the Jacobian with ∂L/∂p in front; below it the sums of the columns, and the short way
function ways({ heading, outerName, columns, marked, rows, long, short, over, equal, sentence }) {
  const cells = (pairs, kind) =>
    pairs.map((pair, j) =>
      number("td", pair, { class: `${kind}${j === marked ? " marked" : ""}` }),
    );
  const wide = (name) => h("th", { scope: "row", colspan: "2" }, name);
  const results = short.map(({ result }) => result);
  const jacobian = table(
    { class: "ways" },
    [h("td"), outerName, ...columns.map((name) => `∂/∂${name}`)],
    [
      ...rows.map(({ name, outer, cells: own }) => [
        name,
        number("td", outer, { class: "outer" }),
        ...cells(own, ""),
      ]),
      [wide("long way"), ...cells(long, "")],
      [wide("short way"), ...cells(results, "")],
    ],
  );
  const [longWay, shortWay] = [...jacobian.rows].slice(-2);
  longWay.className = "long";
  shortWay.className = "short";
  const rule = over ? `(p − t)${plain(over)}` : "p − t";
  const lines = short.map(({ text, equals, result }, j) =>
    h(
      "li",
      {},
      `${columns[j]}: `,
      ...toldNodes(over ? phrase`(${text})${over}` : text),
      ` ${equals} `,
      number("b", result),
    ),
  );
  const verdict = h("p", { class: "sentence verdict" }, sentence);
  verdict.dataset.equal = String(equal);
  return [
    h("h3", {}, heading),
    h("div", { class: "wide" }, jacobian),
    h("p", { class: "muted" }, `short way: ${rule}`),
    h("ul", { class: "paths" }, ...lines),
    verdict,
  ];
}
