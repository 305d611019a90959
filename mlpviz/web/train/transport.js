// Play, pause, steps, resets, the learning rate while it runs, progress, and the timeline with its branches.

import { logarithmic } from "../shared/axes.js";
import {
  h,
  nameOf,
  rebuild,
  setAttribute,
  setOptions,
  setProperties,
  setText,
  setTold,
} from "../shared/dom.js";
import { allDigits } from "../shared/number_text.js";
import { labelled, termMark } from "../shared/term_help.js";
import { showText, textField } from "../shared/text_field.js";
import { duration, measured, shared, whole } from "./labels.js";

const SPEED = "mlpviz-train-speed"; // where this tab keeps it
const STEPS = 120;
const RATES = logarithmic([1e-5, 10], [0, STEPS]); // of the slider

export class Transport {
  // isAnswered(): whether all that was set is in what Python sent; toggle(): play or pause; travel(epoch): null is the
  // newest
  constructor(host, { send, isAnswered, toggle, travel }) {
    this.send = send;
    this.host = host;
    this.speed = null; // of the reader: how fast it may learn at most
    this.speeds = h("select", {
      class: "speed",
      "aria-label": "speed",
      title: "how fast it learns at most; the numbers are the same at every speed",
      onchange: () => {
        this.speed = this.speeds.value;
        host.storage.set(SPEED, this.speed);
      },
    });
    this.isAnswered = isAnswered;
    const button = (label, title, act) =>
      h(
        "button",
        { type: "button", title, "aria-label": nameOf(label, title), onclick: act },
        label,
      );
    // a phone leaves these out
    const seldom = (element) => {
      element.classList.add("seldom");
      return element;
    };
    const sends = (event) => () => send(event);
    this.play = h(
      "button",
      {
        type: "button",
        class: "play",
        title: "play or pause (Space)",
        onclick: toggle,
      },
      "▶ Play",
    );
    this.rate = h("input", {
      type: "range",
      min: 0,
      max: STEPS,
      step: 1,
      "aria-label": "learning rate",
      oninput: () => this.#turn(Number(RATES.invert(Number(this.rate.value)).toPrecision(2))),
    });
    const attributes = {
      class: "rate",
      inputmode: "decimal",
      "aria-label": "learning rate as a number",
    };
    this.number = textField(attributes, (text) => this.#set(text));
    this.facts = h("dl", { class: "facts" });
    this.progress = h("progress", { max: 1, value: 0, "aria-label": "progress" });
    this.left = h("span", { class: "left" });
    this.time = h("input", {
      type: "range",
      class: "timeline",
      min: 0,
      step: 1,
      "aria-label": "moment of the run, in epochs",
      oninput: () => travel(Number(this.time.value)),
    });
    this.live = button("newest", "back to the newest moment (End)", () => travel(null));
    this.where = h("output", { class: "pill where", "aria-live": "off" });
    this.branches = h("select", {
      "aria-label": "branch",
      title: "which branch is shown",
      onchange: () => send({ type: "travel", epoch: null, branch: Number(this.branches.value) }),
    });
    this.element = h(
      "div",
      { class: "transport", role: "group", "aria-label": "training" },
      h(
        "div",
        { class: "line" },
        this.play,
        this.speeds,
        button("step", "one step: one batch (→)", sends({ type: "step" })),
        button("1 epoch", "1 epoch (E)", sends({ type: "epochs", count: 1 })),
        seldom(button("10 epochs", "10 epochs", sends({ type: "epochs", count: 10 }))),
        button("↺ Same weights", "reset to the same first weights", sends({ type: "reset" })),
        button("↺ New weights", "reset to new first weights", sends({ type: "reset", new: true })),
        h(
          "label",
          { class: "learning" },
          h("span", {}, termMark("eta", "learning rate")),
          this.rate,
          this.number,
        ),
      ),
      h(
        "div",
        { class: "line" },
        this.where,
        this.time,
        this.live,
        this.branches,
        this.progress,
        this.left,
        this.facts,
      ),
    );
  }

  // speeds: [key, label]; calm: the one to begin with
  offer(speeds, calm) {
    const kept = this.host.storage.get(SPEED);
    this.speed ??= speeds.some(([key]) => key === kept) ? kept : calm;
    setOptions(this.speeds, speeds, this.speed);
  }

  #turn(value) {
    showText(this.number, allDigits(value));
    this.#set(value);
  }

