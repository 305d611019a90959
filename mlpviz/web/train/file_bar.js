// What goes out of the page and comes in: the link, the run as a file, and a batch for the score sheet.

import { h, setText } from "../shared/dom.js";

export class Sharing {
  // host: { send(event), files }
  constructor(host, first) {
    this.files = h("input", {
      type: "file",
      accept: ".safetensors,.json,application/json",
      hidden: true,
      "aria-label": "run file",
      onchange: () => this.#open(this.files.files[0], host),
    });
    this.element = h(
      "div",
      { class: "bar" },
      first,
      h(
        "button",
        {
          type: "button",
          title: "the whole setup as a link: seed and steps make the weights again",
          onclick: (event) => this.#copy(event.target),
        },
        "copy link",
      ),
      h(
        "button",
        {
          type: "button",
          title: "the run with its weights and all that it needs to learn on, as a file",
          onclick: () => host.send({ type: "save" }),
        },
        "save run",
      ),
      h("button", { type: "button", onclick: () => this.files.click() }, "open run …"),
      this.files,
      h(
        "button",
        {
          type: "button",
          title: "open this network with the batch of its next step on the score sheet",
          onclick: () => host.send({ type: "to_sheet" }),
        },
        "step through this batch",
      ),
    );
  }

  #open(file, host) {
    if (file) host.files.open(file, "run");
    this.files.value = "";
  }

  async #copy(button) {
    const url = new URL(window.location.href);
    for (const name of ["d", "v"]) url.searchParams.delete(name); // the document of the score sheet is not part of a training
    await navigator.clipboard?.writeText(url.href);
    setText(button, "copied");
    setTimeout(() => setText(button, "copy link"), 1500);
  }
}
