// A file on its way to Python, in pieces: one message holds less than what people open. Python says how much has
// arrived, and refuses what is too large at the first piece.

import { h, setProperties, setText } from "./dom.js";
import { percent } from "./number_text.js";

const PIECE = 900_000; // bytes; as text a third more, and Streamlit takes 2 MB from a component

function encoded(bytes) {
  let binary = "";
  for (let i = 0; i < bytes.length; i += 8192)
    binary += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return btoa(binary);
}

export class Upload {
  // done(): after the last piece of the last file
  constructor({ send, complain, done = () => {} }) {
    this.send = send;
    this.complain = complain;
    this.done = done;
    this.waiting = [];
    this.file = null;
    this.text = h("span", {});
    this.cancel = h(
      "button",
      { type: "button", class: "quiet", hidden: true, onclick: () => this.#stop() },
      "Cancel",
    );
    // without a file it has no size, but is not hidden: what comes into a hidden part is not read aloud
    this.element = h("p", { class: "upload empty", role: "status" }, this.text, this.cancel);
  }

  // several files, one after the other
  openAll(files) {
    this.waiting = [...files].slice(1);
    this.open(files[0]);
  }

  // `purpose` is what Python does with it, where a page opens files for several: csv or run
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
      const piece = { name, size, at, bytes: encoded(bytes) };
      this.send({ type: "upload_piece", ...(purpose ? { purpose } : {}), ...piece });
      if (at + PIECE < size) return;
      const next = this.waiting.shift();
      if (next) return this.open(next, purpose);
      this.#stop();
      this.done();
    } catch {
      this.#stop();
      this.complain(`${file.name} cannot be read any more: open it again.`);
    }
  }

  #stop() {
    this.file = null;
    this.waiting = [];
    this.#show();
  }

  #show() {
    const { file } = this;
    const isLong = file !== null && file.size > PIECE;
    setProperties(this.element, { className: isLong ? "upload" : "upload empty" });
    setProperties(this.cancel, { hidden: !isLong });
    const share = isLong ? percent(this.at / file.size) : "";
    setText(this.text, isLong ? `${file.name}: ${share} has arrived ` : "");
  }
}
