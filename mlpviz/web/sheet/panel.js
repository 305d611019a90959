// The side panel: what the cell in focus is, its formula with the live numbers, its line of code, and its editor.

import { allDigits } from "../shared/number_text.js";
import { h, math, parsedMath, setProperties, setText } from "../shared/dom.js";
import { filledMath, formulaPart, mathNumber, tellDigits } from "./formula.js";
import { elementOf } from "./cells.js";
import { Cards } from "./cards.js";
import { digitsAt, pairAt, textAt } from "./texts.js";

const MOST_TERMS = 8;

export class Panel {
  constructor(host) {
    this.host = host;
    this.title = h("h2", {});
    this.value = h("p", { class: "value" });
    this.sentence = h("p", { class: "sentence" });
    this.formula = h("div", { class: "formula" });
    this.live = h("div", { class: "formula live" });
    this.details = h("div", { class: "details" });
    this.slider = h("input", {
      type: "range",
      "aria-label": "value",
      oninput: () => this.#slide(),
      onchange: () => host.changes.endGesture(),
    });
    this.number = h("input", {
      type: "text",
      inputmode: "decimal",
      enterkeyhint: "done",
      "aria-label": "exact value",
      class: "exact",
      onfocus: () => {
        this.typed = this.cell;
      },
      onchange: () => host.changes.commitText(this.typed, this.number.value),
      onkeydown: (event) => this.#typing(event),
    });
    // the keyboard of a phone may have no minus sign; the press leaves the focus in the field
    this.sign = h(
      "button",
      {
        type: "button",
        class: "sign",
        "aria-label": "change the sign",
        onmousedown: (event) => event.preventDefault(),
        onclick: () => this.#negate(),
      },
      "±",
    );
    this.pin = h("button", { type: "button", onclick: () => host.changes.togglePin(this.cell) });
    this.editor = h("div", { class: "editor" }, this.slider, this.number, this.sign, this.pin);
    this.cards = new Cards(host);
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
      { class: "panel", "aria-label": "explanation" },
      h(
        "section",
        { class: "card main" },
        h("div", { class: "told" }, this.title, this.value, this.sentence),
        h("div", { class: "shown" }, this.formula, this.live, this.details, this.editor),
      ),
      ...this.cards.elements,
      this.code,
    );
    tellDigits(this.element);
  }

  paint(model, scene, view, cell) {
    if (this.typed && this.number === this.host.activeElement()) cell = this.typed;
    else this.typed = null;
    this.cell = cell;
    this.code.hidden = !cell;
    this.editor.hidden = true;
    const asked = this.host.attention.restingCell();
    this.cards.paint(
      model,
      scene,
      view,
      asked,
      asked !== null &&
        model.reveals[view.granularity][model.at(asked.block, asked.r, asked.c)] <= view.step,
    );
    if (!cell) return this.#welcome();
    const { block, r, c } = cell;
    const at = model.at(block, r, c);
    const known = model.reveals[view.granularity][at] <= view.step;
    const place = [
      block.rowNoun && `${block.rowNoun} ${r + 1}`,
      block.columnNoun && `${block.columnNoun} ${c + 1}`,
    ]
      .filter(Boolean)
      .join(" · ");
    setText(this.title, place ? `${block.title} · ${place}` : block.title);
    setText(this.sentence, block.rule.sentence);
    const pinned =
      block.tensor === "a" &&
      scene.pins.some(([layer, row, column]) => layer === block.layer && row === r && column === c);
    if (pinned)
      setText(
        this.sentence,
        "This activation is pinned: the forward pass uses the pinned value, and no gradient flows through it.",
      );
    if (this.shown !== block.rule) {
      this.shown = block.rule;
      this.formula.replaceChildren(...(block.rule.formula ? [parsedMath(block.rule.formula)] : []));
    }
    const partial = this.host.attention.partial();
    const isPartial = partial?.at === at;
    this.live.replaceChildren(
      ...(known || isPartial
        ? this.#live(model, scene, cell, pinned, isPartial ? partial : null)
        : []),
    );
    this.details.replaceChildren(...(known && !pinned ? this.#details(model, scene, cell) : []));
    const exact = known ? digitsAt(scene, at) : "";
    setText(
      this.value,
      !known && !isPartial
        ? "Not computed yet at this step."
        : exact && exact !== textAt(scene, at)
          ? `exactly ${exact}`
          : "",
    );
    setText(this.numpy, block.rule.numpy && `# NumPy\n${block.rule.numpy}\n`);
    setText(this.torch, block.rule.torch && `# PyTorch\n${block.rule.torch}`);
    this.#paintEditor(scene, block, at, pinned, known);
  }

  #welcome() {
    this.shown = null;
    setText(this.title, "Start here");
    setText(this.value, "");
    setText(
      this.sentence,
      "Press ▶ Play or the → key: the network computes in front of you, forward, loss, backward, update. Hover or select any number to see what it is made of; drag a weight, an input or a target to change it.",
    );
    this.formula.replaceChildren();
    this.live.replaceChildren();
    this.details.replaceChildren();
  }

  // text and all digits of a cell
  #pair(model, scene, cell) {
    return pairAt(scene, model.at(cell.block, cell.r, cell.c));
  }

  #number(model, scene, cell, ...how) {
    return mathNumber(...this.#pair(model, scene, cell), ...how);
  }

  // numbers on screen are rounded: only what is shown whole is said to be equal
  #sign(scene, model, places) {
    const isWhole = ({ block, r, c }) => {
      const at = model.at(block, r, c);
      const [value, text] = [scene.v[at], textAt(scene, at)];
      // a fraction is only written where it is exact
      if (value === null || text.includes("/")) return true;
      return Math.abs(Number(text.replaceAll("−", "-")) - value) <= 1e-12 * Math.abs(value);
    };
    return math("mo", places.every(isWhole) ? "=" : "≈");
  }

  // the formula with the live numbers in the places of its references
  #filled(model, scene, template, refs, cell, k = 0) {
    return filledMath(template, (place) =>
      this.#pair(model, scene, model.resolve(refs[place], cell, k)),
    );
  }

  // the factors that have no cell of their own, such as the slope of the activation: one line each
  #details(model, scene, cell) {
    const lines = [];
    for (const { symbol, template, refs, value, pin, count } of cell.block.rule.details) {
      const shown = Math.min(count, MOST_TERMS);
      for (let k = 0; k < shown; k++) {
        // nothing flows through a pinned activation, whatever its slope
        if (pin && this.host.cells.isPinned(model.resolve(pin, cell, k))) continue;
        const result = model.resolve(value, cell, k);
        lines.push(
          h(
            "div",
            { class: "formula" },
            formulaPart(this.#filled(model, scene, symbol, refs, cell, k)),
            formulaPart(math("mo", "=")),
            this.#filled(model, scene, template, refs, cell, k),
            formulaPart(
              this.#sign(scene, model, [result, ...refs.map((ref) => model.resolve(ref, cell, k))]),
              this.#number(model, scene, result),
            ),
          ),
        );
      }
      if (shown < count)
        lines.push(h("span", { class: "folded" }, `and ${count - shown} more like these`));
    }
    return lines;
  }

  #live(model, scene, cell, pinned, partial) {
    const { rule } = cell.block;
    const result = partial
      ? mathNumber(partial.text, partial.exact, false, "result")
      : this.#number(model, scene, cell, false, "result");
    const equals = this.#sign(scene, model, [cell, ...model.references(cell)]);
    if (pinned || (!rule.count && !rule.template)) return [formulaPart(math("mo", "="), result)];
    if (rule.template) {
      const tree = this.#filled(model, scene, rule.template, rule.refs, cell);
      return [formulaPart(math("mo", "=")), tree, formulaPart(equals, result)];
    }
    const parts = [formulaPart(math("mo", "="))];
    if (rule.divisor) {
      parts.push(
        formulaPart(
          math(
            "mfrac",
            math("mn", "1"),
            this.#number(model, scene, model.resolve(rule.divisor, cell)),
          ),
          math("mo", "·"),
          math("mo", "("),
        ),
      );
    }
    const upTo = partial ? partial.term + 1 : rule.terms;
    const sum = Math.min(rule.count, upTo);
    const shown = sum > MOST_TERMS ? MOST_TERMS - 2 : sum;
    for (let k = 0; k < shown; k++) {
      const term = math("mrow");
      if (k > 0) term.append(math("mo", "+"));
      rule.factors.forEach((factor, i) => {
        if (i > 0) term.append(math("mo", "·"));
        term.append(this.#number(model, scene, model.resolve(factor, cell, k), i > 0 || k > 0));
      });
      parts.push(formulaPart(term));
    }
    if (shown < sum) parts.push(h("span", { class: "folded" }, `+ … ${sum - shown} more`));
    for (const ref of rule.plus.slice(0, Math.max(0, upTo - rule.count))) {
      parts.push(
        formulaPart(math("mo", "+"), this.#number(model, scene, model.resolve(ref, cell), true)),
      );
    }
    if (rule.divisor) parts.push(formulaPart(math("mo", ")")));
    parts.push(formulaPart(equals, result));
    return parts;
  }

  #paintEditor(scene, block, at, pinned, known) {
    const editable = block.editable === true || pinned;
    this.editor.hidden = !editable && block.editable !== "pin";
    this.slider.hidden = this.number.hidden = this.sign.hidden = !editable;
    this.pin.hidden = block.editable !== "pin" || (!pinned && !known);
    setText(this.pin, pinned ? "Unpin" : "Pin to this value");
    if (!editable || this.host.changes.sliding === this.slider) return;
    const value = scene.v[at] ?? 0;
    // the reach doubles as values grow, so that the thumb never sticks to an end
    const reach = 2 ** Math.ceil(Math.log2(Math.max(4, Math.abs(value) * 1.5)));
    const whole = this.host.cells.isClassNumber(block);
    const within = (end) => this.host.cells.within(this.cell, end);
    setProperties(this.slider, {
      min: within(-reach),
      max: within(reach),
      step: whole || reach >= 64 ? 1 : within(reach) / 400,
      value,
    });
    if (this.number !== this.host.activeElement())
      setProperties(this.number, { value: allDigits(value) });
  }

  // Escape takes back what is typed; under the sheet both keys go back to the cell, and the keyboard of a phone folds
  #typing(event) {
    if (event.key !== "Escape" && !(event.key === "Enter" && this.host.dock.isDocked)) return;
    if (event.key === "Escape") this.number.value = String(this.host.cells.valueOf(this.typed));
    event.preventDefault();
    event.stopPropagation();
    elementOf(this.typed).focus({ preventScroll: true });
  }

  #negate() {
    const text = this.number.value;
    if (this.number === this.host.activeElement())
      this.number.value = /^[-−]/.test(text) ? text.slice(1) : `-${text}`;
    else
      this.host.changes.set(
        this.cell,
        this.host.cells.within(this.cell, -this.host.cells.valueOf(this.cell)),
      );
  }

  #slide() {
    this.host.changes.drag(this.cell, Number(this.slider.value), this.slider);
  }
}
