// Ready-made experiments: a menu, and of the chosen one the question, what to look at, the answer to unfold, and what
// the run on screen shows once it is done.

import {
  h,
  rebuild,
  setAttribute,
  setProperties,
  setText,
  tableParts,
  toldNodes,
} from "../shared/dom.js";
import { counted, percent } from "../shared/number_text.js";
import { shared } from "./labels.js";

export class Experiment {
  constructor(host, send) {
    this.send = send;
    this.list = h("div", {});
    this.menu = h("details", { class: "menu" }, h("summary", {}, "Experiments ▾"), this.list);
    this.title = h("h2", {});
    this.question = h("p", { class: "question" });
    this.look = h("p", { class: "look" });
    this.answer = h("p", {});
    this.fold = h("details", { class: "fold" }, h("summary", {}, "The answer"), this.answer);
    this.claim = h("p", { class: "claim", role: "status" });
    this.rival = h("p", { class: "note" });
    this.table = h("table", {});
    this.card = h(
      "section",
      { class: "card", "aria-label": "experiment", hidden: true },
      this.title,
      this.question,
      this.look,
      this.claim,
      this.rival,
      this.table,
      this.fold,
      h(
        "button",
        {
          type: "button",
          class: "quiet",
          "aria-label": "close the experiment",
          onclick: () => send({ type: "experiment", key: null }),
        },
        "✕",
      ),
    );
    this.stop = host.listen("pointerdown", (event) => {
      if (!event.composedPath().includes(this.menu)) this.menu.open = false;
    });
  }

  take({ experiments, experiment }) {
    if (experiments) {
      rebuild(
        this.list,
        ...experiments.map(([key, label, question]) =>
          h(
            "button",
            {
              type: "button",
              title: question,
              onclick: () => {
                this.menu.open = false;
                this.send({ type: "experiment", key });
              },
            },
            label,
          ),
        ),
      );
    }
    if (experiment === undefined) return;
    this.card.hidden = !experiment;
    if (!experiment) return;
    if (this.title.textContent !== experiment.label) setProperties(this.fold, { open: false });
    setText(this.title, experiment.label);
    setText(this.question, experiment.question);
    setText(this.look, `What to look at: ${experiment.look}`);
    setText(this.answer, experiment.answer + (experiment.source ? ` (${experiment.source})` : ""));
    const { claim, rival } = experiment;
    setText(this.claim, claim ? `${claim.holds ? "✓" : "✗"} This run: ${claim.sentence}` : "");
    setAttribute(this.claim, "data-holds", String(claim?.holds ?? ""));
    const done = rival && (rival.share < 1 ? `learning, ${percent(rival.share, 0)} done` : "done");
    setText(
      this.rival,
      rival ? `${rival.label}: ${counted(rival.parameters)} parameters, ${done}` : "",
    );
    const rows = (rival?.rows ?? []).map(([head, ...shares]) => [
      String(head),
      ...shares.map((share) => toldNodes(shared(share))),
    ]);
    this.table.replaceChildren(...(rows.length ? tableParts(rival.columns, rows) : []));
  }
}
