// Two networks in lock-step, side by side or one at a time: the other score, what differs, and the strip that says so.

import { exactNumber, phrase, plain } from "../../number_text.js";
import { h, setAttribute, setProperties, setTold } from "./dom.js";
import { elementOf } from "./cells.js";
import { pairAt } from "./texts.js";
import { Score } from "./score.js";
import { View } from "./view.js";

const WIDE = "(min-width: 1200px)"; // px: two sheets beside each other need that much

export class Comparison {
  constructor(host) {
    this.host = host;
    const button = (label, title, type) => h("button", { type: "button", title, "aria-label": title, onclick: () => host.send({ type }) }, label);
    this.differences = h("ul", { class: "differences" });
    this.losses = h("b");
    this.delta = h("p", { class: "delta", role: "status" });
    // a window that is too narrow for two shows one at a time
    this.here = h("button", { type: "button", title: "show the network that is edited (C)", onclick: () => this.flip(false) }, "here");
    this.there = h("button", { type: "button", title: "show the one beside it (C)", onclick: () => this.flip(true) }, "there");
    this.together = h("input", { type: "checkbox", onchange: () => host.send({ type: "together" }) });
    this.element = h("section", { class: "comparison", hidden: true, "aria-label": "comparison" },
      h("span", { class: "pill" }, "loss ", this.losses), this.differences, this.delta,
      h("label", {}, this.together, "edits go to both"),
      button("⇄ Swap", "swap: edit the right one", "swap"),
      button("Adopt the right one", "go on with the right one", "adopt"),
      button("✕", "stop comparing", "stop_comparing"));
    // at hand wherever one has scrolled to
    this.choice = h("div", { class: "shown-one", role: "group", "aria-label": "which network is shown" }, this.here, this.there);
    this.view = new View();
    this.score = null;
    this.marks = new Map();
    this.resized = () => this.#tryBeside();
    window.addEventListener("resize", this.resized);
  }

  stop() {
    window.removeEventListener("resize", this.resized);
  }

  // the scene of the other network, or nothing when only one is looked at
  take(other, structures) {
    this.element.hidden = !other;
    this.host.app.classList.toggle("comparing", Boolean(other));
    this.host.dock.place();
    if (!other) {
      this.score?.stop();
      this.score?.element.remove();
      this.score = null;
      this.own = this.theirs = null;
      return this.#tryBeside();
    }
    this.#ensureScore();
    if (this.score.take(structures.get(other.structure), other)) this.places = {};
    const shape = `${this.host.model.structure.id} ${other.structure}`;
    if (shape !== this.shape) this.#tryBeside();
    this.shape = shape;
    this.#differ(other.deltas);
    this.differences.replaceChildren(...(other.differences.length ? other.differences : ["no difference"]).map((line) => h("li", {}, line)));
    setProperties(this.together, { checked: other.together });
    return undefined;
  }

