// What a word or a symbol means, in one plain sentence: on hover, on focus, on tap, and as the description that a
// screen reader gets. The sentences are Python's (words.js).

import { h, setProperties, setText } from "./dom.js";
import { TERMS } from "./words.js";

const PAUSE = 250; // ms of hovering until it shows
const GAP = 6; // px between a word and its sentence

/** @type {Record<string, [string, string, string[]]>} */
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

// the key of a term by what stands on the page, or null
export function termOf(label) {
  const found = Object.entries(terms).find(([, [own]]) => own === label);
  return found?.[0] ?? null;
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
  const rest = explained(text.slice(found.index + word.length), seen.add(key));
  const before = text.slice(0, found.index);
  return [before, term(key, word), ...rest].filter((part) => part !== "");
}

export class TermHelp {
  // app: the page's element
  constructor(host, app) {
    this.app = app;
    this.tip = h("div", { class: "tip", role: "tooltip", hidden: true });
    const descriptions = Object.entries(terms).map(([key, [, sentence]]) =>
      h("span", { id: `term-${key}` }, sentence),
    );
    app.append(this.tip, h("div", { hidden: true }, ...descriptions));
    const of = (event) =>
      event.composedPath().find((node) => node instanceof HTMLElement && node.dataset?.term) ??
      null;
    app.addEventListener("pointerover", (event) => {
      if (event.pointerType === "touch" || this.tip.contains(event.target)) return;
      clearTimeout(this.timer);
      const element = of(event);
      if (element) this.timer = setTimeout(() => this.#show(element), PAUSE);
      else if (!this.isHeld) this.#hide();
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
      event.preventDefault();
      const isAgain = this.isHeld && this.element === element;
      this.#show(element);
      this.isHeld = !isAgain;
      if (isAgain) this.#hide();
    });
    app.addEventListener(
      "keydown",
      (event) => {
        if (event.key !== "Escape" || this.tip.hidden) return;
        this.#hide();
        event.stopPropagation();
      },
      true,
    );
    this.stopListening = host.listen("resize", () => this.#hide());
  }

  #show(element) {
    this.element = element;
    setText(this.tip, terms[element.dataset.term][1]);
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
