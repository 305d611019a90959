// A sentence after what a person did: it lies over the page, pushes nothing, can be closed, and has a button where
// something is offered beside it.

import { h, setProperties, setText, setTold } from "./dom.js";

export class Notice {
  // accept(): the button was pressed
  constructor({ isError, accept }) {
    const role = isError ? "alert" : "status";
    this.text = h("p", { role });
    this.offer = h("button", { type: "button", class: "offer", hidden: true, onclick: accept });
    this.close = h("button", {
      type: "button",
      class: "close",
      title: "close",
      "aria-label": "close this message",
      onclick: () => this.say(""),
    });
    this.element = h("div", {}, this.text, this.offer, this.close);
    this.name = isError ? "notice error" : "notice";
    this.say("");
  }

  // without a sentence it has no size, but is not hidden: what comes into a hidden part is not read aloud
  say(sentence, offer = null) {
    setTold(this.text, sentence);
    setText(this.offer, offer ?? "");
    setProperties(this.offer, { hidden: !offer });
    setProperties(this.close, { hidden: !sentence });
    setProperties(this.element, { className: sentence ? this.name : `${this.name} empty` });
  }
}
