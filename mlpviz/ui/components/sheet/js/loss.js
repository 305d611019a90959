// The card that takes the loss apart: what each sample adds, where its factors come from, and the two ways back to z.

import { phrase, plain } from "../../number_text.js";
import { h, number, parsedMath, toldNodes } from "./dom.js";
import { Folding } from "./folding.js";

const LAST = new Set(["loss", "loss_term", "probabilities"]);

export class LossCard extends Folding {
  constructor(host) {
    const parts = h("div", {});
    super(host, "The loss, taken apart", "loss-parts", parts);
    this.parts = parts;
  }

  wants({ cell: { block }, model, isSelected }) {
    const { layers } = model.structure;
    return block.layer === layers && (LAST.has(block.tensor) || (isSelected && (block.tensor === "grad_a" || block.tensor === "grad_z")));
  }

  show(answer) {
    if (!answer || this.shown === answer) return;
    this.shown = answer;
    const sums = h("table", { class: "parts" }, h("tbody", {}, ...answer.samples.map(([name, terms, sum]) => h("tr", {},
      h("th", { scope: "row" }, name), h("td", {}, ...toldNodes(terms)), number("td", sum, { class: "sum" })))));
    const factors = h("dl", { class: "factors" }, ...answer.factors.flatMap(([formula, story]) => [h("dt", {}, parsedMath(formula)), h("dd", {}, ...toldNodes(story))]));
    this.parts.replaceChildren(sums, h("p", { class: "total" }, ...toldNodes(answer.total)), factors,
      ...(answer.slope ? [h("p", { class: "sentence" }, ...toldNodes(answer.slope))] : []), ...(answer.ways ? ways(answer.ways) : []));
  }
}

// the Jacobian with ∂L/∂p in front; below it the sums of the columns, and the short way
function ways({ heading, outerName, columns, marked, rows, long, short, over, equal, sentence }) {
  const cells = (pairs, kind) => pairs.map((pair, j) => number("td", pair, { class: `${kind}${j === marked ? " marked" : ""}` }));
  const table = h("table", { class: "ways" },
    h("thead", {}, h("tr", {}, h("td", {}), h("th", { scope: "col" }, outerName), ...columns.map((name) => h("th", { scope: "col" }, `∂/∂${name}`)))),
    h("tbody", {},
      ...rows.map(({ name, outer, cells: own }) => h("tr", {}, h("th", { scope: "row" }, name), number("td", outer, { class: "outer" }), ...cells(own, ""))),
      h("tr", { class: "long" }, h("th", { scope: "row", colspan: "2" }, "long way"), ...cells(long, "")),
      h("tr", { class: "short" }, h("th", { scope: "row", colspan: "2" }, "short way"), ...cells(short.map(({ result }) => result), "")),
    ));
  const rule = over ? `(p − t)${plain(over)}` : "p − t";
  const lines = short.map(({ text, equals, result }, j) => h("li", {}, `${columns[j]}: `, ...toldNodes(over ? phrase`(${text})${over}` : text), ` ${equals} `, number("b", result)));
  const verdict = h("p", { class: "sentence verdict" }, sentence);
  verdict.dataset.equal = String(equal);
  return [h("h3", {}, heading), h("div", { class: "wide" }, table), h("p", { class: "muted" }, `short way: ${rule}`), h("ul", { class: "paths" }, ...lines), verdict];
}
