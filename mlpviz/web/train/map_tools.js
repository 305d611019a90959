// What is on the large picture besides the answer, and what a click on it does: the features of its axes, the parts
// of the samples, how surely it answers, the tool.

import { h, setOptions } from "../shared/dom.js";
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
        part,
      );
    });
    this.hard = h("input", { type: "checkbox", onchange: repaint });
    this.hardBox = h(
      "label",
      { class: "part", title: "only which answer it is, not how surely" },
      this.hard,
      "discretize",
    );
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
