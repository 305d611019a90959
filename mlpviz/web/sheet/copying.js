// What the reader takes along: a number, its block or all blocks of its layer, with all digits, as on the sheet.

import { closeMenu, closeOnEscape, h } from "../shared/dom.js";
import { MATRIX_FORMATS } from "../shared/matrix_formats.js";
import { numberAt, textAt } from "./scene_numbers.js";

const EXTENTS = ["number", "block", "layer"];
const [SPREADSHEET] = MATRIX_FORMATS;

export class Copying {
  // cell(): the one that the sheet is about; notify(sentence, isError)
  constructor(store, { cell, notify }) {
    this.store = store;
    this.cell = cell;
    this.notify = notify;
    this.extent = null; // of the last copy, and where: pressed again there, the next larger one
    this.menu = this.#build();
  }

  #build() {
    const item = (format, extent) =>
      h(
        "button",
        {
          type: "button",
          "data-control": `copy.${extent}.${format.key}`,
          onclick: () => this.#take(format, extent),
        },
        format.label,
      );
    const group = (extent, title) =>
      h(
        "div",
        { class: "copy-group", role: "group", "aria-label": title },
        h("b", {}, title),
        ...MATRIX_FORMATS.map((format) => item(format, extent)),
      );
    const menu = h(
      "details",
      { class: "menu copy-menu" },
      h(
        "summary",
        {
          title: "numbers for other programs; Ctrl+C copies for a spreadsheet",
          "aria-label": "Copy as",
        },
        "Copy",
        h("span", { class: "wide" }, " as"),
      ),
      h("div", {}, group("block", "This block"), group("layer", "This layer")),
    );
    return closeOnEscape(menu);
  }

  // Ctrl+C: the number, once more its block, once more its layer; a text that the reader marked goes as always
  copy(event) {
    const { target } = event;
    const cell = this.cell();
    const path = event.composedPath();
    const isMarked = path.some((node) => node.getSelection?.()?.toString());
    if (!cell || isMarked || path[0].matches?.("input, textarea, select") || !target) return;
    const place = [cell.block.key, cell.r, cell.c].join(" ");
    const at = this.extent?.place === place ? EXTENTS.indexOf(this.extent.name) + 1 : 0;
    const name = EXTENTS[Math.min(at, EXTENTS.length - 1)];
    const found = this.#text(cell, SPREADSHEET, name);
    if (found.problem) return this.notify(found.problem, true);
    event.preventDefault();
    event.clipboardData.setData("text/plain", found.text);
    this.extent = { place, name };
    const more = name === "layer" ? "" : ` Once more copies its ${EXTENTS[at + 1]}.`;
    this.notify(`Copied for a spreadsheet: ${found.what}.${more}`);
  }

  async #take(format, extent) {
    closeMenu(this.menu);
    const cell = this.cell();
    if (!cell) return this.notify("Select a number first: its block or its layer is copied.", true);
    const found = this.#text(cell, format, extent);
    if (found.problem) return this.notify(found.problem, true);
    try {
      await navigator.clipboard.writeText(found.text);
      return this.notify(`Copied for ${format.label}: ${found.what}.`);
    } catch {
      return this.notify(
        "The browser keeps the clipboard closed here: press Ctrl+C on the number instead.",
        true,
      );
    }
  }

  // { text, what } or { problem }
  #text(cell, format, extent) {
    const { model } = this.store;
    const { block, r, c } = cell;
    if (extent === "number") {
      const rows = this.#rows(block, [r], [c]);
      return rows
        ? { text: format.write(rows), what: `one number of ${block.title}` }
        : notYet(block);
    }
    if (extent === "block") {
      const rows = this.#rows(block);
      const what = `${block.title}, ${block.rows} × ${block.columns}`;
      return rows ? { text: format.write(rows), what } : notYet(block);
    }
    const parts = model.blocks
      .filter(({ layer }) => layer === block.layer)
      .map((one) => [one, this.#rows(one)])
      .filter(([, rows]) => rows)
      .map(([one, rows]) => format.named(`${one.tensor}_${one.layer}`, format.write(rows)));
    if (!parts.length) return notYet(block);
    return { text: parts.join("\n"), what: `${parts.length} blocks of layer ${block.layer}` };
  }

  // the numbers as they stand on screen, or null where one of them is not computed yet
  #rows(block, rows = range(block.rows), columns = range(block.columns)) {
    const { model, scene, view } = this.store;
    const known = (r, c) => model.isKnown(model.at(block, r, c), view);
    if (!rows.every((r) => columns.every((c) => known(r, c)))) return null;
    const numbers = rows.map((r) => columns.map((c) => valueAt(scene, model.at(block, r, c))));
    // a part of a large block that is on its way is not here either
    return numbers.flat().includes(undefined) ? null : numbers;
  }
}

function range(count) {
  return Array.from({ length: count }, (_, i) => i);
}

// what is not finite comes as a text alone
function valueAt(scene, at) {
  const number = numberAt(scene, at);
  if (number !== null) return number;
  const text = textAt(scene, at);
  return text.includes("∞") ? (/^[−-]/.test(text) ? -Infinity : Infinity) : Number.NaN;
}

function notYet({ title }) {
  return { problem: `Not copied: ${title} is not computed yet at this step.` };
}
