// What a word or a symbol means, in one plain sentence with an example: on hover, on focus, on tap, and as the
// description that a screen reader gets. The sentences are Python's (words.js).

import { h, setProperties, toldNodes } from "./dom.js";
import { whenIdle } from "./idle.js";
import { TERMS } from "./words.js";

const PAUSE = 250; // ms of hovering until it shows
const GAP = 6; // px between a word and its sentence

/** @type {Record<string, [string, string, string[], string]>} */
const terms = /** @type {any} */ (TERMS);
/** @type {[string, string][]} */
const forms = Object.entries(terms).flatMap(([key, [, , words]]) =>
  words.map((word) => /** @type {[string, string]} */ ([word, key])),
);
const byForm = new Map(forms);
// longer forms first: "gradient norm" is no "gradient"
const inText = new RegExp(
  `(?<![\\p{L}\\d])(${forms
    .map(([word]) => word)
    .sort((one, other) => other.length - one.length)
    .join("|")})(?![\\p{L}\\d])`,
  "iu",
);

// a heading or symbol that has help; `text` is what stands there
export function term(key, text = terms[key][0]) {
  return h(
    "button",
    { type: "button", class: "term", "data-term": key, "aria-describedby": `term-${key}` },
    text,
  );
}

// the same without a stop of the Tab key, where a heading with one says it already
export function termMark(key, text) {
  return h("span", { class: "term", "data-term": key }, text);
}

// the heading of a block, with help: that of its tensor. What an optimizer remembers has one for all
export function blockTerm(tensor, text) {
  const key = tensor in terms ? tensor : tensor.split(".")[0];
  return key in terms ? termMark(key, text) : text;
}

// what stands on the page, with help where that is a term
export function labelled(text) {
  const key = keyOf(text);
  return key ? termMark(key, text) : text;
}

// what a term is called, and its sentence with the example
/** @returns {[string, string]} */
export function byTerm(key) {
  const [label, sentence, , example] = terms[key];
  return [label, `${sentence} ${example}`];
}

// a label of a form: its own sentence, or that of the term
export function setHelp(label, text, sentence) {
  const own = sentence || (keyOf(text) ? terms[keyOf(text)][1] : "");
  if (own) label.dataset.help = own;
  else delete label.dataset.help;
}

// of a text, or of what stands before "of layer 2" in it
function keyOf(text) {
  const sought = text.toLowerCase();
  const entries = Object.entries(terms);
  const found =
    entries.find(([, [own]]) => own === text) ??
    entries.find(
      ([key, [own, , words]]) => words.includes(sought) || key === sought || own === sought,
    );
  if (found) return found[0];
  const whole = text.split(" of ")[0];
  return whole === text ? null : keyOf(whole);
}

// nodes in which the first of these words, if there is one, has help
export function withTerms(nodes) {
  const seen = new Set();
  return nodes.flatMap((node) => (typeof node === "string" ? explained(node, seen) : [node]));
}

function explained(text, seen) {
  const found = inText.exec(text);
  if (!found) return [text];
  const [word] = found;
  const key = byForm.get(word.toLowerCase());
  const isFirst = !seen.has(key);
  const rest = explained(text.slice(found.index + word.length), seen.add(key));
  const before = text.slice(0, found.index);
  if (!isFirst) return [before + word, ...rest];
  return [before, term(key, word), ...rest].filter((part) => part !== "");
}

const sentences = new WeakMap(); // element -> what it says

// a sentence of Python, whose first words of each kind have help
export function setExplained(element, sentence) {
  const said = JSON.stringify(sentence);
  if (sentences.get(element) === said) return;
  sentences.set(element, said);
  element.replaceChildren(...withTerms(toldNodes(sentence)));
}

// what an element with help says: the sentence of its term and an example, or one of its own
function helpOf(element) {
  const { term: key, help } = element.dataset;
  return key ? [terms[key][1], terms[key][3]] : help ? [help] : null;
}

export class TermHelp {
  // app: the page's element; here(key, element): a number of the page that the term is about, in a sentence
  constructor(host, app, here = (_key, _element) => "") {
    this.app = app;
    this.here = here;
    this.tip = h("div", { class: "tip", role: "tooltip", hidden: true });
    app.append(this.tip);
    // nobody hears them before the page is painted
    whenIdle(() => {
      const descriptions = Object.entries(terms).map(([key, [, sentence, , example]]) =>
        h("span", { id: `term-${key}` }, `${sentence} ${example}`),
      );
      app.append(h("div", { hidden: true }, ...descriptions));
    });
    const of = (event) =>
      event.composedPath().find((node) => node instanceof HTMLElement && helpOf(node)) ?? null;
    app.addEventListener("pointerover", (event) => {
      if (event.pointerType === "touch") return;
      clearTimeout(this.timer);
      // the pointer may go over the sentence, to read it enlarged
      if (this.tip.contains(event.target)) return;
      const element = of(event);
      if (element) this.timer = setTimeout(() => this.#show(element), PAUSE);
      else if (!this.isHeld) this.timer = setTimeout(() => this.#hide(), PAUSE);
    });
    app.addEventListener("pointerleave", () => {
      clearTimeout(this.timer);
      if (!this.isHeld) this.#hide();
    });
    app.addEventListener("focusin", (event) => {
      const element = of(event);
      if (element?.matches(":focus-visible")) this.#show(element);
      else if (!element) this.#hide();
    });
    app.addEventListener("focusout", () => this.#hide());
    app.addEventListener("click", (event) => {
      const element = of(event);
      if (!element) return this.#hide();
      const isAgain = this.isHeld && this.element === element;
      this.#show(element);
      this.isHeld = !isAgain;
      if (isAgain) this.#hide();
    });
    // also where the focus is elsewhere: what shows on hover must go away by a key
    const stopKeys = host.listen("keydown", (event) => {
      if (event.key !== "Escape" || this.tip.hidden) return;
      this.#hide();
      event.preventDefault();
      event.stopImmediatePropagation();
    });
    const stopResizing = host.listen("resize", () => this.#hide());
    this.stopListening = () => {
      stopKeys();
      stopResizing();
    };
  }

  #show(element) {
    this.element = element;
    const { term: key } = element.dataset;
    const said = [...helpOf(element), key ? this.here(key, element) : ""].filter(Boolean);
    this.tip.replaceChildren(...said.map((sentence) => h("p", {}, sentence)));
    setProperties(this.tip, { hidden: false });
    const box = element.getBoundingClientRect();
    const { style } = this.tip;
    style.left = style.top = "0px";
    const own = this.tip.getBoundingClientRect(); // where the corner of the page's own space is
    const width = this.app.ownerDocument.documentElement.clientWidth;
    const left = Math.max(8, Math.min(box.left, width - own.width - 8));
    const isBelow = box.top < own.height + 70;
    const top = isBelow ? box.bottom + GAP : box.top - own.height - GAP;
    style.left = `${left - own.left}px`;
    style.top = `${top - own.top}px`;
  }

  #hide() {
    clearTimeout(this.timer);
    this.isHeld = false;
    setProperties(this.tip, { hidden: true });
  }

  stop() {
    clearTimeout(this.timer);
    this.stopListening();
  }
}
