// The dialogue that makes a network of one's own. Python makes it, and says at which field something does not fit.
// Its fields are made when it is opened, so that the first paint need not wait for them.

import { h, setOptions, setProperties, setText } from "../shared/dom.js";

const WIDTHS = "2-3-2";
const HIDDEN = "relu";
const LAST = "identity";
const LOSS = "mse";
const SEPARATORS = /[^\d]+/;

let attempts = 0;

export class NewNetwork {
  // send(event); openFile(): chooses a file instead
  constructor({ send, openFile }) {
    this.send = send;
    this.attempt = null; // the one that has no answer yet
    this.layers = []; // the select of each layer's activation
    this.openFile = openFile;
    this.choices = null;
    this.element = h("dialog", { class: "new-network", "aria-labelledby": "new-network-title" });
    // its keys are not the sheet's
    this.element.addEventListener("keydown", (event) => event.stopPropagation());
    this.element.addEventListener("paste", (event) => event.stopPropagation());
  }

  #build() {
    this.errors = new Map(); // field -> { control, line }
    const widths = h("input", {
      type: "text",
      autocomplete: "off",
      value: WIDTHS,
      oninput: () => this.#showLayers(),
    });
    const whole = (value) => h("input", { type: "text", inputmode: "numeric", value });
    this.controls = {
      widths,
      all: h("select", { onchange: () => this.#setAll() }),
      biases: h("input", { type: "checkbox", checked: true }),
      loss: h("select", { onchange: () => this.#fitLast() }),
      start: h("select"),
      seed: whole("0"),
      samples: whole("2"),
    };
    const { all, biases, loss, start, seed, samples } = this.controls;
    this.each = h("div", { class: "each" });
    this.element.append(
      h(
        "form",
        { novalidate: true, onsubmit: (event) => this.#submit(event) },
        h("h2", { id: "new-network-title" }, "New network"),
        this.#field("widths", "Layers", widths, "inputs, then the units of each layer"),
        this.#field("", "Activation of all hidden layers", all),
        h("details", {}, h("summary", {}, "Each layer by itself"), this.each),
        this.#line("activations"),
        h("label", { class: "row check" }, biases, "Biases"),
        this.#field("loss", "Loss", loss),
        this.#field("start", "Weights begin as", start),
        this.#field("seed", "Seed", seed, "the same seed draws the same numbers"),
        this.#field("samples", "Samples", samples),
        h(
          "div",
          { class: "choices" },
          h("button", { type: "submit", class: "primary" }, "Create"),
          h("button", { type: "button", onclick: () => this.element.close() }, "Cancel"),
          h(
            "button",
            {
              type: "button",
              onclick: () => {
                this.element.close();
                this.openFile();
              },
            },
            "Open a file …",
          ),
        ),
      ),
    );
    const { choices } = this;
    setOptions(all, choices.activations, HIDDEN);
    setOptions(loss, choices.losses, LOSS);
    setOptions(start, choices.starts, choices.starts[0][0]);
    this.#showLayers();
  }

  #field(name, label, control, hint = "") {
    const row = h("label", { class: "row" }, h("span", {}, label), control);
    const said = hint && h("p", { class: "hint" }, hint);
    return h("div", { class: "field" }, row, said || null, name ? this.#line(name, control) : null);
  }

  #line(name, control = null) {
    const line = h("p", { class: "field-error", id: `new-network-${name}`, hidden: true });
    this.errors.set(name, { line, control });
    return line;
  }

  // choices: what Python offers, once
  offer(choices) {
    this.choices ??= choices;
  }

  open() {
    if (!this.element.firstChild) this.#build();
    this.#complain("", "");
    this.element.showModal();
    this.controls.widths.focus();
    this.controls.widths.select();
  }

  // one select per layer of what is typed
  #showLayers() {
    const sizes = this.controls.widths.value.split(SEPARATORS).filter(Boolean).slice(1, 40);
    const before = this.layers.map((select) => select.value);
    const { activations } = this.choices;
    this.layers = sizes.map((_, i) => {
      const isLast = i === sizes.length - 1;
      const select = h("select", { "aria-label": `activation of layer ${i + 1}` });
      const kept = isLast === (i === before.length - 1) ? before[i] : null;
      setOptions(select, activations, kept ?? (isLast ? LAST : this.controls.all.value));
      return select;
    });
    this.each.replaceChildren(
      ...this.layers.map((select, i) =>
        h(
          "label",
          { class: "row" },
          h("span", {}, `Layer ${i + 1}: ${sizes[i]} ${sizes[i] === "1" ? "unit" : "units"}`),
          select,
        ),
      ),
    );
    this.#fitLast();
  }

  #setAll() {
    for (const select of this.layers.slice(0, -1)) select.value = this.controls.all.value;
  }

  // the loss may want another function at the end
  #fitLast() {
    const last = this.layers.at(-1);
    const fits = this.choices.fits[this.controls.loss.value];
    if (last && fits && !fits.includes(last.value)) [last.value] = fits;
  }

  #submit(event) {
    event.preventDefault();
    const { widths, biases, loss, start, seed, samples } = this.controls;
    this.attempt = attempts += 1;
    this.send({
      type: "new_network",
      attempt: this.attempt,
      widths: widths.value,
      activations: this.layers.map((select) => select.value),
      biases: biases.checked,
      loss: loss.value,
      start: start.value,
      seed: seed.value,
      samples: samples.value,
    });
  }

  // what became of the last attempt
  take(made) {
    if (this.attempt === null || made?.attempt !== this.attempt) return;
    this.attempt = null;
    if (made.field) this.#complain(made.field, made.problem);
    else this.element.close();
  }

  #complain(field, problem) {
    for (const [name, { line, control }] of this.errors) {
      const isHere = name === field;
      setText(line, isHere ? `${problem[0].toUpperCase()}${problem.slice(1)}.` : "");
      setProperties(line, { hidden: !isHere });
      control?.setAttribute("aria-invalid", String(isHere));
      if (isHere) control?.setAttribute("aria-describedby", line.id);
      else control?.removeAttribute("aria-describedby");
      if (isHere) (control ?? this.layers.at(-1))?.focus();
    }
  }
}
