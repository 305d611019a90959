// The steps that were taken: the loss at each, and a slider that goes back to one of them.

import { curve } from "./curve.js";
import { phrase, plain } from "../../number_text.js";
import { h, setProperties, setText, setTold, svg } from "./dom.js";
import { Folding } from "./folding.js";

const WALK = { width: 260, height: 64, edge: 6 };

export class WalkCard extends Folding {
  constructor(host) {
    const plot = h("div", { class: "walk-plot" });
    const where = h("output", { class: "where-walk" });
    const slider = h("input", { type: "range", min: 0, step: 1, "aria-label": "go back to a step that was taken" });
    const back = h("button", { type: "button" }, "Go back to this step");
    const sentence = h("p", { class: "sentence" });
    super(host, "Steps taken", "walk", plot, h("div", { class: "walk-where" }, slider, where), back, sentence);
    Object.assign(this, { plot, where, slider, back, sentence, host });
    slider.addEventListener("input", () => this.#point());
    back.addEventListener("click", () => host.send({ type: "rewind", to: Number(slider.value) }));
  }

  get isOfNoCell() {
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
    const { plot, points } = curve(losses, { ...WALK, title: `the loss at each step. ${plain(answer.sentence)}` });
    for (const at of starts.slice(1)) if (points[at]) plot.append(svg("line", { x1: points[at][0], x2: points[at][0], y1: 0, y2: WALK.height, class: "start" }));
    this.marker = svg("circle", { r: 4, class: "here" });
    this.points = points;
    plot.append(this.marker);
    this.plot.replaceChildren(plot);
    setProperties(this.slider, { max: losses.length - 1, value: here < 0 ? losses.length - 1 : here });
    setTold(this.sentence, answer.sentence);
    this.#point();
  }

  #point() {
    const { steps, texts, here } = this.shown;
    const at = Number(this.slider.value);
    const point = this.points[at];
    this.marker.setAttribute("visibility", point ? "visible" : "hidden");
    if (point) [["cx", 0], ["cy", 1]].forEach(([name, axis]) => this.marker.setAttribute(name, point[axis].toFixed(1)));
    setTold(this.where, phrase`step ${steps[at]} · loss ${texts[at]}`);
    this.slider.setAttribute("aria-valuetext", this.where.textContent);
    setProperties(this.back, { disabled: at === here });
    setText(this.back, at === here ? "You are at this step" : `Go back to step ${steps[at]}`);
  }
}
