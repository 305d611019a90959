// What stands above the bands: which sample the drawing shows, one sample more or fewer, and training or evaluation.

import { h, setAttribute } from "../shared/dom.js";
import { choiceControl } from "./hyperparameters.js";

export class BatchControls {
  // setSample(number) shows one in the drawing; without `send` there is nothing to edit
  constructor(store, { send, setSample }) {
    this.store = store;
    this.send = send;
    this.setSample = setSample;
  }

  // for the place above the drawing
  samples({ structure }) {
    this.buttons = Array.from({ length: structure.samples }, (_, i) =>
      h(
        "button",
        {
          type: "button",
          class: "sample",
          "data-control": `sample.${i + 1}`,
          title: `show sample ${i + 1} in the drawing`,
          onclick: () => this.setSample(i + 1),
        },
        String(i + 1),
      ),
    );
    return h(
      "div",
      { class: "graph samples" },
      h("span", {}, "sample "),
      ...this.buttons,
      ...(this.send ? this.#edits(structure) : []),
    );
  }

  #edits(structure) {
    const { store } = this;
    const act = (label, title, event, disabled = false) => {
      const names = { "data-control": title, title, "aria-label": title };
      const onclick = () => this.send(event());
      return h("button", { type: "button", class: "quiet", ...names, disabled, onclick }, label);
    };
    return [
      act("+", "add a sample", () => ({ type: "add_sample" })),
      act(
        "−",
        "remove this sample",
        () => ({ type: "remove_sample", sample: store.view.sample }),
        structure.samples < 2,
      ),
      act("copy", "copy this sample", () => ({
        type: "duplicate_sample",
        sample: store.view.sample,
      })),
      h(
        "button",
        {
          type: "button",
          class: "quiet",
          "data-control": "update with this sample",
          "aria-label": "update with this sample",
          title: "apply the update of this sample alone, then show the next one",
          hidden: structure.samples < 2,
          onclick: () => this.#updateWithSample(structure.samples),
        },
        "update",
      ),
    ];
  }

  #updateWithSample(samples) {
    const { sample } = this.store.view;
    this.send({ type: "update_sample", sample });
    this.setSample((sample % samples) + 1);
  }

  // for the corner, where the network tells training from evaluation
  mode({ structure }) {
    if (!structure.hasModes || !this.send) return null;
    return choiceControl("mode", structure.modes, structure.mode, {
      class: "quiet",
      "aria-label": "training or evaluation",
      title: "how batch norm and dropout behave",
      onchange: ({ target }) => this.send({ type: "set_mode", mode: target.value }),
    });
  }

  paint(view) {
    this.buttons.forEach((button, i) => {
      button.classList.toggle("chosen", i === view.sample - 1);
      setAttribute(button, "aria-pressed", String(i === view.sample - 1));
    });
  }
}
