// What a page offers to save: a button for each format, and one with a dialog for formats that differ in a few things.

import { h } from "./dom.js";
import { FormatChoices } from "./format_choices.js";

const button = (label, onclick, title = null) =>
  h("button", { type: "button", title, onclick }, label);

// files: the formats, as Python says; save(key): what a person asked for; word: how buttons begin
export function savings({ save: formats, choose }, save, word = "Save") {
  const dialogs = choose.map((choices) => new FormatChoices(choices, save));
  return [
    ...formats.map(([key, label, title]) => button(`${word} ${label}`, () => save(key), title)),
    ...dialogs.flatMap((dialog) => [
      button(`${dialog.title} …`, () => dialog.open()),
      dialog.element,
    ]),
  ];
}
