// What goes out of the page and comes in: the link, the run as a file, and a batch for the score sheet.

import { h, setText } from "../shared/dom.js";

export class FileBar {
  // openFile(file, purpose); first: what stands before all others
  constructor(host, { send, openFile, first }) {
    this.host = host;
    const button = (label, title, onclick) =>
      h("button", { type: "button", title, onclick }, label);
    const file = h("input", {
      type: "file",
      accept: ".safetensors,.json,application/json",
      hidden: true,
      "aria-label": "run file",
      onchange: () => {
        if (file.files[0]) openFile(file.files[0], "run");
        file.value = "";
      },
    });
    this.copy = button(
      "copy link",
      "the whole setup as a link: seed and steps make the weights again",
      () => this.#copy(),
    );
    this.element = h(
      "div",
      { class: "bar" },
      first,
      this.copy,
      button(
        "save run",
        "the run with its weights and all that it needs to learn on, as a file",
        () => send({ type: "save" }),
      ),
      button("open run …", null, () => file.click()),
      file,
      button(
        "step through this batch",
        "open this network with the batch of its next step on the score sheet",
        () => send({ type: "to_sheet" }),
      ),
    );
  }

  async #copy() {
    // the document of the score sheet is not part of a training
    await navigator.clipboard?.writeText(this.host.address.link({ d: null, v: null }));
    setText(this.copy, "copied");
    setTimeout(() => setText(this.copy, "copy link"), 1500);
  }
}
