// The blocks of a sheet as matrices in bands, one band per layer: numbers that are given, and empty fields.

import { betweenNumbers } from "../shared/decimal_sign.js";
import { h, number } from "../shared/dom.js";
import { blockTerm } from "../shared/term_help.js";
import { AnswerInputs } from "./answer_inputs.js";
import { bandSections } from "./bands.js";

const HIDDEN = "·";

export class Fields {
  // answer(cell, text), paste(cell, text): what a person does; look(cell): they are at a field; help(block)
  constructor({ answer, paste, look, help }) {
    this.help = help;
    this.element = h("div", { class: "bands" });
    const walk = (name, down, right) => this.#walk(name, down, right);
    this.inputs = new AnswerInputs({ answer, paste, look, walk, fit });
    this.places = new Map(); // name of a cell -> [the rows of names of its block, row, column]
    this.blocks = new Map(); // key of a block -> { figure, cells }
    this.signature = "";
  }

  /**
   * @param {import("../shared/protocol.js").ShownSheet} state
   * @param {{ lit: string[], lit_cells: string[] }} pointed blocks and cells that light up beside those of the help
   */
  paint(state, pointed) {
    const signature = `${state.fingerprint} ${state.hidden} ${state.blocks.map(({ key }) => key)}`;
    if (signature !== this.signature) this.#build(state);
    this.signature = signature;
    for (const block of state.blocks) this.#paintNumbers(block);
    this.inputs.paint(state.answers);
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
  }

  #build(state) {
    this.inputs.clear();
    this.places.clear();
    this.blocks.clear();
    this.hasHelp = !state.hidden.includes("help");
    this.element.replaceChildren(
      ...bandSections(state.bands, state.blocks, (block) => this.#figure(block)),
    );
    this.inputs.order(state.blocks.flatMap(({ fields }) => fields.flat().filter(Boolean)));
  }

  #figure(block) {
    const { key, tensor, symbol, words, fields, told, numbers, phase } = block;
    const isAsked = fields.some((row) => row.some(Boolean));
    const cells = numbers.map((row, r) =>
      row.map((_, c) => {
        const name = fields[r][c];
        if (name) this.places.set(name, [fields, r, c]);
        return h("td", {}, name ? this.inputs.make(name, told[r][c]) : HIDDEN);
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
              onclick: () => this.help(key),
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

  #walk(name, down, right) {
    const [fields, r, c] = this.places.get(name);
    const other = this.inputs.get(fields[r + down]?.[c + right]);
    other?.focus();
    return Boolean(other);
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

// as wide as what is in it, and all of a column alike
function fit(input, text) {
  const letters = betweenNumbers(text).length + 4;
  input.style.minWidth = `${Math.min(18, Math.max(6, letters))}ch`;
}
