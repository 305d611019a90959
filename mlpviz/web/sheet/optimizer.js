// The optimizer in the toolbar: which one, its knobs, and how many steps one press of "Apply update" takes.

import { closeOnEscape, h, setOptions, setProperties, setText } from "../shared/dom.js";
import { readTyped } from "../shared/number_input.js";
import { allDigits } from "../shared/number_text.js";

const TIMES = [
  ["1", "× 1"],
  ["10", "× 10"],
  ["100", "× 100"],
];

export class OptimizerControls {
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
        value: isSwitch ? input.checked : readTyped(input.value),
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
