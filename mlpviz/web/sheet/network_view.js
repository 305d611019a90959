// One network as a sheet: its bands of numbers and its drawing, for one scene. Knows nothing of steps under way, of
// panels or of edits; two of these beside each other are compared.

import { activeIn, h, setOptions, setProperties, setTold, svg } from "../shared/dom.js";
import { goOn, pickUp } from "../shared/text_field.js";
import { buildBands } from "./bands.js";
import { paintBlocks } from "./blocks.js";
import { elementOf } from "./cells.js";
import { buildDrawing, describeDrawn, paintDrawing } from "./drawing.js";
import { Layout } from "./layout.js";
import { Model } from "./model.js";

export class NetworkView {
  // `controls`: what stands above the drawing, `corner`: above the labels, both from a model; `send` takes the edits
  // of the bands' menus
  /** @param {{ controls: Function, corner?: Function, send?: Function, onResize: Function }} how */
  constructor({ controls, corner, send, onResize }) {
    this.corner = corner;
    this.controls = controls;
    this.send = send;
    this.drawingLayer = svg("svg", { class: "drawing", "aria-hidden": "true" });
    this.drawingLayer.addEventListener(
      "pointerover",
      ({ target }) =>
        this.drawing && describeDrawn(this.drawing, target, this.model, this.scene, this.view),
    );
    this.sheet = h("div", { class: "sheet" });
    this.element = h("div", { class: "sheet-scroll" }, this.sheet);
    // the drawing stays in sight beside the labels while a wide sheet scrolls
    this.element.addEventListener(
      "scroll",
      () => {
        this.drawingLayer.style.translate = `${this.element.scrollLeft}px`;
        this.sheet.classList.toggle("scrolled", this.element.scrollLeft > 0);
      },
      { passive: true },
    );
    this.layout = new Layout(this.element, this.sheet, (columns) => this.#fold(columns));
    this.observer = new ResizeObserver(() => {
      // the one of two networks that is not shown has no size
      if (!this.model || !this.element.clientWidth) return;
      if (this.layout.hasResized()) this.#unfold();
      this.isFitted = false;
      this.drawing = null;
      onResize();
    });
    this.observer.observe(this.sheet);
    this.observer.observe(this.element);
  }

  // the scene to show from now on; true if the network has another structure than before
  take(structure, scene) {
    const isNew = this.model?.structure.id !== structure.id;
    this.scene = scene;
    if (isNew) {
      this.model = new Model(structure, scene.hidden);
      this.#unfold();
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
    this.#build();
    this.layout.restart();
    this.isFitted = false;
  }

  // blocks of so many columns and more become heat maps
  #fold(columns) {
    for (const block of this.model.blocks) block.heat ||= block.columns >= columns;
    this.#build();
    paintBlocks(this.model, this.scene, this.view, new Map());
  }

  #build() {
    const headings = this.model.structure.columns.map(([key, label]) =>
      h("div", { class: `heading ${key}` }, label),
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
    this.bands = buildBands(this.model, this.scene, this.send);
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
    else if (cell) queueMicrotask(() => elementOf(cell).focus({ preventScroll: true }));
    this.drawing = null;
  }

  // `marks`: Map of cell number -> class; `partial`: the growing sum at a product step; `differs`: Set of cell
  // numbers; `changed`: Map of cell number -> what the last edit did to it
  paint(view, marks, partial, differs, changed) {
    const { model, scene } = this;
    this.view = view;
    this.#paintPenalty(scene);
    // the norms of the blocks need room of their own
    if (Boolean(view.sizes) !== Boolean(this.hasNorms)) this.isFitted = false;
    this.hasNorms = view.sizes;
    const isWider = paintBlocks(model, scene, view, marks, partial, differs, changed);
    if ((isWider || !this.isFitted) && this.layout.fit(model.blocks)) {
      this.drawing = null;
      paintBlocks(model, scene, view, marks, partial, differs, changed);
    }
    this.isFitted = true;
    if (!this.drawing) this.drawing = buildDrawing(model, this.sheet, this.drawingLayer);
    paintDrawing(this.drawing, model, scene, view, marks);
    const step = model.steps(view.granularity)[view.step - 1];
    const block = step && model.blocks[step[0]];
    const current = block && (block.phase === "loss" ? "loss" : String(block.layer));
    for (const band of this.bands) band.classList.toggle("current", band.dataset.layer === current);
    return block;
  }

  #paintPenalty({ penalty }) {
    const element = penalty && this.sheet.querySelector(".penalty-value");
    if (element) setTold(element, penalty);
  }

  stop() {
    this.observer.disconnect();
  }
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
