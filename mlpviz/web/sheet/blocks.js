// The blocks of numbers: real tables, built once per architecture, repainted cell by cell.

import { inReadersSign } from "../shared/decimal_sign.js";
import { h, setProperties, setTold } from "../shared/dom.js";
import { inRoom, phrase, withDigits } from "../shared/number_text.js";
import { blockTerm } from "../shared/term_help.js";
import { buildHeatmap, paintHeatmap } from "./heat_map.js";
import { numberAt, pairAt, textAt } from "./scene_numbers.js";

export function buildBlock(block) {
  const figure = h("figure", { class: `block ${block.phase}`, "data-block": block.key });
  block.figure = figure;
  block.isBegun = null;
  block.norm = h("p", { class: "norm", hidden: true });
  block.fits ??= Infinity;
  block.legible ??= Infinity;
  block.stop = 0;
  if (block.heat) {
    figure.append(buildHeatmap(block), block.norm);
    return figure;
  }
  // a grid with one stop of the Tab key (grid.js); the roles of its parts say again what CSS takes away: rows that lay
  // out as flex are no table rows for every browser
  const head = h("tr", { role: "row" }, h("td", { role: "gridcell" }));
  for (let c = 0; c < block.columns; c++)
    head.append(
      h(
        "th",
        { role: "columnheader", scope: "col" },
        block.columnNoun ? `${block.columnNoun} ${c + 1}` : block.symbol,
      ),
    );
  const body = h("tbody", { role: "rowgroup" });
  block.elements = [];
  for (let r = 0; r < block.rows; r++) {
    const row = h(
      "tr",
      { role: "row" },
      h("th", { role: "rowheader", scope: "row" }, `${block.rowNoun} ${r + 1}`.trim()),
    );
    for (let c = 0; c < block.columns; c++) {
      const cell = h("td", { role: "gridcell", tabindex: "-1", "data-r": r, "data-c": c });
      block.elements.push(cell);
      row.append(cell);
    }
    body.append(row);
  }
  block.elements[0].tabIndex = 0;
  block.texts = block.elements.map((cell) => cell.appendChild(document.createTextNode("")));
  block.names = block.elements.map(() => "");
  figure.append(
    h(
      "table",
      {
        role: "grid",
        "aria-label": block.title,
        "aria-readonly": block.editable ? null : "true",
      },
      h(
        "caption",
        {},
        blockTerm(block.tensor, block.symbol),
        block.frozen ? frozenMark() : null,
        h("span", { class: "of" }, block.caption.slice(block.symbol.length)),
      ),
      h("thead", { role: "rowgroup" }, head),
      body,
    ),
    block.norm,
  );
  return figure;
}

function frozenMark() {
  const said = "frozen: no update changes it";
  return h("span", { class: "frozen", role: "img", "aria-label": said, title: said }, " ❄");
}

const LONGEST = 24; // characters: as many classes there are

// a class for a text that has no room in its cell: its type gets smaller, so that nothing moves (layout.js)
export function sizeOf(text, { fits }) {
  return text.length > fits ? ` long n${Math.min(LONGEST, text.length)}` : "";
}

// how large the block is as a whole, as soon as all of it is known
function paintNorm(model, block, scene, view) {
  const norm = scene.norms?.[block.key];
  setProperties(block.norm, { hidden: !norm });
  if (!norm) return;
  const isKnown = model.isKnown(model.at(block, block.rows - 1, block.columns - 1), view);
  setTold(block.norm, isKnown ? phrase`‖${block.symbol.replace("h = φ", "h")}‖ ${norm}` : "·");
}

// what lets a number through or not: the slope for what the activation reads, the mask for what dropout reads
function gateOf(model, { tensor, layer }) {
  if (tensor === "h" || tensor === "mask") return model.byKey.get(`mask.${layer}`);
  return tensor === model.structure.bands[layer].activationInput
    ? model.byKey.get(`slope.${layer}`)
    : null;
}

// `marks`: Map of cell number -> class; `partial`: the growing sum at a product step; `differs`: Set of cell numbers;
// `changed`: Map of cell number -> what the last edit did to it
export function paintBlocks(model, scene, view, marks, partial, differs, changed) {
  const isKnown = model.known(view);
  const pinned = new Set(
    scene.pins.map(([layer, r, c]) => model.at(model.byKey.get(`a.${layer}`), r, c)),
  );
  const sizes = model.largestOfAll(scene, Boolean(view.sizes));
  for (const block of model.blocks) {
    paintNorm(model, block, scene, view);
    // a phone has no room for what is still empty: what belongs together stays together in sight
    const isBegun = model.isBegun(block, view) || partial?.at === block.offset;
    if (block.isBegun !== isBegun) {
      block.isBegun = isBegun;
      block.figure.classList.toggle("not-begun", !isBegun);
    }
    if (block.heat) {
      paintHeatmap(model, block, scene, view, marks, changed, sizes.get(block));
      continue;
    }
    const largest = sizes.get(block);
    const gate = gateOf(model, block);
    const chosen = block.columnNoun === "sample" && block.columns > 1 ? view.sample - 1 : -1;
    for (let i = 0; i < block.elements.length; i++) {
      const at = block.offset + i;
      const isPartial = partial?.at === at;
      const known = isPartial || isKnown(at);
      const value = numberAt(scene, at);
      const whole = isPartial ? partial.text : textAt(scene, at);
      const short = isPartial ? whole : inRoom(value, whole, block.legible, scene.style);
      const isField = block.fields?.has(i);
      const text = isField ? "" : known ? inReadersSign(short) : "·";
      const node = block.texts[i];
      if (node.data !== text) node.data = text;
      let name = known
        ? value === null
          ? "broken"
          : value < 0
            ? "negative"
            : value > 0
              ? "positive"
              : "zero"
        : "blank";
      // ten tints as classes: the browser shares the style of equal classes, not that of equal inline styles
      if (known && value) name += ` t${Math.ceil((Math.abs(value) / largest) * 10)}`;
      if (isPartial) name += " partial";
      if (block.editable === true) name += " editable";
      if (known && gate && isKnown(gate.offset + i) && numberAt(scene, gate.offset + i) === 0)
        name += " closed";
      if (isField) name += " asked";
      if (pinned.has(at)) name += " pinned";
      if (i % block.columns === chosen) name += " chosen";
      if (known && differs?.has(at)) name += " differs";
      if (known && changed?.has(at)) name += " changed";
      name += sizeOf(text, block);
      const mark = marks.get(at);
      if (mark) name += ` ${mark}`;
      if (block.names[i] !== name) {
        block.names[i] = name;
        block.elements[i].className = name;
      }
    }
  }
}

// on hover the whole number, where the cell shows less of it, and what the last edit did to it
export function describe({ block, r, c }, model, scene, view, change) {
  const at = model.at(block, r, c);
  const known = model.isKnown(at, view);
  const [text, exact] = pairAt(scene, at);
  const element = block.heat ? block.canvas : block.elements[r * block.columns + c];
  const whole =
    block.heat || inReadersSign(text) !== element.textContent
      ? exact || text
      : exact === text
        ? ""
        : exact;
  const title = known ? [whole, withDigits(change ?? "")].filter(Boolean).join("\n") : "";
  element.title = inReadersSign(title);
}
