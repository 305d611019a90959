// The session of the score sheet in the browser: it mounts the parts, takes each scene that Python sends, once per edit,
// and sends what the person did. What is painted says painting.js; moving, reading and changing are the parts' own.

import { h, setOptions, setProperties, setTold } from "../shared/dom.js";
import { View, stopFollowing } from "./view.js";
import { Above } from "./batch_controls.js";
import { Attention } from "./selection.js";
import { Cells } from "./cells.js";
import { Changes } from "./changes.js";
import { Comparison } from "./comparison.js";
import { Dock } from "./bottom_sheet.js";
import { Line, isOvertaken } from "../hosts/streamlit_socket.js";
import { Listening } from "./cell_input.js";
import { Outbox } from "../shared/outbox.js";
import { Pair } from "./pair.js";
import { Panel } from "./panel.js";
import { Review } from "./review.js";
import { Score } from "./network_view.js";
import { Stepping } from "./stepping.js";
import { Toolbar } from "./toolbar.js";
import { Transport } from "./transport.js";
import { paintScene } from "./render.js";
import { refused } from "./hyperparameters.js";

// structures outlive a remount of the component, because Python sends each only once
const structures = new Map();
const sheets = new WeakMap();

// light text means a dark ground, whatever the theme is called
function isDark(element) {
  const [r, g, b] = getComputedStyle(element)
    .color.match(/[\d.]+/g)
    .map(Number);
  return (r > 1 || g > 1 || b > 1 ? 255 : 1) / 2 < (r + g + b) / 3;
}

// Safari has no idle callback
const whenIdle = window.requestIdleCallback ?? ((act) => setTimeout(act, 200));

class Sheet {
  constructor(root, initialView) {
    this.root = root;
    this.send = (edit) => this.outbox.add(edit);
    this.outbox = new Outbox(
      (message) => {
        const whole = { ...message, view: this.view.toText() };
        if (!this.line.send(whole)) this.trigger("event", whole);
      },
      { refuse: (sentence) => this.notify(sentence, true) },
    );
    this.line = new Line({
      onAnswer: (scene) => this.show(scene),
      onLost: () => this.outbox.retry(),
    });
    this.view = new View(initialView);
    this.attention = new Attention(this);
    this.cells = new Cells(this);
    this.changes = new Changes(this);
    this.stepping = new Stepping(this);
    this.pair = new Pair(this);
    this.above = new Above(this);
    this.toolbar = new Toolbar(this);
    this.transport = new Transport(this);
    this.panel = new Panel(this);
    this.notice = h("p", { class: "notice", role: "status", hidden: true });
    this.error = h("p", { class: "notice error", role: "alert", hidden: true });
    this.score = new Score({
      controls: (model) => this.above.samples(model),
      corner: (model) => this.above.mode(model),
      send: this.send,
      onResize: () => this.paint(),
    });
    this.comparison = new Comparison(this);
    this.review = new Review(this);
    this.dock = new Dock(this, this.panel.element, this.transport.element);
    this.dock.element.prepend(this.comparison.choice);
    this.body = h("div", { class: "body" }, this.score.element, this.panel.element);
    this.app = h(
      "div",
      { class: "app" },
      this.toolbar.element,
      this.error,
      this.notice,
      this.comparison.element,
      this.body,
      this.dock.element,
      this.stepping.live,
    );
    root.append(this.app);
    this.dock.watch();
    this.listening = new Listening(this);
  }

  get model() {
    return this.score.model;
  }

  update({ data, setTriggerValue }) {
    this.trigger = setTriggerValue;
    if (data.line) this.line.connect(data.line);
    if (!isOvertaken(data, this.scene)) this.show(data);
  }

  show(data) {
    for (const brought of [data.structureData, data.other?.structureData])
      if (brought) structures.set(brought.id, brought);
    const structure = structures.get(data.structure);
    if (!structure || (data.other && !structures.has(data.other.structure))) {
      this.outbox.acknowledge(data.acknowledged);
      return this.send({ type: "structure" });
    }
    const isFirst = !this.scene;
    const focused = this.root.getRootNode().activeElement;
    this.scene = data;
    if (this.score.take(structure, data)) this.dock.settle();
    this.comparison.take(data.other, structures);
    this.review.take(data);
    if (data.view != null && (isFirst || data.viewNumber !== this.viewNumber))
      this.view.read(data.view);
    this.viewNumber = data.viewNumber;
    this.view.clamp(this.model);
    // reading a style forces a recalculation: not on the way to the paint. What has left the page has no style
    whenIdle(() => {
      if (this.app.isConnected) this.app.classList.toggle("dark", isDark(this.app));
    });
    // an edit that was refused must not stay in its menu
    for (const band of this.score.bands) {
      const select = band.querySelector("select");
      if (select?.dataset.of === "loss") setOptions(select, structure.losses, data.loss);
      else if (select)
        setProperties(select, { value: structure.bands[Number(select.dataset.of)].activation });
    }
    // once for each answer to what the person did: a question that the page asks by itself takes no sentence away
    if (data.said !== this.said) {
      this.said = data.said;
      if (data.error) refused(this.app);
      this.notify(data.error ?? "", true);
      this.notify(data.notice ?? "");
    }
    if (data.download && data.download.number !== this.downloaded) {
      this.downloaded = data.download.number;
      if (!isFirst) this.#download(data.download);
    }
    this.paint();
    if (!isFirst) this.#keepFocus(focused);
    this.outbox.acknowledge(data.acknowledged);
    window.dispatchEvent(new CustomEvent("mlpviz:painted", { detail: { version: data.version } }));
    return undefined;
  }

  // who works with the keyboard stands somewhere after every edit, also where what was pressed is gone or has no more to do
  #keepFocus(before) {
    if (!this.app.contains(before) && before?.isConnected) return;
    const now = this.root.getRootNode().activeElement;
    // numbers and sliders stay; whether a button does is a question of styles, which would cost on the way to the paint
    if (!before || (now === before && !now.matches("button, select, summary"))) return;
    const canStay = (element) =>
      this.app.contains(element) && !element.disabled && element.checkVisibility();
    if (canStay(now)) return;
    const { undo, redo } = this.toolbar;
    const places = [
      before,
      ...(before === undo ? [redo] : before === redo ? [undo] : []),
      this.transport.play,
    ];
    places.find(canStay).focus({ preventScroll: true });
  }

  paint() {
    paintScene(this);
    this.dock.makeRoom(this.score.fitting.isTooWide);
  }

  notify(text, isError = false) {
    const element = isError ? this.error : this.notice;
    setTold(element, text ?? "");
    setProperties(element, { hidden: !text });
  }

  #download({ name, text }) {
    const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    const anchor = h("a", { href: url, download: name });
    anchor.click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  }

  activeElement() {
    return this.root.activeElement ?? document.activeElement;
  }

  destroy() {
    this.transport.pause();
    this.outbox.stop();
    this.line.close();
    stopFollowing();
    this.score.stop();
    this.comparison.stop();
    this.listening.stop();
    this.review.stop();
    this.dock.stop();
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
