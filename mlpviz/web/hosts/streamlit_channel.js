// How requests of one component reach Python and their answers come back: on the socket if there is one, else through
// Streamlit, which runs the script for them.

import { isReachable, watchConnection } from "./streamlit_connection.js";
import { Socket } from "./streamlit_socket.js";
import { inTurn } from "./streamlit_turns.js";

/** @typedef {import("../shared/protocol.js").Answer} Answer */

export class StreamlitChannel {
  constructor() {
    this.listener = null;
    this.token = null;
    this.acknowledged = 0; // by the newest answer that the page has
    this.socket = new Socket({
      onAnswer: (answer) => this.#answer(answer),
      onLost: () => this.listener?.onLost(),
    });
    this.stopWatching = watchConnection();
  }

  listen(listener) {
    this.listener = listener;
  }

  send(request) {
    if (!isReachable()) return false;
    inTurn(() => this.socket.send(request) || this.trigger(request));
    return true;
  }

  // what a run of the script brings; React may bring once more what it holds, while answers on the socket went past
  // it
  take({ channel, answer }, trigger) {
    this.trigger = trigger;
    const isOvertaken = channel?.token === this.token && answer.acknowledged < this.acknowledged;
    if (channel?.token !== this.token) this.acknowledged = 0;
    this.token = channel?.token;
    if (channel) this.socket.connect(channel);
    if (!isOvertaken) this.#deliver(answer);
  }

  #answer(answer) {
    // only a run of the script can open another page
    if (answer.go) this.trigger({ page: answer.page, events: [] });
    else this.#deliver(answer);
  }

  /** @param {Answer} answer */
  #deliver(answer) {
    // an answer to a question may have been made long before it came
    this.acknowledged = Math.max(this.acknowledged, answer.acknowledged);
    this.listener?.onAnswer(answer);
  }

  close() {
    this.listener = null;
    this.stopWatching();
    this.socket.close();
  }
}
