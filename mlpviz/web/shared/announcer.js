// What a screen reader is told without asking for it: the newest sentence, after a pause, so that who drags or plays
// hears where it ends and nothing on the way.

import { h } from "./dom.js";

const PAUSE = 400; // ms
const AGAIN = "\u00a0"; // the same words once more are a change only with it

export class Announcer {
  constructor() {
    this.element = h("p", { class: "visually-hidden announcer", "aria-live": "polite" });
  }

  say(sentence) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      const { element } = this;
      element.textContent = element.textContent === sentence ? sentence + AGAIN : sentence;
    }, PAUSE);
  }

  stop() {
    clearTimeout(this.timer);
  }
}
