// A sentence after what a person did: it lies over the page, pushes nothing, can be closed, and has a button where
// something is offered beside it.

import { h, setProperties, setText, setTold } from "./dom.js";

export class Notice {
  // accept(): the button was pressed
  constructor({ isError, accept }) {
    const [name, role] = isError ? ["notice error", "alert"] : ["notice", "status"];
    this.text = h("p", { role });
    this.offer = h("button", { type: "button", class: "offer", hidden: true, onclick: accept });
    const close = h("button", {
      type: "button",
      class: "close",
      title: "close",
      "aria-label": "close this message",
      onclick: () => setProperties(this.element, { hidden: true }),
    });
    this.element = h("div", { class: name, hidden: true }, this.text, this.offer, close);
  }

  say(sentence, offer = null) {
    setTold(this.text, sentence);
    setText(this.offer, offer ?? "");
    setProperties(this.offer, { hidden: !offer });
    setProperties(this.element, { hidden: !sentence });
  }
}
