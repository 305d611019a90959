// Play, pause, steps, resets, the learning rate while it runs, progress, and the timeline with its branches.

import { allDigits } from "../shared/number_text.js";
import { h, setAttribute, setProperties, setText, setTold } from "../shared/dom.js";
import { duration, measured, shared, whole } from "./labels.js";

const RATE = { low: -5, high: 1, steps: 120 }; // powers of ten of the slider

export class Transport {
  // host: { send(event), frame, still }
  constructor(host) {
    this.host = host;
    const button = (label, title, act) =>
      h("button", { type: "button", title, "aria-label": title, onclick: act }, label);
    const send = (event) => () => host.send(event);
    this.play = h(
      "button",
      {
        type: "button",
        class: "play",
        title: "play or pause (Space)",
        onclick: () => host.toggle(),
      },
      "▶ Play",
    );
    this.rate = h("input", {
      type: "range",
      min: 0,
      max: RATE.steps,
      step: 1,
      "aria-label": "learning rate",
      oninput: () =>
        this.#turn(
          Number(
            (
              10 **
              (RATE.low + ((RATE.high - RATE.low) * this.rate.value) / RATE.steps)
            ).toPrecision(2),
          ),
        ),
    });
    this.number = h("input", {
      type: "text",
      class: "rate",
      inputmode: "decimal",
      "aria-label": "learning rate as a number",
      onchange: () => this.#typed(),
    });
    this.facts = h("dl", { class: "facts" });
    this.progress = h("progress", { max: 1, value: 0, "aria-label": "progress" });
    this.left = h("span", { class: "left" });
    this.time = h("input", {
      type: "range",
      class: "timeline",
      min: 0,
      step: 1,
      "aria-label": "moment of the run, in epochs",
      oninput: () => host.travel(Number(this.time.value)),
    });
    this.live = button("newest", "back to the newest moment (End)", () => host.travel(null));
    this.where = h("output", { class: "pill where", "aria-live": "off" });
    this.branches = h("select", {
      "aria-label": "branch",
      title: "which branch is shown",
      onchange: () =>
        host.send({ type: "travel", epoch: null, branch: Number(this.branches.value) }),
    });
    this.element = h(
      "div",
      { class: "transport", role: "group", "aria-label": "training" },
      h(
        "div",
        { class: "line" },
        this.play,
        button("step", "one step: one batch (→)", send({ type: "step" })),
        button("1 epoch", "one epoch (E)", send({ type: "epochs", count: 1 })),
        button("10 epochs", "ten epochs", send({ type: "epochs", count: 10 })),
        button("↺ same weights", "reset to the same first weights", send({ type: "reset" })),
        button("↺ new weights", "reset to new first weights", send({ type: "reset", new: true })),
        h("label", { class: "learning" }, h("span", {}, "learning rate"), this.rate, this.number),
        this.facts,
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
      ),
    );
  }

  #typed() {
    const text = this.number.value.trim();
    const value = Number(text.replaceAll("−", "-").replace(",", "."));
    if (text !== "" && Number.isFinite(value)) return this.#turn(value);
    return this.host.complain(
      `Not done: the learning rate is “${text.slice(0, 20)}”, expected a number from 0 up`,
    );
  }

  #turn(value) {
    this.turned = performance.now();
    setProperties(this.number, { value: allDigits(value) });
    this.host.send({
      type: "set",
      path: ["optimizer", "learning_rate"],
      value,
      gesture: "learning_rate",
    });
  }

  #fact(place, name, value) {
    let item = this.facts.children[place];
    if (!item) {
      item = h("div", {}, h("dt", {}), h("dd", {}));
      this.facts.append(item);
    }
    setText(item.firstChild, name);
    setTold(item.lastChild, value);
  }

  paint(frame, still) {
    const running = frame.status === "running";
    const past = !frame.viewing.live;
    const lane = frame.lanes[frame.focus];
    setText(
      this.play,
      running ? "❚❚ Pause" : past ? `▶ Branch from ${frame.viewing.epoch}` : "▶ Play",
    );
    setAttribute(this.play, "aria-pressed", String(running));
    const rate = frame.knobs.learning_rate;
    if (rate != null && performance.now() - (this.turned ?? -1e9) > 400) {
      setProperties(this.rate, {
        value: Math.round(
          (RATE.steps * (Math.log10(rate || 1e-9) - RATE.low)) / (RATE.high - RATE.low),
        ),
      });
      if (this.number.getRootNode().activeElement !== this.number)
        setProperties(this.number, { value: allDigits(rate) });
    }
    for (const control of [this.rate, this.number]) control.disabled = rate == null;
    const { now } = lane;
    this.#fact(0, "epoch", whole(lane.epoch));
    this.#fact(1, "train loss", measured(now.train_loss ?? now.loss));
    this.#fact(2, "validation loss", measured(now.validation_loss));
    this.#fact(
      3,
      still.metric === "accuracy" ? "accuracy" : "R²",
      still.metric === "accuracy"
        ? shared(now.validation_metric ?? now.train_metric)
        : measured(now.validation_metric ?? now.train_metric),
    );
    const rateNow = frame.epochs_per_second;
    this.#fact(4, "epochs/s", running ? (rateNow < 10 ? measured(rateNow) : whole(rateNow)) : "–");
    const last = frame.branches.find(({ branch }) => branch === frame.branch)?.until ?? frame.epoch;
    // within an epoch the newest moment lies beyond the last whole one
    const end =
      Math.max(last, frame.epoch, 1) + (frame.within && last === frame.epoch && last > 0 ? 1 : 0);
    setProperties(this.time, { max: end });
    if (this.time.getRootNode().activeElement !== this.time || !this.host.travelling)
      setProperties(this.time, { value: frame.viewing.live ? end : frame.viewing.epoch });
    setAttribute(this.time, "aria-valuetext", `epoch ${frame.viewing.epoch} of ${end}`);
    setText(
      this.where,
      past
        ? `epoch ${frame.viewing.epoch} of ${end}`
        : `epoch ${lane.epoch} · step ${whole(lane.step)}`,
    );
    setProperties(this.live, { disabled: !past });
    const several = frame.branches.length > 1;
    setProperties(this.branches, { hidden: !several });
    const signature = frame.branches.map(({ branch, label }) => `${branch}${label}`).join();
    if (this.branches.dataset.of !== signature) {
      this.branches.dataset.of = signature;
      this.branches.replaceChildren(
        ...frame.branches.map(({ branch, label }) => h("option", { value: branch }, label)),
      );
    }
    setProperties(this.branches, { value: frame.branch });
    setProperties(this.progress, { value: frame.share });
    setTold(
      this.left,
      running && frame.left != null
        ? `${duration(frame.left)} left`
        : frame.sentence || frame.status,
    );
  }
}
