// The transport bar: back, play, forward, the scrubber with its phases, speed and granularity.

import { h, nameOf, setAttribute, setProperties, setText } from "../shared/dom.js";

const SPEEDS = [
  ["0.5", "½×"],
  ["1", "1×"],
  ["2", "2×"],
  ["4", "4×"],
  ["8", "8×"],
];
const GRANULARITIES = [
  ["layer", "Layer"],
  ["unit", "Unit"],
  ["product", "Single product"],
];

export class Transport {
  // chip: says that something is wrong, where there is no room to say what
  // hasProducts: whether somebody gives the growing sums of single products
  constructor(stepping, chip, hasProducts = true) {
    this.stepping = stepping;
    const button = (label, title, onclick) =>
      h("button", { type: "button", title, "aria-label": nameOf(label, title), onclick }, label);
    this.play = button("▶ Play", "play (Space)", () => stepping.toggle());
    this.play.classList.add("play");
    this.range = h("input", {
      type: "range",
      class: "scrubber",
      min: 0,
      step: 1,
      "aria-label": "step",
      oninput: () => stepping.goTo(Number(this.range.value)),
    });
    this.phases = h("div", { class: "phases", "aria-hidden": "true" });
    this.where = h("output", { class: "pill where" });
    const options = (pairs) =>
      pairs.map(([value, label]) => h("option", { value, selected: value === "1" }, label));
    this.speed = h(
      "select",
      {
        "aria-label": "speed",
        title: "speed",
        onchange: () => {
          stepping.speed = Number(this.speed.value);
        },
      },
      ...options(SPEEDS),
    );
    this.granularity = h(
      "select",
      {
        "aria-label": "granularity",
        title: "how much one step shows",
        onchange: () => stepping.setGranularity(this.granularity.value),
      },
      ...options(GRANULARITIES.filter(([key]) => hasProducts || key !== "product")),
    );
    this.element = h(
      "div",
      { class: "transport", role: "group", "aria-label": "steps" },
      button("|◀◀", "to the start (Home)", () => stepping.goTo(0)),
      button("◀", "one step back (←)", () => stepping.goBy(-1)),
      this.play,
      button("▶|", "one step forward (→)", () => stepping.goBy(1)),
      button("▶▶|", "to the end (End)", () => stepping.goTo(Infinity)),
      h("div", { class: "track" }, this.phases, this.range),
      chip,
      this.where,
    );
    this.pace = h(
      "div",
      { class: "pace" },
      h("label", { class: "named" }, h("span", {}, "Speed"), this.speed),
      h("label", { class: "named" }, h("span", {}, "One step shows"), this.granularity),
    );
  }

  paint(model, view) {
    setText(this.play, this.stepping.isPlaying ? "❚❚ Pause" : "▶ Play");
    const steps = model.steps(view.granularity);
    setProperties(this.range, { max: steps.length, value: view.step });
    const spans = model.phases(view.granularity);
    const signature = spans.join();
    if (this.phases.dataset.signature !== signature) {
      this.phases.dataset.signature = signature;
      this.phases.replaceChildren(...spans.map((span) => phase(span, steps.length)));
    }
    const span = spans.find(([, , first, last]) => view.step >= first && view.step <= last);
    const label = span
      ? `${span[1].toLowerCase()} ${view.step - span[2] + 1} / ${span[3] - span[2] + 1}`
      : "start";
    setText(this.where, label);
    setAttribute(this.range, "aria-valuetext", label);
    setProperties(this.granularity, { value: view.granularity });
    const products = this.granularity.options[2];
    if (!products) return;
    setProperties(products, {
      disabled: !model.steps("product"),
      title: model.structure.noProducts,
    });
  }
}

// as wide as its share of the steps, with its name where there is room
function phase([key, label, first, last], steps) {
  const count = last - first + 1;
  const part = h("span", { class: key, "data-term": key }, count / steps > 0.06 ? label : "");
  part.style.flexGrow = String(count);
  return part;
}
