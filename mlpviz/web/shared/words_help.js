// The words of a page with what they mean, opened by "G": what its labels say on hover, for whoever reads by keys.

import { h } from "./dom.js";
import { byTerm } from "./term_help.js";

export class WordsHelp {
  // app: the page's element
  constructor(app) {
    this.app = app;
    this.list = h("dl", {});
    this.element = h(
      "dialog",
      { class: "keys-help words-help", "aria-labelledby": "words-title" },
      h("h2", { id: "words-title" }, "Words on this page"),
      this.list,
      h(
        "button",
        { type: "button", class: "primary", onclick: () => this.element.close() },
        "Close",
      ),
    );
    this.element.addEventListener("keydown", (event) => event.stopPropagation());
    // a press beside it
    this.element.addEventListener("click", (event) => {
      if (event.target === this.element) this.element.close();
    });
    app.append(this.element);
  }

  open() {
    if (this.element.open) return;
    const row = ([word, said]) => h("div", {}, h("dt", {}, word), h("dd", {}, said));
    this.list.replaceChildren(...this.#words().map(row));
    this.element.showModal();
    this.element.scrollTop = 0; // the focus may stand below
  }

  // in the order in which they stand on the page, each once: [word, sentences] pairs
  #words() {
    const found = new Map();
    for (const element of this.app.querySelectorAll("[data-term], [data-help]")) {
      if (!element.checkVisibility()) continue;
      const { term, help } = element.dataset;
      const [word, said] = term ? byTerm(term) : [element.textContent, help];
      if (!found.has(said)) found.set(said, word);
    }
    return [...found].map(([said, word]) => [word, said]);
  }
}
