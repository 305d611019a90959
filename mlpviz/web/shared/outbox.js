// What goes to Python: one request under way at a time, so that a fast drag never queues up and the last value wins.
// A request stays until Python has acknowledged it: what a lost connection or a busy server has swallowed is sent
// again. Python carries out each number of the sequence once. What is patient may be overtaken, or left out.

import { whoseSign } from "./decimal_sign.js";

const PATIENCE = 3000; // ms until an answer counts as lost
const ABSENCE = 200; // ms between two looks for a server that cannot be reached
const LARGEST_EVENT = 5_000_000; // bytes; the server closes the connection at a larger request, again and again

// as JSON in UTF-8, where one letter of the text may take three bytes; short events are not encoded for it
function jsonBytes(event) {
  const json = JSON.stringify(event);
  return 3 * json.length <= LARGEST_EVENT ? json.length : new TextEncoder().encode(json).length;
}

let gestures = 0;

// a name for the events of one drag
export function newGesture() {
  gestures += 1;
  return `${Date.now().toString(36)}-${gestures}`;
}

export class Outbox {
  // send(request): false when nobody can be reached. isPatient(event): whether what the user does need not wait until
  // it is answered. refuse(sentence): what is said of an event that is too large to be sent. done(events): they were
  // carried out
  constructor(send, { isPatient = (_event) => false, refuse, done = (_events) => {} }) {
    this.send = send;
    this.isPatient = isPatient;
    this.done = done;
    this.refuse = refuse;
    this.waiting = [];
    this.underWay = null;
    this.sequence = 0;
  }

  // events of one gesture replace each other while they wait
  add(event) {
    const size = jsonBytes(event);
    if (size > LARGEST_EVENT) {
      const megabytes = [(size / 1e6).toFixed(1), LARGEST_EVENT / 1e6];
      return this.refuse(
        `Not changed: what you gave has ${megabytes[0]} MB, at most ${megabytes[1]} MB are allowed.`,
      );
    }
    const last = this.waiting.at(-1);
    if (event.gesture && last?.gesture === event.gesture) this.waiting.pop();
    this.waiting.push(event);
    // the answer to what the user did shall not take longer for it
    if (!this.waiting.every(this.isPatient))
      this.waiting = this.waiting.filter((one) => !this.isPatient(one));
    return this.#flush();
  }

  // the events that have no answer yet, in their order
  get unanswered() {
    return [...(this.underWay?.events ?? []), ...this.waiting];
  }

  isAwaiting(type) {
    return this.unanswered.some((event) => event.type === type);
  }

  // a new server session starts to count again, and has not carried out what is under way; null: of an answer to a
  // question, which may come though the answer to what is under way was lost
  acknowledge(sequence) {
    if (sequence === null) return;
    if (this.underWay?.sequence <= sequence) {
      const { events } = this.underWay;
      this.underWay = null;
      this.done(events);
    }
    this.sequence = Math.max(this.sequence, sequence);
    this.#flush();
  }

  // what has no answer, for another outbox; null if there is nothing
  left() {
    const { sequence, events = [] } = this.underWay ?? {};
    const ownWill = (every) => every.filter((event) => !this.isPatient(event));
    const [underWay, waiting] = [ownWill(events), ownWill(this.waiting)];
    return underWay.length + waiting.length ? { sequence, underWay, waiting } : null;
  }

  clear() {
    clearTimeout(this.timer);
    this.underWay = null;
    this.waiting = [];
  }

  // what another outbox left; what was under way there may have been carried out
  adopt({ sequence, underWay, waiting }, acknowledged) {
    const isDone = sequence !== undefined && sequence <= acknowledged;
    for (const event of [...(isDone ? [] : underWay), ...waiting]) this.add(event);
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
      (!this.underWay.events.every(this.isPatient) || this.waiting.every(this.isPatient))
    )
      return;
    this.sequence += 1;
    const events = this.waiting.splice(0);
    this.underWay = { sequence: this.sequence, events, ...whoseSign() };
    this.#send();
  }

  #send() {
    clearTimeout(this.timer);
    if (!this.underWay) return;
    this.timer = setTimeout(() => this.#send(), this.send(this.underWay) ? PATIENCE : ABSENCE);
  }
}
