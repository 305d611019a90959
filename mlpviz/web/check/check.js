// The Check page: one row per tensor with the largest difference from each reference, and a mistake to plant in the
// backward pass. It is drawn anew from every answer, which has the whole page.

import { Badge } from "../badge/badge.js";
import { isDark } from "../shared/colours.js";
import { h, setOptions, setProperties, setText, setTold, tableParts } from "../shared/dom.js";
import { Outbox } from "../shared/outbox.js";
import { purposeLine } from "../shared/purpose.js";
import { setExplained, TermHelp, term } from "../shared/term_help.js";

// columns whose heading is a term
const HELP = {
  tensor: "tensor",
  torch: "max_difference",
  torch_relative: "relative",
  differences: "central_differences",
  differences_relative: "relative",
};
const PLANT =
  "The engine then computes with this mistake, and the check must find it. The sheet is not changed.";

class Check {
  constructor(root, host) {
    this.host = host;
    const post = (request) => host.channel.send({ page: "check", ...request });
    this.outbox = new Outbox(post, { refuse: (sentence) => this.#complain(sentence) });
    this.badge = new Badge(() => post({ events: [{ type: "check" }] }));
    this.#build((event) => this.outbox.add(event));
    this.help = new TermHelp(host, this.element);
    root.append(this.badge.element, this.element);
    host.channel.listen({
      onAnswer: (answer) => this.#take(answer),
      onLost: () => this.outbox.retry(),
    });
  }

  #build(send) {
    this.introduction = h("p");
    this.mistake = h("select", {
      title: PLANT,
      onchange: () => send({ type: "plant", key: this.mistake.value }),
    });
    this.digits = h("input", {
      type: "checkbox",
      onchange: () => send({ type: "digits", all: this.digits.checked }),
    });
    this.error = h("p", { class: "notice error", role: "alert", hidden: true });
    this.planted = h("p", { class: "notice", role: "status", hidden: true });
    this.verdict = h("p", { class: "verdict", role: "status" });
    this.table = h("table");
    this.caption = h("p", { class: "caption" });
    this.element = h(
      "div",
      { class: "app check" },
      purposeLine("check"),
      this.error,
      h(
        "div",
        { class: "choices" },
        h("label", {}, "Plant a mistake in the backward pass ", this.mistake),
        h("label", {}, this.digits, " All digits"),
      ),
      this.verdict,
      this.planted,
      // wider than a narrow window: it scrolls by itself, also by keys
      h(
        "div",
        { class: "rows", tabindex: "0", role: "region", "aria-label": "one row per tensor" },
        this.table,
      ),
      this.caption,
      this.introduction,
    );
  }

  /** @param {import("../shared/protocol.js").Answer} answer */
  #take({ state, said, address, acknowledged, proof }) {
    this.badge.take(proof);
    // an answer to a question says nothing of the page
    if ("rows" in state)
      this.#paint(/** @type {import("../shared/protocol.js").CheckState} */ (state), said);
    this.outbox.acknowledge(acknowledged);
    if (Object.keys(address).length) this.host.address.replace(address);
    this.badge.show(proof?.version ?? null);
    this.host.announce("painted", { version: proof?.version ?? null });
  }

  /** @param {import("../shared/protocol.js").CheckState} state */
  #paint(state, said) {
    this.element.classList.toggle("dark", isDark(this.element));
    setExplained(this.introduction, state.introduction);
    const none = ["", "none: the engine as it is"];
    setOptions(this.mistake, [none, ...state.mistakes], state.planted);
    setProperties(this.digits, { checked: state.all_digits });
    this.#complain(said.error ?? "");
    setProperties(this.planted, { hidden: !state.sentence });
    setTold(this.planted, state.sentence);
    setText(this.verdict, state.summary);
    this.verdict.dataset.ok = String(state.ok);
    const keys = state.columns.map(([key]) => key);
    const head = state.columns.map(([key, label]) =>
      key in HELP ? term(HELP[key], label) : label,
    );
    this.table.replaceChildren(
      ...tableParts(
        head,
        state.rows.map((row) => keys.map((key) => row[key])),
      ),
    );
    state.rows.forEach((row, at) => {
      this.table.tBodies[0].rows[at].dataset.ok = String(row.ok);
    });
    setText(this.caption, state.caption);
  }

  #complain(sentence) {
    setText(this.error, sentence);
    setProperties(this.error, { hidden: !sentence });
  }

  stop() {
    this.outbox.stop();
    this.help.stop();
    this.badge.stop();
    this.element.remove();
  }
}

/** @type {import("../shared/host.js").Main} */
export default function main(root, host) {
  const check = new Check(root, host);
  return () => check.stop();
}
