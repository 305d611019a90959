// The toolbar: preset, learning rate and update, loss, undo and redo, link and file.

import { closeMenu, closeOnEscape, h, setOptions, setProperties, setTold } from "../shared/dom.js";
import { readTyped } from "../shared/number_input.js";
import { allDigits, exactNumber, formatNumber } from "../shared/number_text.js";
import { pairAt } from "./cells.js";
import { OptimizerControls } from "./optimizer.js";

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
      onchange: () => send({ type: "set_learning_rate", value: readTyped(this.rate.value) }),
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
