// The training page: paints the frames that Python sends and asks for the next one as long as the run is running.
// One message is under way at a time; what the user does meanwhile travels with the next. No mathematics of the network.

import { h, setOptions, setProperties, setText } from "../../sheet/js/dom.js";
import { Outbox } from "../../sheet/js/outbox.js";
import { Colours } from "./colours.js";
import { Curves } from "./curves.js";
import { Examine } from "./examine.js";
import { Experiment } from "./experiment.js";
import { Lanes } from "./lanes.js";
import { Layers } from "./layers.js";
import { Network } from "./network.js";
import { counted, short } from "./numbers.js";
import { PARTS } from "./marks.js";
import { Plane } from "./plane.js";
import { Settings } from "./settings.js";
import { Sharing } from "./sharing.js";
import { Stream } from "./stream.js";
import { DataTable } from "./table.js";
import { Tape } from "./tape.js";
import { Transport } from "./transport.js";

const pages = new WeakMap();
const SPEAK = 4000; // ms between two sentences for a screen reader while it runs

class Page {
  constructor(root) {
    this.root = root;
    this.stream = new Stream();
    this.outbox = new Outbox((message) => this.trigger("event", message));
    this.send = (event) => this.outbox.add(event);
    this.unit = null;
    this.shown = new Set(["train", "validation"]);
    this.spoken = 0;
    this.#build();
    this.onKey = (event) => this.#key(event);
    document.addEventListener("keydown", this.onKey);
    this.observer = new ResizeObserver(() => this.paint());
    this.observer.observe(this.app);
  }

