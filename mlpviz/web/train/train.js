// The training page in the browser: takes frames of Python, asks for the next one as long as the run is running, and
// sends what the user does: at once, though a frame is still asked for, and one request at a time. No mathematics of
// the network.

import { Badge } from "../badge/badge.js";
import { Colours } from "../shared/colours.js";
import { setText } from "../shared/dom.js";
import { FileSaver } from "../shared/file_saver.js";
import { actionsFor, entryOf } from "../shared/keys.js";
import { Outbox } from "../shared/outbox.js";
import { createStore } from "../shared/store.js";
import { Unsent } from "../shared/unsent.js";
import { FrameStore } from "./frame_store.js";
import { TRAIN_KEYS } from "./keys.js";
import { brief, whole } from "./labels.js";
import { Layout } from "./layout.js";

const SPEAK = 4000; // ms between two sentences for a screen reader while it runs
const FIELDS = "input, select, textarea, [contenteditable]";

class Train {
  constructor(root, host) {
    this.host = host;
    this.frames = new FrameStore();
    this.store = createStore({
      frame: /** @type {import("../shared/protocol.js").Frame | null} */ (null),
      still: /** @type {import("../shared/protocol.js").StaticFrame | null} */ (null),
      state: /** @type {import("../shared/protocol.js").TrainState | null} */ (null),
      colours: null,
      isRunning: false,
    });
    this.outbox = new Outbox((request) => host.channel.send({ page: "train", ...request }), {
      isPatient: ({ type }) => type === "tick",
      refuse: (sentence) => this.layout.complain(sentence),
    });
    this.unsent = new Unsent(host, "train", this.outbox);
    this.send = (event) => this.outbox.add(event);
    this.saver = new FileSaver(this.send, (name, content) => host.saveFile(name, content));
    this.spoken = 0;
    this.layout = new Layout(host, {
      store: this.store,
      frames: this.frames,
      send: this.send,
      isAwaiting: (type) => this.outbox.isAwaiting(type),
      toggle: () => this.#toggle(),
      travel: (epoch) => this.#travel(epoch),
    });
    const question = { page: "train", events: [{ type: "check" }] };
    this.badge = new Badge(() => host.channel.send(question));
    root.append(this.badge.element, this.layout.element);
    this.store.subscribe(() => {
      // not here: what is asked for leaves only when this is over; in a hidden tab nothing is painted at all
      this.due ??= requestAnimationFrame(() => this.#paint());
    });
    host.channel.listen({
      onAnswer: (answer) => this.#take(answer),
      onLost: () => this.outbox.retry(),
    });
    this.actions = actionsFor(TRAIN_KEYS, {
      play: () => this.#toggle(),
      step: () => this.send({ type: "step" }),
      epoch: () => this.send({ type: "epochs", count: 1 }),
      reset: () => this.send({ type: "reset" }),
      first: () => this.#travel(0),
      newest: () => this.#travel(null),
      summary: () => this.layout.summary.open(),
      words: () => this.layout.words.open(),
      help: () => this.layout.keysHelp.open(),
    });
    this.stopListening = host.listen("keydown", (event) => this.#key(event));
  }

  // ------------------------------------------------------------------ from Python

  /** @param {import("../shared/protocol.js").Answer} answer */
  #take({ state, acknowledged, said, address, file, next, proof, tab_token: token }) {
    this.badge.take(proof);
    // an answer to a question says nothing of the run
    if (!("frame" in state)) {
      this.outbox.acknowledge(acknowledged);
      if (this.store.frame) this.layout.say(said);
      return this.store.frame ?? this.send({ type: "resend" });
    }
    const isComplete = this.frames.take(state.still, state.frame);
    // what waits here is meant for the run that this session has to get first
    if (token && this.layout.tabRestore.isAnother(token)) this.unsent.holdBack();
    this.outbox.acknowledge(acknowledged);
    if (!isComplete) return this.send({ type: "resend" });
    const { frame, still } = this.frames;
    const isFirst = this.store.frame === null;
    this.acknowledged = acknowledged;
    this.version = proof?.version ?? null;
    Object.assign(this.store, { frame, still, state, isRunning: next !== null });
    // asked for before painting, so that Python learns while the browser draws
    this.#ask(next);
    this.#refreshColours();
    if (Object.keys(address).length) this.host.address.replace(address);
    if (isFirst) this.saver.skip(file);
    else if (file?.purpose !== "keep") this.saver.take(file);
    if (this.layout.take(state, said, token, file)) this.unsent.take(acknowledged);
    this.#speak();
    this.store.set();
    return undefined;
  }

  #paint() {
    this.due = null;
    const { frame } = this.store;
    this.layout.paint();
    this.host.announce("frame", {
      number: frame.number,
      learningRate: frame.hyperparameters.learning_rate,
      epoch: frame.epoch,
      status: frame.status,
      acknowledged: this.acknowledged,
    });
    this.badge.show(this.version);
    this.host.announce("painted", { version: this.version });
  }

  #ask(pause) {
    clearTimeout(this.timer);
    if (pause === null) return;
    const { speed } = this.layout.transport;
    const ask = () => this.send({ type: "tick", gesture: "tick", ...(speed ? { speed } : {}) });
    if (pause) this.timer = setTimeout(ask, pause);
    else ask();
  }

  // reading styles forces a recalculation: rarely while it runs
  #refreshColours() {
    const { store, layout } = this;
    if (store.colours && store.isRunning && store.frame.number % 50 !== 0) return;
    const next = new Colours(layout.element);
    if (next.id === store.colours?.id) return;
    const isTurned = layout.element.classList.toggle("dark", next.isDark);
    store.colours = isTurned ? new Colours(layout.element) : next;
  }

  #speak() {
    const { frame, isRunning } = this.store;
    if (isRunning && performance.now() - this.spoken < SPEAK) return;
    this.spoken = performance.now();
    const { now, epoch } = frame.lanes[frame.focus];
    const losses = [brief(now.train_loss ?? now.loss), brief(now.validation_loss)];
    const where = `${frame.sentence || frame.status}: epoch ${whole(epoch)}`;
    const sentence = `${where}, training loss ${losses[0]}, validation loss ${losses[1]}`;
    setText(this.layout.speaker, sentence);
  }

  // ------------------------------------------------------------------ acting

  #toggle() {
    // a second press on a slow line means what the first one will have done
    const open = this.outbox.unanswered.findLast(({ type }) => type === "play" || type === "pause");
    const isRunning = open ? open.type === "play" : this.store.frame.status === "running";
    this.send({ type: isRunning ? "pause" : "play" });
  }

  #travel(epoch) {
    this.send({ type: "travel", epoch, gesture: "travel" });
  }

  #key(event) {
    const path = event.composedPath();
    const [target] = path;
    if (event.ctrlKey || event.metaKey || event.altKey || target.closest?.(FIELDS)) return;
    if (!this.store.frame || !this.host.isMeantFor(this.layout.element, path)) return;
    const isOnButton = Boolean(target.closest?.("button, summary, a"));
    const entry = entryOf(TRAIN_KEYS, event);
    if (!entry || (event.key === " " && isOnButton)) return;
    this.actions[entry.act]();
    event.preventDefault();
  }

  stop() {
    clearTimeout(this.timer);
    cancelAnimationFrame(this.due);
    this.stopListening();
    this.unsent.stop();
    this.outbox.stop();
    this.badge.stop();
    this.layout.stop();
  }
}

/** @type {import("../shared/host.js").Main} */
export default function main(root, host) {
  const train = new Train(root, host);
  return () => train.stop();
}
