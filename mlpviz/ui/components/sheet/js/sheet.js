// The score sheet: gets a scene from Python once per edit and does stepping, hovering and highlighting by itself.

import { h, setAttribute, setOptions, setProperties, setText } from "./dom.js";
import { View, followInUrl, stopFollowing } from "./view.js";
import { Score } from "./score.js";
import { Comparison } from "./comparison.js";
import { describe } from "./blocks.js";
import { cellAt } from "./heat.js";
import { Transport } from "./transport.js";
import { Panel } from "./panel.js";
import { Pair } from "./pair.js";
import { Review } from "./review.js";
import { Toolbar } from "./toolbar.js";
import { Outbox } from "./outbox.js";
import { newGesture, parseTyped, setEvent, tidy } from "./editing.js";
import { choiceControl, refused } from "./knobs.js";
import { Listening } from "./listening.js";

// structures outlive a remount of the component, because Python sends each only once
const structures = new Map();
const sheets = new WeakMap();

// light text means a dark ground, whatever the theme is called
function isDark(element) {
  const [r, g, b] = getComputedStyle(element).color.match(/[\d.]+/g).map(Number);
  return (r > 1 || g > 1 || b > 1 ? 255 : 1) / 2 < (r + g + b) / 3;
}

// Safari has no idle callback
const whenIdle = window.requestIdleCallback ?? ((act) => setTimeout(act, 200));

class Sheet {
  constructor(root, initialView) {
    this.send = (edit) => this.outbox.add(edit);
    this.outbox = new Outbox((message) => this.trigger("event", { ...message, view: this.view.toText() }));
    this.view = new View(initialView);
    this.hover = null;
    this.sliding = null;
    this.pair = new Pair(this);
    this.toolbar = new Toolbar(this);
    this.transport = new Transport(this);
    this.panel = new Panel(this);
    this.notice = h("p", { class: "notice", role: "status", hidden: true });
    this.error = h("p", { class: "notice error", role: "alert", hidden: true });
    this.live = h("p", { class: "visually-hidden", "aria-live": "polite" });
    this.score = new Score({ controls: (model) => this.#samples(model), corner: (model) => this.#mode(model), send: this.send, onResize: () => this.paint() });
    this.comparison = new Comparison(this);
    this.review = new Review(this);
    this.app = h("div", { class: "app" }, this.toolbar.element, this.error, this.notice, this.comparison.element,
      h("div", { class: "body" }, this.score.element, this.panel.element),
      this.transport.element, this.live);
    root.append(this.app);
    this.root = root;
    this.listening = new Listening(this);
  }

  get model() {
    return this.score.model;
  }

  // ------------------------------------------------------------------ from Python

  update({ data, setTriggerValue }) {
    this.trigger = setTriggerValue;
    for (const brought of [data.structureData, data.other?.structureData]) if (brought) structures.set(brought.id, brought);
    const structure = structures.get(data.structure);
    if (!structure || (data.other && !structures.has(data.other.structure))) {
      this.outbox.acknowledge(data.acknowledged);
      return this.send({ type: "structure" });
    }
    const isFirst = !this.scene;
    this.scene = data;
    this.score.take(structure, data);
    this.comparison.take(data.other, structures);
    this.review.take(data);
    if (data.view != null && (isFirst || data.viewNumber !== this.viewNumber)) this.view.read(data.view);
    this.viewNumber = data.viewNumber;
    this.view.clamp(this.model);
    // reading a style forces a recalculation: not on the way to the paint. What has left the page has no style
    whenIdle(() => { if (this.app.isConnected) this.app.classList.toggle("dark", isDark(this.app)); });
    // an edit that was refused must not stay in its menu
    for (const band of this.score.bands) {
      const select = band.querySelector("select");
      if (select?.dataset.of === "loss") setOptions(select, structure.losses, data.loss);
      else if (select) setProperties(select, { value: structure.bands[Number(select.dataset.of)].activation });
    }
    if (data.error) refused(this.app);
    this.notify(data.error ?? "", true);
    this.notify(data.notice ?? "");
    if (data.download && data.download.number !== this.downloaded) {
      this.downloaded = data.download.number;
      if (!isFirst) this.#download(data.download);
    }
    this.paint();
    this.outbox.acknowledge(data.acknowledged);
    window.dispatchEvent(new CustomEvent("mlpviz:painted", { detail: { version: data.version } }));
    return undefined;
  }

  // what stands above the drawing: which sample it shows, and one more or fewer
  #samples({ structure }) {
    const choose = Array.from({ length: structure.samples }, (_, i) => h("button", {
      type: "button", class: "sample", title: `show sample ${i + 1} in the drawing`, onclick: () => this.setSample(i + 1) }, String(i + 1)));
    this.sampleButtons = choose;
    const act = (label, title, edit, disabled) => h("button", { type: "button", class: "quiet", title, "aria-label": title, disabled, onclick: () => this.send(edit()) }, label);
    return h("div", { class: "graph samples" }, h("span", {}, "sample "), ...choose,
      act("+", "add a sample", () => ({ type: "add_sample" })),
      act("copy", "duplicate this sample", () => ({ type: "duplicate_sample", sample: this.view.sample })),
      act("−", "remove this sample", () => ({ type: "remove_sample", sample: this.view.sample }), structure.samples < 2));
  }

  // training or evaluation, where the network tells them apart
  #mode({ structure }) {
    if (!structure.hasModes) return null;
    return choiceControl("mode", this.scene.modes, structure.mode, {
      class: "quiet", "aria-label": "training or evaluation", title: "how batch norm and dropout behave",
      onchange: ({ target }) => this.send({ type: "set_mode", mode: target.value }) });
  }

