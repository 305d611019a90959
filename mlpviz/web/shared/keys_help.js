// The list of all keys of a page, opened by "?" and made then: the first paint need not wait for it.

import { h } from "./dom.js";
import { letters } from "./keys.js";

const KEPT = "mlpviz-letters"; // where this tab keeps whether they are keys

export class KeysHelp {
  // groups: [heading, list of keys] pairs
  constructor(host, groups) {
    letters.areKeys = host.storage.get(KEPT) !== "off";
    this.host = host;
    this.groups = groups;
    this.element = h("dialog", { class: "keys-help", "aria-labelledby": "keys-title" });
    this.element.addEventListener("keydown", (event) => event.stopPropagation());
    // a press beside it
    this.element.addEventListener("click", (event) => {
      if (event.target === this.element) this.element.close();
    });
  }

  #fill() {
    const { host, groups } = this;
    const choice = h("input", {
      type: "checkbox",
      checked: letters.areKeys,
      onchange: () => {
        letters.areKeys = choice.checked;
        host.storage.set(KEPT, choice.checked ? "on" : "off");
      },
    });
    const row = ({ shown, says }) =>
      h("div", {}, h("dt", {}, ...shown.map((key) => h("kbd", {}, key))), h("dd", {}, says));
    this.element.append(
      h("h2", { id: "keys-title" }, "Keys"),
      h("label", { class: "letters" }, choice, " Letters and signs are keys"),
      ...groups.flatMap(([heading, list]) => [h("h3", {}, heading), h("dl", {}, ...list.map(row))]),
      h(
        "button",
        { type: "button", class: "primary", onclick: () => this.element.close() },
        "Close",
      ),
    );
  }

  open() {
    if (this.element.open) return;
    if (!this.element.firstChild) this.#fill();
    this.element.showModal();
    this.element.scrollTop = 0; // the focus may stand below
  }
}
