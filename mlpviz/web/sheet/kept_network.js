// What the address has no room for: the tab keeps the network, and gives it to a server that does not have it, after a
// reload or a restart.

import { FileSaver } from "../shared/file_saver.js";
import { Upload } from "../shared/upload.js";

const PAUSE = 1500; // ms without another edit
const EACH_BYTE = 1e-3; // ms more: a large network is written in more time
const TAB = "mlpviz.tab"; // the name of this tab, as long as it is open

export class KeptNetwork {
  // kept: the files that this browser keeps; storage: of this tab alone
  constructor({ send, complain, kept, storage }) {
    this.send = send;
    this.kept = kept;
    this.storage = storage;
    this.saver = new FileSaver(send, (name, content) => this.#keep(name, content));
    this.upload = new Upload({ send, complain, done: () => send({ type: "open_kept" }) });
    this.size = 0; // bytes that were kept last
    this.version = null; // of the network that waits to be kept, or is
    this.network = ""; // and its name
    this.sought = null; // the number of the sentence that says what is lost
  }

  // a piece of the network
  take(piece) {
    this.saver.take(piece);
  }

  // after each change; `network` is what the address calls it
  follow({ lost, version }, network) {
    if (!this.kept || !network || lost || version === this.version) return;
    this.version = version;
    this.network = network;
    clearTimeout(this.waiting);
    const pause = PAUSE + this.size * EACH_BYTE;
    this.waiting = setTimeout(() => this.send({ type: "keep" }), pause);
  }

  // whether it looks for what the server has lost; `say` says that it is not here
  /** @param {Record<string, any>} state */
  seeks({ lost, arrived }, { number, error }, say) {
    const isSought = lost !== "" && number === this.sought;
    this.upload.take({ arrived }, isSought ? null : error);
    if (isSought) return true;
    this.sought = lost ? number : null;
    if (!lost) return false;
    this.kept.get(this.#tab()).then((found) => {
      if (found?.network !== lost) {
        say();
        return this.send({ type: "nothing_kept" });
      }
      return this.upload.open(new File([found.content], found.name));
    });
    return true;
  }

  #keep(name, content) {
    this.size = content.size;
    this.kept.set(this.#tab(), { name, content, network: this.network });
  }

  #tab() {
    const name = this.storage.get(TAB) ?? Math.random().toString(36).slice(2);
    this.storage.set(TAB, name);
    return name;
  }

  stop() {
    clearTimeout(this.waiting);
  }
}
