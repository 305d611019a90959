// One network as a sheet: its bands of numbers and its drawing, for one scene. Knows nothing of steps under way, of
// panels or of edits; two of these beside each other are compared.

import { activeIn, h, setOptions, setProperties, setTold, svg } from "../shared/dom.js";
import { markCase } from "../shared/sentence_case.js";
import { term } from "../shared/term_help.js";
import { goOn, pickUp } from "../shared/text_field.js";
import { buildBands } from "./bands.js";
import { paintBlocks } from "./blocks.js";
import { Bulk } from "./bulk.js";
import { elementOf } from "./cells.js";
import { buildDrawing, describeDrawn, paintDrawing } from "./drawing.js";
import { stopAt } from "./grid.js";
import { Layout } from "./layout.js";
import { Model } from "./model.js";

export class NetworkView {
  // title: its heading, for those who do not see where it lies; `controls`: what stands above the drawing, `corner`:
  // above the labels, both from a model; `send` takes the edits of the bands' menus
  // suffix: of the names of its layers, beside another network; dress(model): puts more into the cells that were built;
  // hasHeight(px): whether the window shows that much of a sheet; isOnPaper(): it is being printed, as it is
  /**
   * @param {{ title: string, controls: Function, corner?: Function, send?: Function, onResize: Function,
   *   hasHeight: Function, isOnPaper: () => boolean, suffix?: string, dress?: (model: Model) => void }} how
   */
  constructor({ title, controls, corner, send, onResize, hasHeight, isOnPaper, suffix, dress }) {
    this.suffix = suffix ?? "";
    this.dress = dress;
    this.corner = corner;
    this.controls = controls;
    this.send = send;
    this.hasHeight = hasHeight;
    this.isOnPaper = isOnPaper;
    this.drawingLayer = svg("svg", { class: "drawing", "aria-hidden": "true" });
    this.drawingLayer.addEventListener(
      "pointerover",
      ({ target }) =>
        this.drawing && describeDrawn(this.drawing, target, this.model, this.scene, this.view),
    );
    this.sheet = h("div", { class: "sheet" });
    this.letters = h("span", { class: "spacing-probe", "aria-hidden": "true" }, "0000000000");
    this.element = h(
      "div",
      { class: "sheet-scroll" },
      h("h2", { class: "visually-hidden" }, title),
      this.letters,
      this.sheet,
    );
    // the drawing stays in sight beside the labels while a wide sheet scrolls
    this.element.addEventListener(
      "scroll",
      () => {
        this.drawingLayer.style.translate = `${this.element.scrollLeft}px`;
        this.sheet.classList.toggle("scrolled", this.element.scrollLeft > 0);
      },
      { passive: true },
    );
    this.headings = HEADINGS;
    this.bulk = new Bulk();
    this.layout = new Layout(this.element, this.sheet, {
      fold: (columns) => this.#fold(columns),
      hasHeight,
    });
    // a reader may set letters farther apart, at any time
    this.spacing = new ResizeObserver(() => {
      if (!this.layout.space(this.letters) || !this.model) return;
      this.isFitted = false;
      onResize();
    });
    this.spacing.observe(this.letters);
    this.observer = new ResizeObserver(() => {
      // the one of two networks that is not shown has no size
      if (!this.model || !this.element.clientWidth || isOnPaper()) return;
      if (this.#size() === this.drawnAt) return; // it tells the first size, too
      if (this.layout.hasResized()) this.#unfold();
      this.drawing = null;
      onResize();
    });
    this.observer.observe(this.sheet);
    this.observer.observe(this.element);
  }

  // the scene to show from now on; true if the network has another structure than before
  take(structure, scene, arrays) {
    const isNew = this.model?.structure.id !== structure.id;
    this.scene = scene;
    scene.v = arrays[scene.v.array];
    const before = this.model && architectureOf(this.model);
    if (isNew) this.model = new Model(structure, scene.hidden, scene.bulk);
    scene.bulk = this.bulk.take(this.model, scene.bulk, arrays);
    if (scene.unseen) this.model.hide(arrays[scene.unseen.array]);
    if (isNew) {
      // the same blocks, such as with another activation, stay where they are
      if (before === architectureOf(this.model)) this.#keep();
      else this.#unfold();
    }
    return isNew;
  }

  // an edit that was refused must not stay in its menu
  restoreMenus() {
    const { structure } = this.model;
    for (const band of this.bands) {
      const select = band.querySelector("select");
      const of = select?.dataset.of;
      if (of === "loss") setOptions(select, structure.losses, this.scene.loss);
      else if (select) setProperties(select, { value: structure.bands[Number(of)].activation });
    }
  }

  // every block as Python gave it, in the roomiest layout
  #unfold() {
    for (const block of this.model.blocks) block.heat = block.isGivenAsHeat ??= block.heat;
    this.layout.restart(); // it asks for a width, which is soonest told before hundreds of new elements are there
    this.#build();
    this.isFitted = false;
  }

