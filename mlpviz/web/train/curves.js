// The curves of a run: losses, score, learning rate, gradient norm, dead units; earlier branches stay as shadows.

import { formatNumber, percent } from "../shared/number_text.js";
import { h } from "../shared/dom.js";
import { Chart } from "./chart.js";
import { measured, shared } from "./labels.js";

const MOST = 20; // times its largest first value: a curve that explodes leaves the plain axis, so that the others can be read

export class Curves {
  constructor(onPick) {
    this.loss = new Chart({ title: "loss", tall: 170, logarithmic: false, onPick });
    this.metric = new Chart({ title: "score", tall: 120, onPick });
    this.rate = new Chart({ title: "learning rate", tall: 84, logarithmic: false, onPick });
    this.norm = new Chart({ title: "gradient norm", tall: 96, logarithmic: true, onPick });
    this.dead = new Chart({ title: "dead units", tall: 72, onPick });
    this.element = h(
      "section",
      { class: "curves", "aria-label": "curves" },
      this.loss.element,
      this.metric.element,
      this.norm.element,
      this.rate.element,
      this.dead.element,
    );
  }

  // of one network its train and validation curves, of several one curve each
  take(stream, colours) {
    const { frame, still } = stream;
    const cursor = frame.viewing.live ? null : frame.viewing.epoch;
    const several = frame.lanes.length > 1;
    const line = (train, validation) =>
      frame.lanes.flatMap((lane, number) =>
        frame.branches.flatMap(({ branch }) => {
          const curve = stream.curve(number, branch);
          if (!curve) return [];
          const current = branch === frame.branch;
          const alpha = current ? 1 : 0.3;
          const width = number === frame.focus && several ? 2.8 : 1.7;
          const has = curve[validation].some((value) => value != null);
          const name = (text) => (current ? text : "");
          if (several)
            return [
              {
                label: name(lane.label),
                x: curve.epoch,
                y: has ? curve[validation] : curve[train],
                colour: colours.ofClass(number),
                dash: number > 3 ? [5, 3] : [],
                width,
                alpha,
              },
            ];
          const measured = curve[train].some((value) => value != null);
          return [
            {
              label: name("train"),
              x: curve.epoch,
              y: measured ? curve[train] : curve.loss,
              colour: colours.positive,
              width,
              alpha,
            },
            ...(has
              ? [
                  {
                    label: name("validation"),
                    x: curve.epoch,
                    y: curve[validation],
                    colour: colours.negative,
                    dash: [6, 3],
                    width,
                    alpha,
                  },
                ]
              : []),
            ...(train === "train_loss" && curve.penalty.some((value) => value != null)
              ? [
                  {
                    label: name(`penalty, part of ${has ? "both" : "it"}`),
                    x: curve.epoch,
                    y: curve.penalty,
                    colour: colours.update,
                    dash: [2, 3],
                    width: 1.3,
                    alpha,
                  },
                ]
              : []),
          ];
        }),
      );
    this.loss.take(line("train_loss", "validation_loss"), colours, { cursor, most: MOST });
    const accuracy = still.metric === "accuracy";
    this.metric.element.querySelector("b").textContent = accuracy ? "accuracy" : "R²";
    this.metric.take(line("train_metric", "validation_metric"), colours, {
      cursor,
      range: accuracy ? [0, 1] : null,
      most: MOST,
      format: accuracy ? shared : measured,
      tick: accuracy ? (value) => percent(value, 0) : formatNumber,
    });
    const rates = frame.lanes.flatMap((lane, number) => {
      const curve = stream.curve(number, frame.branch);
      return curve
        ? [
            {
              label: several ? lane.label : "η",
              x: curve.epoch,
              y: curve.learning_rate,
              colour: several ? colours.ofClass(number) : colours.update,
            },
          ]
        : [];
    });
    this.rate.take(rates, colours, { cursor });
    const inside = stream.layers;
    if (!inside) return;
    const layers = inside.norms[0]?.length ?? 0;
    const perLayer = (pick) =>
      Array.from({ length: layers }, (_, layer) => ({
        label: layer === 0 || layer === layers - 1 ? `layer ${layer + 1}` : "",
        x: inside.epoch,
        y: inside[pick].map((row) => row[layer]),
        colour: colours.mix(colours.mark, layers < 2 ? 1 : 0.5 + (0.5 * layer) / (layers - 1)),
        width: 1.3,
      }));
    this.norm.take(
      [
        { label: "all layers", x: inside.epoch, y: inside.gradient_norm, colour: colours.text },
        ...perLayer("norms"),
      ],
      colours,
      { cursor },
    );
    const total = inside.dead.map((row) => row.slice(0, -1).reduce((sum, count) => sum + count, 0));
    this.dead.take(
      [{ label: "in hidden layers", x: inside.epoch, y: total, colour: colours.negative }],
      colours,
      { cursor, range: [0, 4] },
    );
  }
}
