// Two networks side by side or one at a time: the other network, what differs, and the strip that says so.

import { h, nameOf, setAttribute, setProperties, setTold } from "../shared/dom.js";
import { entryOf } from "../shared/keys.js";
import { exactNumber, phrase, plain } from "../shared/number_text.js";
import { elementOf } from "./cells.js";
import { stopAt, walk } from "./grid.js";
import { CELL_KEYS } from "./keys.js";
import { cellsWithText, Lockstep } from "./lockstep.js";
import { NetworkView } from "./network_view.js";
import { pairAt } from "./scene_numbers.js";
import { View } from "./view.js";

const WIDE = "(min-width: 1200px)"; // two sheets beside each other need that much

export class Comparison {
  // app: the page's element, whose classes say what is shown; own: the network that is edited; insert(element): the
  // other one after it; placed(isComparing): before anything is painted; paint()
  constructor(host, { app, store, own, cells, selection, send, insert, placed, paint }) {
    this.host = host;
    this.app = app;
    this.store = store;
    this.own = own;
    this.cells = cells;
    this.selection = selection;
    this.insert = insert;
    this.placed = placed;
    this.paint = paint;
    const button = (label, title, onclick) =>
      h("button", { type: "button", title, "aria-label": nameOf(label, title), onclick }, label);
    const shown = (label, title, isThere) =>
      h("button", { type: "button", title, onclick: () => this.flip(isThere) }, label);
    this.differences = h("ul", { class: "differences" });
    this.losses = h("b");
    this.delta = h("p", { class: "delta", role: "status" });
    // a window that is too narrow for two shows one at a time
    this.here = shown("Here", "show the network that is edited (C)", false);
    this.there = shown("There", "show the one beside it (C)", true);
    this.together = h("input", { type: "checkbox", onchange: () => send({ type: "together" }) });
    this.element = h(
      "section",
      { class: "comparison", hidden: true, "aria-label": "comparison" },
      h("span", { class: "pill" }, "loss ", this.losses),
      this.differences,
      this.delta,
      h("label", {}, this.together, "Edits go to both"),
      button("⇄ Swap", "swap: edit the other one", () => send({ type: "swap" })),
      button("Adopt the other one", "go on with the other one", () => send({ type: "adopt" })),
      button("✕", "stop comparing", () => send({ type: "stop_comparing" })),
    );
    // at hand wherever one has scrolled to
    this.choice = h(
      "div",
      { class: "shown-one", role: "group", "aria-label": "which network is shown" },
      this.here,
      this.there,
    );
    this.view = new View();
    this.other = null;
    this.stopListening = host.listen("resize", () => this.#tryBeside());
  }

  stop() {
    this.stopListening();
    this.other?.stop();
  }

  // the scene of the other network, or nothing when only one is looked at
  take(scene, structures, arrays) {
    this.element.hidden = !scene;
    this.app.classList.toggle("comparing", Boolean(scene));
    this.placed();
    if (!scene) {
      this.other?.stop();
      this.other?.element.remove();
      this.other = this.ownDiffers = this.otherDiffers = null;
      return this.#tryBeside();
    }
    this.other ??= this.#build();
    this.other.take(structures.get(scene.structure), scene, arrays);
    const [own, other] = [this.own.model, this.other.model];
    if (this.lockstep?.own !== own || this.lockstep.other !== other) {
      this.lockstep = new Lockstep(own, other);
      this.#tryBeside();
    }
    this.deltas = scene.deltas;
    this.ownDiffers = cellsWithText(scene.deltas, own);
    this.otherDiffers = cellsWithText(scene.deltas, other);
    const lines = scene.differences.length ? scene.differences : ["no difference"];
    this.differences.replaceChildren(...lines.map((line) => h("li", {}, line)));
    setProperties(this.together, { checked: scene.together });
    return undefined;
  }

  // side by side until it turns out that one of them is too wide for that
  #tryBeside() {
    this.app.classList.toggle("beside", this.other !== null && this.host.matches(WIDE));
    if (!this.other) this.lockstep = null;
    // what was too wide for the window or the network before
    else for (const { layout } of [this.own, this.other]) layout.isTooWide = false;
  }

