// Files on their way, in both directions and in pieces: one message holds less than what people open and save.
// Python says how much has arrived, and refuses what is too large at the first piece. Refuses to know what is in them.

import { percent } from "../shared/number_text.js";
import { h, setProperties, setText } from "../shared/dom.js";

const PIECE = 900_000; // bytes; as text a third more, and Streamlit takes 2 MB from a component

function encoded(bytes) {
  let binary = "";
  for (let i = 0; i < bytes.length; i += 8192)
    binary += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return btoa(binary);
}

export class Files {
  // host: { send(event), complain(text) }
  constructor(host) {
    this.host = host;
    this.file = null;
    this.text = h("span", {});
    this.element = h(
      "p",
      { class: "notice", role: "status", hidden: true },
      this.text,
      h("button", { type: "button", class: "quiet", onclick: () => this.#stop() }, "cancel"),
    );
  }

  // `purpose` is what Python does with it: csv or run
  open(file, purpose) {
    this.file = file;
    this.purpose = purpose;
    this.at = -1;
    this.#send(0);
  }

  take({ arrived, download, error }) {
    this.#save(download);
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
      this.host.send({
        type: "piece",
        for: purpose,
        name: file.name,
        size: file.size,
        at,
        bytes: encoded(bytes),
      });
      if (at + PIECE >= file.size) this.#stop();
    } catch {
      this.#stop();
      this.host.complain(`${file.name} cannot be read any more: open it again.`);
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

  // a piece comes again with every answer until the next one is asked for
  #save(piece) {
    if (!piece) return;
    if (piece.at === 0 && this.saving?.number !== piece.number)
      this.saving = { number: piece.number, parts: [], size: 0 };
    const { saving } = this;
    if (saving?.number !== piece.number || piece.at !== saving.size) return;
    const bytes = Uint8Array.from(atob(piece.bytes), (letter) => letter.charCodeAt(0));
    saving.parts.push(bytes);
    saving.size += bytes.length;
    if (saving.size < piece.size)
      return void this.host.send({ type: "more", number: piece.number, at: saving.size });
    const url = URL.createObjectURL(new Blob(saving.parts, { type: piece.type }));
    saving.parts = [];
    h("a", { href: url, download: piece.name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  }
}
