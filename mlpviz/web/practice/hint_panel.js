// The help for a block of a sheet, in its stages: its formula, the numbers that belong into it, and its first product.

import { h, parsedMath, setProperties, toldNodes } from "../shared/dom.js";

const STAGES = ["Help", "Which numbers?", "The first product"];

export class HintPanel {
  // send(event): "hint" for the next stage of a block, "close"
  constructor(send) {
    this.send = send;
    this.element = h("section", { class: "hint", "aria-label": "Help", hidden: true });
  }

  /**
   * @param {import("../shared/protocol.js").Hint | null} hint
   * @param {Record<string, string>} words the names of blocks by their keys
   */
  paint(hint, words) {
    setProperties(this.element, { hidden: !hint });
    if (!hint) return this.element.replaceChildren();
    const button = (label, onclick) => h("button", { type: "button", onclick }, label);
    const formulas = hint.formulas.map((source) =>
      h("div", { class: "formula" }, parsedMath(source)),
    );
    const lit = hint.lit.map((key) => words[key]).filter(Boolean);
    const more = STAGES[hint.stage];
    const parts = [
      h("h3", {}, `Help for ${words[hint.block] ?? ""}`),
      ...formulas,
      h("p", {}, ...toldNodes(hint.said)),
      lit.length ? h("p", {}, `The numbers that are lit belong into it: ${lit.join(", ")}.`) : null,
      hint.product ? h("p", { class: "product" }, ...toldNodes(hint.product)) : null,
      more ? button(more, () => this.send({ type: "hint", block: hint.block })) : null,
      button("Close the help", () => this.send({ type: "close" })),
    ];
    return this.element.replaceChildren(...parts.filter(Boolean));
  }
}