  #fit() {
    const both = [this.own.layout, this.other.layout];
    if (both.some(({ isTooWide }) => isTooWide)) return this.app.classList.remove("beside");
    // rows face each other only in the same layout
    const at = Math.max(...both.map((layout) => layout.at));
    for (const { layout, model } of [this.own, this.other]) layout.follow(at, model.blocks);
  }

  #build() {
    const other = new NetworkView({
      title: "The other network, layer by layer",
      controls: () => h("div", { class: "graph" }),
      onResize: this.paint,
      hasHeight: this.own.hasHeight,
      isOnPaper: this.own.isOnPaper,
      suffix: ", other network",
    });
    other.element.classList.add("other");
    this.#show(false);
    this.insert(other.element);
    const follow = (event) => {
      const cell = this.cells.of(event, other.model);
      this.selection.hoverAt(cell && this.own.model.cell(cell.block.key, cell.r, cell.c));
    };
    for (const type of ["pointermove", "focusin", "click"])
      other.sheet.addEventListener(type, follow);
    other.sheet.addEventListener("focusin", (event) => {
      const cell = this.cells.of(event, other.model);
      if (cell) stopAt(cell);
    });
    other.sheet.addEventListener("keydown", (event) => {
      const cell = entryOf(CELL_KEYS, event)?.act === "walk" && this.cells.of(event, other.model);
      if (!cell) return;
      walk(other.model, cell, event);
      follow(event);
      event.preventDefault();
    });
    other.sheet.addEventListener("pointerleave", () => this.selection.hoverAt(null));
    // both scroll sideways together
    const scrollWith = (one, two) =>
      one.addEventListener(
        "scroll",
        () => {
          two.scrollLeft = one.scrollLeft;
        },
        { passive: true },
      );
    scrollWith(this.own.element, other.element);
    scrollWith(other.element, this.own.element);
    return other;
  }

  flip(isThere = !this.app.classList.contains("there")) {
    if (this.other) this.#show(isThere);
  }

  #show(isThere) {
    this.app.classList.toggle("there", isThere);
    setAttribute(this.here, "aria-pressed", String(!isThere));
    setAttribute(this.there, "aria-pressed", String(isThere));
  }

  // the element that shows the number of an own cell, where only the other network is shown
  elementOf({ block, r, c }) {
    if (!this.other?.element.offsetParent || this.own.element.offsetParent) return null;
    const same = this.other.model.cell(block.key, r, c);
    return same ? elementOf(same) : null;
  }

  // only while there is another network
  render(view, cell) {
    const { other } = this;
    const { model } = other;
    const sample = Math.min(view.sample, model.structure.samples);
    Object.assign(this.view, this.lockstep.follow(view), { sample });
    const same = cell && model.cell(cell.block.key, cell.r, cell.c);
    const marks = new Map(same ? [[model.at(same.block, same.r, same.c), "focus"]] : []);
    other.paint(this.view, marks, null, this.otherDiffers);
    if (this.app.classList.contains("beside")) this.#fit();
    const loss = (of, at) => {
      const block = of.model.byKey.get(`loss.${of.model.structure.layers}`);
      return textOf(of, { block, r: 0, c: 0 }, at);
    };
    setTold(this.losses, phrase`${loss(this.own, view)} | ${loss(other, this.view)}`);
    setTold(this.delta, cell ? this.#sentence(cell, same, view) : "");
  }

  #sentence(cell, same, view) {
    const here = textOf(this.own, cell, view);
    if (plain(here) === "·") return "";
    if (!same) return phrase`here ${here}; the other one has no such number`;
    const there = textOf(this.other, same, this.view);
    // of large blocks nobody has told what differs
    if (this.own.model.isBulk(cell.block) || this.other.model.isBulk(same.block))
      return phrase`here ${here}, there ${there}`;
    const delta = this.deltas[cell.block.key]?.[cell.r * cell.block.columns + cell.c];
    if (!delta) return phrase`${here} in both`;
    return phrase`here ${here}, there ${there}: Δ ${delta}`;
  }
}

// the text of a cell of a network, "·" before its step
function textOf({ model, scene }, { block, r, c }, view) {
  const at = model.at(block, r, c);
  return model.isKnown(at, view) ? exactNumber(pairAt(scene, at)) : "·";
}
