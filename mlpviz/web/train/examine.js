// The result: scores with their interval, the confusion matrix, what was got wrong, residuals, and answers to samples
// that are typed or drawn. Python computes all of it.

import { h, rebuild, setOptions, setTold } from "../shared/dom.js";
import { joined, percent, phrase } from "../shared/number_text.js";
import { confusionMatrix, misclassified, residualPlot, scoresPerClass } from "./evaluation.js";
import { formulaDetails } from "./formula_details.js";
import { measured, shared, whole } from "./labels.js";
import { SampleAnswers } from "./sample_answers.js";

export class Examine {
  // store: frame, still, colours
  constructor({ store, send }) {
    this.store = store;
    this.send = send;
    this.parts = h("select", {
      "aria-label": "which samples are examined",
      onchange: () => this.#ask(this.parts.value),
    });
    this.head = h("p", { class: "score" });
    this.body = h("div", { class: "results" });
    this.samples = new SampleAnswers({ send });
    this.element = h(
      "details",
      { class: "below examine", ontoggle: () => this.element.open && this.#ask() },
      h("summary", {}, "Examine the result"),
      h("div", { class: "head" }, h("label", {}, "Samples ", this.parts), this.head),
      h("div", { class: "columns" }, this.body, this.samples.element),
    );
  }

  #ask(part = this.part) {
    this.asked = this.#moment();
    this.send({ type: "examine", part: part ?? null, gesture: "examine" });
  }

  #moment() {
    const { run, viewing, step, focus } = this.store.frame;
    return [run, viewing.epoch, viewing.live && step, focus].join();
  }

  take({ examined, answer }) {
    const { still, colours } = this.store;
    if (still.run !== this.run) {
      this.run = still.run;
      this.part = null;
    }
    this.samples.take(still, answer, colours);
    if (examined) this.#show(examined, colours);
  }

  // what was examined belongs to one moment; while it runs there would be no end of asking
  askIfOutdated() {
    const isResting = this.store.frame.status !== "running";
    if (this.element.open && isResting && this.asked !== this.#moment()) this.#ask();
  }

  #say(sentence) {
    setTold(this.head, sentence);
  }

  #show(result, colours) {
    this.part = result.part;
    const options = result.parts.map((part) => {
      const count = part === result.part ? whole(result.samples) : "…";
      return [part, `${part} (${count})`];
    });
    setOptions(this.parts, options, result.part);
    const when = `at epoch ${whole(result.epoch)}`;
    const loss = phrase`loss ${measured(result.loss)}`;
    if (result.kind === "classes") {
      const [low, high, confidence] = result.interval;
      const between = phrase`between ${shared(low)} and ${shared(high)} with ${percent(confidence, 0)} confidence`;
      this.#say(phrase`accuracy ${shared(result.accuracy)} ${when}, ${between} · ${loss}`);
      const open = (row) => this.send({ type: "to_sheet", row });
      rebuild(
        this.body,
        confusionMatrix(result, colours),
        scoresPerClass(result),
        misclassified(result, colours, open),
        ...formulas(result),
      );
    } else {
      const [rmse, mae] = [result.rmse, result.mae].map((errors) =>
        joined(", ", errors.map(measured)),
      );
      const errors = phrase`root mean squared error ${rmse} · mean absolute error ${mae}`;
      this.#say(phrase`R² ${measured(result.r2)} ${when} · ${errors} · ${loss}`);
      rebuild(this.body, residualPlot(result, colours), ...formulas(result));
    }
  }
}

// how the scores are computed
function formulas({ formulas: items }) {
  return items.map((item) => {
    const { element, update } = formulaDetails();
    update(item);
    return element;
  });
}
