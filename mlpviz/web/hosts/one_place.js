// Pages in one place that has no address of its own, such as the output of a cell: the one that it was made for, and
// those that this leads to. From each of them a way leads back to the first.

import { h } from "../shared/dom.js";

const TITLES = { sheet: "sheet", practice: "exercise", train: "training" };

export class OnePlace {
  // pages: key -> what page.js gives; home: the key of the first; first: its whole answer; behind: see host.d.ts;
  // line: { visit(page), send(request) }; place: what is otherwise here than in a browser's window; styled: see page.js
  constructor(root, { pages, home, first, behind, line, place, styled }) {
    this.root = root;
    this.pages = pages;
    this.home = home;
    this.line = line;
    this.place = place;
    this.styled = styled;
    this.memos = new Map(Object.keys(pages).map((page) => [page, new Map()]));
    this.said = h("p", { class: "python", role: "status" });
    this.back = h(
      "button",
      { type: "button", onclick: () => this.#go(home) },
      `← Back to the ${TITLES[home]}`,
    );
    this.bar = h("div", { class: "around" }, this.back, this.said);
    this.#show(home, first, behind);
  }

  /** what is said of Python; state: a word for it */
  say(state, sentence) {
    this.said.dataset.state = state;
    this.said.textContent = sentence;
  }

  answer(answer) {
    if (answer.go && answer.go in this.pages) this.#go(answer.go);
    else if (answer.page === this.page) this.listener.onAnswer(answer);
  }

  /** The first page again, where there is something else behind it now; first: gives its whole answer. */
  turn(first, behind) {
    if (behind !== this.behind) this.#show(this.home, first(), behind);
  }

  #show(page, answer, behind) {
    this.behind = behind;
    this.root.host.dataset.behind = behind;
    this.#open(page);
    this.listener.onAnswer(behind === "python" ? answer : forReading(answer));
  }

  #go(page) {
    this.#open(page);
    this.line.visit(page);
  }

  #open(page) {
    this.stop?.();
    this.page = page;
    this.root.adoptedStyleSheets = [];
    this.back.hidden = page === this.home;
    this.root.replaceChildren(this.bar);
    const channel = {
      send: (request) => this.line.send(request),
      listen: (listener) => {
        this.listener = listener;
      },
    };
    this.stop = this.pages[page].open(this.root, this.styled, {
      ...this.place,
      channel,
      behind: this.behind,
      memo: this.memos.get(page),
      opens: (other) => this.behind === "python" && other in this.pages,
    });
  }
}

/** An answer of which no number can be edited; the structure has another name, since others may have it as it was. */
export function forReading(answer) {
  const { structure, structure_data: data } = answer.state;
  if (!data) return answer;
  const id = `${structure} to read`;
  const blocks = data.blocks.map((block) => ({ ...block, editable: false }));
  const state = { ...answer.state, structure: id, structure_data: { ...data, id, blocks } };
  return { ...answer, state };
}
