// What stands above the bands: which sample the drawing shows, one sample more or fewer, and training or evaluation.

import { h, setAttribute } from "../shared/dom.js";
import { choiceControl } from "./hyperparameters.js";

export class Above {
  constructor(host) {
    this.host = host;
  }

  // for the place above the drawing
  samples({ structure }) {
    const { host } = this;
    this.buttons = Array.from({ length: structure.samples }, (_, i) =>
      h(
        "button",
        {
          type: "button",
          class: "sample",
          "data-control": `sample.${i + 1}`,
          title: `show sample ${i + 1} in the drawing`,
          onclick: () => host.stepping.setSample(i + 1),
        },
        String(i + 1),
      ),
    );
    const act = (label, title, edit, disabled) =>
      h(
        "button",
        {
          type: "button",
          class: "quiet",
          "data-control": title,
          title,
          "aria-label": title,
          disabled,
          onclick: () => host.send(edit()),
        },
        label,
      );
    return h(
      "div",
      { class: "graph samples" },
      h("span", {}, "sample "),
      ...this.buttons,
      act("+", "add a sample", () => ({ type: "add_sample" })),
      act("copy", "duplicate this sample", () => ({
        type: "duplicate_sample",
        sample: host.view.sample,
      })),
      act(
        "−",
        "remove this sample",
        () => ({ type: "remove_sample", sample: host.view.sample }),
        structure.samples < 2,
      ),
    );
  }

  // for the corner, where the network tells training from evaluation
  mode({ structure }) {
    if (!structure.hasModes) return null;
    return choiceControl("mode", this.host.scene.modes, structure.mode, {
      class: "quiet",
      "aria-label": "training or evaluation",
      title: "how batch norm and dropout behave",
      onchange: ({ target }) => this.host.send({ type: "set_mode", mode: target.value }),
    });
  }

  paint(view) {
    this.buttons.forEach((button, i) => {
      button.classList.toggle("chosen", i === view.sample - 1);
      setAttribute(button, "aria-pressed", String(i === view.sample - 1));
    });
  }
}
