// The toolbar: preset, learning rate and update, loss, undo and redo, link and file.

import {
  closeMenu,
  closeOnEscape,
  h,
  setOptions,
  setProperties,
  setText,
  setTold,
} from "../shared/dom.js";
import { allDigits, exactNumber, formatNumber } from "../shared/number_text.js";
import { pairAt } from "./cells.js";

const LARGEST_FILE = 2_000_000; // bytes; the server states the same limit

export class Toolbar {
  // notify(sentence, isError); link(): the address of exactly this; setNumbers(key): how numbers are written
  constructor({ send, notify, link, setNumbers }) {
    this.send = send;
    this.notify = notify;
    this.link = link;
    const button = (label, title, onclick) =>
      h("button", { type: "button", title, "aria-label": title, onclick }, label);
    this.preset = choice(
      { class: "preset", "aria-label": "example network" },
      (key) => key && send({ type: "preset", key }),
    );
    this.compare = choice(
      { class: "compare", "aria-label": "compare with", title: "a second network beside this one" },
      (key) => key && send({ type: "compare", key }),
    );
    const style = "how numbers are written";
    this.numbers = choice({ "aria-label": style, title: style }, setNumbers);
    this.rate = h("input", {
      class: "rate",
      type: "text",
      inputmode: "decimal",
      "aria-label": "learning rate",
      onchange: () => send({ type: "set_learning_rate", value: this.rate.value }),
    });
    this.optimizer = new OptimizerControls(send);
    this.loss = h("b");
    this.undo = button("↶", "undo (Ctrl+Z)", () => send({ type: "undo" }));
    this.redo = button("↷", "redo (Ctrl+Shift+Z)", () => send({ type: "redo" }));
    this.linkField = h("input", {
      class: "link-field",
      readonly: true,
      hidden: true,
      "aria-label": "link to this page",
      onblur: () => {
        this.linkField.hidden = true;
      },
    });
    this.element = h(
      "div",
      { class: "toolbar", role: "toolbar", "aria-label": "network" },
      this.preset,
      h("label", { class: "rate-label" }, "η ", this.rate),
      ...this.optimizer.elements,
      h("span", { class: "gap" }),
      h("span", { class: "pill loss-value" }, "loss ", this.loss),
      this.compare,
      this.numbers,
      this.undo,
      this.redo,
      button("Reset", "back to the example as it came", () => send({ type: "reset" })),
      button("Copy link", "copy a link to exactly this", () => this.#copy()),
      ...this.#fileMenu(button),
      this.linkField,
    );
  }

  paint(model, scene, view) {
    const presets = scene.presets.map(([key, label]) => [key, label]);
    setOptions(this.preset, [["", scene.name || "untitled"], ...presets], "");
    setOptions(this.compare, [["", "Compare …"], ...scene.variants], "");
    setOptions(this.numbers, scene.number_styles, view.numbers || scene.number_style);
    if (this.element.getRootNode().activeElement !== this.rate) {
      setProperties(this.rate, { value: allDigits(scene.learningRate) });
    }
    this.optimizer.paint(model, scene);
    const at = model.byKey.get(`loss.${model.structure.layers}`).offset;
    setTold(this.loss, model.isKnown(at, view) ? exactNumber(pairAt(scene, at)) : "·");
    setProperties(this.undo, { disabled: !scene.can_undo });
    setProperties(this.redo, { disabled: !scene.can_redo });
  }

  // the button that goes the other way: it takes the focus of one that has no more to do
  twinOf(element) {
    return element === this.undo ? this.redo : element === this.redo ? this.undo : null;
  }

  #fileMenu(button) {
    const file = h("input", {
      type: "file",
      accept: ".json,application/json",
      hidden: true,
      onchange: () => this.#open(file),
    });
    const item = (label, title, act) =>
      button(label, title, () => {
        closeMenu(menu);
        act();
      });
    const menu = h(
      "details",
      { class: "menu file" },
      h("summary", {}, "File"),
      h(
        "div",
        {},
        item("Open a .json file …", "open a document", () => file.click()),
        item("Save as .json", "save the document", () => this.send({ type: "save" })),
      ),
    );
    return [closeOnEscape(menu), file];
  }

