// How the reader moves through the steps, and the sentence that says where they have come. Takes no trip to Python, but
// for the growing sums of single products.

import { h, setText } from "../shared/dom.js";

export class Stepping {
  constructor(host) {
    this.host = host;
    this.live = h("p", { class: "visually-hidden", "aria-live": "polite" });
  }

  steps() {
    return this.host.model.steps(this.host.view.granularity);
  }

  goTo(step, keepPlaying = false) {
    const { attention, transport, view } = this.host;
    if (!keepPlaying) transport.pause();
    view.step = Math.max(0, Math.min(step, this.steps().length));
    view.select(null);
    attention.hover = null;
    const cell = attention.stepCell();
    this.#say(cell);
    this.host.paint();
    if (cell) attention.bringIntoSight(cell);
  }

  goBy(delta, keepPlaying = false) {
    this.goTo(this.host.view.step + delta, keepPlaying);
  }

  setGranularity(granularity) {
    const { model, scene, view } = this.host;
    view.step = model.translate(view.step, view.granularity, granularity);
    view.granularity = granularity;
    this.host.paint();
    // the growing sums come only to those who step through them; the message carries the view
    if (granularity === "product" && !scene.partials) this.host.send({ type: "view" });
  }

  setSample(sample) {
    this.host.view.sample = sample;
    this.host.paint();
  }

  #say(cell) {
    if (!cell) return setText(this.live, "start: nothing is computed yet");
    const [, row] = this.steps()[this.host.view.step - 1];
    const unit = row >= 0 ? ` · ${cell.block.rowNoun} ${row + 1}` : "";
    return setText(this.live, `${cell.block.title}${unit}. ${cell.block.rule.sentence}`);
  }
}
