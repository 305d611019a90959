// Every key of the sheet. keyboard.js and cell_input.js obey these lists, and "?" shows them.

import { WORDS_KEY } from "../shared/keys.js";

// what has to be behind the sheet for a key that `needs` it (see host.d.ts)
const BEHIND = ["nothing", "answers", "python"];

/** Those of some keys that do something here. */
export function keysWith(keys, behind) {
  return keys.filter(({ needs = "nothing" }) => BEHIND.indexOf(needs) <= BEHIND.indexOf(behind));
}

export const SHEET_KEYS = [
  { keys: [" "], shown: ["Space"], says: "play or pause", act: "play" },
  { keys: ["ArrowRight"], shown: ["→"], says: "one step forward", act: "forward" },
  { keys: ["ArrowLeft"], shown: ["←"], says: "one step back", act: "back" },
  { keys: ["Home"], shown: ["Home"], says: "to the start", act: "start" },
  { keys: ["End"], shown: ["End"], says: "to the end", act: "end" },
  {
    keys: ["e"],
    shown: ["E"],
    says: "more or less of the explanation, where it lies below",
    act: "explain",
  },
  { keys: ["c"], shown: ["C"], says: "the other of two networks", act: "flip", needs: "python" },
  { keys: ["p"], shown: ["P"], says: "show the sheet to a room", act: "present" },
  {
    keys: ["q"],
    shown: ["Q"],
    says: "compute the block of this number yourself",
    act: "practise",
    needs: "python",
  },
  {
    keys: ["l"],
    shown: ["L"],
    says: "the lines of the program, or not",
    act: "program",
    needs: "answers",
  },
  {
    keys: ["Escape"],
    shown: ["Esc"],
    says: "let go of the selected number, so that ← → step; or close",
    act: "letGo",
  },
  { keys: ["s"], shown: ["S"], says: "a summary of this page", act: "summary" },
  WORDS_KEY,
  { keys: ["?"], shown: ["?"], says: "the list of all keys", act: "help" },
];

// while the sheet is shown to a room; present.js obeys this list
export const ROOM_KEYS = [
  {
    keys: ["PageDown", "ArrowDown", "ArrowRight"],
    shown: ["Page ↓"],
    says: "one step forward",
    act: "forward",
  },
  {
    keys: ["PageUp", "ArrowUp", "ArrowLeft"],
    shown: ["Page ↑"],
    says: "one step back",
    act: "back",
  },
  { keys: ["b", "."], shown: ["B"], says: "the curtain, and away again", act: "curtain" },
  { keys: ["Escape"], shown: ["Esc"], says: "leave", act: "leave" },
];

export const EDIT_KEYS = [
  {
    keys: ["z"],
    isControl: true,
    isShifted: false,
    shown: ["Ctrl", "Z"],
    says: "undo",
    act: "undo",
    needs: "python",
  },
  {
    keys: ["z"],
    isControl: true,
    isShifted: true,
    shown: ["Ctrl", "Shift", "Z"],
    says: "redo",
    act: "redo",
    needs: "python",
  },
];

// With the plain arrow keys one walks; the keys that change a number go on from a step (`Shift`) to a tenth and to ten.
export const CELL_KEYS = [
  {
    keys: ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"],
    isShifted: false,
    isAlt: false,
    shown: ["↑ ↓ ← →"],
    says: "from number to number of a matrix",
    act: "walk",
  },
  {
    keys: ["Enter", "F2"],
    shown: ["Enter"],
    says: "type a value; in a mask, switch it",
    act: "type",
    needs: "python",
  },
  {
    pattern: /^[0-9.−-]$/,
    shown: ["0", "…", "9", "−"],
    says: "replace the value",
    act: "replace",
    needs: "python",
  },
  {
    keys: ["ArrowUp"],
    isShifted: true,
    shown: ["Shift", "↑"],
    says: "a little more",
    act: "more",
    needs: "python",
  },
  {
    keys: ["ArrowDown"],
    isShifted: true,
    shown: ["Shift", "↓"],
    says: "a little less",
    act: "less",
    needs: "python",
  },
  {
    keys: ["ArrowUp"],
    isAlt: true,
    shown: ["Alt", "↑"],
    says: "a tenth of that more",
    act: "more",
    needs: "python",
  },
  {
    keys: ["ArrowDown"],
    isAlt: true,
    shown: ["Alt", "↓"],
    says: "a tenth less",
    act: "less",
    needs: "python",
  },
  {
    keys: ["PageUp"],
    isShifted: true,
    shown: ["Shift", "Page ↑"],
    says: "ten times that more",
    act: "more",
    needs: "python",
  },
  {
    keys: ["PageDown"],
    isShifted: true,
    shown: ["Shift", "Page ↓"],
    says: "ten times less",
    act: "less",
    needs: "python",
  },
];

// on a number in the program
export const PROGRAM_KEYS = [
  { keys: ["ArrowRight"], shown: ["→"], says: "the next number", act: "next", needs: "answers" },
  { keys: ["ArrowLeft"], shown: ["←"], says: "the number before", act: "before", needs: "answers" },
  {
    keys: ["ArrowDown"],
    shown: ["↓"],
    says: "the next line with numbers",
    act: "below",
    needs: "answers",
  },
  { keys: ["ArrowUp"], shown: ["↑"], says: "the line before", act: "above", needs: "answers" },
  {
    keys: ["Enter", "F2"],
    shown: ["Enter"],
    says: "type a given number; select the cell of a result",
    act: "type",
    needs: "answers",
  },
];

// what is done with the pointer and the clipboard
export const POINTER_WAYS = [
  { shown: ["Drag sideways"], says: "changes a weight, an input or a target", needs: "python" },
  { shown: ["Double click"], says: "types a value", needs: "python" },
  { shown: ["Ctrl", "V"], says: "pastes a whole matrix over the selected block", needs: "python" },
  { shown: ["Ctrl", "click"], says: "picks a second number: the loss over both", needs: "python" },
  { shown: ["Tab"], says: "goes from matrix to matrix" },
];
