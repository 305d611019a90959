// What goes to Python: one message under way at a time, so that a fast drag never queues up and the last value wins.
// A message stays until Python has acknowledged it: what a lost connection or a busy server has swallowed is sent
// again. Python carries out each number of the sequence once. What is patient may be overtaken, or left out.

import { isReachable } from "../hosts/streamlit_connection.js";
import { inTurn } from "../hosts/streamlit_turns.js";

const PATIENCE = 3000; // ms until an answer counts as lost
const ABSENCE = 200; // ms between two looks for a server that cannot be reached
const LARGEST_EDIT = 5_000_000; // bytes of one edit; the server closes the connection at a larger message, again and again

// as JSON in UTF-8, where one letter of the text may take three bytes; short edits are not encoded for it
function jsonBytes(edit) {
  const json = JSON.stringify(edit);
  return 3 * json.length <= LARGEST_EDIT ? json.length : new TextEncoder().encode(json).length;
}

export class Outbox {
  // isPatient(edit): whether what the user does need not wait until this is answered. refuse(sentence): what is said
  // of an edit that is too large to be sent
  constructor(post, { isPatient = () => false, refuse }) {
    this.post = post;
    this.isPatient = isPatient;
    this.refuse = refuse;
    this.waiting = [];
    this.underWay = null;
    this.sequence = 0;
  }

  // edits of one gesture replace each other while they wait
  add(edit) {
    const size = jsonBytes(edit);
    if (size > LARGEST_EDIT)
      return this.refuse(
        `Not changed: what you gave has ${(size / 1e6).toFixed(1)} MB, at most ${LARGEST_EDIT / 1e6} MB are allowed.`,
      );
    const last = this.waiting.at(-1);
    if (edit.gesture && last?.gesture === edit.gesture) this.waiting.pop();
    this.waiting.push(edit);
    // the answer to what the user did shall not take longer for it
    if (!this.waiting.every(this.isPatient))
      this.waiting = this.waiting.filter((one) => !this.isPatient(one));
    return this.#flush();
  }

  // a new server session starts to count again, and has not carried out what is under way
  acknowledge(sequence) {
    if (this.underWay?.sequence <= sequence) this.underWay = null;
    this.sequence = Math.max(this.sequence, sequence);
    this.#flush();
  }

  // what was under way may be lost; it goes again when a way is found
  retry() {
    clearTimeout(this.timer);
    if (this.underWay) this.timer = setTimeout(() => this.#send(), ABSENCE);
  }

  stop() {
    clearTimeout(this.timer);
  }

  #flush() {
    if (!this.waiting.length) return;
    if (
      this.underWay &&
      (!this.underWay.edits.every(this.isPatient) || this.waiting.every(this.isPatient))
    )
      return;
    this.sequence += 1;
    this.underWay = { sequence: this.sequence, edits: this.waiting.splice(0) };
    this.#send();
  }

  #send() {
    clearTimeout(this.timer);
    if (!this.underWay) return;
    const reachable = isReachable();
    const message = this.underWay;
    if (reachable) inTurn(() => this.post(message));
    this.timer = setTimeout(() => this.#send(), reachable ? PATIENCE : ABSENCE);
  }
}
