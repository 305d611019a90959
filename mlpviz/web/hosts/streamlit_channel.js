// How requests of one component reach Python and their answers come back: on the socket if there is one, else through
// Streamlit, which runs the script for them.

import { readMessage } from "../shared/message_bytes.js";
import { askForRun, inTurn, isReachable, watchConnection } from "./streamlit_connection.js";
import { ConnectionWatch } from "./streamlit_watch.js";

/** @typedef {import("../shared/host.js").ArrivedAnswer} Answer */

const RUN = 3000; // ms after a new connection that the script may take

export class StreamlitChannel {
  constructor() {
    this.listener = null;
    this.token = null;
    this.acknowledged = 0; // by the newest answer that the page has
    this.wasLost = false; // there was no connection, and the script has not run since
    this.connected = Infinity; // since when there is one again
    this.isTriggered = false; // something went through Streamlit that has no answer yet
    this.wasFragment = false; // the last run of the script was one of the component's fragment alone
    this.socket = new Socket({
      onAnswer: (answer) => this.#answer(answer),
      onLost: () => this.listener?.onLost(),
      onSilent: () => this.watch.takesSlowerWay(),
    });
    this.stopWatching = watchConnection();
    this.watch = new ConnectionWatch({
      lost: () => {
        this.wasLost = true;
        this.connected = Infinity;
        this.isTriggered = false;
        this.listener?.onLost();
      },
      found: () => {
        this.connected = performance.now();
        // after a run of one fragment Streamlit runs the script by itself
        askForRun(this.wasFragment);
      },
      revive: (refused) => this.socket.revive(refused),
    });
  }

  // what is said of the connection
  get element() {
    return this.watch.element;
  }

  listen(listener) {
    this.listener = listener;
  }

  send(request) {
    if (!isReachable() || this.#awaitsRun()) return false;
    if (request.sequence !== undefined) this.watch.expect();
    inTurn(() => this.#needsRun(request) || this.socket.send(request) || this.#run(request));
    return true;
  }

  // Over a new connection Streamlit runs the script first; until then a new server knows neither the fragment nor us.
  #awaitsRun() {
    return this.wasLost && !(performance.now() - this.connected > RUN);
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
    this.wasLost = false;
    const isAnother = this.token !== null && channel?.token !== this.token;
    if (isAnother) this.acknowledged = 0;
    this.token = channel?.token;
    if (channel) this.socket.connect(channel);
    if (!isOvertaken) this.#deliver(answer);
    // what another session did not answer it will never answer
    if (isAnother) this.listener?.onLost();
  }

  #answer(answer) {
    // only a run of the script can open another page
    if (answer.go) this.trigger({ page: answer.page, events: [] });
    else this.#deliver(answer);
  }

  /** @param {Answer} answer */
  #deliver(answer) {
    this.watch.answered();
    // an answer to a question may have been made long before it came
    this.acknowledged = Math.max(this.acknowledged, answer.acknowledged ?? 0);
    this.listener?.onAnswer(answer);
  }

  close() {
    this.listener = null;
    this.stopWatching();
    this.watch.stop();
    this.socket.close();
  }
}

// ------------------------------------------------------------------

// A socket of our own to Python: a request goes and its answer comes without a run of the script and without React,
// which cost ten times what an edit costs. Where there is none (a proxy that knows only Streamlit, a server that went
// away), send() says so, and the request goes as an event of the component. So it does for a while after a socket that
// swallows what it gets, as that of a proxy may.

const SILENCE = 60_000; // ms until a socket that was silent is tried again
const PATIENCE = 2900; // ms until one that does not answer counts as silent
const HANDSHAKES = 2; // times as long as it took to open it, if that is more
const UNKNOWN = 4404; // it was closed because the server does not know the token

class Socket {
  // onAnswer(answer), onLost(), onSilent()
  constructor({ onAnswer, onLost, onSilent }) {
    this.onAnswer = onAnswer;
    this.onLost = onLost;
    this.onSilent = onSilent;
    this.unanswered = null; // the number of the request after which nothing has come
    this.sent = 0; // when it was sent first
    this.patience = PATIENCE;
    this.path = this.known = null; // where the last one was, and its token
    this.token = null; // of the socket that is open, or that was tried in vain
    this.socket = null;
    this.isOpen = false;
  }

  // each answer that comes through Streamlit says where it is; a new server gives another token
  connect({ path, token }, refused = null) {
    if (token === this.token) return;
    this.close();
    this.token = token;
    [this.path, this.known] = [path, token];
    const begun = performance.now();
    const url = new URL(path, window.location.href);
    url.protocol = url.protocol.replace("http", "ws");
    const socket = new WebSocket(url);
    socket.binaryType = "arraybuffer";
    let hasAnswered = false;
    socket.onopen = () => {
      this.patience = Math.max(PATIENCE, HANDSHAKES * (performance.now() - begun));
      socket.send(token);
      this.isOpen = true;
    };
    socket.onmessage = ({ data }) => {
      hasAnswered = true;
      this.unanswered = null;
      this.onAnswer(readMessage(data));
    };
    socket.onclose = ({ code }) => {
      this.isOpen = false;
      if (code === UNKNOWN) refused?.();
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
      if (performance.now() - this.sent < this.patience) return true; // the line is long
      this.close();
      this.timer = setTimeout(() => {
        this.token = null;
      }, SILENCE);
      this.onSilent();
      return false;
    }
    if (request.sequence !== undefined) {
      this.unanswered = request.sequence;
      this.sent = performance.now();
    }
    this.socket.send(JSON.stringify(request));
    return true;
  }

  // another one with the same token, where nothing is answered; refused(): the server does not know it
  revive(refused) {
    const { path, known: token } = this;
    if (!path) return;
    this.close();
    this.token = null;
    this.connect({ path, token }, refused);
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
