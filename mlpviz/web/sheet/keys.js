// Every key of the sheet. keyboard.js and cell_input.js obey these lists, and "?" shows them.

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
  { keys: ["c"], shown: ["C"], says: "the other of two networks", act: "flip" },
  { keys: ["p"], shown: ["P"], says: "show the sheet to a room", act: "present" },
  { keys: ["l"], shown: ["L"], says: "the lines of the program, or not", act: "program" },
  {
    keys: ["Escape"],
    shown: ["Esc"],
    says: "let go of the selected number, or close",
    act: "letGo",
  },
  { keys: ["?"], shown: ["?"], says: "this list", act: "help" },
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
  },
  {
    keys: ["z"],
    isControl: true,
    isShifted: true,
    shown: ["Ctrl", "Shift", "Z"],
    says: "redo",
    act: "redo",
  },
];

export const CELL_KEYS = [
  {
    keys: ["ArrowUp"],
    shown: ["↑"],
    says: "a little more; with Shift ten times as much, with Alt a tenth",
    act: "more",
  },
  { keys: ["ArrowDown"], shown: ["↓"], says: "a little less", act: "less" },
  {
    keys: ["Enter", "F2"],
    shown: ["Enter"],
    says: "type a value; in a mask, switch it",
    act: "type",
  },
  { pattern: /^[0-9.−-]$/, shown: ["0", "…", "9", "−"], says: "replace the value", act: "replace" },
];

// on a number in the program
export const PROGRAM_KEYS = [
  { keys: ["ArrowRight"], shown: ["→"], says: "the next number", act: "next" },
  { keys: ["ArrowLeft"], shown: ["←"], says: "the number before", act: "before" },
  { keys: ["ArrowDown"], shown: ["↓"], says: "the next line with numbers", act: "below" },
  { keys: ["ArrowUp"], shown: ["↑"], says: "the line before", act: "above" },
  {
    keys: ["Enter", "F2"],
    shown: ["Enter"],
    says: "type a given number; select the cell of a result",
    act: "type",
  },
];

// what is done with the pointer and the clipboard
export const POINTER_WAYS = [
  { shown: ["drag sideways"], says: "changes a weight, an input or a target" },
  { shown: ["double click"], says: "types a value" },
  { shown: ["Ctrl", "V"], says: "pastes a whole matrix over the selected block" },
  { shown: ["Ctrl", "click"], says: "picks a second number: the loss over both" },
  { shown: ["Tab"], says: "walks from number to number" },
  { shown: ["Shift", "↑ ↓ ← →"], says: "walks inside a heat map" },
];
