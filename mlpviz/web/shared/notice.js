// A sentence after what a person did, with a button where something is offered beside it.

import { h, setProperties, setText, setTold } from "./dom.js";

export class Notice {
  // accept(): the button was pressed
  constructor({ isError, accept }) {
    this.text = h("span", {});
    this.offer = h("button", { type: "button", class: "offer", hidden: true, onclick: accept });
    const [name, role] = isError ? ["notice error", "alert"] : ["notice", "status"];
    this.element = h("p", { class: name, role, hidden: true }, this.text, this.offer);
  }

  say(sentence, offer = null) {
    setTold(this.text, sentence);
    setText(this.offer, offer ?? "");
    setProperties(this.offer, { hidden: !offer });
    setProperties(this.element, { hidden: !sentence });
  }
}
