// The list of all lessons, with how far somebody has come in each.

import { h } from "../shared/dom.js";

export class LessonList {
  // open(lesson): at the step where the learner left it; places: how far they have come
  constructor(open, places) {
    this.open = open;
    this.places = places;
    this.element = h("ol", { class: "lesson-list" });
  }

  /** @param {import("../shared/protocol.js").LessonLine[]} lessons */
  paint(lessons) {
    const line = (lesson) => {
      const title = h("b", {}, lesson.title);
      const about = h("span", { class: "about" }, lesson.about);
      const place = h("span", { class: "place" }, this.places.said(lesson));
      const onclick = () => this.open(lesson);
      return h("li", {}, h("button", { type: "button", onclick }, title, about, place));
    };
    this.element.replaceChildren(...lessons.map(line));
  }

  focus() {
    this.element.querySelector("button")?.focus();
  }
}
