// The log of warnings: what is going wrong and since when, the newest first.

import { h, setAttribute, setText, setTold } from "../shared/dom.js";
import { phrase, plain } from "../shared/number_text.js";

const SIGNS = { note: "i", warning: "!", failure: "✗" };

export class Warnings {
  constructor() {
    this.list = h("ul", {});
    this.none = h("p", { class: "note" }, "No warnings.");
    this.element = h(
      "section",
      { class: "tape", "aria-label": "warnings" },
      h("h2", {}, "Warnings"),
      this.list,
      this.none,
    );
  }

  /** @param {import("../shared/protocol.js").Frame} frame */
  take(frame) {
    const lines = [...frame.warnings].reverse();
    this.none.hidden = lines.length > 0;
    while (this.list.children.length > lines.length) this.list.lastChild.remove();
    lines.forEach(({ level, lane, epoch, sentence, over }, i) => {
      let item = this.list.children[i];
      if (!item) {
        item = h("li", {}, h("b", {}), h("span", {}));
        this.list.append(item);
      }
      setAttribute(item, "class", `${level}${over ? " over" : ""}`);
      setText(item.firstChild, over ? "✓" : SIGNS[level]);
      const which = frame.lanes.length > 1 ? `${frame.lanes[lane].label}: ` : "";
      const since = plain(sentence).includes(`since epoch ${epoch}`) ? "" : `since epoch ${epoch}`;
      const when = [since, over && "over"].filter(Boolean).join(", ");
      setTold(item.lastChild, phrase`${which}${sentence}${when && ` (${when})`}`);
    });
  }
}
