// The transport bar: back, play, forward, the scrubber with its phases, speed and granularity.

import { h, setAttribute, setProperties, setText } from "../shared/dom.js";

const SPEEDS = [
  ["0.5", "½×"],
  ["1", "1×"],
  ["2", "2×"],
  ["4", "4×"],
  ["8", "8×"],
];
const PER_SECOND = { layer: 1.5, unit: 3, product: 6 };

export class Transport {
  constructor(host) {
    this.host = host;
    this.timer = null;
    const button = (label, title, onclick) =>
      h("button", { type: "button", title, "aria-label": title, onclick }, label);
    this.play = button("▶ Play", "play (Space)", () => this.toggle());
    this.range = h("input", {
      type: "range",
      class: "scrubber",
      min: 0,
      step: 1,
      "aria-label": "step",
      oninput: () => host.stepping.goTo(Number(this.range.value)),
    });
    this.phases = h("div", { class: "phases", "aria-hidden": "true" });
    this.where = h("output", { class: "pill where" });
    this.speed = h(
      "select",
      { "aria-label": "speed", title: "speed" },
      ...SPEEDS.map(([value, label]) => h("option", { value, selected: value === "1" }, label)),
    );
    this.granularity = h(
      "select",
      {
        "aria-label": "granularity",
        title: "how much one step shows",
        onchange: () => host.stepping.setGranularity(this.granularity.value),
      },
      h("option", { value: "layer" }, "layer"),
      h("option", { value: "unit" }, "unit"),
      h("option", { value: "product" }, "single product"),
    );
    this.element = h(
      "div",
      { class: "transport", role: "group", "aria-label": "steps" },
      button("|◀◀", "to the start (Home)", () => host.stepping.goTo(0)),
      button("◀", "one step back (←)", () => host.stepping.goBy(-1)),
      this.play,
      button("▶|", "one step forward (→)", () => host.stepping.goBy(1)),
      button("▶▶|", "to the end (End)", () => host.stepping.goTo(Infinity)),
      h("div", { class: "track" }, this.phases, this.range),
      this.where,
      this.speed,
      this.granularity,
    );
  }

  toggle() {
    if (this.timer) return this.pause();
    if (this.host.view.step >= this.host.stepping.steps().length) this.host.stepping.goTo(0, true);
    const tick = () => {
      this.host.stepping.goBy(1, true);
      const done = this.host.view.step >= this.host.stepping.steps().length;
      this.timer = done
        ? null
        : setTimeout(
            tick,
            1000 / (PER_SECOND[this.host.view.granularity] * Number(this.speed.value)),
          );
      this.label();
    };
    this.timer = setTimeout(tick, 0);
    this.label();
  }

  pause() {
    clearTimeout(this.timer);
    this.timer = null;
    this.label();
  }

  label() {
    setText(this.play, this.timer ? "❚❚ Pause" : "▶ Play");
  }

  paint(model, view) {
    const steps = model.steps(view.granularity);
    setProperties(this.range, { max: steps.length, value: view.step });
    const spans = model.phases(view.granularity);
    const signature = spans.join();
    if (this.phases.dataset.signature !== signature) {
      this.phases.dataset.signature = signature;
      this.phases.replaceChildren(
        ...spans.map(([key, label, first, last]) => {
          const share = (last - first + 1) / steps.length;
          const part = h("span", { class: key, title: label }, share > 0.06 ? label : "");
          part.style.flexGrow = last - first + 1;
          return part;
        }),
      );
    }
    const span = spans.find(([, , first, last]) => view.step >= first && view.step <= last);
    const label = span
      ? `${span[1].toLowerCase()} ${view.step - span[2] + 1} / ${span[3] - span[2] + 1}`
      : "start";
    setText(this.where, label);
    setAttribute(this.range, "aria-valuetext", label);
    setProperties(this.granularity, { value: view.granularity });
    setProperties(this.granularity.options[2], {
      disabled: !model.steps("product"),
      title: model.structure.noProducts,
    });
  }
}
