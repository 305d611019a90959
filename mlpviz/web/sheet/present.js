// The sheet before a room: no tools, large type for the step and what it is made of, the rest small. It lies over all
// that is around the page, and the keys of a remote control step.

import { h, setAttribute } from "../shared/dom.js";
import { actionsFor } from "../shared/keys.js";
import { ROOM_KEYS } from "./keys.js";
import { textAt } from "./scene_numbers.js";

const TYPES = [34, 30, 26, 24, 22, 20, 18, 16, 14, 12]; // px: the largest that has room
const READABLE = 22; // px: what a room reads
const LEFT_OUT = ["alone", "few"]; // the other blocks; then the other numbers of these
const CHARACTER = 0.6; // of the type: the width of one character
const ROOMY = 4; // px around a number

export class Present {
  // placed(): the panel may have to move; shown(): the step has to come in sight again; stepBy(steps)
  constructor(app, { store, sheet, placed, shown, stepBy }) {
    this.app = app;
    this.store = store;
    this.sheet = sheet;
    this.placed = placed;
    this.shown = shown;
    this.wasOn = false;
    const close = {
      type: "button",
      class: "leave",
      title: "leave (Escape)",
      "aria-label": "leave",
    };
    this.leave = h("button", { ...close, onclick: () => this.turn(false) });
    this.curtain = h("div", { class: "curtain", hidden: true, onclick: () => this.#draw() });
    const acts = actionsFor(ROOM_KEYS, {
      forward: () => stepBy(1),
      back: () => stepBy(-1),
      curtain: () => this.#draw(),
      leave: () => (this.curtain.hidden ? this.turn(false) : this.#draw()),
    });
    this.actions = Object.fromEntries(
      ROOM_KEYS.flatMap(({ keys, act }) => keys.map((key) => [key, acts[act]])),
    );
  }

  isOn = () => Boolean(this.store.view.present);

  // begins or ends it: a part of the view, so that a link keeps it
  turn(isOn) {
    this.store.view.present = isOn ? "p" : "";
    this.store.set({ hover: null });
    this.shown();
  }

  // the curtain before the sheet
  #draw() {
    this.curtain.hidden = !this.curtain.hidden;
  }

  // `cell`: the one that is explained
  paint(cell) {
    const isOn = this.isOn();
    if (isOn !== this.wasOn) this.#place(isOn);
    if (!isOn || !cell) return;
    const { model, scene, view } = this.store;
    const blocks = [...new Set([cell, ...model.sources(cell)].map(({ block }) => block))];
    const widths = blocks.map((block) => [block.key, longest(block, model, scene, view)]);
    const { clientWidth, clientHeight } = this.app;
    // a longer explanation leaves less room
    const signature = JSON.stringify([widths, clientWidth, clientHeight, this.#dockHeight()]);
    if (signature === this.shownFor && this.sheet.querySelector(".large")) return;
    this.shownFor = signature;
    const columns = new Set(blocks.map(({ column }) => column));
    for (const block of model.blocks) {
      const isLarge = blocks.includes(block);
      if (!isLarge) block.figure.style.removeProperty("--cell");
      block.figure.classList.toggle("large", isLarge);
    }
    for (const heading of this.sheet.querySelectorAll(".heading"))
      heading.classList.toggle(
        "large",
        [...columns].some((key) => heading.matches(`.${key}`)),
      );
    for (const band of this.sheet.querySelectorAll(".band"))
      band.classList.toggle("large", band.querySelector(".block.large") !== null);
    const fits = (type) => this.#fits(type, blocks, widths);
    this.app.classList.remove(...LEFT_OUT);
    // before the type gets too small for the last row of a room, what the step does not need goes
    for (const name of [null, ...LEFT_OUT]) {
      if (name) this.app.classList.add(name);
      if (TYPES.some((type) => type >= READABLE && fits(type))) return;
    }
    TYPES.some(fits);
  }

  #fits(type, blocks, widths) {
    this.app.style.setProperty("--type", `${type}px`);
    blocks.forEach(({ figure }, i) => {
      const width = Math.max(2, widths[i][1]) * type * CHARACTER + ROOMY;
      figure.style.setProperty("--cell", `${Math.ceil(width)}px`);
    });
    return this.sheet.scrollWidth <= this.sheet.parentElement.clientWidth && this.#isLow();
  }

  // the large bands have room above each other
  #isLow() {
    const large = [...this.sheet.querySelectorAll(".band.large")];
    const [first, last] = [large[0], large.at(-1)];
    if (!first) return true;
    const height = last.getBoundingClientRect().bottom - first.getBoundingClientRect().top;
    const heads = this.sheet.querySelector(".headings").offsetHeight;
    return height <= this.app.clientHeight - this.#dockHeight() - heads;
  }

  #dockHeight() {
    return this.app.querySelector(".dock").offsetHeight;
  }

  #place(isOn) {
    this.wasOn = isOn;
    const { app } = this;
    app.classList.toggle("presenting", isOn);
    // over everything, whatever lies around the page
    if (app.showPopover) {
      setAttribute(app, "popover", "manual");
      if (isOn) app.showPopover();
      else if (app.matches(":popover-open")) app.hidePopover();
    }
    if (!isOn) {
      app.classList.remove(...LEFT_OUT);
      app.removeAttribute("popover");
      this.curtain.hidden = true;
      for (const one of app.querySelectorAll(".large")) one.classList.remove("large");
    }
    this.placed();
  }
}

// characters of the longest text that a block shows
function longest(block, model, scene, view) {
  let most = 1;
  if (block.heat) return most;
  for (let r = 0; r < block.rows; r++) {
    for (let c = 0; c < block.columns; c++) {
      const at = model.at(block, r, c);
      if (model.isKnown(at, view)) most = Math.max(most, textAt(scene, at).length);
    }
  }
  return most;
}