  #keep() {
    for (const block of this.model.blocks) {
      block.isGivenAsHeat = block.heat;
      block.heat ||= !block.hasFields && block.columns >= this.layout.columns;
    }
    this.#build();
    this.isKept = true;
  }

  // blocks of so many columns and more become heat maps
  #fold(columns) {
    for (const block of this.model.blocks)
      block.heat ||= !block.hasFields && block.columns >= columns;
    this.#build();
    paintBlocks(this.model, this.scene, this.view, new Map());
  }

  #build() {
    const headings = this.model.structure.columns.map(([key, label]) =>
      h("div", { class: `heading ${key}` }, heading(key, label)),
    );
    // an edit of a hyperparameter builds the bands anew: the menu stays open and the focus where it was
    const inFocus = activeIn(this.sheet);
    const active = this.sheet.contains(inFocus) ? inFocus : null;
    const focused = active?.dataset.control;
    const number = active?.closest("[data-block]")?.dataset.block;
    const { r = 0, c = 0 } = active?.dataset ?? {};
    const typing = active?.matches("input.typing") ? active : null;
    if (typing) {
      typing.dataset.moving = "true";
      typing.remove();
    }
    const left = focused ? pickUp(active) : null;
    const open = this.sheet.querySelector("details[open]")?.dataset.menu;
    this.bands = buildBands(this.model, this.scene, this.send, this.suffix);
    this.dress?.(this.model);
    this.sheet.replaceChildren(
      this.drawingLayer,
      h(
        "div",
        { class: "headings" },
        h("div", { class: "side" }, this.corner?.(this.model)),
        this.controls(this.model),
        ...headings,
      ),
      ...this.bands,
    );
    const menu = open && focused && this.sheet.querySelector(`[data-menu="${open}"]`);
    if (menu) menu.open = true;
    const control = focused && this.sheet.querySelector(`[data-control="${focused}"]`);
    control?.focus();
    if (control && left) goOn(control, left);
    // a number that had the focus has it again, as a cell or in its heat map; after the paint, because a focus
    // selects
    const cell = number && this.model.cell(number, Number(r), Number(c));
    if (cell && typing) moveInto(cell, typing);
    else if (cell) {
      stopAt(cell);
      queueMicrotask(() => elementOf(cell).focus({ preventScroll: true }));
    }
    this.drawing = null;
  }

  // `marks`: Map of cell number -> class; `partial`: the growing sum at a product step; `differs`: Set of cell
  // numbers; `changed`: Map of cell number -> what the last edit did to it
  paint(view, marks, partial, differs, changed) {
    const { model, scene } = this;
    this.view = view;
    this.#paintPenalty(scene, view);
    const look = lookOf(scene, view);
    if (look !== this.look) this.isFitted = false;
    this.look = look;
    this.layout.isPresented = Boolean(view.present);
    paintBlocks(model, scene, view, marks, partial, differs, changed);
    if (!this.isFitted || this.isKept) {
      if (this.isFitted) this.layout.reapply(model.blocks);
      else this.layout.fit(model.blocks, lengthOf(view.numbers || scene.number_style));
      this.drawing = null;
      paintBlocks(model, scene, view, marks, partial, differs, changed);
    }
    this.isFitted = true;
    this.isKept = false;
    if (!this.drawing) this.#draw();
    paintDrawing(this.drawing, model, scene, view, marks);
    const step = model.steps(view.granularity)[view.step - 1];
    const block = step && model.blocks[step[0]];
    const current = block && (block.phase === "loss" ? "loss" : String(block.layer));
    for (const band of this.bands) band.classList.toggle("current", band.dataset.layer === current);
    return block;
  }

  // after every change of the layout
  #draw() {
    const { sheet, element, layout, model } = this;
    element.classList.toggle("too-wide", layout.isTooWide);
    // what all numbers inherit is set only if it is another one: they would all be styled anew
    const height = sheet.querySelector(".headings").offsetHeight;
    if (height !== this.headings) element.style.setProperty("--headings", `${height}px`);
    this.headings = height;
    this.drawing = buildDrawing(model, sheet, this.drawingLayer);
    // what is laid out for this window goes onto a sheet of paper as it is, smaller
    element.style.setProperty(ON_PAPER, Math.min(1, PAPER / element.scrollWidth).toFixed(3));
    this.drawnAt = this.#size();
  }

  #size() {
    const { sheet, element } = this;
    const { offsetWidth, offsetHeight } = sheet;
    return [offsetWidth, offsetHeight, element.clientWidth, element.clientHeight].join(" ");
  }

  // a part of the loss: it is told with it
  #paintPenalty({ penalty }, view) {
    const element = penalty && this.sheet.querySelector(".penalty-value");
    if (!element) return;
    const { model } = this;
    const loss = model.byKey.get(`loss.${model.structure.layers}`);
    setTold(element, model.isKnown(loss.offset, view) ? penalty : "+ R = ·");
  }

  stop() {
    this.observer.disconnect();
    this.spacing.disconnect();
  }
}

// what a layout is chosen for, apart from the window: which blocks there are and how large
function architectureOf({ blocks }) {
  return blocks.map(({ key, rows, columns, line }) => [key, rows, columns, line]).join(" ");
}

// what else the reader chose that needs room: the norms of blocks, and more digits
function lookOf(scene, view) {
  return `${view.sizes} ${view.numbers || scene.number_style} ${view.present}`;
}

const PAPER = 700; // px of its width: A4 or Letter, upright
const HEADINGS = 32; // px: their usual height, which page.css has too
const ON_PAPER = "--mlpviz-on-paper"; // how much smaller a sheet is printed; its numbers do not inherit it
try {
  CSS.registerProperty({ name: ON_PAPER, syntax: "<number>", inherits: false, initialValue: "1" });
} catch {
  // another mlpviz on this page has done it
}
const DIGITS = 3; // of a usual number

// how long numbers of a style are beside usual ones: a sign, a point and a zero come to the digits
function lengthOf(style) {
  return Math.max(1, ((Number(style) || DIGITS) + 3) / (DIGITS + 3));
}

// typing into a number goes on where the number stands now
function moveInto(cell, input) {
  const { selectionStart, selectionEnd } = input;
  const element = elementOf(cell);
  (cell.block.heat ? element.parentElement : element).append(input);
  input.focus({ preventScroll: true });
  input.setSelectionRange(selectionStart, selectionEnd);
  delete input.dataset.moving;
}

// of a column, with what it means
function heading(key, label) {
  const element = term(key, label);
  markCase(element, label);
  return element;
}