  async #copy() {
    const { url, problem } = this.link();
    if (problem) return this.notify(problem, true);
    try {
      await navigator.clipboard.writeText(url);
      this.notify("The link is copied: it holds the whole network and where you stand.");
    } catch {
      // without https browsers keep the clipboard closed: show the link to copy by hand
      this.linkField.hidden = false;
      this.linkField.value = url;
      this.linkField.select();
    }
  }

  async #open(input) {
    const [file] = input.files;
    input.value = "";
    if (!file) return;
    if (file.size <= LARGEST_FILE) return this.send({ type: "open", text: await file.text() });
    const [size, most] = [formatNumber(file.size / 1e6), LARGEST_FILE / 1e6];
    this.notify(
      `The file has ${size} MB, a document has at most ${most} MB; nothing was opened.`,
      true,
    );
  }
}

function choice(attributes, act) {
  const select = h("select", { ...attributes, onchange: () => act(select.value) });
  return select;
}

// ------------------------------------------------------------------

// The optimizer in the toolbar: which one, its knobs, and how many steps one press of "Apply update" takes.

const TIMES = [
  ["1", "× 1"],
  ["10", "× 10"],
  ["100", "× 100"],
];

class OptimizerControls {
  constructor(send) {
    this.send = send;
    this.choice = h("select", {
      class: "optimizer",
      "aria-label": "optimizer",
      title: "how the update uses the gradient",
      onchange: () => send({ type: "set_optimizer", key: this.choice.value }),
    });
    this.fields = h("div", { class: "knobs" });
    this.menu = h(
      "details",
      { class: "menu knobs-menu" },
      h(
        "summary",
        { "aria-label": "knobs of the optimizer", title: "knobs of the optimizer" },
        "⚙",
      ),
      this.fields,
    );
    closeOnEscape(this.menu);
    this.times = h(
      "select",
      { class: "times", "aria-label": "updates at once", title: "updates at once" },
      ...TIMES.map(([value, label]) => h("option", { value }, label)),
    );
    this.apply = h(
      "button",
      {
        type: "button",
        title: "make the new numbers the current ones",
        onclick: () => send({ type: "update", times: Number(this.times.value) }),
      },
      "Apply update",
    );
    this.count = h("span", { class: "steps-taken", title: "steps that the optimizer remembers" });
    this.elements = [this.choice, this.menu, this.apply, this.times, this.count];
  }

  paint({ structure }, scene) {
    const { optimizers, optimizer } = structure;
    setOptions(this.choice, optimizers, optimizer.key);
    setText(this.count, scene.steps_taken ? `t = ${scene.steps_taken}` : "");
    setProperties(this.count, { hidden: !scene.steps_taken });
    if (this.shown === optimizer) return;
    const isSame = this.shown?.key === optimizer.key;
    this.shown = optimizer;
    // the fields of the same optimizer stay: whoever has just turned one is still in it
    if (!isSame) {
      this.inputs = new Map(optimizer.knobs.map((knob) => [knob.name, this.#input(knob)]));
      this.fields.replaceChildren(
        h("p", { class: "muted" }, optimizer.sentence),
        ...optimizer.knobs.map(({ name, label, sentence }) =>
          h(
            "label",
            { class: "knob", title: sentence },
            h("span", {}, label),
            this.inputs.get(name),
          ),
        ),
      );
    }
    for (const { name } of optimizer.knobs) this.#showKnob(name);
  }

  #input({ name, kind }) {
    const isSwitch = kind === "bool";
    const input = h(
      "input",
      isSwitch ? { type: "checkbox" } : { type: "text", inputmode: "decimal" },
    );
    input.addEventListener("change", () => {
      this.send({
        type: "set_optimizer_knob",
        name,
        value: isSwitch ? input.checked : input.value,
      });
      // a refused value must not stay in its field
      this.#showKnob(name);
    });
    return input;
  }

  #showKnob(name) {
    const input = this.inputs.get(name);
    const { value } = this.shown.knobs.find((knob) => knob.name === name);
    if (input.type === "checkbox") input.checked = value;
    else input.value = allDigits(value);
  }
}
