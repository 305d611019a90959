// The optimizer in the toolbar: which one, its hyperparameters, and how many steps one press of "Apply update" takes.

import {
  closeOnEscape,
  h,
  setChildren,
  setOptions,
  setProperties,
  setText,
} from "../shared/dom.js";
import { allDigits } from "../shared/number_text.js";
import { setLabel } from "../shared/sentence_case.js";
import { setHelp } from "../shared/term_help.js";
import { showText, textField } from "../shared/text_field.js";

const TIMES = [
  ["1", "× 1"],
  ["10", "× 10"],
  ["100", "× 100"],
];

export class OptimizerControls {
  // schedule: its controls, which stand below the hyperparameters
  constructor(send, schedule) {
    this.send = send;
    this.choice = h("select", {
      class: "optimizer",
      "aria-label": "optimizer",
      title: "how the update uses the gradient",
      onchange: () => send({ type: "set_optimizer", key: this.choice.value }),
    });
    this.sentence = h("p", { class: "muted" });
    this.inputs = new Map(); // name of a hyperparameter -> { key, input, label }
    this.fields = h("div", { class: "knobs" });
    this.menu = h(
      "details",
      { class: "menu knobs-menu" },
      h(
        "summary",
        {
          "aria-label": "knobs of the optimizer, and the schedule",
          title: "knobs of the optimizer, and the schedule of the learning rate",
        },
        "⚙",
      ),
      h("div", {}, this.fields, schedule.element),
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
        "aria-label": "Apply update",
        onclick: () => send({ type: "update", times: Number(this.times.value) }),
      },
      "Apply",
      h("span", { class: "wide" }, " update"),
    );
    this.count = h("span", { class: "steps-taken", "data-term": "steps_taken" });
    this.elements = [this.choice, this.menu, this.apply, this.times, this.count];
  }

  paint({ structure }, scene) {
    const { optimizers, optimizer } = structure;
    setOptions(this.choice, optimizers, optimizer.key);
    setText(this.count, scene.steps_taken ? `t = ${scene.steps_taken}` : "");
    setProperties(this.count, { hidden: !scene.steps_taken });
    if (this.shown?.key !== optimizer.key) this.#build(optimizer);
    this.shown = optimizer;
    for (const { name } of optimizer.hyperparameters) this.#showHyperparameter(name);
  }

  // a field that both optimizers have stays: somebody may be typing into it
  #build({ sentence, hyperparameters }) {
    const before = this.inputs;
    this.inputs = new Map();
    const fields = hyperparameters.map((hyperparameter) => {
      const key = `${hyperparameter.name} ${hyperparameter.kind}`;
      const kept = before.get(hyperparameter.name);
      const one = kept?.key === key ? kept : this.#field(hyperparameter, key);
      setHelp(one.label.firstChild, hyperparameter.label, hyperparameter.sentence);
      setLabel(one.label.firstChild, hyperparameter.label);
      this.inputs.set(hyperparameter.name, one);
      return one.label;
    });
    setText(this.sentence, sentence);
    setChildren(this.fields, [this.sentence, ...fields]);
  }

  #field({ name, kind }, key) {
    const isSwitch = kind === "bool";
    const set = (value) => {
      this.send({ type: "set_optimizer_knob", name, value });
      // a refused value must not stay in its field
      this.#showHyperparameter(name);
    };
    const input = isSwitch
      ? h("input", { type: "checkbox", onchange: () => set(input.checked) })
      : textField({ inputmode: "decimal" }, set);
    return { key, input, label: h("label", { class: "knob" }, h("span", {}), input) };
  }

  #showHyperparameter(name) {
    const hyperparameter = this.shown.hyperparameters.find((one) => one.name === name);
    const input = this.inputs.get(name)?.input;
    if (!hyperparameter || !input) return; // of an optimizer that was left meanwhile
    if (input.type === "checkbox") input.checked = hyperparameter.value;
    else showText(input, allDigits(hyperparameter.value));
  }
}
