// Parts that scroll by themselves while their content is too large: then they are a stop of the Tab key, so that the
// arrow keys can scroll them, and have a name; else they are none.

import { setAttribute } from "./dom.js";

const PAUSE = 500; // ms after a change: it asks for sizes, which is never on the way to a paint
const NAMES = {
  ".formula": "formula",
  ".card pre": "code",
  ".wide": "table",
  ".import-body": "what the file holds",
  ".formula-of .line": "formula",
  ".tape ul": "warnings",
  ".comparison": "networks side by side",
  ".examine figure": "result",
  ".wrongs > div": "misclassified samples",
  ".below .scroll": "table",
};
const HAS_STOP = "button, a, input, select, summary, [tabindex='0']";

export class Scrollers {
  // app: the page's element
  constructor(app) {
    this.app = app;
    app.addEventListener("toggle", () => this.settleSoon(), true);
    this.observer = new ResizeObserver(() => this.settleSoon());
    this.observer.observe(app);
  }

  // soon, once for many changes
  settleSoon() {
    this.timer ??= setTimeout(() => this.settle(), PAUSE);
  }

  settle() {
    clearTimeout(this.timer);
    this.timer = null;
    for (const [selector, name] of Object.entries(NAMES))
      for (const element of this.app.querySelectorAll(selector)) turn(element, name);
  }

  stop() {
    clearTimeout(this.timer);
    this.observer.disconnect();
  }
}

function turn(element, name) {
  const { scrollWidth, clientWidth, scrollHeight, clientHeight } = element;
  const isTooLarge = scrollWidth > clientWidth || scrollHeight > clientHeight;
  if (isTooLarge && !element.querySelector(HAS_STOP)) {
    setAttribute(element, "tabindex", "0");
    setAttribute(element, "aria-label", name);
    // what has a role of its own keeps it
    if (element.matches("div, pre")) setAttribute(element, "role", "group");
  } else if (element.hasAttribute("tabindex"))
    for (const attribute of ["tabindex", "aria-label", "role"]) element.removeAttribute(attribute);
}
