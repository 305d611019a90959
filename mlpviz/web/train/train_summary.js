// The training page in four parts, for its summary.

import { plain } from "../shared/number_text.js";
import { told } from "../shared/page_summary.js";
import { TRAIN_KEYS } from "./keys.js";
import { whole } from "./labels.js";

const CAN =
  told(TRAIN_KEYS, ["play", "epoch", "step", "reset", "summary", "help"]) +
  " After them come the map, the curves and, last, the settings.";
const HINTS = {
  ready: "Press Space to let it learn, or E for one epoch.",
  running: "Press Space to stop; what stands here is read again then.",
  paused: "Press Space to go on, or Home to go back to the first moment.",
  done: "Examine the result below the curves, or change a setting and press R.",
  failed: "A smaller learning rate often helps: change it and press R.",
};

// spoken: where the run is, in one sentence
export function partsOf({ frame, still }, spoken) {
  if (!frame) return ["", CAN, "", ""];
  return [hereOf(still, frame), CAN, nowOf(frame, spoken), HINTS[frame.status]];
}

function hereOf(still, { focus, lanes }) {
  const { label, layers, parameters } = still.lanes[focus];
  const widths = [layers[0].inputs, ...layers.map(({ outputs }) => outputs)].join("-");
  const parts = still.samples.map(
    ({ part, target }) => `${whole(target.length)} to ${PARTS[part]}`,
  );
  const others =
    lanes.length > 1 ? ` It is ${label}, one of ${lanes.length} networks side by side.` : "";
  return (
    `A network ${widths} with ${whole(parameters)} numbers that it learns, and samples: ${parts.join(", ")}. ` +
    `Loss: ${still.loss}.${others}`
  );
}

const PARTS = { train: "learn from", validation: "validate", test: "test" };

function nowOf({ warnings }, spoken) {
  const open = warnings.filter(({ over }) => !over).map(({ sentence }) => plain(sentence));
  return [`${spoken}.`, open.length ? `Warnings: ${open.join("; ")}` : "No warnings."].join(" ");
}
