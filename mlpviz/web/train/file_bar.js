// What goes out of the page and comes in: the link, the run as a file, and a batch for the score sheet.

import { h, setText } from "../shared/dom.js";
import { savings } from "../shared/savings.js";

export class FileBar {
  // openFile(file, purpose); first: what stands before all others
  constructor(host, { send, openFile, first }) {
    this.host = host;
    const button = (label, title, onclick) =>
      h("button", { type: "button", title, onclick }, label);
    const file = h("input", {
      type: "file",
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
    const network = h("input", {
      type: "file",
      hidden: true,
      "aria-label": "network file",
      onchange: () => {
        if (network.files[0]) openFile(network.files[0], "network");
        network.value = "";
      },
    });
    this.file = file;
    this.network = network;
    this.send = send;
    this.saves = h("span", { class: "saves" });
    this.element = h(
      "div",
      { class: "bar" },
      first,
      ...(host.address.link ? [this.copy] : []),
      this.saves,
      button("open run …", null, () => file.click()),
      file,
      button(
        "train the sheet's network",
        "begin a training with the network, the weights and the samples of the score sheet",
        () => send({ type: "from_sheet" }),
      ),
      button("open network …", "begin a training with the network in a file", () =>
        network.click(),
      ),
      network,
      button(
        "step through this batch",
        "open this network with the batch of its next step on the score sheet",
        () => send({ type: "to_sheet" }),
      ),
      // a site without the pages of pictures has no landscape
      ...(host.opens("landscape")
        ? [
            button(
              "loss landscape here",
              "see the loss around this moment, and the way that the training has gone over it",
              () => send({ type: "to_landscape" }),
            ),
          ]
        : []),
    );
  }

  // files: what can be opened and saved, as Python says
  offer({ run, network }) {
    this.file.accept = run.open.join(",");
    this.network.accept = network.open.join(",");
    this.saves.replaceChildren(
      ...savings(run, (format) => this.send({ type: "save", format }), "save"),
    );
  }

  async #copy() {
    // the document of the score sheet is not part of a training
    await navigator.clipboard?.writeText(this.host.address.link({ d: null, v: null }));
    setText(this.copy, "copied");
    setTimeout(() => setText(this.copy, "copy link"), 1500);
  }
}
