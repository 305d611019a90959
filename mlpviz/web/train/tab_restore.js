// What a reload of this browser tab needs to have its run again: a token that Python gives, kept by the tab alone. A
// copy of the tab has the token too; so the others are asked first, and who still has the run keeps it.

import { h, setProperties, setText } from "../shared/dom.js";
import { whole } from "./labels.js";

const KEPT = "mlpviz.train";
const ANSWERS = 150; // ms for another tab to say that it has the run

// of this tab, also while another page is open in it
let tabs = null; // the channel to the others
const askedFor = new Set(); // tokens that were asked for once
let ownToken = null; // of the run on this page

export class TabRestore {
  // epoch(): how far the run is
  constructor(host, { send, epoch }) {
    this.host = host;
    this.send = send;
    this.epoch = epoch;
    this.wanted = 0;
    this.again = h("button", { type: "button", onclick: () => this.#repeat() });
    this.element = h("p", { class: "again", hidden: true }, this.again);
    tabs ??= answering(host.tabs(KEPT));
    this.stopListening = host.listen("pagehide", () => this.#store());
  }

  take({ again }, token) {
    if (again) this.#offer(again);
    if (!token) return;
    const before = this.#keptBefore();
    if (before && before.ticket !== token && !askedFor.has(before.ticket)) {
      askedFor.add(before.ticket);
      this.#ask(before, token);
      return;
    }
    ownToken = token;
    this.#store();
  }

  #ask({ ticket, epoch }, fresh) {
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
      return this.#store();
    }, ANSWERS);
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
    if (ownToken)
      this.host.storage.set(KEPT, JSON.stringify({ ticket: ownToken, epoch: this.epoch() }));
  }

  #offer(epoch) {
    this.wanted = epoch;
    setText(this.again, `train to epoch ${whole(epoch)} again`);
    setProperties(this.element, { hidden: false });
  }

  #repeat() {
    setProperties(this.element, { hidden: true });
    // who trained meanwhile is on the way already
    const left = this.wanted - Math.floor(this.epoch());
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
