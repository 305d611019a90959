// A page in four parts: what is here, what can be done, what stands now, a hint. It is the first thing that a screen
// reader meets, and comes into sight when it has the focus, with ways to the parts of the page.

import { activeIn, h, setText } from "./dom.js";

const HEADINGS = ["Here", "What you can do", "Now", "Hint"];
const PAUSE = 500; // ms after a change, so that writing it is never on the way to a paint

export class PageSummary {
  // parts(): the four texts; ways: [label, act()] pairs
  constructor({ parts, ways }) {
    this.parts = parts;
    this.texts = HEADINGS.map(() => h("dd", {}));
    const way = ([label, act]) => h("button", { type: "button", onclick: () => act() }, label);
    this.element = h(
      "section",
      { class: "page-summary", tabindex: "-1", "aria-label": "summary of this page" },
      h(
        "dl",
        {},
        ...HEADINGS.map((heading, i) => h("div", {}, h("dt", {}, heading), this.texts[i])),
      ),
      h("div", { class: "choices" }, ...ways.map(way)),
    );
    this.element.addEventListener("focusin", () => this.write());
    this.element.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      this.#leave();
    });
  }

  open() {
    this.from = activeIn(this.element);
    this.element.focus();
  }

  #leave() {
    if (this.from?.isConnected) this.from.focus({ preventScroll: true });
    else activeIn(this.element)?.blur();
  }

  // soon, once for many changes
  writeSoon() {
    this.timer ??= setTimeout(() => this.write(), PAUSE);
  }

  write() {
    this.stop();
    this.parts().forEach((text, i) => {
      setText(this.texts[i], text);
    });
  }

  stop() {
    clearTimeout(this.timer);
    this.timer = null;
  }
}

// "Space: play or pause", of the keys with these actions
export function told(list, acts) {
  return acts
    .map((act) => list.find((entry) => entry.act === act))
    .map(({ shown, says }) => `${shown.join(" and ")}: ${says}.`)
    .join(" ");
}
