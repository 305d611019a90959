// The numbers of one unit, to be read and set by hand: its bias and the weights of what it reads.
// Python sets them, and learning goes on from there.

import { activeIn, h, setProperties, setText } from "../shared/dom.js";
import { allDigits } from "../shared/number_text.js";

const WIDTH = 232;

function typed(value) {
  return value == null ? "" : allDigits(value);
}

export class UnitEditor {
  constructor({ send }) {
    this.send = send;
    this.title = h("b", {});
    this.fields = h("div", { class: "numbers" });
    this.element = h(
      "form",
      {
        class: "unit-editor",
        hidden: true,
        "aria-label": "numbers of one unit",
        onsubmit: (event) => event.preventDefault(),
        onkeydown: (event) => this.#key(event),
      },
      h(
        "div",
        { class: "head" },
        this.title,
        h(
          "button",
          { type: "button", class: "quiet", "aria-label": "close", onclick: () => this.close() },
          "✕",
        ),
      ),
      this.fields,
    );
    this.chosen = null;
  }

  // unit: { layer, unit, name }; source: which weight was pointed at, null for the bias; sources: names of what it
  // reads
  open(unit, source, sources, { x, y, width }, numbers) {
    this.back = activeIn(this.element);
    this.chosen = { ...unit, source };
    setText(this.title, unit.name);
    this.inputs = sources.map((name, i) => this.#field(`weight of ${name}`, `from ${name}`, i));
    const bias = this.#field(`bias of ${unit.name}`, "bias", null);
    this.bias = bias.input;
    this.fields.replaceChildren(bias.element, ...this.inputs.map(({ element }) => element));
    setProperties(this.element, { hidden: false });
    Object.assign(this.element.style, {
      left: `${Math.max(0, Math.min(x, width - WIDTH))}px`,
      top: `${y}px`,
      width: `${Math.min(WIDTH, width)}px`,
    });
    this.take(numbers);
    const chosen = source === null ? this.bias : this.inputs[source]?.input;
    const first = chosen?.disabled ? this.inputs[0]?.input : chosen;
    first?.focus();
    first?.select();
  }

  #field(label, text, source) {
    const input = h("input", {
      type: "text",
      inputmode: "decimal",
      autocomplete: "off",
      "aria-label": label,
      onchange: () => this.#set(input, source),
    });
    return { input, element: h("label", {}, h("span", {}, text), input) };
  }

  #set(input, source) {
    const { layer, unit } = this.chosen;
    this.send({ type: "set_parameter", layer, unit, source, value: input.value });
  }

  #key(event) {
    if (event.key === "Enter") event.target.dispatchEvent(new Event("change"));
    if (event.key === "Escape") this.close();
    event.stopPropagation();
  }

  close() {
    setProperties(this.element, { hidden: true });
    this.chosen = null;
    this.back?.focus?.();
  }

  // numbers: { weights, biases } as they are now; what is being typed stays
  take(numbers) {
    if (!this.chosen || !numbers?.weights) return;
    const { layer, unit } = this.chosen;
    const row = numbers.weights[layer]?.[unit];
    if (!row) return this.close();
    const biases = numbers.biases?.[layer];
    setProperties(this.bias, { disabled: !biases });
    this.#show(this.bias, biases?.[unit]);
    this.inputs.forEach(({ input }, i) => this.#show(input, row[i]));
    return undefined;
  }

  #show(input, value) {
    if (input.getRootNode().activeElement !== input) setProperties(input, { value: typed(value) });
  }
}
