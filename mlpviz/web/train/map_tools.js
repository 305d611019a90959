// What is on the large picture besides the answer, and what a click on it does: the features of its axes, the parts
// of the samples, how surely it answers, the tool.

import { capitalised } from "../shared/capital.js";
import { h, setOptions, setText } from "../shared/dom.js";
import { percent } from "../shared/number_text.js";
import { termMark } from "../shared/term_help.js";
import { brief } from "./labels.js";
import { PARTS } from "./markers.js";

export class MapTools {
  // repaint(): what is shown has changed; cursor(name) over the picture
  constructor({ send, repaint, cursor }) {
    this.send = send;
    this.cursor = cursor;
    this.parts = new Set(["train", "validation"]);
    this.tool = "look";
    this.select = h("select", {
      "aria-label": "what a click on the picture does",
      onchange: () => this.pick(this.select.value),
    });
    this.axes = [0, 1].map((place) =>
      h("select", {
        "aria-label": place ? "feature upwards" : "feature to the right",
        onchange: () => this.#chooseAxes(place),
      }),
    );
    this.boxes = ["train", "validation", "test"].map((part) => {
      const box = h("input", {
        type: "checkbox",
        onchange: () => {
          this.parts[box.checked ? "add" : "delete"](part);
          repaint();
        },
      });
      box.checked = this.parts.has(part);
      return h(
        "label",
        { class: "part" },
        box,
        h("span", { "aria-hidden": "true" }, PARTS[part]),
        termMark(`${part}_part`, capitalised(part)),
      );
    });
    this.hard = h("input", { type: "checkbox", onchange: repaint });
    this.hardBox = h("label", { class: "part" }, this.hard, termMark("discretize", "Discretize"));
    this.element = h(
      "span",
      { class: "tools" },
      ...this.boxes,
      this.hardBox,
      ...this.axes,
      this.select,
    );
  }

  take(still) {
    this.still = still;
    const many = still.features.length > 2 && !still.image_shape;
    for (const label of this.boxes) label.hidden = Boolean(still.image_shape);
    this.hardBox.hidden = Boolean(still.image_shape) || still.axes.length === 1;
    this.axes.forEach((select, place) => {
      select.hidden = !many || place >= still.axes.length;
      if (!select.hidden)
        setOptions(
          select,
          still.features.map((name, i) => [String(i), name]),
          String(still.axes[place].feature),
          true,
        );
    });
    const options = [["look", "pointer: looks"]];
    if (still.features.length <= 2) {
      if (still.axes.length === 1)
        options.push(["add", "pointer: adds, drags points"], ["draw", "pointer: draws a curve"]);
      else if (still.task === "classes")
        still.class_names
          .slice(0, 10)
          .forEach((name, i) => options.push([`add ${i}`, `pointer: adds, drags ${name}`]));
      options.push(["remove", "pointer: removes points"]);
    }
    setOptions(
      this.select,
      options,
      options.some(([key]) => key === this.select.value) ? this.select.value : "look",
    );
    this.select.hidden = options.length === 1;
    this.pick(this.select.value);
  }

  get isHard() {
    return this.hard.checked;
  }

  pick(text) {
    this.select.value = text;
    const [name, target] = text.split(" ");
    this.tool = name === "add" ? { target: target === undefined ? null : Number(target) } : name;
    this.cursor(name === "look" ? "crosshair" : name === "draw" ? "cell" : "copy");
  }

  #chooseAxes(place) {
    const axes = this.axes.map((select) => Number(select.value));
    if (axes[0] === axes[1]) axes[1 - place] = this.still.axes[place].feature;
    this.send({ type: "axes", axes });
  }
}

// ------------------------------------------------------------------

// What the pointer does on the large picture: it reads, adds, drags and removes points, or draws a curve by hand.
// The map shows what is dragged or drawn.

const NEAR = 9; // CSS pixels within which a point is grabbed

