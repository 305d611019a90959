// The strip that is there only when something is wrong: what, where, and one edit that may mend it.

import { h, setAttribute, setProperties, toldNodes } from "../shared/dom.js";

export class Findings {
  // isWrong(flag): whether there is anything here
  constructor({ send, showPlace, isWrong }) {
    this.send = send;
    this.showPlace = showPlace;
    this.isWrong = isWrong;
    this.list = h("ul", {});
    this.unfolded = new Set(); // kinds whose sentence shows on a phone, where there is room for the label alone
    this.element = h(
      "section",
      { class: "findings", role: "status", "aria-label": "something is wrong here", hidden: true },
      this.list,
    );
  }

  show(findings) {
    const signature = JSON.stringify(findings);
    if (signature === this.shown) return;
    this.shown = signature;
    setProperties(this.element, { hidden: findings.length === 0 });
    this.isWrong(findings.length > 0);
    this.list.replaceChildren(...findings.map((finding) => this.#item(finding)));
  }

  #item({ key, label, sentence, place, remedy }) {
    const text = h("span", {}, " ", ...toldNodes(sentence));
    const more = h(
      "button",
      {
        type: "button",
        class: "more",
        title: "what is wrong",
        "aria-label": `what is wrong: ${label}`,
      },
      "▾",
    );
    const unfold = (wanted) => {
      if (wanted) this.unfolded.add(key);
      else this.unfolded.delete(key);
      item.classList.toggle("unfolded", wanted);
      setAttribute(more, "aria-expanded", String(wanted));
    };
    more.addEventListener("click", () => unfold(!this.unfolded.has(key)));
    const item = h(
      "li",
      {},
      h(
        "button",
        {
          type: "button",
          class: "finding",
          title: "show the place",
          onclick: () => {
            unfold(true);
            this.showPlace(place);
          },
        },
        h("b", {}, `⚠ ${label}.`),
        text,
      ),
      more,
      remedy &&
        h(
          "button",
          {
            type: "button",
            class: "remedy",
            title: "a suggestion; undo takes it back",
            onclick: () => this.send(remedy.event),
          },
          remedy.label,
        ),
    );
    item.dataset.key = key;
    unfold(this.unfolded.has(key));
    return item;
  }
}
