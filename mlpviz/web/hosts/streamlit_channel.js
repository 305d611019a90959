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
    this.isTriggered = false; // something went through Streamlit that has no answer yet
    this.wasFragment = false; // the last run of the script was one of the component's fragment alone
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
    inTurn(() => this.#needsRun(request) || this.socket.send(request) || this.#run(request));
    return true;
  }

  // After a lost connection Streamlit runs the script again only where the last run was one of a fragment; without that
  // a new server would know neither the fragment nor us. So after a whole run the first question goes that way.
  #needsRun(request) {
    if (this.wasFragment || request.sequence !== undefined) return false;
    this.#run(request);
    return true;
  }

  #run(request) {
    this.isTriggered = true;
    this.trigger(request);
  }

  // what a run of the script brings; React may bring once more what it holds, while answers on the socket went past
  // it
  take({ channel, answer }, trigger) {
    this.trigger = trigger;
    this.wasFragment = this.isTriggered;
    this.isTriggered = false;
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
