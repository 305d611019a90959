// What was done to a network since the tab kept it. It is done again where only the tab has the network.

const KEPT = "mlpviz.journal";
const MOST = 500; // edits
const LETTERS = 500_000; // of what is stored for a reload

// what leaves the network as it is
const ASIDE = new Set(
  `view explain review bring_numbers resend check save download_piece upload_piece answer_import cancel_import
  ask_for_link go tour practise train_network take_weights_back together nothing_kept bring_undo`.split(
    /\s+/,
  ),
);
// what cannot be done again to the network alone: it needs what was before, or a file
const ENDS = new Set(
  `accept undo redo reset preset new_network open open_files finish_import compare swap adopt
  stop_comparing rewind`.split(/\s+/),
);

export class EditJournal {
  // storage: of this tab alone
  constructor(storage) {
    this.storage = storage;
    this.network = ""; // the name of what they were done to
    this.events = [];
    this.isWhole = true; // nothing is missing from them
    this.mark = null; // how many of them the network has that is being kept
    this.isStored = false; // that network, by now
  }

  // the server has carried these out; whether the network should be kept soon
  add(events) {
    let isOpened = false;
    for (const event of events) {
      if (event.type === "keep") {
        this.mark = this.events.length;
        this.#cut();
      } else if (event.type === "open_kept") isOpened = true;
      else if (ENDS.has(event.type)) this.isWhole = false;
      else if (!ASIDE.has(event.type)) this.#push(event);
    }
    return isOpened || !this.isWhole || this.events.length > MOST / 2;
  }

  #push(event) {
    const last = this.events.at(-1);
    const isSame = event.gesture && last?.gesture === event.gesture;
    if (isSame && this.events.length !== this.mark) this.events.pop();
    if (this.events.length < MOST) this.events.push(event);
    else this.isWhole = false;
  }

  // the network is kept
  stored(network) {
    this.network = network;
    this.isStored = true;
    this.#cut();
  }

  // what is kept has all of what was done before it was asked for
  #cut() {
    if (this.mark === null || !this.isStored) return;
    this.events.splice(0, this.mark);
    this.isWhole = true;
    this.mark = null;
    this.isStored = false;
  }

  // what is to be done again to this network; not whole: something is missing
  take(network) {
    if (!this.network) this.#read();
    if (this.network !== network) return { since: [], whole: false };
    const { isWhole: whole } = this;
    // they stay: what is kept lacks them until the network is kept again
    if (!whole) this.events = [];
    this.isWhole = true;
    this.mark = null;
    this.isStored = false;
    return { since: [...this.events], whole };
  }

  #read() {
    try {
      const found = JSON.parse(this.storage.get(KEPT));
      if (!Array.isArray(found?.events)) return;
      this.network = found.network;
      this.isWhole = found.isWhole;
      this.events = [...found.events, ...this.events];
    } catch {
      // not ours
    }
  }

  // for a reload
  store() {
    const { network, events, isWhole } = this;
    if (!network) return;
    const text = JSON.stringify({ network, events, isWhole });
    const cut = JSON.stringify({ network, events: [], isWhole: false });
    this.storage.set(KEPT, text.length > LETTERS ? cut : text);
  }
}
