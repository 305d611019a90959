// What somebody meets who has not chosen anything yet: what this is, what to do now, the story of the example.

import { capitalised } from "../shared/capital.js";
import { h, setProperties, setText } from "../shared/dom.js";

const WHAT =
  "This is a small neural network with every number on screen: how it computes (forward), how wrong it is (loss), " +
  "what each weight has to do with that (backward), and how it learns (update).";
const HOW = "Point at any number, or tap it, to see what it is made of. ";
const EDIT = "Drag a weight, an input or a target to change it. ";

// Whether the tour is offered: in the first window of this browser, until that is closed or loaded again.
const OFFERED = "mlpviz.tour";

export function offersTour({ memo, lasting }) {
  if (!memo.has(OFFERED)) {
    memo.set(OFFERED, !lasting.get(OFFERED));
    lasting.set(OFFERED, "offered");
  }
  return memo.get(OFFERED);
}

export class Welcome {
  // watch(): plays the pass; train(): opens that page, or null where there is none; open(): a network of one's own, or
  // null where nothing can be changed; keys(): the list of keys; tour(): the lesson around the sheet, or null for
  // whoever was offered it before
  constructor({ watch, train, open, keys, tour }) {
    const way = (label, title, onclick) => h("button", { type: "button", title, onclick }, label);
    this.story = h("p", { class: "words" });
    this.question = h("p", { class: "words" });
    this.source = h("p", { class: "muted" });
    this.about = h("div", {}, h("h3", {}, "This example"), this.story, this.question, this.source);
    this.element = h(
      "div",
      { class: "welcome" },
      h("p", { class: "words" }, WHAT),
      h(
        "div",
        { class: "ways" },
        way("▶ Watch a pass", "the network computes in front of you (Space)", watch),
        train && way("Train a network", "opens the page on which a network learns", train),
        open && way("Open my own", "a new network, or one from a file", open),
        tour && way("A one-minute tour", "a lesson: what the numbers of a sheet are", tour),
      ),
      this.about,
      h(
        "p",
        { class: "muted" },
        open ? HOW + EDIT : HOW,
        h("button", { type: "button", class: "link", onclick: keys }, "All keys (?)"),
      ),
    );
  }

  // story: of the example on screen, or nothing
  paint(isShown, story) {
    setProperties(this.element, { hidden: !isShown });
    setProperties(this.about, { hidden: !story });
    if (!isShown || !story) return;
    setText(this.story, story.description);
    setText(this.question, `Try it: ${story.question}`);
    setText(this.source, capitalised(story.source));
  }
}
