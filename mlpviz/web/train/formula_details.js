// A formula that unfolds under what was chosen: a sentence, its lines as mathematics, and the same in code.

import { h, parsedMath, setText } from "../shared/dom.js";

// `update(item)` shows { text, sentence, formulas, code: [[library, lines]] }; what is open stays open
export function formulaDetails() {
  const title = h("summary", {});
  const inside = h("div", {});
  const element = h("details", { class: "formula-of" }, title, inside);
  let shown = "";
  const update = (item) => {
    setText(title, item.text);
    const now = JSON.stringify(item);
    if (now === shown) return;
    shown = now;
    const { sentence, formulas, code } = item;
    inside.replaceChildren(
      h("p", { class: "note" }, sentence),
      ...formulas.map((formula) => h("div", { class: "line" }, parsedMath(formula))),
      h("pre", {}, ...code.map(([library, lines]) => h("code", {}, `# ${library}\n${lines}\n`))),
    );
  };
  return { element, update };
}
