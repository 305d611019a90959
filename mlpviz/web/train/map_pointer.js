// What the pointer does on the large picture: it reads, adds, drags and removes points, or draws a curve by hand.
// Refuses to paint; the plane shows what is dragged or drawn.

import { percent } from "../shared/number_text.js";
import { setText } from "../shared/dom.js";
import { brief } from "./labels.js";

const NEAR = 9; // CSS pixels within which a point is grabbed

export class Pointer {
  // plane: { still, points, readout, isCurve, place(event), spot(sample, i), answerAt(x, y), paintPoints() }
  // host: { send(event), tool() -> what a click does, parts() -> set of parts shown }
  constructor(plane, host) {
    this.plane = plane;
    this.host = host;
    this.stroke = null;
    this.dragged = null;
    for (const [name, act] of [
      ["pointerdown", "down"],
      ["pointermove", "move"],
      ["pointerup", "up"],
      ["pointercancel", "up"],
      ["pointerleave", "leave"],
    ]) {
      plane.points.addEventListener(name, (event) => this[act](event));
    }
  }

  #nearest(event) {
    let [best, distance] = [null, NEAR * NEAR];
    for (const samples of this.plane.still.samples) {
      if (!this.host.parts().has(samples.part)) continue;
      samples.rows.forEach((row, i) => {
        const [x, y] = this.plane.spot(samples, i);
        const far = (x - event.offsetX) ** 2 + (y - event.offsetY) ** 2;
        if (far < distance)
          [best, distance] = [{ row, target: samples.target[i], part: samples.part }, far];
      });
    }
    return best;
  }

  down(event) {
    const { plane } = this;
    const tool = this.host.tool();
    if (!plane.still || tool === "look" || event.button) return;
    plane.points.setPointerCapture(event.pointerId);
    event.preventDefault();
    if (tool === "draw") this.stroke = [plane.place(event)];
    else {
      const found = this.#nearest(event);
      if (tool === "remove")
        return found && this.host.send({ type: "remove_point", row: found.row });
      if (!found)
        return this.host.send({ type: "add_point", at: plane.place(event), target: tool.target });
      this.dragged = { ...found, at: plane.place(event), moved: false };
    }
    plane.paintPoints();
    return undefined;
  }

  move(event) {
    const { plane } = this;
    if (!plane.still) return;
    if (this.stroke) {
      this.stroke.push(plane.place(event));
      plane.paintPoints();
    } else if (this.dragged) {
      this.dragged.at = plane.place(event);
      this.dragged.moved = true;
      plane.paintPoints();
    }
    this.#say(event);
  }

  up() {
    if (this.stroke) {
      const stroke = this.stroke.filter(
        ([x], i, all) => i === 0 || x > Math.max(...all.slice(0, i).map(([before]) => before)),
      );
      this.stroke = null;
      if (stroke.length > 1) this.host.send({ type: "draw", points: stroke });
      else this.plane.paintPoints();
    }
    if (this.dragged) {
      const { row, at, moved } = this.dragged;
      this.dragged = null;
      if (moved) this.host.send({ type: "move_point", row, at });
      this.plane.paintPoints();
    }
  }

  leave() {
    setText(this.plane.readout, "");
  }

  #say(event) {
    const { still, isCurve } = this.plane;
    const [x, y] = this.plane.place(event);
    const found = this.#nearest(event);
    const name = (target) => (still.task === "classes" ? still.class_names[target] : brief(target));
    const where = isCurve
      ? `${still.axes[0].name} ${brief(x)}, y ${brief(y)}`
      : `${still.axes[0].name} ${brief(x)}, ${still.axes[1].name} ${brief(y)}`;
    const answer = this.plane.answerAt(x, y);
    const said =
      answer === null
        ? ""
        : answer.share === undefined
          ? ` → ${brief(answer.value)}`
          : ` → ${still.class_names[answer.number]} ${percent(answer.share)}`;
    const sample = found ? ` · sample ${found.row + 1} (${found.part}): ${name(found.target)}` : "";
    setText(this.plane.readout, where + said + sample);
  }
}
