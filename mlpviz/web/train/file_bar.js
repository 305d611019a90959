// What goes out of the page and comes in: the link, the run as a file, and a batch for the score sheet.

import { h, setProperties, setText } from "../shared/dom.js";
import { percent } from "../shared/number_text.js";

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
      this.copy,
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
    );
  }

  // files: what can be opened and saved, as Python says
  offer({ run, network }) {
    this.file.accept = run.open.join(",");
    this.network.accept = network.open.join(",");
    this.saves.replaceChildren(...saveButtons(this.send, "save", run.save));
  }

  async #copy() {
    // the document of the score sheet is not part of a training
    await navigator.clipboard?.writeText(this.host.address.link({ d: null, v: null }));
    setText(this.copy, "copied");
    setTimeout(() => setText(this.copy, "copy link"), 1500);
  }
}

// a button for each format in which something can be saved by an event of this type
export function saveButtons(send, type, formats) {
  return formats.map(([format, label, title]) =>
    h("button", { type: "button", title, onclick: () => send({ type, format }) }, `save ${label}`),
  );
}

// ------------------------------------------------------------------

// A file on its way to Python, in pieces: one message holds less than what people open. Python says how much has
// arrived, and refuses what is too large at the first piece.

const PIECE = 900_000; // bytes; as text a third more, and Streamlit takes 2 MB from a component

function encoded(bytes) {
  let binary = "";
  for (let i = 0; i < bytes.length; i += 8192)
    binary += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return btoa(binary);
}

export class Upload {
  constructor({ send, complain }) {
    this.send = send;
    this.complain = complain;
    this.file = null;
    this.text = h("span", {});
    const cancel = h(
      "button",
      { type: "button", class: "quiet", onclick: () => this.#stop() },
      "cancel",
    );
    this.element = h("p", { class: "notice", role: "status", hidden: true }, this.text, cancel);
  }

  // `purpose` is what Python does with it: csv or run
  open(file, purpose) {
    this.file = file;
    this.purpose = purpose;
    this.at = -1;
    this.#send(0);
  }

  take({ arrived }, error) {
    if (!this.file) return;
    if (error || (arrived === null && this.at > 0)) this.#stop();
    else if (arrived > this.at) this.#send(arrived);
  }

  async #send(at) {
    const { file, purpose } = this;
    this.at = at;
    this.#show();
    try {
      const bytes = new Uint8Array(await file.slice(at, at + PIECE).arrayBuffer());
      if (this.file !== file) return; // cancelled meanwhile
      const { name, size } = file;
      this.send({ type: "upload_piece", purpose, name, size, at, bytes: encoded(bytes) });
      if (at + PIECE >= size) this.#stop();
    } catch {
      this.#stop();
      this.complain(`${file.name} cannot be read any more: open it again.`);
    }
  }

  #stop() {
    this.file = null;
    this.#show();
  }

  #show() {
    const { file } = this;
    setProperties(this.element, { hidden: !file || file.size <= PIECE });
    if (file) setText(this.text, `${file.name}: ${percent(this.at / file.size)} has arrived `);
  }
}
