// Ready-made experiments: a menu, and of the chosen one the question, what to look at, the answer to unfold, and what
// the run on screen shows once it is done.

import { counted, percent } from "../shared/number_text.js";
import { h, setAttribute, setProperties, setText, toldNodes } from "../shared/dom.js";
import { shared } from "./labels.js";

export class Experiment {
  // host: { send(event) }
  constructor(host) {
    this.host = host;
    this.list = h("div", {});
    this.menu = h("details", { class: "menu" }, h("summary", {}, "Experiments ▾"), this.list);
    this.title = h("h2", {});
    this.question = h("p", { class: "question" });
    this.look = h("p", { class: "look" });
    this.answer = h("p", {});
    this.fold = h("details", { class: "fold" }, h("summary", {}, "the answer"), this.answer);
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
          onclick: () => host.send({ type: "experiment", key: null }),
        },
        "✕",
      ),
    );
    document.addEventListener(
      "pointerdown",
      (this.onOutside = (event) => {
        if (!event.composedPath().includes(this.menu)) this.menu.open = false;
      }),
    );
  }

  take({ experiments, experiment }) {
    if (experiments) {
      this.list.replaceChildren(
        ...experiments.map(([key, label, question]) =>
          h(
            "button",
            {
              type: "button",
              title: question,
              onclick: () => {
                this.menu.open = false;
                this.host.send({ type: "experiment", key });
              },
            },
            label,
          ),
        ),
      );
    }
    if (experiment === undefined) return;
    this.card.hidden = !experiment;
    this.#follow(experiment?.key ?? null);
    if (!experiment) return;
    if (this.title.textContent !== experiment.label) setProperties(this.fold, { open: false });
    setText(this.title, experiment.label);
    setText(this.question, experiment.question);
    setText(this.look, `What to look at: ${experiment.look}`);
    setText(this.answer, experiment.answer + (experiment.source ? ` (${experiment.source})` : ""));
    const { claim, rival } = experiment;
    setText(this.claim, claim ? `${claim.holds ? "✓" : "✗"} This run: ${claim.sentence}` : "");
    setAttribute(this.claim, "data-holds", String(claim?.holds ?? ""));
    setText(
      this.rival,
      rival
        ? `${rival.label}: ${counted(rival.parameters)} parameters, ${rival.share < 1 ? `learning, ${percent(rival.share, 0)} done` : "done"}`
        : "",
    );
    const rows = rival?.rows ?? [];
    this.table.replaceChildren(
      ...(rows.length
        ? [
            h(
              "thead",
              {},
              h("tr", {}, ...rival.columns.map((name) => h("th", { scope: "col" }, name))),
            ),
            h(
              "tbody",
              {},
              ...rows.map(([head, ...cells]) =>
                h(
                  "tr",
                  {},
                  h("th", { scope: "row" }, String(head)),
                  ...cells.map((share) => h("td", {}, ...toldNodes(shared(share)))),
                ),
              ),
            ),
          ]
        : []),
    );
  }

  // a link to the experiment instead of one to a setup
  #follow(key) {
    const url = new URL(window.location.href);
    if (key === url.searchParams.get("x")) return;
    if (key) url.searchParams.set("x", key);
    else url.searchParams.delete("x");
    window.history.replaceState(window.history.state, "", url);
  }

  stop() {
    document.removeEventListener("pointerdown", this.onOutside);
  }
}
