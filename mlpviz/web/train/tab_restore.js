// What a reload of this browser tab needs to have its run again: a ticket that Python gives, kept by the tab alone.
// A copy of the tab has the ticket too; so the others are asked first, and who still has the run keeps it.

import { h, setProperties, setText } from "../shared/dom.js";
import { whole } from "./labels.js";

const KEPT = "mlpviz.train";
const ANSWERS = 150; // ms for another tab to say that it has the run

const tabs = "BroadcastChannel" in window ? new BroadcastChannel(KEPT) : null;
const askedFor = new Set(); // tickets that were asked for once
let ownTicket = null; // ticket of the run on this page

tabs?.addEventListener("message", ({ data }) => {
  if (data.asks && data.asks === ownTicket) tabs.postMessage({ has: ownTicket });
});

function keptBefore() {
  try {
    const found = JSON.parse(window.sessionStorage.getItem(KEPT));
    return typeof found?.ticket === "string" ? found : null;
  } catch {
    return null; // no storage, or not ours
  }
}

export class Keeping {
  // host: { send(event), frame }
  constructor(host) {
    this.host = host;
    this.again = h("button", { type: "button", onclick: () => this.#repeat() });
    this.element = h("p", { class: "again", hidden: true }, this.again);
    this.onHide = () => this.#store();
    window.addEventListener("pagehide", this.onHide);
  }

  take({ ticket, again }) {
    if (again) this.#offer(again);
    if (!ticket) return;
    const before = keptBefore();
    if (before && before.ticket !== ticket && !askedFor.has(before.ticket)) {
      askedFor.add(before.ticket);
      this.#ask(before, ticket);
      return;
    }
    ownTicket = ticket;
    this.#store();
  }

  #ask(before, fresh) {
    let isElsewhere = false;
    const listen = ({ data }) => {
      if (data.has === before.ticket) isElsewhere = true;
    };
    tabs?.addEventListener("message", listen);
    tabs?.postMessage({ asks: before.ticket });
    setTimeout(() => {
      tabs?.removeEventListener("message", listen);
      if (!isElsewhere)
        return this.host.send({ type: "resume", ticket: before.ticket, epoch: before.epoch });
      ownTicket = fresh;
      return this.#store();
    }, ANSWERS);
  }

  #store() {
    if (!ownTicket) return;
    try {
      window.sessionStorage.setItem(
        KEPT,
        JSON.stringify({ ticket: ownTicket, epoch: this.host.frame?.epoch ?? 0 }),
      );
    } catch {
      // without storage a reload begins anew
    }
  }

  #offer(epoch) {
    this.epoch = epoch;
    setText(this.again, `train to epoch ${whole(epoch)} again`);
    setProperties(this.element, { hidden: false });
  }

  #repeat() {
    setProperties(this.element, { hidden: true });
    // who trained meanwhile is on the way already
    const left = this.epoch - Math.floor(this.host.frame.epoch);
    if (left > 0) this.host.send({ type: "epochs", count: left });
  }

  destroy() {
    window.removeEventListener("pagehide", this.onHide);
  }
}
