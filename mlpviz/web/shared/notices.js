// What a page says of what was just done: it lies over the page, pushes nothing, and can be closed.

import { h, setProperties, setTold } from "./dom.js";

// `role`: how urgent it is to who listens
export function noticeBox(name, role) {
  const box = h("div", { class: name, hidden: true });
  const close = h("button", {
    type: "button",
    class: "close",
    title: "close",
    "aria-label": "close this message",
    onclick: () => setProperties(box, { hidden: true }),
  });
  box.append(h("p", { role }), close);
  return box;
}

export function tell(box, text) {
  setTold(box.firstChild, text);
  setProperties(box, { hidden: !text });
}
