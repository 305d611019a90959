// Networks side by side: a small map each, and the table of their scores. A click brings one into focus.

import { extent, linear, strokeSeries } from "../shared/axes.js";
import { cssOf, Picture, paintMap, sized } from "../shared/colours.js";
import { h, rebuild, setAttribute, setText, setTold, tableParts } from "../shared/dom.js";
import { savings } from "../shared/savings.js";
import { measured, shared, whole } from "./labels.js";

const SIDE = 72;

export class Members {
  // focus(): the number of the network in focus
  constructor({ send, focus }) {
    this.send = send;
    this.maps = h("div", { class: "lanes", role: "group", "aria-label": "networks side by side" });
    this.table = h("table", {});
    this.about = h("p", { class: "muted" });
    this.saves = h("span", { class: "saves" });
    this.body = null;
    this.element = h(
      "section",
      { class: "comparison", hidden: true },
      h(
        "div",
        { class: "head" },
        h("h3", {}, "Comparison"),
        this.saves,
        h(
          "button",
          {
            type: "button",
            title: "go on with the network in focus alone",
            onclick: () => send({ type: "keep", lane: focus() }),
          },
          "Keep the one in focus",
        ),
      ),
      this.about,
      this.table,
    );
    this.cells = [];
  }

  // files: what can be saved, as Python says
  offer({ comparison }) {
    this.saves.replaceChildren(
      ...savings(comparison, (format) => this.send({ type: "export", format }), "save"),
    );
  }

  /** @param {import("../shared/protocol.js").Frame} frame @param {import("../shared/protocol.js").StaticFrame} still */
  take(frame, still, colours) {
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
      if (lane.map) this.#paint(canvas, picture, lane.map, colours, number);
      this.#row(number, lane, still, frame.focus);
    });
  }

  /** @param {import("../shared/protocol.js").Frame} frame @param {import("../shared/protocol.js").StaticFrame} still */
  #build(frame, still) {
    setText(this.about, still.compared);
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
            onclick: () => this.send({ type: "focus", lane: number }),
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
    rebuild(this.maps, ...this.cells.map(({ button }) => button));
    const validated = still.samples.some(({ part }) => part === "validation")
      ? "validation"
      : "training";
    const score = still.metric === "accuracy" ? "accuracy then" : "R² then";
    const names = [
      still.choice || "network",
      "parameters",
      `best ${validated} loss`,
      score,
      "at epoch",
      `${validated} loss now`,
      "seconds",
    ];
    const [head, body] = tableParts(
      names,
      frame.lanes.map(() => Array(names.length).fill("")),
    );
    this.table.replaceChildren(head, body);
    this.body = body;
  }

  /**
   * @param {number} number
   * @param {import("../shared/protocol.js").MemberFrame} lane
   * @param {import("../shared/protocol.js").StaticFrame} still
   * @param {number} focus
   */
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
    const [values] = map.y;
    const x = linear([0, map.x.length - 1], [0, SIDE]);
    const y = linear(extent(values) ?? [0, 0], [SIDE - 4, 4]);
    context.strokeStyle = cssOf(colours.ofClass(number));
    context.lineWidth = 2;
    strokeSeries(context, null, values, x, y);
  }
}
