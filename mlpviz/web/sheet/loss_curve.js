// The loss as one number moves: a small plot with the tangent, where the number is and where its update would take
// it.

import { extent, linear, polylinePoints } from "../shared/axes.js";
import { dot, h, setAttribute, setTold, svg } from "../shared/dom.js";
import { placeBetween } from "../shared/number_input.js";
import { allDigits, phrase, plain } from "../shared/number_text.js";
import { setExplained } from "../shared/term_help.js";
import { MOVABLE } from "./cells.js";
import { DragPlot } from "./drag_plot.js";

const WIDTH = 260;
const HEIGHT = 120;
const EDGE = 10;

export class LossCurve {
  // edits: drag(value, plot), endDrag(), and pickSecond(): a second number beside this one; or nothing, to look at it
  // alone
  constructor(edits) {
    const viewBox = `0 0 ${WIDTH} ${HEIGHT}`;
    this.picture = svg("svg", { viewBox, class: "nudge", role: "img" });
    this.low = h("span");
    this.high = h("span");
    this.sentence = h("p", { class: "sentence" });
    const hint = edits && h("span", {}, "drag to set the value");
    const title = "or hold Ctrl and click it";
    this.element = h(
      "section",
      { class: "card" },
      h("h2", {}, "What would nudging do?"),
      this.picture,
      h("div", { class: "ends", "aria-hidden": "true" }, this.low, hint, this.high),
      this.sentence,
      edits &&
        h("button", { type: "button", title, onclick: edits.pickSecond }, "Pick a second number"),
    );
    this.plot = new DragPlot(edits ? this.picture : null, {
      follow: (across) => edits.drag(this.#valueAt(across), this.picture),
      end: edits?.endDrag,
      paint: (answer) => this.#paint(answer),
    });
  }

  get tellsLoss() {
    return true;
  }

  wants({ cell, isSelected, second }) {
    return isSelected && second === null && MOVABLE.has(cell.block.tensor);
  }

  show(answer) {
    this.plot.show(answer);
  }

  #paint(answer) {
    const { values, losses, value, loss, slope, updated, lossUpdated } = answer;
    const [first, last] = [values[0], values.at(-1)];
    const x = linear([first, last], [EDGE, WIDTH - EDGE]);
    const y = linear(extent([...losses, loss]), [HEIGHT - EDGE, EDGE]);
    const points = values.map((at, i) => (losses[i] === null ? null : [x(at), y(losses[i])]));
    const reach = (last - first) / 6;
    const [from, to] = [value - reach, value + reach];
    const tangent = (at) => y(loss + slope * (at - value)).toFixed(1);
    const said = `${allDigits(value)}, loss ${allDigits(loss)}`;
    const parts = [
      svg("polyline", { points: polylinePoints(points) }),
      svg("line", { x1: x(from), y1: tangent(from), x2: x(to), y2: tangent(to), class: "tangent" }),
      dot([x(value), y(loss)], "here", `here: ${said}`),
    ];
    if (lossUpdated !== null && updated !== null && updated !== value) {
      const then = `${allDigits(updated)}, loss ${allDigits(lossUpdated)}`;
      const title = `after one step of this number alone: ${then}`;
      parts.push(dot([x(updated), y(lossUpdated)], "updated", title));
    }
    this.picture.replaceChildren(...parts);
    const name = phrase`the loss from ${answer.low} to ${answer.high}. ${answer.sentence}`;
    setAttribute(this.picture, "aria-label", plain(name));
    setTold(this.low, answer.low);
    setTold(this.high, answer.high);
    setExplained(this.sentence, answer.sentence);
  }

  #valueAt(across) {
    const { values } = this.plot.shown;
    return placeBetween((across * WIDTH - EDGE) / (WIDTH - 2 * EDGE), values[0], values.at(-1));
  }
}
