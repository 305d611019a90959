// The loss as one number moves: a small plot with the tangent, where the number is and where its update would take it.

import { allDigits, phrase, plain } from "../../number_text.js";
import { h, setTold, svg } from "./dom.js";
import { tidy } from "./editing.js";

const WIDTH = 260, HEIGHT = 120, EDGE = 10;

export const NUDGED = new Set(["weight", "bias", "gamma", "beta", "x"]);

export class Nudge {
  constructor(host) {
    this.host = host;
    this.plot = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "nudge", role: "img" });
    this.low = h("span");
    this.high = h("span");
    this.sentence = h("p", { class: "sentence" });
    this.element = h("section", { class: "card" }, h("h2", {}, "What would nudging do?"), this.plot,
      h("div", { class: "ends", "aria-hidden": "true" }, this.low, h("span", {}, "drag to set the value"), this.high), this.sentence,
      h("button", { type: "button", title: "or hold Ctrl and click it", onclick: () => host.pair.start() }, "Pick a second number"));
    this.plot.addEventListener("pointerdown", (event) => {
      this.plot.setPointerCapture(event.pointerId);
      this.#drag(event);
    });
    this.plot.addEventListener("pointermove", (event) => { if (event.buttons) this.#drag(event); });
    this.plot.addEventListener("pointerup", () => this.host.changes.endGesture());
  }

  wants({ cell, isSelected, second }) {
    return isSelected && second === null && NUDGED.has(cell.block.tensor);
  }

  show(answer) {
    if (!answer || this.shown === answer) return;
    this.shown = answer;
    const { values, losses, value, loss, slope, updated, lossUpdated } = answer;
    const finite = losses.filter((entry) => entry !== null);
    const [bottom, top] = [Math.min(...finite, loss), Math.max(...finite, loss)];
    const [first, last] = [values[0], values.at(-1)];
    const x = (at) => EDGE + ((at - first) / (last - first)) * (WIDTH - 2 * EDGE);
    // a flat loss lies in the middle
    const y = (at) => (top > bottom ? HEIGHT - EDGE - ((at - bottom) / (top - bottom)) * (HEIGHT - 2 * EDGE) : HEIGHT / 2);
    const points = values.map((at, i) => (losses[i] === null ? null : `${x(at).toFixed(1)},${y(losses[i]).toFixed(1)}`)).filter(Boolean);
    const tangent = (at) => y(loss + slope * (at - value)).toFixed(1);
    const reach = (last - first) / 6;
    const dot = (at, height, name, title) => {
      const circle = svg("circle", { cx: x(at).toFixed(1), cy: y(height).toFixed(1), r: 4, class: name });
      const label = svg("title");
      label.textContent = title;
      circle.append(label);
      return circle;
    };
    const parts = [
      svg("polyline", { points: points.join(" ") }),
      svg("line", { x1: x(value - reach), y1: tangent(value - reach), x2: x(value + reach), y2: tangent(value + reach), class: "tangent" }),
      dot(value, loss, "here", `here: ${allDigits(value)}, loss ${allDigits(loss)}`),
    ];
    if (lossUpdated !== null && updated !== null && updated !== value) parts.push(dot(updated, lossUpdated, "updated", `after one step of this number alone: ${allDigits(updated)}, loss ${allDigits(lossUpdated)}`));
    this.plot.replaceChildren(...parts);
    this.plot.setAttribute("aria-label", plain(phrase`the loss from ${answer.low} to ${answer.high}. ${answer.sentence}`));
    setTold(this.low, answer.low);
    setTold(this.high, answer.high);
    setTold(this.sentence, answer.sentence);
  }

  #drag(event) {
    const { values } = this.shown;
    const box = this.plot.getBoundingClientRect();
    const share = ((event.clientX - box.left) / box.width * WIDTH - EDGE) / (WIDTH - 2 * EDGE);
    const at = values[0] + Math.min(1, Math.max(0, share)) * (values.at(-1) - values[0]);
    // whole pixels need no more digits than the eye sees
    const step = 10 ** Math.floor(Math.log10((values.at(-1) - values[0]) / 100));
    this.host.changes.drag(this.host.view.cell(this.host.model), tidy(Math.round(at / step) * step), this.plot);
  }
}
