// The way to Python in a worker of this tab: one for all of its pages. What is asked waits there until Python has
// started (site_worker.js).

import { readMessage } from "../shared/message_bytes.js";

export class WorkerLine {
  // onAnswer(answer), onReady(), onFailed(sentence)
  constructor(program, { onAnswer, onReady, onFailed }) {
    this.worker = new Worker(program, { type: "module" });
    this.worker.onmessage = ({ data }) => {
      if (data === "ready") onReady();
      else if (typeof data === "string") onFailed(data);
      else onAnswer(readMessage(data));
    };
    // of a program that did not come; its own errors are said above
    this.worker.onerror = ({ message }) => onFailed(message ?? "its program did not come");
  }

  /** the whole state of a page, for the parameters of an address */
  visit(page, parameters) {
    this.worker.postMessage({ page, parameters });
  }

  send(request) {
    this.worker.postMessage(request);
    return true;
  }
}
