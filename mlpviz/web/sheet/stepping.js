// How the reader moves through the steps, by hand or by playing, and the sentence that says where they have come.
// Takes no trip to Python, but for the growing sums of single products.

const PER_SECOND = { layer: 1.5, unit: 3, product: 6 };

export class Stepping {
  // stepCell(): the cell of the step; shown(cell): one that may be out of sight; say(sentence): to a screen reader;
  // told(block): what is said of a step beside its name; last(): the last step that one may go to
  /**
   * @param {any} store
   * @param {{ send: Function, stepCell: Function, shown: Function, say: Function, told?: Function,
   *   last?: Function }} how
   */
  constructor(store, { send, stepCell, shown, say, told, last }) {
    this.store = store;
    this.send = send;
    this.stepCell = stepCell;
    this.shown = shown;
    this.timer = null;
    this.speed = 1;
    this.say = say;
    this.told = told ?? (({ rule }) => rule.sentence);
    this.last = last ?? (() => this.steps().length);
  }

  get isPlaying() {
    return this.timer !== null;
  }

  steps() {
    return this.store.model.steps(this.store.view.granularity);
  }

  goTo(step, keepPlaying = false) {
    const { view } = this.store;
    if (!keepPlaying) this.pause();
    view.step = Math.max(0, Math.min(step, this.last()));
    view.select(null);
    const sample = this.#sampleOf(this.steps()[view.step - 1]);
    if (sample !== null) view.sample = sample + 1;
    const cell = this.stepCell();
    this.#say(cell);
    this.store.set({ hover: null });
    if (cell) this.shown(cell);
  }

  // the cell of the step, where nothing else is selected
  show() {
    const cell = this.store.view.selection === null ? this.stepCell() : null;
    if (cell) this.shown(cell);
  }

  // which sample a single product is about, from 0; null where a step is about all of them
  #sampleOf(step) {
    const { model } = this.store;
    const [index, row, column, term] = step ?? [];
    if (!(column >= 0)) return null;
    const block = model.blocks[index];
    if (block.columnNoun === "sample") return column;
    const cell = { block, r: Math.max(row, 0), c: column };
    if (!(term >= 0 && term < block.rule.count)) return null;
    const factors = block.rule.factors.map((factor) => model.resolve(factor, cell, term));
    return factors.find((one) => one.block.columnNoun === "sample")?.c ?? null;
  }

  goBy(delta, keepPlaying = false) {
    this.goTo(this.store.view.step + delta, keepPlaying);
  }

  setGranularity(granularity) {
    const { model, scene, view } = this.store;
    view.step = model.translate(view.step, view.granularity, granularity);
    view.granularity = granularity;
    this.store.set();
    this.show();
    // the growing sums come only to those who step through them; the request carries the view
    if (granularity === "product" && !scene.partials) this.send({ type: "view" });
  }

  setSample(sample) {
    this.store.view.sample = sample;
    this.store.set();
  }

  // ------------------------------------------------------------------ playing

  toggle() {
    if (this.isPlaying) {
      this.pause();
      return this.store.set();
    }
    if (this.#isAtEnd()) this.goTo(0, true);
    this.timer = setTimeout(() => this.#tick(), 0);
    return this.store.set();
  }

  pause() {
    clearTimeout(this.timer);
    this.timer = null;
  }

  #isAtEnd() {
    return this.store.view.step >= this.last();
  }

  #tick() {
    this.goBy(1, true);
    const pause = 1000 / (PER_SECOND[this.store.view.granularity] * this.speed);
    this.timer = this.#isAtEnd() ? null : setTimeout(() => this.#tick(), pause);
    if (!this.isPlaying) this.store.set();
  }

  #say(cell) {
    if (!cell) return this.say("start: nothing is computed yet");
    const [, row] = this.steps()[this.store.view.step - 1];
    const { rowNoun } = cell.block;
    const unit = rowNoun && row >= 0 ? ` · ${rowNoun} ${row + 1}` : "";
    return this.say(`${cell.block.title}${unit}. ${this.told(cell.block)}`.trim());
  }
}
