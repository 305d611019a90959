// The keys of the Practise page; practice.js obeys the lists, and "?" shows them.

import { PAGE_KEYS } from "../shared/plain_page.js";
import { SHEET_KEYS } from "../sheet/keys.js";

const OF_THE_SHEET = new Set(["play", "forward", "back", "start", "end", "explain"]);

export const PRACTICE_KEYS = [
  ...SHEET_KEYS.filter(({ act }) => OF_THE_SHEET.has(act)),
  { keys: ["Enter"], shown: ["Enter"], says: "into the field of the step", act: "type" },
  {
    keys: ["Escape"],
    shown: ["Esc"],
    says: "close the help; or back to the sheet that one came from",
    act: "leave",
  },
];

export const EVERYWHERE = [...PRACTICE_KEYS, ...PAGE_KEYS];

export const FIELD_KEYS = [
  { keys: [], shown: ["Enter"], says: "the next field that is not right yet" },
  { keys: [], shown: ["Shift", "Enter"], says: "the one before" },
  { keys: [], shown: ["↑", "↓", "←", "→"], says: "the neighbouring number" },
  { keys: [], shown: ["Ctrl", "V"], says: "pastes a whole matrix from this field on" },
];
