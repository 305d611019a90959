// The numbers of one unit, to be read and set by hand: its bias and the weights of what it reads.
// Python sets them, and learning goes on from there.

import { activeIn, h, rebuild, setProperties, setText } from "../shared/dom.js";
import { allDigits } from "../shared/number_text.js";
import { showText, textField } from "../shared/text_field.js";

const WIDTH = 232;

function written(value) {
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
    rebuild(this.fields, bias.element, ...this.inputs.map(({ element }) => element));
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
    const attributes = { inputmode: "decimal", autocomplete: "off", "aria-label": label };
    const input = textField(attributes, (text) => this.#set(text, source));
    return { input, element: h("label", {}, h("span", {}, text), input) };
  }

  #set(value, source) {
    if (!this.chosen) return; // closed while it was typed
    const { layer, unit } = this.chosen;
    this.send({ type: "set_parameter", layer, unit, source, value });
  }

  #key(event) {
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
    this.numbers = numbers;
    const { layer, unit } = this.chosen;
    const row = numbers.weights[layer]?.[unit];
    if (!row) return this.close();
    const biases = numbers.biases?.[layer];
    setProperties(this.bias, { disabled: !biases });
    showText(this.bias, written(biases?.[unit]));
    this.inputs.forEach(({ input }, i) => showText(input, written(row[i])));
    return undefined;
  }
}
