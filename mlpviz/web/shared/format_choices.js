// Formats that differ in a few things, such as the pictures of a sheet: one button that opens a dialog with a menu for
// each of these things.

import { h, setOptions, setText } from "./dom.js";

const KEY = 0;
const SENTENCE = 1;
const FIRST_CHOICE = 2;

export class FormatChoices {
  // label: what is saved; names: of the menus; formats: key, sentence and choices of each, as Python says
  constructor({ label, names, formats }, save) {
    this.formats = formats;
    this.save = save;
    this.title = `Save ${label}`;
    this.menus = names.map((name, place) => {
      const select = h("select", {
        "data-choice": name,
        onchange: () => this.#choose(place),
      });
      const values = [...new Set(formats.map((one) => one[FIRST_CHOICE + place]))];
      setOptions(
        select,
        values.map((value) => [value, value]),
        values[0],
      );
      return select;
    });
    this.sentence = h("p", { class: "muted", "aria-live": "polite" });
    this.element = h(
      "dialog",
      { class: "format-choices", "aria-label": this.title },
      h("h2", {}, this.title),
      ...names.map((name, place) =>
        h("label", { class: "choice" }, h("span", { class: "words" }, name), this.menus[place]),
      ),
      this.sentence,
      h(
        "div",
        { class: "choices" },
        h("button", { type: "button", class: "primary", onclick: () => this.#done() }, "Save"),
        h("button", { type: "button", onclick: () => this.element.close() }, "Cancel"),
      ),
    );
    // its keys are not the page's
    this.element.addEventListener("keydown", (event) => event.stopPropagation());
    this.#choose(0);
  }

  open() {
    this.element.showModal();
  }

  get chosen() {
    return this.formats.find((one) =>
      this.menus.every((menu, place) => menu.value === one[FIRST_CHOICE + place]),
    );
  }

  // where no format has all that is chosen, the nearest one that has the last choice
  #choose(place) {
    if (!this.chosen) {
      const near = this.formats.find(
        (one) => one[FIRST_CHOICE + place] === this.menus[place].value,
      );
      this.menus.forEach((menu, at) => {
        menu.value = near[FIRST_CHOICE + at];
      });
    }
    setText(this.sentence, this.chosen[SENTENCE]);
  }

  #done() {
    this.element.close();
    this.save(this.chosen[KEY]);
  }
}
