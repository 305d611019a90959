// The proof in the corner of every page. It asks for a check after the network was painted, and never claims more
// than was checked.

import { h, setProperties, setText } from "../shared/dom.js";

const LEARNING = "running"; // the version of a network that changes while one looks
const PAUSE = 150; // ms without a new paint before a check
const PATIENCE = 5000; // ms until a check that was asked for counts as lost
const ABSENCE = 200; // ms between two looks for a server that cannot be reached

export class Badge {
  // ask(): for a check; false when nobody can be reached
  constructor(ask) {
    this.ask = ask;
    this.painted = null; // the version of the network on screen
    this.proof = null;
    this.element = h("div", { class: "badge", role: "status" });
  }

  // a network is on screen now
  show(version) {
    if (version === this.painted) return;
    this.painted = version;
    this.#refresh();
  }

  // one without a result says nothing new of a version that is known
  take(proof) {
    if (!proof || (!proof.status && proof.version === this.proof?.version)) return;
    this.proof = proof;
    this.#refresh();
  }

  // what was checked counts only for the version on screen
  #refresh() {
    clearTimeout(this.timer);
    // Python is busy learning then, and what it would say is over before it is read
    if (this.painted === LEARNING) {
      const how = "One batch is then computed by NumPy, by PyTorch and by central differences";
      return this.#write("checking", "… learning: checked as soon as it pauses", how);
    }
    const { status, version, text, detail } = this.proof ?? {};
    if (status && version === this.painted) return this.#write(status, text, detail);
    this.#write(
      "checking",
      "… checking",
      "NumPy, PyTorch and central differences are being compared",
    );
    if (this.painted !== null) this.timer = setTimeout(() => this.#request(), PAUSE);
  }

  // a question may be lost, so it is asked again until an answer comes
  #request() {
    this.timer = setTimeout(() => this.#request(), this.ask() ? PATIENCE : ABSENCE);
  }

  #write(status, text, title) {
    this.element.dataset.status = status;
    setText(this.element, text);
    setProperties(this.element, { title });
  }

  stop() {
    clearTimeout(this.timer);
    this.element.remove();
  }
}