  #download({ name, text }) {
    const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    const anchor = h("a", { href: url, download: name });
    anchor.click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  }

  // ------------------------------------------------------------------ painting

  steps() {
    return this.model.steps(this.view.granularity);
  }

  // the cell the panel explains: hovered, selected, or the one the step is about
  focusCell() {
    return this.hover ?? this.restingCell();
  }

  restingCell() {
    return this.view.cell(this.model) ?? this.stepCell();
  }

  stepCell() {
    const step = this.steps()[this.view.step - 1];
    if (!step) return null;
    const block = this.model.blocks[step[0]];
    const sample = block.columnNoun === "sample" ? this.view.sample - 1 : 0;
    return { block, r: Math.max(step[1], 0), c: step[2] >= 0 ? step[2] : sample };
  }

  // the sum that is growing at a product step
  partial() {
    if (this.view.granularity !== "product") return null;
    const [index, r, c, term] = this.steps()[this.view.step - 1] ?? [];
    const block = this.model.blocks[index];
    if (!block || block.rule.terms < 2 || term === block.rule.terms - 1) return null;
    const place = this.model.at(block, r, c);
    const sums = this.scene.partials?.[block.key];
    return { at: place, term, text: sums ? sums[(r * block.columns + c) * block.rule.terms + term] : "…" };
  }

  paint() {
    const { model, scene, view } = this;
    const cell = this.focusCell();
    const partial = this.partial();
    const marks = new Map();
    if (cell) {
      const at = model.at(cell.block, cell.r, cell.c);
      const growing = partial?.at === at;
      if (growing || model.reveals[view.granularity][at] <= view.step) {
        for (const source of model.sources(cell, growing ? partial.term + 1 : Infinity)) marks.set(model.at(source.block, source.r, source.c), "source");
      }
      marks.set(at, "focus");
    }
    this.pair.follow(view, model);
    for (const { block: own, r, c } of this.pair.cells(view, model)) marks.set(model.at(own, r, c), "focus");
    // the cards may take an answer: the path in it is marked at once
    this.panel.paint(model, scene, view, cell);
    for (const at of this.panel.cards.path(model)) if (!marks.has(at)) marks.set(at, "path");
    const block = this.score.paint(view, marks, partial, this.comparison.own, this.review.changed);
    setAttribute(this.app, "data-phase", block?.phase ?? "start");
    this.sampleButtons.forEach((button, i) => {
      button.classList.toggle("chosen", i === view.sample - 1);
      setAttribute(button, "aria-pressed", String(i === view.sample - 1));
    });
    this.toolbar.paint(model, scene, view);
    this.transport.paint(model, view);
    this.comparison.paint(view, cell);
    this.review.paint(model, scene, view, cell);
    followInUrl(scene.link, view, scene.other?.link);
  }

  notify(text, isError = false) {
    const element = isError ? this.error : this.notice;
    setText(element, text ?? "");
    setProperties(element, { hidden: !text });
  }

  #say() {
    const cell = this.stepCell();
    const step = this.steps()[this.view.step - 1];
    if (!cell) return setText(this.live, "start: nothing is computed yet");
    const unit = step[1] >= 0 ? ` · ${cell.block.rowNoun} ${step[1] + 1}` : "";
    return setText(this.live, `${cell.block.title}${unit}. ${cell.block.rule.sentence}`);
  }

  // ------------------------------------------------------------------ stepping

  goTo(step, keepPlaying = false) {
    if (!keepPlaying) this.transport.pause();
    this.view.step = Math.max(0, Math.min(step, this.steps().length));
    this.view.select(null);
    this.hover = null;
    this.#say();
    this.paint();
    this.#reveal();
  }

  // on a sheet wider or longer than the window the numbers of the step come into sight
  #reveal() {
    const cell = this.stepCell();
    if (cell) this.elementOf(cell).scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  goBy(delta, keepPlaying = false) {
    this.goTo(this.view.step + delta, keepPlaying);
  }

  setGranularity(granularity) {
    this.view.step = this.model.translate(this.view.step, this.view.granularity, granularity);
    this.view.granularity = granularity;
    this.paint();
    // the growing sums come only to those who step through them; the message carries the view
    if (granularity === "product" && !this.scene.partials) this.send({ type: "view" });
  }

  setSample(sample) {
    this.view.sample = sample;
    this.paint();
  }

  // ------------------------------------------------------------------ cells

  cellOf(event, { model } = this.score) {
    const path = event.composedPath();
    const figure = path.find((node) => node.dataset?.block);
    if (!figure) return null;
    const block = model.byKey.get(figure.dataset.block);
    if (block.heat) {
      if (path[0] !== block.canvas) return null;
      if (event.clientX !== undefined) return cellAt(block, event);
      const selected = this.view.cell(model);
      return selected?.block === block ? selected : { block, r: 0, c: 0 };
    }
    const td = path.find((node) => node.dataset?.r !== undefined);
    return td ? { block, r: Number(td.dataset.r), c: Number(td.dataset.c) } : null;
  }

  elementOf({ block, r, c }) {
    return block.heat ? block.canvas : block.elements[r * block.columns + c];
  }

  // where an input for the cell goes
  placeOf(cell) {
    return cell.block.heat ? cell.block.canvas.parentElement : this.elementOf(cell);
  }

  valueOf({ block, r, c }) {
    return this.scene.v[this.model.at(block, r, c)] ?? 0;
  }

  isPinned({ block, r, c }) {
    return block.tensor === "a" && this.scene.pins.some(([layer, row, column]) => layer === block.layer && row === r && column === c);
  }

  isEditable(cell) {
    return cell.block.editable === true || this.isPinned(cell);
  }

  // one row of class numbers, where the outputs are more than one row
  isClassNumber(block) {
    return block.tensor === "target" && this.scene.targetIsClasses;
  }

  // what a drag or an arrow key may reach: class numbers are whole, probabilities lie in 0..1
  within(cell, value) {
    if (cell.block.tensor === "running_var") return Math.max(0, value);
    if (cell.block.tensor !== "target") return value;
    if (this.isClassNumber(cell.block)) return Math.min(this.lastClass(), Math.max(0, Math.round(value)));
    return this.scene.targetIsProbability ? Math.min(1, Math.max(0, value)) : value;
  }

  lastClass() {
    return this.model.structure.bands.at(-1).units - 1;
  }

  hoverAt(cell) {
    if (cell?.block === this.hover?.block && cell?.r === this.hover?.r && cell?.c === this.hover?.c) return;
    this.hover = cell;
    if (cell) describe(cell, this.model, this.scene, this.view, this.review.textOf(cell));
    this.paint();
  }

  select(cell) {
    this.view.select(cell);
    this.hover = null;
    if (cell?.block.columnNoun === "sample") this.view.sample = cell.c + 1;
    this.paint();
  }

  // select a place by name, stepping on to where its number is known
  showPlace(selection) {
    this.view.selection = selection;
    const cell = this.view.cell(this.model);
    if (!cell) return this.select(null);
    this.transport.pause();
    this.view.step = Math.max(this.view.step, this.model.reveals[this.view.granularity][this.model.at(cell.block, cell.r, cell.c)]);
    this.select(cell);
    this.elementOf(cell).scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  edit(cell, value, gesture = null) {
    const edit = setEvent(cell, value, this.isClassNumber(cell.block));
    this.send(gesture ? { ...edit, gesture } : edit);
  }

  commitText(cell, text) {
    this.edit(cell, parseTyped(text));
  }

  drag(cell, value, slider) {
    if (this.sliding !== slider) this.gesture = newGesture();
    this.sliding = slider;
    this.edit(cell, tidy(value), this.gesture);
  }

  endGesture() {
    this.sliding = null;
  }

  toggleMask({ block, r, c }) {
    this.send({ type: "toggle_mask", layer: block.layer, sample: c + 1, unit: r + 1 });
  }

  togglePin(cell) {
    if (!cell) return;
    const { block, r, c } = cell;
    this.view.select(cell);
    if (this.isPinned(cell)) this.send({ type: "unpin", layer: block.layer, sample: c + 1, unit: r + 1 });
    else this.edit(cell, this.valueOf(cell));
  }

  activeElement() {
    return this.root.activeElement ?? document.activeElement;
  }

  destroy() {
    this.transport.pause();
    this.outbox.stop();
    stopFollowing();
    this.score.stop();
    this.listening.stop();
    this.review.stop();
    this.app.remove();
  }
}

export default function (component) {
  const { parentElement } = component;
  let sheet = sheets.get(parentElement);
  if (!sheet) {
    sheet = new Sheet(parentElement, component.data.view);
    sheets.set(parentElement, sheet);
  }
  sheet.update(component);
  return () => {
    sheet.destroy();
    sheets.delete(parentElement);
  };
}
