// What goes to Python: one message under way at a time, so that a fast drag never queues up and the last value wins.

const PATIENCE = 3000; // ms until a lost answer no longer holds the next message back

export class Outbox {
  constructor(post) {
    this.post = post;
    this.waiting = [];
    this.sent = 0;
    this.acknowledged = 0;
    this.since = 0;
  }

  // edits of one gesture replace each other while they wait
  add(edit) {
    const last = this.waiting.at(-1);
    if (edit.gesture && last?.gesture === edit.gesture) this.waiting.pop();
    this.waiting.push(edit);
    this.flush();
  }

  flush() {
    if (!this.waiting.length || (this.acknowledged < this.sent && performance.now() - this.since < PATIENCE)) return;
    this.sent += 1;
    this.since = performance.now();
    this.post({ sequence: this.sent, edits: this.waiting.splice(0) });
    setTimeout(() => this.flush(), PATIENCE + 50);
  }

  acknowledge(sequence) {
    this.acknowledged = Math.max(this.acknowledged, sequence);
    // a new server session starts to count again
    this.sent = Math.max(this.sent, sequence);
    this.flush();
  }
}