  #build() {
    this.settings = new Settings(this);
    this.transport = new Transport(this);
    this.network = new Network({ point: (unit) => { this.unit = unit; this.paintPlane(); }, send: this.send, complain: (text) => this.complain(text) });
    this.hard = h("input", { type: "checkbox", onchange: () => this.paintPlane() });
    this.plane = new Plane({ send: this.send, tool: () => this.tool, parts: () => this.shown, isHard: () => this.hard.checked });
    this.curves = new Curves((epoch) => this.travel(epoch));
    this.layers = new Layers();
    this.tape = new Tape();
    this.lanes = new Lanes(this);
    this.examine = new Examine(this);
    this.table = new DataTable(this);
    this.experiment = new Experiment(this);
    this.sharing = new Sharing(this, this.experiment.menu);
    this.error = h("p", { class: "notice error", role: "alert", hidden: true });
    this.notice = h("p", { class: "notice", role: "status", hidden: true });
    this.speaker = h("p", { class: "visually-hidden", "aria-live": "polite" });
    this.planeTitle = h("b", {});
    this.planeTools = h("span", { class: "tools" });
    this.app = h("div", { class: "app train" },
      // who comes with the keyboard meets what plays first, and the long form last
      this.transport.element, this.sharing.element, this.experiment.card, this.error, this.notice,
      h("div", { class: "body" },
        h("div", { class: "middle" },
          this.network.element,
          h("div", { class: "answers" },
            h("div", { class: "caption" }, this.planeTitle, this.planeTools),
            this.lanes.maps,
            h("div", { class: "picture" }, this.plane.element, this.plane.legend.element),
            h("div", { class: "aside" }, this.tape.element)),
          this.lanes.element),
        this.curves.element, this.settings.element),
      h("details", { class: "below", ontoggle: () => this.paint() }, h("summary", {}, "Distributions per layer over time"), this.layers.element),
      this.examine.element, this.table.element, this.speaker);
    this.root.append(this.app);
    this.toolbar();
  }

  // ------------------------------------------------------------------ what a click on the plane does

  toolbar() {
    const { still } = this.stream;
    this.toolSelect ??= h("select", { "aria-label": "what a click on the picture does", onchange: () => this.pick(this.toolSelect.value) });
    this.axes ??= [0, 1].map((place) => h("select", { "aria-label": place ? "feature upwards" : "feature to the right", onchange: () => this.#chooseAxes(place) }));
    this.partBoxes ??= ["train", "validation", "test"].map((part) => {
      const box = h("input", { type: "checkbox", onchange: () => { this.shown[box.checked ? "add" : "delete"](part); this.plane.key = ""; this.paintPlane(); } });
      box.checked = this.shown.has(part);
      return h("label", { class: "part" }, box, h("span", { "aria-hidden": "true" }, PARTS[part]), part);
    });
    this.hardBox ??= h("label", { class: "part", title: "only which answer it is, not how surely" }, this.hard, "discretize");
    if (!this.planeTools.children.length) this.planeTools.append(...this.partBoxes, this.hardBox, ...this.axes, this.toolSelect);
    if (!still) return;
    const many = still.features.length > 2 && !still.image_shape;
    for (const label of [...this.partBoxes, this.hardBox]) label.hidden = Boolean(still.image_shape);
    if (still.axes.length === 1) this.hardBox.hidden = true;
    this.axes.forEach((select, place) => {
      select.hidden = !many || place >= still.axes.length;
      if (!select.hidden) setOptions(select, still.features.map((name, i) => [String(i), name]), String(still.axes[place].feature));
    });
    const options = [["look", "pointer: looks"]];
    if (still.features.length <= 2) {
      if (still.axes.length === 1) options.push(["add", "pointer: adds, drags points"], ["draw", "pointer: draws a curve"]);
      else if (still.task === "classes") still.class_names.slice(0, 10).forEach((name, i) => options.push([`add ${i}`, `pointer: adds, drags ${name}`]));
      options.push(["remove", "pointer: removes points"]);
    }
    setOptions(this.toolSelect, options, options.some(([key]) => key === this.toolSelect.value) ? this.toolSelect.value : "look");
    this.toolSelect.hidden = options.length === 1;
    this.pick(this.toolSelect.value);
  }

  pick(text) {
    const [name, target] = text.split(" ");
    this.tool = name === "add" ? { target: target === undefined ? null : Number(target) } : name;
    this.plane.points.style.cursor = name === "look" ? "crosshair" : name === "draw" ? "cell" : "copy";
  }

  #chooseAxes(place) {
    const axes = this.axes.map((select) => Number(select.value));
    if (axes[0] === axes[1]) axes[1 - place] = this.stream.still.axes[place].feature;
    this.send({ type: "axes", axes });
  }

  // ------------------------------------------------------------------ from Python

  update({ data, setTriggerValue }) {
    this.trigger = setTriggerValue;
    const complete = this.stream.take(data.still, data.frame);
    this.outbox.acknowledge(data.acknowledged);
    if (!complete) return this.send({ type: "resend" });
    this.running = data.frame.status === "running" || data.busy;
    this.data = data;
    // asked for before painting, so that Python learns while the browser draws
    this.#ask(data.wait);
    if (data.settings) this.sections = data.settings;
    if (!this.colours || !this.running || data.frame.number % 50 === 0) this.#refreshColours();
    // what was refused goes back to what holds
    const isRefused = Boolean(data.error) && data.acknowledged !== this.refused;
    if (data.error) this.refused = data.acknowledged;
    this.#notify(this.error, data.error ?? "");
    this.#notify(this.notice, data.notice ?? "");
    if (data.settings || isRefused || this.colours !== this.settings.colours) this.settings.take(this.sections, this.colours);
    if (data.still) this.toolbar();
    if (data.tool) this.pick(this.toolSelect.value = data.tool);
    this.#download(data.download);
    this.#follow(data.link);
    this.experiment.take(data);
    this.examine.take(data);
    this.table.take(data);
    this.#speak();
    // not here: what is asked for leaves only when this is over; in a hidden tab nothing is painted at all
    this.due ??= requestAnimationFrame(() => this.#paintFrame());
    return undefined;
  }

  #paintFrame() {
    this.due = null;
    const { frame, acknowledged } = this.data;
    this.paint();
    this.painted = (this.painted ?? 0) + 1;
    const detail = { number: frame.number, learningRate: frame.knobs.learning_rate, epoch: frame.epoch, status: frame.status, acknowledged };
    window.dispatchEvent(new CustomEvent("mlpviz:frame", { detail }));
    window.dispatchEvent(new CustomEvent("mlpviz:painted", { detail: { version: this.data.proof } }));
  }

  #ask(wait) {
    clearTimeout(this.timer);
    if (!this.running) return;
    const ask = () => this.send({ type: "tick", gesture: "tick" });
    if (wait) this.timer = setTimeout(ask, wait);
    else ask();
  }

  #refreshColours() {
    const next = new Colours(this.app);
    if (next.id === this.colours?.id) return;
    this.colours = next;
    if (this.app.classList.toggle("dark", next.isDark)) this.colours = new Colours(this.app);
  }

  #notify(element, text) {
    setText(element, text);
    setProperties(element, { hidden: !text });
  }

  #download(download) {
    if (!download || download.number === this.downloaded) return;
    const isFirst = this.downloaded === undefined && this.painted === undefined;
    this.downloaded = download.number;
    if (isFirst) return;
    const bytes = Uint8Array.from(atob(download.bytes), (letter) => letter.charCodeAt(0));
    const url = URL.createObjectURL(new Blob([bytes], { type: download.type }));
    h("a", { href: url, download: download.name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  }

  #follow(link) {
    if (link === undefined || link === this.link) return;
    this.link = link;
    const url = new URL(window.location.href);
    if (link) url.searchParams.set("t", link);
    else url.searchParams.delete("t");
    window.history.replaceState(window.history.state, "", url);
  }

  // ------------------------------------------------------------------ painting

  paint() {
    const { frame, still } = this.stream;
    if (!frame || !this.colours) return;
    const lane = this.#withPictures(frame.lanes[frame.focus]);
    const cursor = frame.viewing.live ? null : frame.viewing.epoch;
    this.app.dataset.status = frame.status;
    this.transport.paint(frame, still);
    this.paintPlane();
    // the map moves with every frame; of the rest one half with each second one, which nobody sees
    const half = this.running ? frame.number % 2 : null;
    if (half !== 0) this.network.take({ still, lane, heading: still.lanes[frame.focus], weights: this.data.weights, biases: this.data.biases, colours: this.colours, alone: frame.lanes.length === 1 });
    if (half === 1) return;
    this.curves.take(this.stream, this.colours);
    this.tape.take(frame);
    this.lanes.take(this.stream, this.colours);
    if (this.layers.element.parentElement.open) this.layers.take({ bands: this.stream.layers, lane, colours: this.colours, cursor });
  }

  // the first units of a network that reads pictures are shown by their weights
  #withPictures(lane) {
    const { pictures } = this.data;
    if (!pictures) return lane;
    const units = lane.units.length ? lane.units : [{ layer: 0, dead: [], grids: [], curves: [], width: pictures.length }];
    return { ...lane, units: units.map((maps, layer) => ({ ...maps, grids: layer ? [] : pictures })) };
  }

  paintPlane() {
    const { frame, still } = this.stream;
    if (!frame) return;
    const lane = this.#withPictures(frame.lanes[frame.focus]);
    const maps = this.unit && (this.unit.layer < 0 ? still.input_maps : lane.units[this.unit.layer]);
    const index = this.unit?.unit;
    const unit = maps && (maps.grids[index] || maps.curves[index]) ? { grid: maps.grids[index], curve: maps.curves[index] } : null;
    const what = unit ? (this.unit.layer < 0 ? this.unit.name : `what ${this.unit.name} responds to`) : still.axes.length === 1 ? "what the network answers" : this.data.pictures ? "what the first units look for: their weights" : still.task === "classes" ? "which class it answers" : "what it answers";
    setText(this.planeTitle, what + (still.held && !unit && !this.data.pictures ? " (other features at their mean)" : ""));
    this.planeTitle.title = still.held;
    this.plane.element.classList.toggle("picture", Boolean(this.data.pictures));
    this.plane.take({ still, lane, unit, colours: this.colours, pictures: this.data.pictures });
  }

  #speak() {
    const { frame } = this.stream;
    if (this.running && performance.now() - this.spoken < SPEAK) return;
    this.spoken = performance.now();
    const { now, epoch } = frame.lanes[frame.focus];
    setText(this.speaker, `${frame.sentence || frame.status}: epoch ${counted(epoch)}, training loss ${short(now.train_loss ?? now.loss)}, validation loss ${short(now.validation_loss)}`);
  }

  // ------------------------------------------------------------------ acting

  complain(text) {
    this.#notify(this.notice, "");
    this.#notify(this.error, text);
  }

  get frame() {
    return this.stream.frame;
  }

  get still() {
    return this.stream.still;
  }

  toggle() {
    this.send({ type: this.frame.status === "running" ? "pause" : "play" });
  }

  travel(epoch) {
    this.send({ type: "travel", epoch, gesture: "travel" });
  }

  #key(event) {
    const target = event.composedPath()[0];
    if (event.ctrlKey || event.metaKey || event.altKey || target.closest?.("input, select, textarea, [contenteditable]")) return;
    const button = target.closest?.("button, summary, a");
    const act = {
      " ": () => !button && this.toggle(),
      ArrowRight: () => this.send({ type: "step" }),
      e: () => this.send({ type: "epochs", count: 1 }),
      r: () => this.send({ type: "reset" }),
      Home: () => this.travel(0),
      End: () => this.travel(null),
    }[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act || !this.frame || act() === false) return;
    event.preventDefault();
  }

  destroy() {
    clearTimeout(this.timer);
    cancelAnimationFrame(this.due);
    document.removeEventListener("keydown", this.onKey);
    this.observer.disconnect();
    this.experiment.stop();
    this.outbox.stop?.();
    this.app.remove();
  }
}

export default function (component) {
  const { parentElement } = component;
  let page = pages.get(parentElement);
  if (!page) {
    page = new Page(parentElement);
    pages.set(parentElement, page);
  }
  page.update(component);
  return () => {
    page.destroy();
    pages.delete(parentElement);
  };
}
