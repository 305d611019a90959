// The first line of a page: what it is for.

import { h } from "./dom.js";
import { PAGES } from "./words.js";

export function purposeLine(page) {
  const [title, purpose] = PAGES[page];
  const ends = purpose.endsWith("?") ? "" : ".";
  return h("h1", { class: "purpose" }, h("b", {}, `${title}: `), purpose + ends);
}
