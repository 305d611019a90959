// What the address has no room for: the tab keeps the network, and gives it to a server that does not have it, after a
// reload or a restart.

import { FileSaver } from "../shared/file_saver.js";
import { tabName } from "../shared/tab_name.js";
import { Upload } from "../shared/upload.js";
import { EditJournal } from "./edit_journal.js";

const PAUSE = 1500; // ms without another edit
const EACH_BYTE = 1e-3; // ms more: a large network is written in more time
const LEAP = 500; // actions: numbers of another server begin at its clock, in ms, and so lie further away
const PATIENCE = 10_000; // ms until a network that was asked for counts as not coming: a file that is saved goes first

export class KeptNetwork {
  // kept: the files that this browser keeps; storage: of this tab alone
  constructor({ send, complain, kept, storage }) {
    this.send = send;
    this.kept = kept;
    this.storage = storage;
    this.journal = new EditJournal(storage);
    this.saver = new FileSaver(send, (name, content) => this.#keep(name, content));
    this.upload = new Upload({ send, complain, done: () => this.#open() });
    this.size = 0; // bytes that were kept last
    this.version = null; // of the network that waits to be kept, or is
    this.network = ""; // and its name
    this.sought = null; // the name of what it looks for, and the number of the action after which it was lost
    this.asked = -Infinity; // when the network was asked for that is not here yet
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
    this.#askSoon(PAUSE + this.size * EACH_BYTE);
  }

  #askSoon(pause) {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => {
      const since = performance.now() - this.asked;
      if (since < PATIENCE) return this.#askSoon(PAUSE);
      this.asked = performance.now();
      return this.send({ type: "keep" });
    }, pause);
  }

  // the server has carried these events out
  done(events) {
    const isDue = this.journal.add(events);
    if (isDue && this.network && this.asked === -Infinity) this.#askSoon(0);
  }

  // when the page may be gone
  store() {
    this.journal.store();
  }

  #open() {
    this.send({ type: "open_kept", ...this.journal.take(this.found) });
  }

  // whether it looks for what the server has lost; `say` says that it is not here
  /** @param {Record<string, any>} state */
  seeks({ lost, arrived }, { number, error }, say) {
    // the answers to what is done meanwhile say it again
    const isSought =
      lost !== "" && lost === this.sought?.lost && number - this.sought.number < LEAP;
    this.upload.take({ arrived }, isSought ? null : error);
    if (isSought) return true;
    this.sought = lost ? { lost, number } : null;
    if (!lost) return false;
    this.kept.get(tabName(this.storage)).then((found) => {
      if (found?.network !== lost) {
        say();
        return this.send({ type: "nothing_kept" });
      }
      this.found = found.network;
      return this.upload.open(new File([found.content], found.name));
    });
    return true;
  }

  #keep(name, content) {
    this.size = content.size;
    const { network } = this;
    this.kept.set(tabName(this.storage), { name, content, network }).then(() => {
      this.asked = -Infinity;
      this.journal.stored(network);
    });
  }

  stop() {
    clearTimeout(this.waiting);
  }
}
