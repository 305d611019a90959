// The card that says why a gradient is what it is: a verdict and the paths that carry it.

import { h, number, toldNodes } from "../shared/dom.js";
import { phrase } from "../shared/number_text.js";
import { setExplained } from "../shared/term_help.js";

export class GradientVerdict {
  constructor() {
    this.verdict = h("p", { class: "sentence verdict" });
    this.paths = h("ol", { class: "paths" });
    this.rest = h("p", { class: "muted" });
    this.uses = h("p", { class: "sentence uses" });
    this.element = h(
      "section",
      { class: "card why" },
      h("h2", {}, "Why?"),
      this.verdict,
      this.paths,
      this.rest,
      this.uses,
    );
  }

  wants({ cell, isSelected }) {
    return isSelected && cell.block.tensor.startsWith("grad_");
  }

  show(answer) {
    if (!answer || this.shown === answer) return;
    this.shown = answer;
    this.element.dataset.cause = answer.cause;
    setExplained(this.verdict, answer.verdict);
    setExplained(this.uses, answer.uses);
    this.paths.replaceChildren(
      ...answer.paths.map(({ product, equals, route, factors }) =>
        h(
          "li",
          {},
          number("b", product),
          ` ${equals} `,
          ...factors.flatMap(([text, exact, meaning, word], i) => [
            i ? " · " : "",
            h(
              "span",
              { class: "factor", title: exact ? `${meaning}: ${exact}` : meaning },
              i && text.startsWith("−") ? `(${text})` : text,
              h("small", {}, word),
            ),
          ]),
          h("span", { class: "route" }, route),
        ),
      ),
    );
    this.rest.replaceChildren(
      ...(answer.paths.length
        ? [
            ...toldNodes(answer.rest && phrase`${answer.rest}; `),
            "together ",
            number("span", answer.sum, { class: "sum" }),
          ]
        : []),
    );
  }

  // the weights on the strongest path, as numbers of cells
  path(model) {
    const edges = this.shown?.paths[0]?.edges ?? [];
    return edges
      .map(([layer, r, c]) => model.cell(`weight.${layer}`, r, c))
      .filter(Boolean)
      .map(({ block, r, c }) => model.at(block, r, c));
  }
}
