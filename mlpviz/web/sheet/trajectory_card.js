// The steps that were taken: the loss at each, and a slider that goes back to one of them.

import { smallCurve } from "../shared/axes.js";
import { h, setProperties, setText, setTold, svg } from "../shared/dom.js";
import { phrase, plain } from "../shared/number_text.js";
import { Collapsible } from "./collapsible.js";

const PLOT = { width: 260, height: 64, edge: 6 };

export class TrajectoryCard extends Collapsible {
  // rewind(to): goes back to a step
  constructor({ onToggle, rewind }) {
    const plot = h("div", { class: "walk-plot" });
    const where = h("output", { class: "where-walk" });
    const slider = h("input", {
      type: "range",
      min: 0,
      step: 1,
      "aria-label": "go back to a step that was taken",
    });
    const back = h("button", { type: "button" }, "Go back to this step");
    const sentence = h("p", { class: "sentence" });
    super(
      onToggle,
      "Steps taken",
      "walk",
      plot,
      h("div", { class: "walk-where" }, slider, where),
      back,
      sentence,
    );
    this.plot = plot;
    this.where = where;
    this.slider = slider;
    this.back = back;
    this.sentence = sentence;
    slider.addEventListener("input", () => this.#point());
    back.addEventListener("click", () => {
      if (back.ariaDisabled !== "true") rewind(Number(slider.value));
    });
  }

  get isOfNoCell() {
    return true;
  }

  get tellsLoss() {
    return true;
  }

  wants({ walked }) {
    return walked > 1;
  }

  isOpen() {
    return super.isOpen(false);
  }

  show(answer) {
    if (!answer || this.shown === answer) return;
    this.shown = answer;
    const { losses, starts, here } = answer;
    const { plot, points } = smallCurve(losses, {
      ...PLOT,
      title: `the loss at each step. ${plain(answer.sentence)}`,
    });
    for (const [x] of starts.slice(1).map((at) => points[at] ?? [])) {
      if (x === undefined) continue;
      plot.append(svg("line", { x1: x, x2: x, y1: 0, y2: PLOT.height, class: "start" }));
    }
    this.marker = svg("circle", { r: 4, class: "here" });
    this.points = points;
    plot.append(this.marker);
    this.plot.replaceChildren(plot);
    setProperties(this.slider, {
      max: losses.length - 1,
      value: here < 0 ? losses.length - 1 : here,
    });
    setTold(this.sentence, answer.sentence);
    this.#point();
  }

  #point() {
    const { steps, texts, here } = this.shown;
    const at = Number(this.slider.value);
    const point = this.points[at];
    this.marker.setAttribute("visibility", point ? "visible" : "hidden");
    if (point) {
      this.marker.setAttribute("cx", point[0].toFixed(1));
      this.marker.setAttribute("cy", point[1].toFixed(1));
    }
    setTold(this.where, phrase`step ${steps[at]} · loss ${texts[at]}`);
    this.slider.setAttribute("aria-valuetext", this.where.textContent);
    // not `disabled`: it may have the focus, and a disabled button swallows the keys pressed on it, such as Ctrl+Z
    setProperties(this.back, { ariaDisabled: at === here });
    setText(this.back, at === here ? "You are at this step" : `Go back to step ${steps[at]}`);
  }
}
