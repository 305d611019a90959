// A number of the sheet that a symbol stands for, in a sentence: what the help on the symbol ends with.

import { inReadersSign } from "../shared/decimal_sign.js";
import { titleOf } from "./panel.js";
import { textAt } from "./scene_numbers.js";

// the first number of the block at whose heading somebody is, or of the first one of its kind
export function hereOf({ model, scene, view }, key, element) {
  const figure = element.closest("[data-block]");
  const block = model.blocks.find((one) => (figure ? one.figure === figure : one.tensor === key));
  if (!block || block.tensor !== key || block.heat) return "";
  const at = model.at(block, 0, 0);
  if (!model.isKnown(at, view)) return "Here it is not computed yet at this step.";
  return `Here: ${titleOf({ block, r: 0, c: 0 })} is ${inReadersSign(textAt(scene, at))}.`;
}
