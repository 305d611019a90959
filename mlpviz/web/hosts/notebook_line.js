// The way to Python in the kernel of a notebook: custom messages of the widget. A kernel that ends says nothing, so
// silence is what tells of it; what was asked is asked again (outbox.js), and is carried out when it is back.

import { readMessage } from "../shared/message_bytes.js";

const SILENCE = 4000; // ms without an answer to what was asked
const KEEP = 1000; // ms after the last change, until the notebook gets what is shown
const EACH_BYTE = 1e-3; // ms more: what is large is kept less often

const NEVER =
  "No Python behind this: look and step. To change numbers, run the cell (a running kernel answers when it is free).";
const SILENT =
  "The kernel does not answer: it is busy, or it was restarted. What you change waits here; after a restart it is " +
  "lost, so run the cell again.";

/** @param {DataView} view an answer as a widget has it */
export function readAnswer({ buffer, byteOffset, byteLength }) {
  return readMessage(new Uint8Array(buffer, byteOffset, byteLength));
}

export class KernelLine {
  // onAnswer(answer), onState(state, sentence): never, silent or ready
  constructor(model, { onAnswer, onState }) {
    this.model = model;
    this.onAnswer = onAnswer;
    this.onState = onState;
    this.hasAnswered = false;
    this.size = 0; // bytes of the last whole answer
    this.receive = (content, buffers) => this.#receive(content, buffers);
    model.on("msg:custom", this.receive);
  }

  /** the whole state of a page */
  visit(page) {
    this.#send({ visit: page });
  }

  send(request) {
    this.#send({ request });
    return true;
  }

  #send(message) {
    this.silence ??= setTimeout(() => this.#miss(), SILENCE);
    try {
      this.model.send(message);
    } catch {
      // a widget without a kernel; silence tells of it
    }
  }

  #miss() {
    this.silence = null;
    if (this.hasAnswered) this.onState("silent", SILENT);
    else this.onState("never", NEVER);
  }

  #receive(content, buffers) {
    if (!content?.answer) return;
    clearTimeout(this.silence);
    this.silence = null;
    this.hasAnswered = true;
    this.onState("ready", "");
    const answer = readAnswer(buffers[0]);
    this.onAnswer(answer);
    this.#keepSoon(buffers[0].byteLength);
  }

  // the notebook is saved with what is shown, also where no kernel will answer
  #keepSoon(bytes) {
    this.size = Math.max(this.size, bytes);
    clearTimeout(this.keeping);
    this.keeping = setTimeout(() => this.model.send({ keep: true }), KEEP + this.size * EACH_BYTE);
  }

  close() {
    clearTimeout(this.silence);
    clearTimeout(this.keeping);
    this.model.off("msg:custom", this.receive);
  }
}
