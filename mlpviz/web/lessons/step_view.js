// A step of a lesson: what it tells, what it asks, what is said of the answer, and the ways on from it.

import {
  activeIn,
  h,
  rebuild,
  setChildren,
  setProperties,
  setText,
  setTold,
} from "../shared/dom.js";
import { setExplained } from "../shared/term_help.js";

const MARKS = { right: "✓ ", rounded: "✓ ", carried: "↷ ", coarse: "≈ ", wrong: "✗ " };
const CHOSEN_RIGHT = new Set(["right", "rounded"]);

export class StepView {
  // send(event): what the learner does
  constructor(send) {
    this.send = send;
    const button = (label, type, attributes = {}) =>
      h("button", { type: "button", onclick: () => send({ type }), ...attributes }, label);
    this.place = h("p", { class: "place" });
    this.title = h("h2", { id: "lesson-title" });
    this.say = h("p", { class: "say", id: "lesson-say" });
    this.ask = h("p", { class: "ask", id: "lesson-ask" });
    this.options = h("div", { class: "options", role: "group", "aria-labelledby": "lesson-ask" });
    this.number = h("input", {
      type: "text",
      class: "answer",
      autocomplete: "off",
      spellcheck: "false",
      "aria-labelledby": "lesson-ask",
      onkeydown: (event) => event.key === "Enter" && this.#typed(),
    });
    const check = h("button", { type: "button", onclick: () => this.#typed() }, "Check");
    this.typing = h("div", { class: "typing" }, this.number, check);
    // what a screen reader is told of an answer
    this.verdict = h("p", { class: "verdict" });
    this.help = h("p", { class: "help-text" });
    this.after = h("p", { class: "then" });
    this.said = h(
      "div",
      { class: "said", id: "lesson-said", role: "status" },
      this.verdict,
      this.help,
      this.after,
    );
    this.back = button("Back", "back");
    this.on = button("Go on", "on", { class: "primary", "aria-describedby": "lesson-said" });
    this.practise = button("", "practise", { class: "primary", "aria-describedby": "lesson-said" });
    this.following = button("", "following");
    this.show = button("Show the answer", "show", { class: "link" });
    this.leave = button("All lessons", "leave");
    this.ways = h("div", { class: "ways" });
    // the focus comes here with each step, and a screen reader reads it
    this.head = h(
      "section",
      {
        class: "head",
        tabindex: "-1",
        "aria-labelledby": "lesson-title",
        "aria-describedby": "lesson-say lesson-ask",
      },
      h("div", { class: "top" }, this.title, this.place),
      this.say,
      this.ask,
    );
    this.answering = h("div", { class: "answering" }, this.options, this.typing);
    this.foot = h("div", { class: "foot" }, this.said, this.ways);
  }

  #typed() {
    if (this.number.value.trim()) this.send({ type: "choose", text: this.number.value });
  }

  /**
   * @param {import("../shared/protocol.js").ShownStep} step
   * @param {{ state: string, said: any } | undefined} field what is said of the field that the learner is at
   * @param {boolean} isMove whether somebody came to this step, and did not open the page with it
   */
  paint(step, field, isMove = false) {
    const name = `${step.lesson} ${step.number}`;
    const isNew = this.name !== name;
    const wasAnswered = !isNew && this.isAnswered;
    this.name = name;
    this.isAnswered = step.is_answered;
    const { question } = step;
    setText(this.title, step.title);
    setText(this.place, `Step ${step.number} of ${step.steps}`);
    setExplained(this.say, step.say);
    setTold(this.ask, question?.ask ?? "");
    setProperties(this.ask, { hidden: !question });
    this.#paintAnswering(step, isNew);
    this.#paintSaid(step, field);
    this.#paintWays(step);
    if (isNew && isMove) {
      this.head.scrollIntoView({ block: "nearest" });
      this.head.focus({ preventScroll: true });
    } else if (question && step.is_answered && !wasAnswered && !isNew) this.#goOn();
  }

  // no step is on the page
  clear() {
    this.name = "";
  }

  // who has answered goes on with Enter; who has not begun there is left where they are
  #goOn() {
    const active = activeIn(this.head);
    const isHere = active?.matches(".answer, .options button, .typing button, .ways button");
    if (isHere || active === null) [this.on, this.practise].find((one) => one.isConnected)?.focus();
  }

  #paintAnswering({ question, is_answered }, isNew) {
    const options = question?.options ?? [];
    setProperties(this.options, { hidden: !options.length });
    const pressed = ([key, label]) => {
      const isGiven = question.given === key;
      const state = isGiven ? question.state : "";
      return h(
        "button",
        {
          type: "button",
          "data-control": key,
          "data-state": state,
          "aria-pressed": String(isGiven),
          disabled: is_answered && !isGiven,
          onclick: () => this.send({ type: "choose", text: key }),
        },
        (MARKS[state] ?? "") + label,
      );
    };
    rebuild(this.options, ...options.map(pressed));
    const isTyped = Boolean(question && !question.on_sheet && !options.length);
    setProperties(this.typing, { hidden: !isTyped });
    if (!isTyped) return;
    if (isNew || CHOSEN_RIGHT.has(question.state))
      setProperties(this.number, { value: question.given });
    this.number.dataset.state = question.state;
    setProperties(this.number, {
      ariaInvalid: String(["wrong", "unreadable"].includes(question.state)),
    });
  }

  #paintSaid({ question, then, is_answered }, field) {
    const own = question?.on_sheet ? field : question;
    const state = own?.state ?? "";
    // the answer is what counts, not the one field of several
    const isTold = Boolean(own?.said) && !(is_answered && state === "right" && then.length);
    this.verdict.dataset.state = state;
    setProperties(this.verdict, { hidden: !isTold });
    if (isTold) setTold(this.verdict, own.said);
    setProperties(this.help, { hidden: is_answered || !question?.help.length });
    setTold(this.help, is_answered ? "" : (question?.help ?? ""));
    setProperties(this.after, { hidden: !then.length });
    setTold(this.after, then);
    this.after.classList.toggle("right", Boolean(question));
  }

  #paintWays({ number, question, is_answered, practise, next_lesson }) {
    const isLast = Boolean(practise);
    setText(this.practise, `Practise: ${practise}`);
    setText(this.following, `Next lesson: ${next_lesson}`);
    const ways = [
      number > 1 ? this.back : null,
      isLast ? null : this.on,
      isLast && is_answered ? this.practise : null,
      isLast && is_answered && next_lesson ? this.following : null,
      question && !is_answered ? this.show : null,
      this.leave,
    ];
    setChildren(this.ways, ways.filter(Boolean));
    setProperties(this.on, { disabled: !is_answered });
  }
}
