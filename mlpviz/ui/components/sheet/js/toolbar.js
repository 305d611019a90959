// The toolbar: preset, learning rate and update, loss, undo and redo, link and file.

import { allDigits, exactNumber, formatNumber } from "../../number_text.js";
import { closeMenu, closeOnEscape, h, setOptions, setProperties, setTold } from "./dom.js";
import { parseTyped } from "./editing.js";
import { OptimizerControls } from "./optimizer.js";
import { pairAt } from "./texts.js";
import { address } from "./view.js";

const LARGEST_FILE = 2_000_000; // bytes; the server states the same limit

export class Toolbar {
  constructor(host) {
    this.host = host;
    const { send } = host;
    const button = (label, title, onclick) => h("button", { type: "button", title, "aria-label": title, onclick }, label);
    this.preset = h("select", { class: "preset", "aria-label": "example network", onchange: () => this.preset.value && send({ type: "preset", key: this.preset.value }) });
    this.rate = h("input", { class: "rate", type: "text", inputmode: "decimal", "aria-label": "learning rate", onchange: () => send({ type: "set_learning_rate", value: parseTyped(this.rate.value) }) });
    this.optimizer = new OptimizerControls(host);
    this.loss = h("b");
    this.numbers = h("select", { "aria-label": "how numbers are written", title: "how numbers are written", onchange: () => { host.view.numbers = this.numbers.value; send({ type: "view" }); } });
    this.compare = h("select", { class: "compare", "aria-label": "compare with", title: "a second network beside this one", onchange: () => this.compare.value && send({ type: "compare", key: this.compare.value }) });
    this.undo = button("↶", "undo (Ctrl+Z)", () => send({ type: "undo" }));
    this.redo = button("↷", "redo (Ctrl+Shift+Z)", () => send({ type: "redo" }));
    this.file = h("input", { type: "file", accept: ".json,application/json", hidden: true, onchange: () => this.#open() });
    const menu = h("details", { class: "menu file" }, h("summary", {}, "File"), h("div", {},
      button("Open a .json file …", "open a document", () => { closeMenu(menu); this.file.click(); }),
      button("Save as .json", "save the document", () => { closeMenu(menu); send({ type: "save" }); })));
    closeOnEscape(menu);
    this.linkField = h("input", { class: "link-field", readonly: true, hidden: true, "aria-label": "link to this page", onblur: () => { this.linkField.hidden = true; } });
    this.element = h("div", { class: "toolbar", role: "toolbar", "aria-label": "network" },
      this.preset,
      h("label", { class: "rate-label" }, "η ", this.rate),
      ...this.optimizer.elements,
      h("span", { class: "gap" }),
      h("span", { class: "pill loss-value" }, "loss ", this.loss),
      this.compare, this.numbers, this.undo, this.redo,
      button("Reset", "back to the example as it came", () => send({ type: "reset" })),
      button("Copy link", "copy a link to exactly this", () => this.#copy()),
      menu, this.file, this.linkField);
  }

  paint(model, scene, view) {
    setOptions(this.preset, [["", scene.name || "untitled"], ...scene.presets.map(([key, label]) => [key, label])], "");
    setOptions(this.compare, [["", "Compare …"], ...scene.variants], "");
    setOptions(this.numbers, scene.numberStyles, view.numbers || scene.numberStyle);
    const active = this.host.activeElement();
    if (active !== this.rate) setProperties(this.rate, { value: allDigits(scene.learningRate) });
    this.optimizer.paint(model, scene);
    const at = model.byKey.get(`loss.${model.structure.layers}`).offset;
    setTold(this.loss, model.reveals[view.granularity][at] <= view.step ? exactNumber(pairAt(scene, at)) : "·");
    setProperties(this.undo, { disabled: !scene.canUndo });
    setProperties(this.redo, { disabled: !scene.canRedo });
  }

  async #copy() {
    const { scene, view } = this.host;
    if (!scene.link) return this.host.notify(scene.linkProblem, true);
    const url = address(scene, view);
    try {
      await navigator.clipboard.writeText(url);
      this.host.notify("The link is copied: it holds the whole network and where you stand.");
    } catch {
      // without https browsers keep the clipboard closed: show the link to copy by hand
      this.linkField.hidden = false;
      this.linkField.value = url;
      this.linkField.select();
    }
  }

  async #open() {
    const [file] = this.file.files;
    this.file.value = "";
    if (!file) return;
    if (file.size > LARGEST_FILE) {
      return this.host.notify(`The file has ${formatNumber(file.size / 1e6)} MB, a document has at most ${LARGEST_FILE / 1e6} MB; nothing was opened.`, true);
    }
    this.host.send({ type: "open", text: await file.text() });
  }
}