  // side by side until it turns out that one of them is too wide for that
  #tryBeside() {
    const { classList } = this.host.app;
    classList.toggle("beside", this.score !== null && window.matchMedia(WIDE).matches);
    if (!this.score) this.shape = null;
    // what was too wide for the window or the network before
    else for (const { fitting } of [this.host.score, this.score]) fitting.isTooWide = false;
  }

  #fit() {
    const both = [this.host.score, this.score].map(({ fitting }) => fitting);
    if (both.some(({ isTooWide }) => isTooWide)) return this.host.app.classList.remove("beside");
    // rows face each other only in the same layout
    const at = Math.max(...both.map((fitting) => fitting.at));
    return both.forEach((fitting) => fitting.follow(at));
  }

  #ensureScore() {
    if (this.score) return;
    const { host } = this;
    this.score = new Score({ controls: () => h("div", { class: "graph" }), send: null, onResize: () => host.paint() });
    this.score.element.classList.add("other");
    this.flip(false);
    host.score.element.after(this.score.element);
    const { sheet } = this.score;
    const follow = (event) => {
      const cell = host.cells.of(event, this.score);
      host.attention.hoverAt(cell && host.model.cell(cell.block.key, cell.r, cell.c));
    };
    sheet.addEventListener("pointermove", follow);
    sheet.addEventListener("focusin", follow);
    sheet.addEventListener("click", follow);
    sheet.addEventListener("pointerleave", () => host.attention.hoverAt(null));
    // both scroll sideways together
    const [one, two] = [host.score.element, this.score.element];
    one.addEventListener("scroll", () => { two.scrollLeft = one.scrollLeft; }, { passive: true });
    two.addEventListener("scroll", () => { one.scrollLeft = two.scrollLeft; }, { passive: true });
  }

  flip(isThere = !this.host.app.classList.contains("there")) {
    if (!this.score) return;
    this.host.app.classList.toggle("there", isThere);
    setAttribute(this.here, "aria-pressed", String(!isThere));
    setAttribute(this.there, "aria-pressed", String(isThere));
  }

  // the element that shows the number of an own cell, where only the other network is shown
  elementOf(cell) {
    const same = this.score?.element.offsetParent && !this.host.score.element.offsetParent && this.score.model.cell(cell.block.key, cell.r, cell.c);
    return same ? elementOf(same) : null;
  }

  // which cells of either model hold a number that differs
  #differ(deltas) {
    const found = (model) => {
      const cells = new Set();
      for (const [key, texts] of Object.entries(deltas)) {
        const block = model.byKey.get(key);
        texts.forEach((text, i) => { if (text) cells.add(block.offset + i); });
      }
      return cells;
    };
    this.own = found(this.host.model);
    this.theirs = found(this.score.model);
    this.deltas = deltas;
  }

  // granularity and step of the other network at which the same number appears; where it has none, the last one before
  #follow(view) {
    const [own, other] = [this.host.model, this.score.model];
    // a network too large for single products goes layer by layer
    const granularity = other.steps(view.granularity) ? view.granularity : "layer";
    const depth = granularity === view.granularity ? 4 : 1;
    const key = (model, [index, ...place]) => [model.blocks[index].key, ...place].slice(0, depth).join(" ");
    const steps = own.steps(view.granularity);
    const places = (this.places[granularity] ??= new Map(other.steps(granularity).map((step, at) => [key(other, step), at + 1])));
    if (view.step >= steps.length) return [granularity, other.steps(granularity).length];
    for (let at = view.step - 1; at >= 0; at--) {
      const place = places.get(key(own, steps[at]));
      if (place !== undefined) return [granularity, place];
    }
    return [granularity, 0];
  }

  paint(view, cell) {
    const { score } = this;
    if (!score) return;
    const [granularity, step] = this.#follow(view);
    Object.assign(this.view, { granularity, step, sample: Math.min(view.sample, score.model.structure.samples) });
    this.marks.clear();
    const same = cell && score.model.cell(cell.block.key, cell.r, cell.c);
    if (same) this.marks.set(score.model.at(same.block, same.r, same.c), "focus");
    score.paint(this.view, this.marks, null, this.theirs);
    if (this.host.app.classList.contains("beside")) this.#fit();
    const loss = (of, at) => this.#text(of, { block: of.model.byKey.get(`loss.${of.model.structure.layers}`), r: 0, c: 0 }, at);
    setTold(this.losses, phrase`${loss(this.host.score, view)} | ${loss(score, this.view)}`);
    setTold(this.delta, this.#sentence(cell, same));
  }

  // the text of a cell of a score, "·" before its step
  #text({ model, scene }, { block, r, c }, view) {
    const at = model.at(block, r, c);
    return model.reveals[view.granularity][at] <= view.step ? exactNumber(pairAt(scene, at)) : "·";
  }

  #sentence(cell, same) {
    if (!cell) return "";
    const { host } = this;
    const here = this.#text(host.score, cell, host.view);
    if (plain(here) === "·") return "";
    if (!same) return phrase`here ${here}; the right one has no such number`;
    const delta = this.deltas[cell.block.key]?.[cell.r * cell.block.columns + cell.c];
    return delta ? phrase`here ${here}, there ${this.#text(this.score, same, this.view)}: Δ ${delta}` : phrase`${here} in both`;
  }
}
