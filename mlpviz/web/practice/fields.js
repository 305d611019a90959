// The blocks of an exercise as matrices in bands, one band per layer: numbers that are given, and empty fields.

import { betweenNumbers } from "../shared/decimal_sign.js";
import { h, number, setProperties, setText } from "../shared/dom.js";
import { blockTerm } from "../shared/term_help.js";
import { bandSections, keepAligned } from "./bands.js";

const HIDDEN = "·";
const MARKS = { right: "✓", rounded: "✓", carried: "↷", coarse: "≈", wrong: "✗", unreadable: "?" };
const SAID = {
  right: "right",
  rounded: "right, rounded",
  carried: "right method",
  coarse: "rounded too far",
  wrong: "not right",
  unreadable: "no number",
};
const INVALID = new Set(["wrong", "coarse", "unreadable"]);
const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

export class Fields {
  // answer(cell, text), paste(cell, text): what a person does; look(cell): they are at a field; help(block); isSheet:
  // whether blocks of a kind stand below each other, as on the Step through page
  constructor({ answer, paste, look, help }, isSheet = false) {
    this.does = { answer, paste, look, help };
    this.element = h("div", { class: "bands" });
    this.align = isSheet ? keepAligned(this.element) : () => {};
    this.inputs = new Map(); // name of a cell -> its field
    this.blocks = new Map(); // key of a block -> { figure, cells }
    this.signature = "";
  }

  /**
   * @param {import("../shared/protocol.js").ShownSheet} state
   * @param {{ lit: string[], lit_cells: string[] }} [pointed] blocks and cells that light up beside those of the help
   */
  paint(state, pointed = { lit: [], lit_cells: [] }) {
    const signature = `${state.fingerprint} ${state.hidden} ${state.blocks.map(({ key }) => key)}`;
    if (signature !== this.signature) this.#build(state);
    const isNew = signature !== this.signature;
    this.signature = signature;
    for (const block of state.blocks) this.#paintNumbers(block);
    for (const [name, input] of this.inputs) paintField(input, state.answers[name]);
    const lit = new Set([...(state.hint?.lit ?? []), ...pointed.lit]);
    const litCells = new Set(pointed.lit_cells);
    for (const [key, { figure, cells }] of this.blocks) {
      figure.classList.toggle("lit", lit.has(key));
      cells.forEach((row, r) => {
        row.forEach((cell, c) => {
          cell.classList.toggle("lit", litCells.has(`${key} ${r} ${c}`));
        });
      });
      figure.classList.toggle("helped", state.hint?.block === key);
    }
    if (isNew) this.align();
  }

  #build(state) {
    this.inputs.clear();
    this.blocks.clear();
    this.hasHelp = !state.hidden.includes("help");
    this.element.replaceChildren(
      ...bandSections(state.bands, state.blocks, (block) => this.#figure(block)),
    );
    // Enter goes on as the numbers are computed, not as they lie
    const names = state.blocks.flatMap(({ fields }) => fields.flat().filter(Boolean));
    this.inputs = new Map(names.map((name) => [name, this.inputs.get(name)]));
  }

  #figure(block) {
    const { key, tensor, symbol, words, fields, told, numbers, phase } = block;
    const isAsked = fields.some((row) => row.some(Boolean));
    const cells = numbers.map((row, r) =>
      row.map((_, c) => {
        const name = fields[r][c];
        const shown = name && numbers[r][c] ? numbers[r][c][0] : "";
        return h("td", {}, name ? this.#field(name, told[r][c], shown, block, r, c) : HIDDEN);
      }),
    );
    const caption = h(
      "figcaption",
      {},
      blockTerm(tensor, symbol),
      isAsked && this.hasHelp
        ? h(
            "button",
            {
              type: "button",
              class: "help",
              "aria-label": `Help for ${words}`,
              title: `Help for ${words}`,
              onclick: () => this.does.help(key),
            },
            "?",
          )
        : null,
    );
    const rows = cells.map((row) => h("tr", {}, ...row));
    const table = h("table", { "aria-label": words }, h("tbody", {}, ...rows));
    const figure = h("figure", { class: `${phase}${isAsked ? " asked" : ""}` }, caption, table);
    this.blocks.set(key, { figure, cells });
    return figure;
  }

