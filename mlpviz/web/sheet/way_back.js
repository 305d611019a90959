// The way back to the page that opened this network: as one was there, or with the weights as they are here.

import { h, setProperties, setText } from "../shared/dom.js";

export class WayBack {
  constructor(send) {
    const title =
      "Learn on with the weights as they are here, in a branch: what was learned before stays.";
    const go = () => send({ type: "go", page: "train" });
    const goWithWeights = () => send({ type: "take_weights_back" });
    this.back = h("button", { type: "button", onclick: go });
    this.element = h(
      "p",
      { class: "way-back", hidden: true },
      this.back,
      h("button", { type: "button", title, onclick: goWithWeights }, "← back with these weights"),
    );
    this.openedFrom = "";
  }

  show(openedFrom) {
    this.openedFrom = openedFrom;
    setText(this.back, `← back to the ${openedFrom}`);
    setProperties(this.element, { hidden: !openedFrom });
  }
}
