// A ± key over the keyboard of a phone, for every field of numbers: the number pad of iOS has digits and the reader's
// decimal sign, but no minus. Asking for its keyboard of letters instead would hide the digits.

import { activeIn, h } from "./dom.js";
import { negated } from "./number_input.js";

const FIELDS = 'input[inputmode="decimal"]:not(.exact)'; // the editor of a cell has its own key beside it

export class SignKey {
  constructor(host, app) {
    this.element = h(
      "button",
      {
        type: "button",
        class: "sign-key",
        "aria-label": "change the sign",
        hidden: true,
        // the press leaves the focus in the field
        onpointerdown: (event) => event.preventDefault(),
        onmousedown: (event) => event.preventDefault(),
        onclick: () => this.#press(),
      },
      "±",
    );
    this.app = app;
    app.append(this.element);
    app.addEventListener("focusin", ({ target }) => {
      this.element.hidden = !target.matches(FIELDS) || !host.matches("(pointer: coarse)");
    });
    app.addEventListener("focusout", () => {
      this.element.hidden = true;
    });
    this.stop = host.onKeyboard((covered) => {
      this.element.style.setProperty("--keyboard", `${covered}px`);
    });
  }

  #press() {
    const field = activeIn(this.app);
    if (!field?.matches(FIELDS)) return;
    field.value = negated(field.value);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
