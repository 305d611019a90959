// What a reload of this browser tab needs to have its run again: a token that Python gives, kept by the tab alone. A
// copy of the tab has the token too; so the others are asked first, and who still has the run keeps it. Where the
// server has lost it the tab gives back what it kept (kept_run.js).

import { h, setProperties, setText } from "../shared/dom.js";
import { whole } from "./labels.js";

const KEPT = "mlpviz.train";
const ANSWERS = 150; // ms for another tab to say that it has the run

// of this tab, also while another page is open in it
let tabs = null; // the channel to the others
const askedFor = new Set(); // tokens that were asked for once
let ownToken = null; // of the run on this page

export class TabRestore {
  // now(): how far the run is, { epoch, isRunning }; keptRun: what the tab kept of it
  constructor(host, { send, now, keptRun }) {
    this.host = host;
    this.send = send;
    this.now = now;
    this.keptRun = keptRun;
    this.last = null; // how far it was with the answer before
    this.isToPlay = false; // what was lost was learning
    this.isSettled = false; // the run is the one of this tab, or it is known that there is none
    this.wanted = 0;
    this.again = h("button", { type: "button", onclick: () => this.#repeat() });
    this.element = h("p", { class: "again", hidden: true }, this.again);
    tabs ??= answering(host.tabs(KEPT));
    this.stopListening = host.listen("pagehide", () => this.#store());
  }

  // whether it looks for what the server has lost; `say` says that it is not here
  /** @param {Record<string, any>} state */
  seeks({ lost, again }, token, say) {
    if (lost) this.#open(again, say);
    else if (token) this.#take(token);
    this.last = this.now();
    return Boolean(lost);
  }

  async #open(again, say) {
    const isKept = await this.keptRun.open(this.isToPlay);
    if (isKept) {
      this.isSettled = true;
      return;
    }
    this.#settle();
    say();
    if (again) this.#offer(again);
  }

  // whether an answer with this token comes of a session that does not have the run of this tab
  isAnother(token) {
    const before = this.#keptBefore();
    return Boolean(before) && before.ticket !== token && !askedFor.has(before.ticket);
  }

  #take(token) {
    if (this.isAnother(token)) {
      const before = this.#keptBefore();
      askedFor.add(before.ticket);
      this.isSettled = false;
      this.#ask({ ...before, ...this.last }, token);
      return;
    }
    ownToken = token;
    this.isSettled = true;
    this.#store();
  }

  #ask({ ticket, epoch, isRunning }, fresh) {
    this.isToPlay = Boolean(isRunning);
    let isElsewhere = false;
    const listen = ({ data }) => {
      if (data.has === ticket) isElsewhere = true;
    };
    tabs?.addEventListener("message", listen);
    tabs?.postMessage({ asks: ticket });
    setTimeout(() => {
      tabs?.removeEventListener("message", listen);
      if (!isElsewhere) return this.send({ type: "resume", tab_token: ticket, epoch });
      ownToken = fresh;
      this.#store();
      return this.#settle();
    }, ANSWERS);
  }

  // go on with what the server has: what waits for that goes with the next answer
  #settle() {
    this.isSettled = true;
    this.send({ type: "resend" });
  }

  #keptBefore() {
    try {
      const found = JSON.parse(this.host.storage.get(KEPT));
      return typeof found?.ticket === "string" ? found : null;
    } catch {
      return null; // not ours
    }
  }

  #store() {
    if (ownToken) this.host.storage.set(KEPT, JSON.stringify({ ticket: ownToken, ...this.now() }));
  }

  #offer(epoch) {
    this.wanted = epoch;
    setText(this.again, `train to epoch ${whole(epoch)} again`);
    setProperties(this.element, { hidden: false });
  }

  #repeat() {
    setProperties(this.element, { hidden: true });
    // who trained meanwhile is on the way already
    const left = this.wanted - Math.floor(this.now().epoch);
    if (left > 0) this.send({ type: "epochs", count: left });
  }

  stop() {
    this.stopListening();
  }
}

function answering(channel) {
  channel?.addEventListener("message", ({ data }) => {
    if (data.asks && data.asks === ownToken) channel.postMessage({ has: ownToken });
  });
  return channel;
}