  #set(value) {
    const path = ["optimizer", "learning_rate"];
    this.send({ type: "set", path, value, gesture: "learning_rate" });
  }

  #fact(place, name, value) {
    let item = this.facts.children[place];
    if (!item) {
      item = h("div", {}, h("dt", {}), h("dd", {}));
      this.facts.append(item);
    }
    if (item.firstChild.textContent !== name) item.firstChild.replaceChildren(labelled(name));
    setTold(item.lastChild, value);
  }

  /** @param {import("../shared/protocol.js").Frame} frame @param {import("../shared/protocol.js").StaticFrame} still */
  paint(frame, still) {
    const isRunning = frame.status === "running";
    const { viewing } = frame;
    const shown = frame.lanes[frame.focus];
    const branching = viewing.live ? "▶ Play" : `▶ Branch from ${viewing.epoch}`;
    setText(this.play, isRunning ? "❚❚ Pause" : branching);
    setAttribute(this.play, "aria-pressed", String(isRunning));
    this.#paintRate(frame.hyperparameters.learning_rate);
    this.#paintFacts(shown, still, isRunning ? frame.epochs_per_second : null);
    const last = frame.branches.find(({ branch }) => branch === frame.branch)?.until ?? frame.epoch;
    // within an epoch the newest moment lies beyond the last whole one
    const isWithin = frame.within && last === frame.epoch && last > 0;
    const end = Math.max(last, frame.epoch, 1) + (isWithin ? 1 : 0);
    setProperties(this.time, { max: end });
    setProperties(this.time, { value: viewing.live ? end : viewing.epoch });
    const where = `epoch ${whole(viewing.epoch)} of ${end}`;
    setAttribute(this.time, "aria-valuetext", where);
    setText(
      this.where,
      viewing.live ? `epoch ${whole(shown.epoch)} · step ${whole(shown.step)}` : where,
    );
    setProperties(this.live, { disabled: viewing.live });
    this.#paintBranches(frame);
    setProperties(this.progress, { value: frame.share });
    const left = isRunning && frame.left != null ? `${duration(frame.left)} left` : null;
    setTold(this.left, left ?? (frame.sentence || frame.status));
  }

  // the slider stays with the hand until what it set is answered
  #paintRate(rate) {
    if (rate != null && this.isAnswered()) {
      setProperties(this.rate, { value: Math.round(RATES(rate || 1e-9)) });
      showText(this.number, allDigits(rate));
    }
    for (const control of [this.rate, this.number]) control.disabled = rate == null;
  }

  #paintFacts({ now, epoch }, { metric }, perSecond) {
    const score = now.validation_metric ?? now.train_metric;
    const isAccuracy = metric === "accuracy";
    this.#fact(0, "epoch", whole(epoch));
    this.#fact(1, "train loss", measured(now.train_loss ?? now.loss));
    this.#fact(2, "validation loss", measured(now.validation_loss));
    this.#fact(3, isAccuracy ? "accuracy" : "R²", isAccuracy ? shared(score) : measured(score));
    this.#fact(
      4,
      "epochs/s",
      perSecond !== null && perSecond < 10 ? measured(perSecond) : whole(perSecond),
    );
  }

  #paintBranches({ branches, branch: shown }) {
    setProperties(this.branches, { hidden: branches.length < 2 });
    const signature = branches.map(({ branch, label }) => `${branch}${label}`).join();
    if (this.branches.dataset.of !== signature) {
      this.branches.dataset.of = signature;
      const option = ({ branch, label }) => h("option", { value: branch }, label);
      rebuild(this.branches, ...branches.map(option));
    }
    setProperties(this.branches, { value: shown });
  }
}
