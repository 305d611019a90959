// A card that folds: open for a selected cell, folded where only the step brings it, until the reader says otherwise.

import { h, setProperties } from "../shared/dom.js";

export class Collapsible {
  // onToggle(): the reader has opened or closed it
  constructor(onToggle, title, kind, ...children) {
    this.chosen = null;
    this.summary = h("summary", {}, h("h2", {}, title));
    this.element = h("details", { class: `card folding ${kind}` }, this.summary, ...children);
    this.summary.addEventListener("click", (event) => {
      event.preventDefault();
      this.chosen = !this.element.open;
      onToggle();
    });
  }

  isOpen(isSelected) {
    const open = this.chosen ?? isSelected;
    setProperties(this.element, { open });
    return open;
  }
}
