// The way to Python in a worker of this tab: one for all of its pages. What is asked waits there until Python has
// started (site_worker.js).

import { readMessage } from "../shared/message_bytes.js";

// what is said of it
export const STARTING = "Python is on its way: look and step, what you change waits for it.";
export const FAILED = "Python could not start here, so nothing can be changed";

export class WorkerLine {
  // onAnswer(answer), onReady(), onFailed(sentence)
  constructor(program, { onAnswer, onReady, onFailed }) {
    this.brought = null; // the answer that was shown before Python was there
    this.firstView = null; // the number of Python's first view
    // Pyodide wants a module to import its own files; Chromium starts none whose program is in a page that is a file
    const type = String(program).startsWith("blob:") ? "classic" : "module";
    this.worker = new Worker(program, { type });
    this.worker.onmessage = ({ data }) => {
      if (data === "ready") onReady();
      else if (typeof data === "string") onFailed(data);
      else onAnswer(this.#onward(readMessage(data)));
    };
    // of a program that did not come; its own errors are said above
    this.worker.onerror = ({ message }) => onFailed(message ?? "its program did not come");
  }

  /** The files of Python, where they are not beside the worker but in the page, and the network or exercise in it. */
  begin(files, subject) {
    this.worker.postMessage({ files, subject });
  }

  /** the answer that is shown before Python is there */
  bring(answer) {
    this.brought = answer;
  }

  // Python's first view is the one that was brought, in which the reader has gone on
  #onward(answer) {
    if (answer.page !== this.brought?.page || answer.state.view_number === undefined) return answer;
    this.firstView ??= answer.state.view_number;
    if (answer.state.view_number === this.firstView)
      answer.state.view_number = this.brought.state.view_number;
    return answer;
  }

  /** the whole state of a page, for the parameters of an address */
  visit(page, parameters = {}) {
    this.worker.postMessage({ page, parameters });
  }

  send(request) {
    this.worker.postMessage(request);
    return true;
  }
}
