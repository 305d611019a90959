// The run as the tab keeps it, for a server that no longer has it: asked for every few seconds while it learns, and
// soon after what else a person did.

import { FileSaver } from "../shared/file_saver.js";
import { tabName } from "../shared/tab_name.js";
import { Upload } from "../shared/upload.js";

const WHILE_IT_LEARNS = 5000; // ms from one time to the next
const AT_REST = 1000; // ms without another change
const EACH_BYTE = 1e-3; // ms more: a large run is written in more time

export class KeptRun {
  constructor(host, { send, complain }) {
    this.host = host;
    this.send = send;
    this.saver = new FileSaver(send, (name, content) => this.#keep(name, content));
    this.upload = new Upload({ send, complain });
    this.size = 0; // bytes that were kept last
    this.now = ""; // what is on screen
    this.setup = ""; // the setup in the address
    this.since = 0; // when it was asked for last
  }

  // after each answer; whether the run on screen is the one of this tab. That of a server which has lost it takes the
  // place of nothing that is kept.
  take({ frame, isRunning }, state, error, { file, isSettled }) {
    this.upload.take(state, error);
    const isOurs = isSettled && !this.upload.file;
    if (file?.purpose === "keep") {
      if (isOurs) this.saver.take(file);
      else this.saver.skip(file);
    }
    if (isOurs) this.#follow(frame, isRunning);
    else clearTimeout(this.waiting);
    return isOurs;
  }

  #follow(frame, isRunning) {
    this.setup = this.host.address.get("t") ?? "";
    const now = [frame.run, frame.epoch, this.setup].join();
    // what the address holds need not be kept
    if (now === this.now || (frame.epoch === 0 && this.setup)) return;
    this.now = now;
    const more = this.size * EACH_BYTE;
    const due = isRunning ? this.since + WHILE_IT_LEARNS - performance.now() : AT_REST;
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.#ask(), Math.max(0, due + more));
  }

  #ask() {
    this.since = performance.now();
    this.send({ type: "keep_run" });
  }

  #keep(name, content) {
    this.size = content.size;
    this.host.kept.set(this.#name(), { name, content, network: this.setup });
  }

  // give it to the server, which learns on if it is to play; whether there is one of the setup in the address
  async open(isToPlay) {
    const setup = this.host.address.get("t") ?? "";
    const found = await this.host.kept.get(this.#name());
    if (!found || (setup && found.network !== setup)) return false;
    this.upload.open(new File([found.content], found.name), isToPlay ? "kept_playing" : "kept");
    return true;
  }

  // beside the network of the score sheet
  #name() {
    return `${tabName(this.host.storage)}.run`;
  }

  stop() {
    clearTimeout(this.waiting);
  }
}
