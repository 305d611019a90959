// How requests of one component reach Python and their answers come back: on the socket if there is one, else through
// Streamlit, which runs the script for them.

import { readMessage } from "../shared/message_bytes.js";
import { inTurn, isReachable, watchConnection } from "./streamlit_connection.js";

/** @typedef {import("../shared/host.js").ArrivedAnswer} Answer */

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
      onSilent: () => this.listener?.onSilent?.(),
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
    const isOvertaken =
      channel?.token === this.token &&
      answer.acknowledged !== null &&
      answer.acknowledged < this.acknowledged;
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
    this.acknowledged = Math.max(this.acknowledged, answer.acknowledged ?? 0);
    this.listener?.onAnswer(answer);
  }

  close() {
    this.listener = null;
    this.stopWatching();
    this.socket.close();
  }
}

// ------------------------------------------------------------------

// A socket of our own to Python: a request goes and its answer comes without a run of the script and without React,
// which cost ten times what an edit costs. Where there is none (a proxy that knows only Streamlit, a server that went
// away), send() says so, and the request goes as an event of the component. So it does for a while after a socket that
// swallows what it gets, as that of a proxy may.

const SILENCE = 60_000; // ms until a socket that was silent is tried again

class Socket {
  // onAnswer(answer), onLost(), onSilent()
  constructor({ onAnswer, onLost, onSilent }) {
    this.onAnswer = onAnswer;
    this.onLost = onLost;
    this.onSilent = onSilent;
    this.unanswered = null; // the number of the request after which nothing has come
    this.token = null; // of the socket that is open, or that was tried in vain
    this.socket = null;
    this.isOpen = false;
  }

  // each answer that comes through Streamlit says where it is; a new server gives another token
  connect({ path, token }) {
    if (token === this.token) return;
    this.close();
    this.token = token;
    const url = new URL(path, window.location.href);
    url.protocol = url.protocol.replace("http", "ws");
    const socket = new WebSocket(url);
    socket.binaryType = "arraybuffer";
    let hasAnswered = false;
    socket.onopen = () => {
      socket.send(token);
      this.isOpen = true;
    };
    socket.onmessage = ({ data }) => {
      hasAnswered = true;
      this.unanswered = null;
      this.onAnswer(readMessage(data));
    };
    socket.onclose = () => {
      this.isOpen = false;
      // one that worked is tried again with the next answer
      if (hasAnswered) this.token = null;
      this.onLost();
    };
    this.socket = socket;
  }

  send(request) {
    if (!this.isOpen) return false;
    // it is sent again because it had no answer (outbox.js), and nothing else has come either
    if (request.sequence !== undefined && request.sequence === this.unanswered) {
      this.close();
      this.timer = setTimeout(() => {
        this.token = null;
      }, SILENCE);
      this.onSilent();
      return false;
    }
    this.unanswered = request.sequence ?? this.unanswered;
    this.socket.send(JSON.stringify(request));
    return true;
  }

  close() {
    clearTimeout(this.timer);
    this.unanswered = null;
    if (!this.socket) return;
    this.socket.onopen = this.socket.onmessage = this.socket.onclose = null;
    this.socket.close();
    this.socket = null;
    this.isOpen = false;
  }
}