  // shown: what stands in a field from the start, where one number of the sheet was changed
  #field(name, told, shown, block, r, c) {
    const input = h("input", {
      type: "text",
      size: "1", // as wide as it is set, and no wider
      class: shown ? "answer filled" : "answer",
      "data-shown": shown,
      autocomplete: "off",
      spellcheck: "false",
      "aria-label": told,
      "data-cell": name,
      onchange: () => this.#send(name),
      onfocus: ({ target }) => {
        if (shown) target.select();
        this.does.look(name);
      },
      onkeydown: (event) => this.#key(event, name, block, r, c),
      onpaste: (event) => {
        const text = event.clipboardData?.getData("text/plain") ?? "";
        if (!/[\t\n;[\]]|\S\s+\S/.test(text.trim())) return;
        event.preventDefault();
        this.does.paste(name, text);
      },
    });
    this.inputs.set(name, input);
    return h(
      "span",
      { class: "field" },
      input,
      h("span", { class: "mark", "aria-hidden": "true" }),
    );
  }

  #send(name) {
    const input = this.inputs.get(name);
    const typed = typedIn(input);
    if (typed === (input.dataset.sent ?? "")) return;
    input.dataset.sent = typed;
    this.does.answer(name, typed);
  }

  // Enter goes to the next field, with Shift to the one before; arrows to the neighbour, from the end of the text on
  #key(event, name, { fields }, r, c) {
    if (event.key === "Enter") {
      event.preventDefault();
      this.#send(name);
      this.next(name, event.shiftKey ? -1 : 1);
      return;
    }
    const [down, right] = ARROWS[event.key] ?? [];
    if (down === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const { selectionStart, selectionEnd, value } = event.target;
    const isAtEdge = right < 0 ? selectionEnd === 0 : selectionStart === value.length;
    if (right && !(isAtEdge && !event.shiftKey)) return;
    const other = fields[r + down]?.[c + right];
    if (other) event.preventDefault();
    this.inputs.get(other)?.focus();
  }

  // to the next field in the order of computation that is not right yet
  next(name, by) {
    const names = [...this.inputs.keys()];
    const at = names.indexOf(name);
    const onward = names.map(
      (_, step) => names[(at + by * (step + 1) + names.length * (step + 2)) % names.length],
    );
    const isOpen = (one) => !["right", "rounded"].includes(this.inputs.get(one).dataset.state);
    const found = onward.find((one) => one !== name && isOpen(one));
    this.inputs.get(found)?.focus();
  }

  #paintNumbers({ key, numbers, fields }) {
    const { cells } = this.blocks.get(key);
    numbers.forEach((row, r) => {
      row.forEach((found, c) => {
        if (fields[r][c]) return;
        const shown = found ? found.join() : HIDDEN;
        if (cells[r][c].dataset.shown === shown) return;
        cells[r][c].dataset.shown = shown;
        cells[r][c].replaceChildren(found ? number("span", found) : HIDDEN);
      });
    });
  }
}

// what somebody has typed: not what stood there
function typedIn(input) {
  const text = input.value.trim();
  return text === input.dataset.shown ? "" : text;
}

const painted = new WeakMap(); // field -> what it was painted from

function paintField(input, answer) {
  const { text = "", state = "" } = answer ?? {};
  // most answers change one field of many
  const said = `${text} ${state} ${input.value} ${input.dataset.sent}`;
  if (painted.get(input) === said) return;
  // what is being typed stays
  const isTyped = typedIn(input) !== (input.dataset.sent ?? "");
  const value = text || input.dataset.shown;
  if (!(isTyped && input.matches(":focus"))) setProperties(input, { value });
  if (!isTyped) input.dataset.sent = text;
  input.dataset.state = state;
  setProperties(input, { ariaInvalid: INVALID.has(state) ? "true" : "false" });
  setText(input.nextElementSibling, MARKS[state] ?? "");
  setProperties(input, { title: SAID[state] ?? "" });
  // as wide as what is in it, and all of a column alike
  const letters = betweenNumbers(value).length + (input.dataset.shown && !state ? 2 : 4);
  input.style.minWidth = `${Math.min(18, Math.max(input.dataset.shown ? 3 : 6, letters))}ch`;
  painted.set(input, `${text} ${state} ${input.value} ${input.dataset.sent}`);
}
