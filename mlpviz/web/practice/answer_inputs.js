// The fields of an exercise, wherever they stand: what is typed and pasted into them, the way from one to the next, and
// how each shows its verdict.

import { h, setProperties, setText } from "../shared/dom.js";

const MARKS = { right: "✓", rounded: "✓", carried: "↷", coarse: "≈", wrong: "✗", unreadable: "?" };
const SAID = {
  right: "right",
  rounded: "right, rounded",
  carried: "right method",
  coarse: "rounded too far",
  wrong: "not right",
  unreadable: "no number",
};
const INVALID = new Set(["wrong", "coarse", "unreadable"]);
const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

export const isRight = (state) => state === "right" || state === "rounded";

export class AnswerInputs {
  // answer(cell, text), paste(cell, text): what is done; look(cell): they are at a field; walk(cell, down, right):
  // true if it led to another number; fit(input, shown text, state): after its text has changed
  constructor({ answer, paste, look, walk, fit }) {
    this.does = { answer, paste, look, walk, fit };
    this.inputs = new Map(); // name of a cell -> its field, in the order of computation
    this.painted = new WeakMap(); // field -> what it was painted from
  }

  clear() {
    this.inputs.clear();
  }

  // Enter goes on as the numbers are computed, not as they lie
  order(names) {
    this.inputs = new Map(names.map((name) => [name, this.inputs.get(name)]));
  }

  get(name) {
    return this.inputs.get(name);
  }

  // told: its accessible name; shown: what stands in it from the start, where one number of the sheet was changed
  make(name, told, shown = "") {
    const input = h("input", {
      type: "text",
      size: "1", // as wide as it is set, and no wider
      class: shown ? "answer filled" : "answer",
      "data-shown": shown,
      autocomplete: "off",
      spellcheck: "false",
      "aria-label": told,
      "data-cell": name,
      onchange: () => this.#send(name),
      onfocus: ({ target }) => {
        if (target.dataset.shown) target.select();
        this.does.look(name);
      },
      onkeydown: (event) => this.#key(event, name),
      onpaste: (event) => {
        const text = event.clipboardData?.getData("text/plain") ?? "";
        if (!/[\t\n;[\]]|\S\s+\S/.test(text.trim())) return;
        event.preventDefault();
        this.does.paste(name, text);
      },
    });
    this.inputs.set(name, input);
    return h(
      "span",
      { class: "field" },
      input,
      h("span", { class: "mark", "aria-hidden": "true" }),
    );
  }

  #send(name) {
    const input = this.inputs.get(name);
    const typed = typedIn(input);
    if (typed === (input.dataset.sent ?? "")) return;
    input.dataset.sent = typed;
    this.does.answer(name, typed);
  }

  // Enter goes to the next field, with Shift to the one before; arrows to the neighbour, from the end of the text on
  #key(event, name) {
    if (event.key === "Enter") {
      event.preventDefault();
      this.#send(name);
      this.next(name, event.shiftKey ? -1 : 1);
      return;
    }
    const [down, right] = ARROWS[event.key] ?? [];
    if (down === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const { selectionStart, selectionEnd, value } = event.target;
    const isAtEdge = right < 0 ? selectionEnd === 0 : selectionStart === value.length;
    if (right && !(isAtEdge && !event.shiftKey)) return;
    if (this.does.walk(name, down, right)) event.preventDefault();
  }

  // to the next field in the order of computation that is not right yet
  next(name, by) {
    const names = [...this.inputs.keys()];
    const at = names.indexOf(name);
    const onward = names.map(
      (_, step) => names[(at + by * (step + 1) + names.length * (step + 2)) % names.length],
    );
    const isOpen = (one) => !isRight(this.inputs.get(one).dataset.state);
    const found = onward.find((one) => one !== name && isOpen(one));
    this.inputs.get(found)?.focus();
  }

  paint(answers) {
    for (const [name, input] of this.inputs) this.#paintField(input, answers[name]);
  }

  #paintField(input, answer) {
    const { text = "", state = "" } = answer ?? {};
    // most answers change one field of many
    const now = () =>
      `${text} ${state} ${input.value} ${input.dataset.sent} ${input.dataset.shown}`;
    if (this.painted.get(input) === now()) return;
    // what is being typed stays
    const isTyped = typedIn(input) !== (input.dataset.sent ?? "");
    const value = text || input.dataset.shown;
    if (!(isTyped && input.matches(":focus"))) setProperties(input, { value });
    if (!isTyped) input.dataset.sent = text;
    input.dataset.state = state;
    setProperties(input, { ariaInvalid: INVALID.has(state) ? "true" : "false" });
    setText(input.nextElementSibling, MARKS[state] ?? "");
    setProperties(input, { title: SAID[state] ?? "" });
    this.does.fit(input, value, state);
    this.painted.set(input, now());
  }
}

// what somebody has typed: not what stood there
function typedIn(input) {
  const text = input.value.trim();
  return text === input.dataset.shown ? "" : text;
}
