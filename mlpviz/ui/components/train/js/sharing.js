// What goes out of the page: the link, and a batch for the score sheet.

import { h, setText } from "../../sheet/js/dom.js";

export class Sharing {
  // host: { send(event) }
  constructor(host) {
    this.element = h("div", { class: "bar" },
      h("button", { type: "button", title: "the whole setup as a link: seed and steps make the weights again", onclick: (event) => this.#copy(event.target) }, "copy link"),
      h("button", { type: "button", title: "open this network with the batch of its next step on the score sheet", onclick: () => host.send({ type: "to_sheet" }) }, "step through this batch"));
  }

  async #copy(button) {
    await navigator.clipboard?.writeText(window.location.href);
    setText(button, "copied");
    setTimeout(() => setText(button, "copy link"), 1500);
  }
}