export class MapPointer {
  // map: { still, points, readout, isCurve, place(event), spot(sample, i), answerAt(x, y), paintPoints() }
  // tools: { tool: what a click does, parts: set of the parts shown }
  constructor(map, { send, tools }) {
    this.map = map;
    this.send = send;
    this.tools = tools;
    this.stroke = null;
    this.dragged = null;
    this.pending = null; // what a press does when it ends
    for (const [name, act] of [
      ["pointerdown", "down"],
      ["pointermove", "move"],
      ["pointerup", "up"],
      ["pointercancel", "cancel"],
      ["pointerleave", "leave"],
    ]) {
      map.points.addEventListener(name, (event) => this[act](event));
    }
  }

  // something is drawn or dragged
  get isBusy() {
    return Boolean(this.stroke ?? this.dragged);
  }

  #nearest(event) {
    let [best, distance] = [null, NEAR * NEAR];
    for (const samples of this.map.still.samples) {
      if (!this.tools.parts.has(samples.part)) continue;
      samples.rows.forEach((row, i) => {
        const [x, y] = this.map.spot(samples, i);
        const far = (x - event.offsetX) ** 2 + (y - event.offsetY) ** 2;
        if (far < distance)
          [best, distance] = [{ row, target: samples.target[i], part: samples.part }, far];
      });
    }
    return best;
  }

  down(event) {
    const { map } = this;
    const tool = this.tools.tool;
    if (!map.still || tool === "look" || event.button) return;
    // a place that keys lead to has neither (map_keys.js)
    if (event.pointerId !== undefined) {
      map.points.setPointerCapture(event.pointerId);
      event.preventDefault();
    }
    if (tool === "draw") this.stroke = [map.place(event)];
    else {
      const found = this.#nearest(event);
      const at = map.place(event);
      if (tool === "remove") this.pending = found && { type: "remove_point", row: found.row };
      else if (!found) this.pending = { type: "add_point", at, target: tool.target };
      else this.dragged = { ...found, at, moved: false };
    }
    map.paintPoints();
  }

  move(event) {
    const { map } = this;
    if (!map.still) return;
    if (this.stroke) {
      this.stroke.push(map.place(event));
      map.paintPoints();
    } else if (this.dragged) {
      this.dragged.at = map.place(event);
      this.dragged.moved = true;
      map.paintPoints();
    }
    this.#say(event);
  }

  // a press that was carried off the picture, or ended by Escape, has done nothing
  cancel() {
    this.pending = this.stroke = this.dragged = null;
    this.map.paintPoints();
  }

  up(event) {
    const [width, height] = this.map.size;
    const { offsetX: x, offsetY: y } = event;
    if (x < 0 || y < 0 || x > width || y > height) return this.cancel();
    if (this.pending) this.send(this.pending);
    this.pending = null;
    if (this.stroke) {
      const stroke = this.stroke.filter(
        ([x], i, all) => i === 0 || x > Math.max(...all.slice(0, i).map(([before]) => before)),
      );
      this.stroke = null;
      if (stroke.length > 1) this.send({ type: "draw", points: stroke });
      else this.map.paintPoints();
    }
    if (this.dragged) {
      const { row, at, moved } = this.dragged;
      this.dragged = null;
      if (moved) this.send({ type: "move_point", row, at });
      this.map.paintPoints();
    }
    return undefined;
  }

  leave() {
    setText(this.map.readout, "");
  }

  #say(event) {
    const { still, isCurve } = this.map;
    const [x, y] = this.map.place(event);
    const found = this.#nearest(event);
    const name = (target) => (still.task === "classes" ? still.class_names[target] : brief(target));
    const where = isCurve
      ? `${still.axes[0].name} ${brief(x)}, y ${brief(y)}`
      : `${still.axes[0].name} ${brief(x)}, ${still.axes[1].name} ${brief(y)}`;
    const answer = this.map.answerAt(x, y);
    const said =
      answer === null
        ? ""
        : answer.share === undefined
          ? ` → ${brief(answer.value)}`
          : ` → ${still.class_names[answer.number]} ${percent(answer.share)}`;
    const sample = found ? ` · sample ${found.row + 1} (${found.part}): ${name(found.target)}` : "";
    setText(this.map.readout, where + said + sample);
  }
}
