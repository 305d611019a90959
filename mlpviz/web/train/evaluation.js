// The figures of an evaluation: confusion matrix, scores per class, misclassified samples, residuals.

import { apart, extent, linear, strokeSeries, ticks, writeTicks } from "../shared/axes.js";
import { cssOf, sized, smallPicture } from "../shared/colours.js";
import { h, table, toldNodes } from "../shared/dom.js";
import { joined, phrase } from "../shared/number_text.js";
import { labelled, termMark } from "../shared/term_help.js";
import { measured, shared, whole } from "./labels.js";

export function confusionMatrix({ classes, confusion }, colours) {
  const most = Math.max(...confusion.flat(), 1);
  const cell = (count, i, j) => {
    const td = h("td", {}, count ? String(count) : "·");
    const colour = i === j ? colours.positive : colours.negative;
    td.style.background = count ? cssOf(colour, 0.12 + 0.4 * (count / most)) : "";
    return td;
  };
  const rows = confusion.map((row, i) => [classes[i], ...row.map((count, j) => cell(count, i, j))]);
  const corner = [h("span", { class: "visually-hidden" }, "true class")];
  return h(
    "figure",
    { class: "confusion" },
    h(
      "figcaption",
      {},
      termMark("confusion_matrix", "Confusion matrix"),
      ": true classes down, answers across",
    ),
    table({}, [corner, ...classes], rows),
  );
}

export function scoresPerClass({ perClass }) {
  const rows = perClass.map(([name, precision, recall, f1, count]) => [
    name,
    ...[precision, recall, f1].map((share) => toldNodes(shared(share))),
    whole(count),
  ]);
  const names = ["class", "precision", "recall", "F1", "samples"].map(labelled);
  return h("figure", {}, h("figcaption", {}, "Scores per class"), table({}, names, rows));
}

// open(row): one of them on the score sheet
export function misclassified({ wrong, wrongs, classes }, colours, open) {
  const samples = wrong.map(({ row, true: right, guess, p, picture, x }) => {
    const title = `open sample ${row + 1} on the score sheet: its forward and backward pass`;
    const features = x?.map(([name, value]) => phrase`${name} ${measured(value)}`);
    return h(
      "button",
      { type: "button", class: "wrong", title, onclick: () => open(row) },
      picture
        ? smallPicture(picture, 56, colours)
        : h("span", { class: "note" }, ...toldNodes(joined(", ", features))),
      h("span", {}, `${classes[right]} → ${classes[guess]}`),
      h("span", { class: "note" }, ...toldNodes(shared(p))),
    );
  });
  const surest = wrongs > wrong.length ? `, the ${wrong.length} surest` : "";
  const how = "(true → answer, its probability). Click one to step through it.";
  const caption = wrongs
    ? `Misclassified: ${whole(wrongs)}${surest} ${how}`
    : "Nothing is misclassified.";
  return h("figure", { class: "wrongs" }, h("figcaption", {}, caption), h("div", {}, ...samples));
}

export function residualPlot({ predicted, residuals }, colours) {
  const [width, height] = [420, 240];
  const canvas = h("canvas", { role: "img", "aria-label": "residuals over predictions" });
  Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` });
  const context = sized(canvas, width, height);
  const x = linear(apart(extent(predicted), 1), [52, width - 12]);
  const y = linear(apart(extent([...residuals, 0]), 1), [height - 32, 8]);
  context.font = `11px ${colours.font}`;
  context.fillStyle = colours.faint(0.75);
  writeTicks(context, x, { values: ticks(...x.domain, 5), baseline: height - 18 });
  context.fillText("predicted", width / 2, height - 3);
  writeTicks(context, y, { values: ticks(...y.domain, 5), right: 46 });
  context.strokeStyle = colours.faint(0.5);
  strokeSeries(context, x.domain, [0, 0], x, y);
  context.fillStyle = cssOf(colours.positive, 0.7);
  predicted.forEach((value, i) => {
    context.beginPath();
    context.arc(x(value), y(residuals[i]), 2.6, 0, 2 * Math.PI);
    context.fill();
  });
  return h("figure", {}, h("figcaption", {}, "Residuals: true minus predicted"), canvas);
}
