// Networks side by side: a small map each, and the table of their scores. A click brings one into focus.

import { h, setAttribute, setText, setTold } from "../shared/dom.js";
import { Picture, cssOf, paintMap, sized } from "../shared/colours.js";
import { measured, shared, whole } from "./labels.js";

const SIDE = 72;

export class Lanes {
  constructor(host) {
    this.host = host;
    this.maps = h("div", { class: "lanes", role: "group", "aria-label": "networks side by side" });
    this.body = h("tbody", {});
    this.head = h("thead", {});
    this.element = h(
      "section",
      { class: "comparison", hidden: true },
      h(
        "div",
        { class: "head" },
        h("h3", {}, "Comparison"),
        h(
          "button",
          { type: "button", onclick: () => host.send({ type: "export" }) },
          "export as CSV",
        ),
        h(
          "button",
          {
            type: "button",
            title: "go on with the network in focus alone",
            onclick: () => host.send({ type: "keep", lane: host.frame.focus }),
          },
          "keep the one in focus",
        ),
      ),
      h("table", {}, this.head, this.body),
    );
    this.cells = [];
  }

  take({ frame, still }, colours) {
    const several = frame.lanes.length > 1;
    this.element.hidden = this.maps.hidden = !several;
    if (!several) return;
    this.#build(frame, still);
    frame.lanes.forEach((lane, number) => {
      const { button, canvas, picture, label, broken } = this.cells[number];
      setAttribute(button, "aria-pressed", String(number === frame.focus));
      setText(label, lane.label);
      setText(broken, lane.diverged === null ? "" : `diverged at epoch ${whole(lane.diverged)}`);
      broken.hidden = lane.diverged === null;
      label.style.borderColor = cssOf(colours.ofClass(number));
      if (lane.map) this.#paint(canvas, picture, lane.map, colours, number, still);
      this.#row(number, lane, still, frame.focus);
    });
  }

  #build(frame, still) {
    const key = `${still.run} ${frame.lanes.length}`;
    if (this.key === key) return;
    this.key = key;
    const targets = still.samples.flatMap((part) => part.target);
    this.range = [Math.min(...targets), Math.max(...targets)];
    this.cells = frame.lanes.map((_, number) => {
      const canvas = h("canvas", { "aria-hidden": "true" });
      Object.assign(canvas.style, { width: `${SIDE}px`, height: `${SIDE}px` });
      const label = h("span", {});
      const broken = h("em", { hidden: true });
      return {
        button: h(
          "button",
          {
            type: "button",
            class: "lane",
            onclick: () => this.host.send({ type: "focus", lane: number }),
          },
          h("div", {}, canvas, broken),
          label,
        ),
        canvas,
        label,
        broken,
        picture: new Picture(),
      };
    });
    this.maps.replaceChildren(...this.cells.map(({ button }) => button));
    const validated = still.samples.some(({ part }) => part === "validation")
      ? "validation"
      : "training";
    this.head.replaceChildren(
      h(
        "tr",
        {},
        ...[
          still.choice || "network",
          "parameters",
          `best ${validated} loss`,
          still.metric === "accuracy" ? "accuracy then" : "R² then",
          "at epoch",
          "now",
          "seconds",
        ].map((text) => h("th", { scope: "col" }, text)),
      ),
    );
    this.body.replaceChildren(
      ...frame.lanes.map(() =>
        h("tr", {}, h("th", { scope: "row" }), ...Array.from({ length: 6 }, () => h("td", {}))),
      ),
    );
  }

  #row(number, lane, still, focus) {
    const row = this.body.children[number];
    setAttribute(row, "class", number === focus ? "chosen" : "");
    const { score } = lane;
    const texts = [
      lane.label,
      whole(still.lanes[number].parameters),
      measured(score.best),
      still.metric === "accuracy" ? shared(score.best_metric) : measured(score.best_metric),
      whole(score.best_epoch),
      lane.diverged !== null
        ? `diverged at epoch ${whole(lane.diverged)}`
        : measured(lane.now.validation_loss ?? lane.now.train_loss),
      measured(score.seconds),
    ];
    texts.forEach((text, i) => setTold(row.children[i], text));
  }

  #paint(canvas, picture, map, colours, number) {
    const context = sized(canvas, SIDE, SIDE);
    if (map.kind !== "curve") {
      context.imageSmoothingEnabled = false;
      context.drawImage(paintMap(picture, map, colours, { range: this.range }), 0, 0, SIDE, SIDE);
      return;
    }
    const all = map.y[0].filter((value) => value != null);
    const [low, high] = [Math.min(...all), Math.max(...all)];
    context.strokeStyle = cssOf(colours.ofClass(number));
    context.lineWidth = 2;
    context.beginPath();
    map.y[0].forEach(
      (value, i) =>
        value != null &&
        context.lineTo(
          (SIDE * i) / (map.x.length - 1),
          SIDE - 4 - ((SIDE - 8) * (value - low)) / (high - low || 1),
        ),
    );
    context.stroke();
  }
}
