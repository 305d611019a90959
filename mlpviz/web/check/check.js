// The Check page: one row per tensor with the largest difference from each reference, and a mistake to plant in the
// backward pass. It is drawn anew from every answer, which has the whole page.

import { h, setOptions, setProperties, setText, setTold, tableParts } from "../shared/dom.js";
import { KeysHelp } from "../shared/keys_help.js";
import { PageSummary, told } from "../shared/page_summary.js";
import { PAGE_KEYS, PlainPage } from "../shared/plain_page.js";
import { purposeLine } from "../shared/purpose.js";
import { labelled, setExplained, term } from "../shared/term_help.js";

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

class Check extends PlainPage {
  constructor(root, host) {
    super(host, "check", "rows");
    this.#build(this.send);
    this.begin(root);
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
    this.planted = h("p", { class: "notice", hidden: true });
    this.verdict = h("p", { class: "verdict" });
    this.table = h("table");
    this.caption = h("p", { class: "caption" });
    this.keysHelp = new KeysHelp(this.host, [["Anywhere", PAGE_KEYS]]);
    this.summary = new PageSummary({
      parts: () => this.#parts(),
      ways: [
        ["To the rows", () => this.rows.focus()],
        ["To the mistakes", () => this.mistake.focus()],
        ["All keys", () => this.keysHelp.open()],
      ],
    });
    // wider than a narrow window: it scrolls by itself, also by keys
    const attributes = { tabindex: "0", role: "region", "aria-label": "one row per tensor" };
    this.rows = h("div", { class: "rows", ...attributes }, this.table);
    this.element = h(
      "div",
      { class: "app check" },
      purposeLine("check"),
      this.summary.element,
      this.error,
      h(
        "div",
        { class: "choices" },
        h("label", {}, "Plant a mistake in the backward pass ", this.mistake),
        h("label", {}, this.digits, " All digits"),
      ),
      h("div", { role: "status" }, this.verdict, this.planted),
      this.rows,
      this.caption,
      this.introduction,
      this.keysHelp.element,
    );
  }

  /** @param {import("../shared/protocol.js").CheckState} state */
  paint(state) {
    setExplained(this.introduction, state.introduction);
    const none = ["", "none: the engine as it is"];
    setOptions(this.mistake, [none, ...state.mistakes], state.planted);
    setProperties(this.digits, { checked: state.all_digits });
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
        state.rows.map((row) =>
          keys.map((key) => (key === "tensor" ? labelled(row[key]) : row[key])),
        ),
      ),
    );
    state.rows.forEach((row, at) => {
      this.table.tBodies[0].rows[at].dataset.ok = String(row.ok);
    });
    setText(this.caption, state.caption);
  }

  // the page in four parts
  #parts() {
    const rows = this.table.tBodies[0]?.rows.length ?? 0;
    return [
      `One row for each of the ${rows} tensors of the network on the sheet: the largest difference between this ` +
        "program and PyTorch, and central differences.",
      `Plant a mistake in the backward pass; show all digits. ${told(PAGE_KEYS, ["summary", "help"])}`,
      [this.verdict, this.planted].map(({ textContent }) => textContent).join(" "),
      this.mistake.value
        ? "Rows that disagree come first; choose no mistake to make all of them agree again."
        : "Plant a mistake: the check must find it.",
    ];
  }
}

/** @type {import("../shared/host.js").Main} */
export default function main(root, host) {
  const check = new Check(root, host);
  return () => check.stop();
}
