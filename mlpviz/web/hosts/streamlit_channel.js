// How requests of one component reach Python and their answers come back: on the socket if there is one, else through
// Streamlit, which runs the script for them.

import { isReachable, watchConnection } from "./streamlit_connection.js";
import { newAnswer, oldRequest } from "./streamlit_old_wire.js";
import { Socket } from "./streamlit_socket.js";
import { inTurn } from "./streamlit_turns.js";

export class StreamlitChannel {
  constructor(page) {
    this.page = page;
    this.listener = null;
    this.shown = null; // the newest answer that the page has
    this.socket = new Socket({
      onAnswer: (answer) => this.#answer(newAnswer(page, answer).answer),
      onLost: () => this.listener?.onLost(),
    });
    this.stopWatching = watchConnection();
  }

  listen(listener) {
    this.listener = listener;
  }

  send(request) {
    if (!isReachable()) return false;
    inTurn(() => this.socket.send(oldRequest(request)) || this.trigger(request));
    return true;
  }

  // what a run of the script brings; React may bring once more what it holds, while answers on the socket went past
  // it
  take({ channel, answer }, trigger) {
    this.trigger = trigger;
    const isOvertaken =
      channel?.token === this.token && this.shown && answer.acknowledged < this.shown.acknowledged;
    this.token = channel?.token;
    if (channel) this.socket.connect(channel);
    if (!isOvertaken) this.#deliver(answer);
  }

  #answer(answer) {
    // only a run of the script can open another page
    if (answer.go) this.trigger({ page: this.page, events: [] });
    else this.#deliver(answer);
  }

  #deliver(answer) {
    this.shown = answer;
    this.listener?.onAnswer(answer);
  }

  close() {
    this.listener = null;
    this.stopWatching();
    this.socket.close();
  }
}
