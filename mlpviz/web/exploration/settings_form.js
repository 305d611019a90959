// The settings as a form: menus, sliders with a field for the number, and switches, in groups.

import { h, setChildren, setOptions, setProperties, setText } from "../shared/dom.js";
import { newGesture } from "../shared/outbox.js";
import { markCase } from "../shared/sentence_case.js";
import { setHelp } from "../shared/term_help.js";
import { showText, textField } from "../shared/text_field.js";

const PACE = 120; // ms from one place of a playing slider to the next, at least

export class SettingsForm {
  // unanswered(): the events that have no answer yet
  constructor(send, unanswered) {
    this.send = send;
    this.unanswered = unanswered;
    this.controls = new Map(); // key and kind -> control
    this.groups = new Map(); // name -> its part of the form
    this.element = h("form", {
      class: "settings",
      "aria-label": "settings",
      onsubmit: (event) => event.preventDefault(),
    });
  }

  /** @param {import("../shared/protocol.js").SettingItem[]} items */
  take(items) {
    const placed = new Map();
    for (const item of items) {
      const name = `${item.kind} ${item.key}`;
      if (!this.controls.has(name))
        this.controls.set(name, control(item, this.send, this.unanswered));
      const one = this.controls.get(name);
      one.take(item);
      if (!placed.has(item.group)) placed.set(item.group, []);
      placed.get(item.group).push(one.element);
    }
    const groups = [...placed].map(([group, elements]) => {
      if (!this.groups.has(group)) {
        const legend = group ? h("legend", {}, group) : null;
        this.groups.set(group, h("fieldset", {}, legend, h("div", { class: "controls" })));
      }
      const element = this.groups.get(group);
      setChildren(element.lastElementChild, elements);
      return element;
    });
    setChildren(this.element, groups);
  }

  // the page has shown the last event: what plays goes on
  shown() {
    for (const one of this.controls.values()) one.shown?.();
  }

  focus() {
    this.element.querySelector("select, input, button")?.focus();
  }

  stop() {
    for (const one of this.controls.values()) one.stop?.();
  }
}

function control(item, send, unanswered) {
  return new { choice: Menu, slider: Slider, switch: Switch }[item.kind](item, send, unanswered);
}

class Control {
  constructor({ key }, send, unanswered) {
    this.key = key;
    this.send = send;
    this.unanswered = unanswered;
    this.label = h("span", { class: "label" });
  }

  take(item) {
    this.item = item;
    setText(this.label, item.label);
    markCase(this.label, item.label);
    setHelp(this.label, item.label, item.help);
  }

  set(value) {
    this.send({ type: "set", key: this.key, value });
  }

  // what was chosen last counts until it is answered: the answer to something else may come first
  chosen(type) {
    const own = (event) => event.type === type && event.key === this.key;
    return this.unanswered().findLast(own);
  }
}

class Menu extends Control {
  constructor(item, send, unanswered) {
    super(item, send, unanswered);
    this.select = h("select", { onchange: () => this.set(this.select.value) });
    this.element = h("label", { class: "choice" }, this.label, this.select);
  }

  take(item) {
    super.take(item);
    setOptions(this.select, item.options, this.chosen("set")?.value ?? item.text);
  }
}

class Switch extends Control {
  constructor(item, send, unanswered) {
    super(item, send, unanswered);
    this.box = h("input", { type: "checkbox", onchange: () => this.set(this.box.checked) });
    this.element = h("label", { class: "switch" }, this.box, this.label);
  }

  take(item) {
    super.take(item);
    setProperties(this.box, { checked: this.chosen("set")?.value ?? item.text === "yes" });
  }
}

class Slider extends Control {
  constructor(item, send, unanswered) {
    super(item, send, unanswered);
    this.range = h("input", { type: "range" });
    this.range.addEventListener("input", () => this.#slide(Number(this.range.value)));
    this.range.addEventListener("change", () => {
      this.gesture = null;
    });
    this.field = textField({ inputmode: "decimal", autocomplete: "off" }, (text) => this.set(text));
    this.player = h(
      "button",
      { type: "button", class: "play", hidden: true, onclick: () => this.#toggle() },
      "▶",
    );
    this.element = h(
      "div",
      { class: "slider" },
      h("label", {}, this.label, this.range),
      this.field,
      this.player,
    );
  }

  take(item) {
    super.take(item);
    const { low, high, step, place, label, text } = item;
    setProperties(this.range, { min: low, max: high, step });
    // where the finger is counts until it is let go, and then what was chosen last, until that is answered
    if (!this.gesture) setProperties(this.range, { value: this.chosen("slide")?.place ?? place });
    setProperties(this.range, { ariaValueText: text });
    this.field.setAttribute("aria-label", `${label}, as a number`);
    showText(this.field, text);
    setProperties(this.player, { hidden: !item.plays });
    this.#showPlayer();
  }

  #slide(place) {
    this.gesture ??= newGesture();
    this.send({ type: "slide", key: this.key, place, gesture: this.gesture });
  }

  #toggle() {
    this.isPlaying = !this.isPlaying;
    this.#showPlayer();
    if (this.isPlaying) this.#next(this.item.place >= this.item.high - 1e-9 ? this.item.low : null);
  }

  #showPlayer() {
    setText(this.player, this.isPlaying ? "⏸" : "▶");
    const title = `${this.isPlaying ? "pause" : "play"}: ${this.item.label}`;
    setProperties(this.player, { title, ariaLabel: title });
  }

  shown() {
    if (!this.isPlaying) return;
    if (this.item.place >= this.item.high - 1e-9 || !this.element.isConnected) {
      this.isPlaying = false;
      this.#showPlayer();
      return;
    }
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.isPlaying && this.#next(null), PACE);
  }

  #next(from) {
    const place = from ?? Math.min(this.item.high, this.item.place + this.item.step);
    this.send({ type: "slide", key: this.key, place });
  }

  stop() {
    clearTimeout(this.timer);
    this.isPlaying = false;
  }
}
