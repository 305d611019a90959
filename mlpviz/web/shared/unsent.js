// What a person did that had no answer yet when its page went: the page that comes next in this window, or in this tab
// after a reload, sends it.

const FRESH = 60_000; // ms that a reload may take

export class Unsent {
  constructor(host, page, outbox) {
    this.host = host;
    this.name = `mlpviz.unsent.${page}`;
    this.outbox = outbox;
    this.stopListening = host.listen("pagehide", () => this.#store());
    this.stored = this.#read();
  }

  // with each answer in which the page is what the person had before them
  take(acknowledged) {
    const left = this.stored ?? this.host.memo.get("unsent");
    if (!left) return;
    this.stored = null;
    this.host.memo.delete("unsent");
    this.outbox.adopt(left, acknowledged);
  }

  // the page goes on with another session, which is to have first what the one before had
  holdBack() {
    const left = this.outbox.left();
    this.outbox.clear();
    if (!left) return;
    const { underWay = [], waiting = [], ...rest } = this.stored ?? {};
    const later = [...waiting, ...left.underWay, ...left.waiting];
    this.stored = { ...rest, underWay, waiting: later };
  }

  #store() {
    const left = this.outbox.left();
    const text = left ? JSON.stringify({ ...left, at: Date.now() }) : "";
    this.host.storage.set(this.name, text);
  }

  #read() {
    const text = this.host.storage.get(this.name);
    if (!text) return null;
    this.host.storage.set(this.name, "");
    try {
      const found = JSON.parse(text);
      return Math.abs(Date.now() - found.at) < FRESH && Array.isArray(found.waiting) ? found : null;
    } catch {
      return null; // not ours
    }
  }

  stop() {
    this.stopListening();
    const left = this.outbox.left();
    if (left) this.host.memo.set("unsent", left);
  }
}
