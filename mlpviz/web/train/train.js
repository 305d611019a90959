// The training page's conversation with Python: takes frames, asks for the next one as long as the run is running, and
// sends what the user does: at once, though a frame is still asked for, and one message at a time.
// No mathematics of the network.

import { setProperties, setText, setTold } from "../shared/dom.js";
import { Line, isOvertaken } from "../hosts/streamlit_socket.js";
import { Outbox } from "../shared/outbox.js";
import { Board } from "./layout.js";
import { Colours } from "../shared/colours.js";
import { brief, whole } from "./labels.js";
import { Stream } from "./frame_store.js";

const pages = new WeakMap();
const SPEAK = 4000; // ms between two sentences for a screen reader while it runs

class Page {
  constructor(root) {
    this.root = root;
    this.stream = new Stream();
    this.outbox = new Outbox(
      (message) => {
        if (!this.line.send(message)) this.trigger("event", message);
      },
      { isPatient: ({ type }) => type === "tick", refuse: (sentence) => this.complain(sentence) },
    );
    this.line = new Line({
      onAnswer: (data) => this.show(data),
      onLost: () => this.outbox.retry(),
    });
    this.send = (event) => this.outbox.add(event);
    this.spoken = 0;
    this.board = new Board(this);
    this.root.append(this.board.element);
    this.onKey = (event) => this.#key(event);
    document.addEventListener("keydown", this.onKey);
  }

  // ------------------------------------------------------------------ from Python

  update({ data, setTriggerValue }) {
    this.trigger = setTriggerValue;
    if (data.line) this.line.connect(data.line);
    if (!isOvertaken(data, this.data)) this.show(data);
  }

  show(data) {
    // only a run of the script can change the page
    if (data.leaving) return this.trigger("event", { edits: [] });
    const complete = this.stream.take(data.still, data.frame);
    this.outbox.acknowledge(data.acknowledged);
    if (!complete) return this.send({ type: "resend" });
    const { board } = this;
    this.running = data.frame.status === "running" || data.busy;
    this.data = data;
    // asked for before painting, so that Python learns while the browser draws
    this.#ask(data.wait);
    if (data.settings) this.sections = data.settings;
    if (!this.colours || !this.running || data.frame.number % 50 === 0) this.#refreshColours();
    // what was refused goes back to what holds
    const isRefused = Boolean(data.error) && data.acknowledged !== this.refused;
    if (data.error) this.refused = data.acknowledged;
    this.#notify(board.error, data.error ?? "");
    this.#notify(board.notice, data.notice ?? "");
    if (data.settings || isRefused || this.colours !== board.settings.colours)
      board.settings.take(this.sections, this.colours);
    if (data.still) board.pointing.take(this.stream.still);
    if (data.tool) board.pointing.pick(data.tool);
    this.#follow(data.link);
    for (const part of [board.keeping, board.files, board.experiment, board.examine, board.table])
      part.take(data);
    this.#speak();
    // not here: what is asked for leaves only when this is over; in a hidden tab nothing is painted at all
    this.due ??= requestAnimationFrame(() => this.#paintFrame());
    return undefined;
  }

  #paintFrame() {
    this.due = null;
    const { frame, acknowledged } = this.data;
    this.board.paint();
    this.painted = (this.painted ?? 0) + 1;
    const detail = {
      number: frame.number,
      learningRate: frame.knobs.learning_rate,
      epoch: frame.epoch,
      status: frame.status,
      acknowledged,
    };
    window.dispatchEvent(new CustomEvent("mlpviz:frame", { detail }));
    window.dispatchEvent(
      new CustomEvent("mlpviz:painted", { detail: { version: this.data.proof } }),
    );
  }

  #ask(wait) {
    clearTimeout(this.timer);
    if (!this.running) return;
    const ask = () => this.send({ type: "tick", gesture: "tick" });
    if (wait) this.timer = setTimeout(ask, wait);
    else ask();
  }

  #refreshColours() {
    const next = new Colours(this.board.element);
    if (next.id === this.colours?.id) return;
    this.colours = next;
    if (this.board.element.classList.toggle("dark", next.isDark))
      this.colours = new Colours(this.board.element);
  }

  #notify(element, text) {
    setTold(element, text);
    setProperties(element, { hidden: !text });
  }

  #follow(link) {
    if (link === undefined || link === this.link) return;
    this.link = link;
    const url = new URL(window.location.href);
    if (link) url.searchParams.set("t", link);
    else url.searchParams.delete("t");
    window.history.replaceState(window.history.state, "", url);
  }

  #speak() {
    const { frame } = this.stream;
    if (this.running && performance.now() - this.spoken < SPEAK) return;
    this.spoken = performance.now();
    const { now, epoch } = frame.lanes[frame.focus];
    setText(
      this.board.speaker,
      `${frame.sentence || frame.status}: epoch ${whole(epoch)}, training loss ${brief(now.train_loss ?? now.loss)}, validation loss ${brief(now.validation_loss)}`,
    );
  }

  // ------------------------------------------------------------------ acting

  get files() {
    return this.board.files;
  }

  complain(text) {
    this.#notify(this.board.notice, "");
    this.#notify(this.board.error, text);
  }

  get frame() {
    return this.stream.frame;
  }

  get still() {
    return this.stream.still;
  }

  toggle() {
    this.send({ type: this.frame.status === "running" ? "pause" : "play" });
  }

  travel(epoch) {
    this.send({ type: "travel", epoch, gesture: "travel" });
  }

  #key(event) {
    const target = event.composedPath()[0];
    if (
      event.ctrlKey ||
      event.metaKey ||
      event.altKey ||
      target.closest?.("input, select, textarea, [contenteditable]")
    )
      return;
    const button = target.closest?.("button, summary, a");
    const act = {
      " ": () => !button && this.toggle(),
      ArrowRight: () => this.send({ type: "step" }),
      e: () => this.send({ type: "epochs", count: 1 }),
      r: () => this.send({ type: "reset" }),
      Home: () => this.travel(0),
      End: () => this.travel(null),
    }[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act || !this.frame || act() === false) return;
    event.preventDefault();
  }

  destroy() {
    clearTimeout(this.timer);
    cancelAnimationFrame(this.due);
    document.removeEventListener("keydown", this.onKey);
    this.outbox.stop();
    this.line.close();
    this.board.destroy();
  }
}

export default function (component) {
  const { parentElement } = component;
  let page = pages.get(parentElement);
  if (!page) {
    page = new Page(parentElement);
    pages.set(parentElement, page);
  }
  page.update(component);
  return () => {
    page.destroy();
    pages.delete(parentElement);
  };
}
