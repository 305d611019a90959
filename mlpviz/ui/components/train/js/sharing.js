// What goes out of the page and comes in: the link.

import { h, setText } from "../../sheet/js/dom.js";

export class Sharing {
  constructor() {
    this.element = h("div", { class: "bar" },
      h("button", { type: "button", title: "the whole setup as a link: seed and steps make the weights again", onclick: (event) => this.#copy(event.target) }, "copy link"));
  }

  async #copy(button) {
    await navigator.clipboard?.writeText(window.location.href);
    setText(button, "copied");
    setTimeout(() => setText(button, "copy link"), 1500);
  }
}
