// The side panel: what the cell in focus is, its formula with the live numbers, its line of code, and its editor.

import { h, parsedMath, setProperties, setText, setTold } from "../shared/dom.js";
import { phrase } from "../shared/number_text.js";
import { withTerms } from "../shared/term_help.js";
import { CellEditor } from "./cell_editor.js";
import { MOVABLE } from "./cells.js";
import { CellFormula, tellDigits } from "./formula.js";
import { digitsAt, textAt } from "./scene_numbers.js";

const PINNED_CODE = "a[sample, unit] = value  # pinned: whatever the activation gives";
const PINNED =
  "This activation is pinned: the forward pass uses the pinned value, and no gradient flows through it.";

// what is told where nobody computes: all of it
const ALONE = {
  withholds: (_cell) => false, // whether nothing is told of a cell but its name
  blank: (_cell) => "Not computed yet at this step.", // of one that is not known
  remark: (_cell) => "",
};

export class Panel {
  // cards: elements that belong to the cell; lastEdit and program: those that belong to the network; welcome: what
  // stands here while there is no cell; practise(): to the Practise page with the block of the cell; learner: where
  // somebody computes, see ALONE
  constructor(cells, how) {
    const { cards, lastEdit, program, goesBackOnEnter, welcome, practise, learner = ALONE } = how;
    this.cells = cells;
    this.welcome = welcome;
    this.learner = learner;
    this.canPractise = Boolean(practise);
    this.title = h("h2", {});
    this.value = h("p", { class: "value" });
    this.change = h("p", { class: "value change" });
    this.sentence = h("p", { class: "sentence" });
    this.formula = h("div", { class: "formula" });
    this.live = h("div", { class: "formula live" });
    this.details = h("div", { class: "details" });
    this.editor = new CellEditor(cells, { goesBackOnEnter });
    this.hint = h("p", { class: "hint" });
    this.practise = h(
      "button",
      {
        type: "button",
        class: "practise",
        hidden: true,
        title: "its cells become empty fields, and what you type is checked (Q)",
        onclick: practise,
      },
      "Compute this block yourself",
    );
    this.numpy = h("code");
    this.torch = h("code");
    this.code = h(
      "section",
      { class: "card" },
      h("h2", {}, "The same line in code"),
      h("pre", {}, this.numpy, this.torch),
    );
    this.element = h(
      "aside",
      { class: "panel", tabindex: "-1", "aria-label": "explanation" },
      // first, so that it stays where it is whatever is explained
      program,
      h(
        "section",
        { class: "card main" },
        h("div", { class: "told" }, this.title, this.value, this.change, this.sentence),
        welcome.element,
        h(
          "div",
          { class: "shown" },
          this.formula,
          this.live,
          this.details,
          this.editor.element,
          this.hint,
          this.practise,
        ),
      ),
      ...cards,
      lastEdit,
      this.code,
    );
    tellDigits(this.element);
  }

  // partial: the sum that grows at the step; change: what the last edit did to a cell
  // isPeek: the pointer is on it, while the other cards are about another one
  paint(model, scene, view, focused, { partial, changeOf, isPeek }) {
    const held = this.editor.held(model);
    const cell = held ?? focused;
    this.element.classList.toggle("peek", isPeek && !held);
    const isWithheld = Boolean(cell) && this.learner.withholds(cell);
    this.code.hidden = !cell || isWithheld;
    this.welcome.paint(!cell, scene.story);
    if (!cell) return this.#welcome();
    const { block, r, c } = cell;
    const { rule } = block;
    const at = model.at(block, r, c);
    const isKnown = model.isKnown(at, view);
    const isPinned = this.cells.isPinned(cell);
    const grows = partial?.at === at ? partial : null;
    setText(this.title, titleOf(cell));
    this.#say(isWithheld ? "" : isPinned ? PINNED : rule.sentence);
    // a pinned number is given: the formula of the activation would give another one
    const shown = isPinned || isWithheld ? null : rule;
    const isTold = isKnown && !isWithheld && model.isWhollyKnown(cell, view);
    if (this.shown !== shown) {
      this.shown = shown;
      this.formula.replaceChildren(...(shown?.formula ? [parsedMath(shown.formula)] : []));
    }
    const formula = new CellFormula(model, scene, (other) => this.cells.isPinned(other));
    this.live.replaceChildren(...(isTold || grows ? formula.live(cell, isPinned, grows) : []));
    this.details.replaceChildren(...(isTold && !isPinned ? formula.details(cell) : []));
    const exact = isKnown ? digitsAt(scene, at) : "";
    const whole = exact && exact !== textAt(scene, at) ? `All digits: ${exact}` : "";
    setText(this.value, isKnown || grows ? whole : this.learner.blank(cell));
    const [numpy, torch] = isPinned ? [PINNED_CODE, ""] : [rule.numpy, rule.torch];
    setText(this.numpy, numpy && `# NumPy\n${numpy}\n`);
    setText(this.torch, torch && `# PyTorch\n${torch}`);
    // what is edited is what is selected
    if (isPeek && !held) this.editor.hide(null);
    else this.editor.paint(cell, isKnown);
    setText(this.hint, this.learner.remark(cell) || hintFor(cell, isKnown, this.cells));
    setProperties(this.practise, { hidden: !this.canPractise || !partOf(cell) });
    return this.#tellChange(cell, model, view, changeOf);
  }

  // its first words of each kind have help
  #say(sentence) {
    if (this.said === sentence) return;
    this.said = sentence;
    this.sentence.replaceChildren(...withTerms([sentence]));
  }

  #tellChange(cell, model, view, changeOf) {
    const isKnown = cell && model.isKnown(model.at(cell.block, cell.r, cell.c), view);
    const change = isKnown ? changeOf(cell) : "";
    setProperties(this.change, { hidden: !change });
    setTold(this.change, change && phrase`Last edit: ${change}`);
  }

  #welcome() {
    this.shown = null;
    setText(this.title, "Start here");
    setText(this.value, "");
    this.#say("");
    setText(this.hint, "");
    setProperties(this.practise, { hidden: true });
    setProperties(this.change, { hidden: true });
    this.editor.hide(null);
    for (const part of [this.formula, this.live, this.details]) part.replaceChildren();
  }
}

// the block of a cell as the Practise page calls it, empty for what is given and not computed
export function partOf(cell) {
  return cell && cell.block.phase !== "given" ? cell.block.key : "";
}

// what can be done with this number, where it can be done
function hintFor(cell, isKnown, cells) {
  const { block } = cell;
  if (block.editable === "toggle") return "Click it, or press Enter, to switch it.";
  if (block.editable === "pin" && !cells.isPinned(cell))
    return isKnown ? "Pinning holds it at this value, to see what would follow." : "";
  if (!cells.isEditable(cell)) return "";
  const paste = "Paste a whole matrix with Ctrl+V.";
  const second = "Ctrl and a click on a second number shows the loss over both.";
  const more = MOVABLE.has(block.tensor) ? ` ${second}` : "";
  return `Drag it sideways, or type over it. ${block.editable === true ? paste : ""}${more}`;
}

export function titleOf({ block: { title, rowNoun, columnNoun }, r, c }) {
  const places = [rowNoun && `${rowNoun} ${r + 1}`, columnNoun && `${columnNoun} ${c + 1}`];
  return [title, ...places].filter(Boolean).join(" · ");
}
