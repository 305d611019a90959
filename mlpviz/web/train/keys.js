// Every key of the training page. train.js obeys this list, and "?" shows it.

import { WORDS_KEY } from "../shared/keys.js";

export const TRAIN_KEYS = [
  { keys: [" "], shown: ["Space"], says: "play or pause", act: "play" },
  { keys: ["ArrowRight"], shown: ["→"], says: "one step: one batch", act: "step" },
  { keys: ["e"], shown: ["E"], says: "one epoch", act: "epoch" },
  { keys: ["r"], shown: ["R"], says: "reset to the same first weights", act: "reset" },
  { keys: ["Home"], shown: ["Home"], says: "back to the first moment", act: "first" },
  { keys: ["End"], shown: ["End"], says: "to the newest moment", act: "newest" },
  { keys: ["s"], shown: ["S"], says: "a summary of this page", act: "summary" },
  WORDS_KEY,
  { keys: ["?"], shown: ["?"], says: "the list of all keys", act: "help" },
];
