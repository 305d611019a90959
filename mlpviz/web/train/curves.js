// The curves of a run: losses, score, learning rate, gradient norm, dead units; earlier branches stay as shadows.

import { h } from "../shared/dom.js";
import { formatNumber, percent } from "../shared/number_text.js";
import { Chart } from "./chart.js";
import { measured, shared } from "./labels.js";
import { dashOf } from "./line_sample.js";

// times its largest first value: a curve that explodes leaves the plain axis, so that the others can be read
const MOST = 20;
const SHADOW = 0.3; // of an earlier branch

export class Curves {
  constructor(onPick) {
    this.loss = new Chart({ title: "loss", tall: 170, isLogarithmic: false, onPick });
    this.metric = new Chart({ title: "score", tall: 120, onPick });
    this.rate = new Chart({ title: "learning rate", tall: 84, isLogarithmic: false, onPick });
    this.norm = new Chart({ title: "gradient norm", tall: 96, isLogarithmic: true, onPick });
    this.dead = new Chart({ title: "dead units", tall: 72, onPick });
    const charts = [this.loss, this.metric, this.norm, this.rate, this.dead];
    const attributes = { class: "curves", "aria-label": "curves" };
    this.element = h("section", attributes, ...charts.map(({ element }) => element));
  }

  // frames: the store of what the browser holds of a run
  /** @param {import("./frame_store.js").FrameStore} frames */
  take(frames, colours) {
    const { frame, still } = frames;
    const cursor = frame.viewing.live ? null : frame.viewing.epoch;
    const losses = linesOf(frames, colours, [
      "train_loss",
      "validation_loss",
      "average_loss",
      "penalty",
    ]);
    this.loss.take(losses, colours, { cursor, most: MOST });
    const isAccuracy = still.metric === "accuracy";
    this.metric.setTitle(isAccuracy ? "accuracy" : "R²");
    this.metric.take(
      linesOf(frames, colours, ["train_metric", "validation_metric", "average_metric", null]),
      colours,
      {
        cursor,
        range: isAccuracy ? [0, 1] : null,
        most: MOST,
        format: isAccuracy ? shared : measured,
        tick: isAccuracy ? (value) => percent(value, 0) : formatNumber,
      },
    );
    this.rate.take(ratesOf(frames, colours), colours, { cursor });
    const { layers } = frames;
    if (!layers) return;
    this.norm.take(normsOf(layers, colours), colours, { cursor });
    const y = layers.dead.map((row) => row.slice(0, -1).reduce((sum, count) => sum + count, 0));
    const dead = { label: "in hidden layers", x: layers.epoch, y, colour: colours.negative };
    this.dead.take([dead], colours, { cursor, range: [0, 4] });
  }
}

function isGiven(column) {
  return column.some((value) => value != null);
}

// of one network its train and validation curves, of several one curve each
/** @param {import("./frame_store.js").FrameStore} frames */
function linesOf(frames, colours, [train, validation, average, penalty]) {
  const { frame } = frames;
  const isAlone = frame.lanes.length === 1;
  return frame.lanes.flatMap((member, number) =>
    frame.branches.flatMap(({ branch }) => {
      const curve = frames.curve(number, branch);
      if (!curve) return [];
      const isCurrent = branch === frame.branch;
      const line = (label, y, colour, dash, width = 1.7) => {
        const alpha = isCurrent ? 1 : SHADOW;
        return { label: isCurrent ? label : "", x: curve.epoch, y, colour, dash, width, alpha };
      };
      const isValidated = isGiven(curve[validation]);
      if (!isAlone) {
        const y = isValidated ? curve[validation] : curve[train];
        const width = number === frame.focus ? 2.8 : 1.7;
        const own = line(member.label, y, colours.ofClass(number), dashOf(number), width);
        return [{ ...own, form: number }];
      }
      const measuredOrLast = isGiven(curve[train]) ? curve[train] : curve.loss;
      const lines = [line("train", measuredOrLast, colours.positive)];
      if (isValidated) lines.push(line("validation", curve[validation], colours.negative, [6, 3]));
      if (isGiven(curve[average])) {
        const label = isValidated ? "validation, averaged weights" : "averaged weights";
        lines.push(line(label, curve[average], colours.text, [1, 2], 1.7));
      }
      if (penalty && isGiven(curve[penalty])) {
        const label = `penalty, part of ${isValidated ? "both" : "it"}`;
        lines.push(line(label, curve[penalty], colours.update, [2, 3], 1.3));
      }
      return lines;
    }),
  );
}

/** @param {import("./frame_store.js").FrameStore} frames */
function ratesOf(frames, colours) {
  const { frame } = frames;
  const isAlone = frame.lanes.length === 1;
  return frame.lanes.flatMap(({ label }, number) => {
    const curve = frames.curve(number, frame.branch);
    if (!curve) return [];
    const [x, y] = [curve.epoch, curve.learning_rate];
    if (isAlone) return [{ label: "η", x, y, colour: colours.update }];
    const dash = dashOf(number);
    return [{ label, x, y, colour: colours.ofClass(number), dash, form: number }];
  });
}

// of all layers together, and of each; only the first and the last are named
function normsOf({ epoch, gradient_norm: all, norms }, colours) {
  const count = norms[0]?.length ?? 0;
  const perLayer = Array.from({ length: count }, (_, layer) => ({
    label: layer === 0 || layer === count - 1 ? `layer ${layer + 1}` : "",
    x: epoch,
    y: norms.map((row) => row[layer]),
    colour: colours.mix(colours.mark, count < 2 ? 1 : 0.5 + (0.5 * layer) / (count - 1)),
    dash: layer === 0 ? [6, 3] : layer === count - 1 ? [2, 2] : [],
    width: 1.3,
  }));
  return [{ label: "all layers", x: epoch, y: all, colour: colours.text }, ...perLayer];
}
