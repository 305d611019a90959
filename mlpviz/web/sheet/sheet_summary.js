// The sheet in four parts, for its summary.

import { told } from "../shared/page_summary.js";
import { CELL_KEYS, SHEET_KEYS } from "./keys.js";
import { titleOf } from "./panel.js";
import { textAt } from "./scene_numbers.js";

// cell: the explained one; findings: names of what is wrong; proof: what the badge says
export function partsOf({ model, scene, view }, { cell, findings, proof }) {
  return [
    hereOf(model, scene),
    CAN,
    nowOf(model, scene, view, { cell, findings, proof }),
    hintOf(model, scene, view),
  ];
}

const CAN = [
  "Tab goes from matrix to matrix.",
  told(CELL_KEYS, ["walk", "type", "more"]),
  told(SHEET_KEYS, ["forward", "play", "letGo", "summary", "help"]),
].join(" ");

function hereOf({ structure, blocks }, { name }) {
  const [inputs, ...layers] = structure.bands.map(({ units }) => units);
  const samples = `${structure.samples} ${structure.samples === 1 ? "sample" : "samples"}`;
  const widths = `${inputs} ${inputs === 1 ? "input" : "inputs"}, then layers of ${layers.join(", ")} units`;
  const loss = structure.lossChosen[0];
  return (
    `${name || "A network without a name"}: ${widths}; ${samples}; loss: ${loss}. ` +
    `Its numbers are ${blocks.length} matrices, layer by layer; a dot is not computed yet.`
  );
}

function nowOf(model, scene, view, { cell, findings, proof }) {
  const steps = model.steps(view.granularity).length;
  const loss = model.byKey.get(`loss.${model.structure.layers}`).offset;
  return [
    `Step ${view.step} of ${steps}.`,
    model.isKnown(loss, view)
      ? `The loss is ${textAt(scene, loss)}.`
      : "The loss is not computed yet.",
    cell ? `Explained: ${titleOf(cell)}${shownOf(model, scene, view, cell)}.` : "",
    findings.length ? `To note: ${findings.join("; ")}.` : "",
    `${proof}.`,
  ]
    .filter(Boolean)
    .join(" ");
}

function shownOf(model, scene, view, { block, r, c }) {
  const at = model.at(block, r, c);
  return model.isKnown(at, view) ? `, ${textAt(scene, at)}` : ", not computed yet";
}

function hintOf(model, { story }, view) {
  if (view.step < model.steps(view.granularity).length)
    return "Press End to compute everything, or the right arrow key for the next numbers.";
  return story
    ? `Try it: ${story.question}`
    : "Change a weight, and hear what becomes of the loss.";
}
