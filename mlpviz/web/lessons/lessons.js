// The Lessons page: a list of lessons, and of the one that is open a step at a time with its sheet beside it.

import { Fields } from "../practice/fields.js";
import { HintPanel } from "../practice/hint_panel.js";
import { h, setProperties } from "../shared/dom.js";
import { KeysHelp } from "../shared/keys_help.js";
import { PageSummary, told } from "../shared/page_summary.js";
import { PAGE_KEYS, PlainPage } from "../shared/plain_page.js";
import { purposeLine } from "../shared/purpose.js";
import { KeptAnswers } from "./kept_answers.js";
import { LessonList } from "./lesson_list.js";
import { LessonPlaces } from "./place.js";
import { StepView } from "./step_view.js";

// every key of the page beside those of a text field; "?" shows them
const LESSON_KEYS = [
  {
    keys: ["n"],
    shown: ["N"],
    says: "go on to the next step, when the question is answered",
    act: "on",
  },
  { keys: ["b"], shown: ["B"], says: "back one step", act: "back" },
  ...PAGE_KEYS,
];
const FIELD_KEYS = [
  { keys: [], shown: ["Enter"], says: "check, and to the next field that is not right yet" },
];

class Lessons extends PlainPage {
  constructor(root, host) {
    super(host, "lessons", "lessons");
    this.at = ""; // the field whose verdict is shown
    this.places = new LessonPlaces(host);
    this.kept = new KeptAnswers(host);
    this.list = new LessonList((lesson) => this.#open(lesson), this.places);
    this.fields = new Fields({
      answer: (cell, text) => {
        this.at = cell;
        this.send({ type: "answer", cell, text });
      },
      paste: (cell, text) => this.send({ type: "paste", cell, text }),
      look: (cell) => this.#look(cell),
      help: (block) => this.send({ type: "hint", block }),
    });
    this.view = new StepView(this.send);
    this.hint = new HintPanel(this.send);
    this.#build();
    this.begin(root, LESSON_KEYS, {
      on: () => this.state.step && !this.view.on.disabled && this.send({ type: "on" }),
      back: () => this.state.step?.number > 1 && this.send({ type: "back" }),
    });
  }

  #build() {
    this.keysHelp = new KeysHelp(this.host, [
      ["Anywhere", LESSON_KEYS],
      ["In a field", FIELD_KEYS],
    ]);
    this.summary = new PageSummary({
      parts: () => this.#parts(),
      ways: [
        ["To the lesson", () => (this.state?.step ? this.view.head : this.list).focus()],
        ["All keys", () => this.keysHelp.open()],
      ],
    });
    const { head, answering, foot } = this.view;
    this.lesson = h(
      "div",
      { class: "lesson" },
      head,
      answering,
      h("div", { class: "beside" }, this.fields.element),
      foot,
    );
    foot.prepend(this.hint.element);
    this.element = h(
      "div",
      { class: "app practice lessons" },
      purposeLine("lessons"),
      this.summary.element,
      this.error,
      this.list.element,
      this.lesson,
      this.keysHelp.element,
    );
  }

  #open(lesson) {
    const step = this.places.next(lesson);
    this.send({ type: "open", lesson: lesson.key, step });
    if (step > 1) this.#again(lesson.key);
  }

  // what this tab knows of the answers, for a session that has none: after a reload, and in a lesson that goes on
  #again(lesson) {
    const steps = this.kept.of(lesson);
    if (Object.keys(steps).length) this.send({ type: "answers", lesson, steps });
  }

  /** @param {import("../shared/protocol.js").Answer} answer */
  painted({ acknowledged }) {
    const { step, sheet } = this.state;
    if (!step) return;
    if (!acknowledged) this.#again(step.lesson);
    // what was answered before a reload is still on its way back
    if (!this.outbox.isAwaiting("answers")) this.kept.note(step, sheet.answers);
  }

  // a field that has a verdict says it again
  #look(cell) {
    if (!this.state?.sheet?.answers[cell]?.state || this.outbox.isAwaiting("answer")) return;
    this.at = cell;
    this.send({ type: "at", cell });
  }

  /**
   * @param {import("../shared/protocol.js").LessonsState} state
   * @param {import("../shared/protocol.js").LessonsState | null} before
   */
  paint(state, before) {
    const { step, sheet } = state;
    // a list has no numbers to be proved
    if (!step) this.badge.element.remove();
    else if (!this.badge.element.isConnected) this.element.before(this.badge.element);
    setProperties(this.list.element, { hidden: Boolean(step) });
    setProperties(this.lesson, { hidden: !step });
    if (step && sheet) {
      this.places.note(step);
      this.fields.paint(sheet, step);
      this.hint.paint(
        sheet.hint,
        Object.fromEntries(sheet.blocks.map(({ key, words }) => [key, words])),
      );
      this.view.paint(step, sheet.answers[this.at], Boolean(before));
    } else {
      this.view.clear();
      this.list.paint(state.lessons);
      if (before?.step) this.list.focus();
    }
  }

  // the page in four parts
  #parts() {
    const { step, lessons = [] } = this.state ?? {};
    const keys = told(LESSON_KEYS, ["on", "back", "summary", "help"]);
    if (!step) {
      const hint = "A lesson goes on where you left it.";
      return [
        `A list of ${lessons.length} lessons.`,
        `Open a lesson. ${keys}`,
        "No lesson is open.",
        hint,
      ];
    }
    const { say, ask, said } = this.view;
    return [
      `The lesson ${step.title}: a text, a sheet of numbers, and questions.`,
      keys,
      `Step ${step.number} of ${step.steps}. ${say.textContent} ${ask.textContent} ${said.textContent}`,
      step.is_answered ? "N goes on." : "Answer the question, or press Show the answer.",
    ];
  }
}

/** @type {import("../shared/host.js").Main} */
export default function main(root, host) {
  const lessons = new Lessons(root, host);
  return () => lessons.stop();
}
