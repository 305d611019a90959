// The schedule of the learning rate in the menu of the optimizer: which one, its settings, the
// schedules that it is made of, and the steps that it has counted. What a schedule that is longer
// or shorter looks like is Python's.

import { h, setChildren, setOptions, setText } from "../shared/dom.js";
import { goOn, pickUp } from "../shared/text_field.js";
import {
  choiceControl,
  hyperparameterFields,
  labelledControl,
  restoreValues,
  textControl,
} from "./hyperparameters.js";

const OWNER = "the schedule";
const SAID = "How the learning rate changes from update to update; without one it stays.";

export class ScheduleControls {
  constructor(send) {
    this.send = send;
    this.choice = h("select", {
      "aria-label": "schedule of the learning rate",
      title: "how the learning rate changes from update to update",
      onchange: () => send({ type: "set_schedule", key: this.choice.value || null }),
    });
    this.sentence = h("p", { class: "muted" });
    this.fields = h("div", { class: "schedule-fields" });
    this.element = h(
      "div",
      { class: "schedule" },
      labelledControl("schedule of η", SAID, this.choice),
      this.sentence,
      this.fields,
    );
    // the learning rate of the next update, beside the one that is typed
    this.rate = h("span", { class: "scheduled-rate" });
  }

  paint({ structure }, scene) {
    const { schedule } = scene;
    // what was asked for is in the answer, or was refused
    if (scene !== this.scene) this.asked = null;
    this.scene = scene;
    setOptions(this.choice, [["", "none: constant"], ...structure.schedules], schedule?.key ?? "");
    setText(this.sentence, schedule?.sentence ?? "");
    this.rate.hidden = !schedule;
    if (schedule) {
      const [text, exact] = schedule.rate;
      setText(this.rate, `now ${text}`);
      this.rate.title = `the learning rate of the next update, after ${schedule.step} steps: ${exact || text}`;
    }
    const shown = JSON.stringify(schedule);
    if (this.shown === shown) return;
    this.shown = shown;
    this.#build(schedule);
  }

  // all fields are made anew: the one that has the focus keeps it by its name
  #build(schedule) {
    const focus = this.#focused();
    const left = focus instanceof HTMLInputElement ? pickUp(focus) : null;
    setChildren(this.fields, schedule ? this.#fieldsOf(schedule) : []);
    if (!focus) return;
    const again = this.fields.querySelector(
      `[data-control="${CSS.escape(focus.dataset.control)}"]`,
    );
    again?.focus();
    if (left && again) goOn(again, left);
  }

  #focused() {
    const { activeElement } = this.fields.getRootNode();
    return this.fields.contains(activeElement) && activeElement.dataset.control
      ? activeElement
      : null;
  }

  #fieldsOf(schedule) {
    const set = (name, value) => this.#ask({ type: "set_schedule_knob", name, value });
    return [
      ...hyperparameterFields(schedule.hyperparameters, OWNER, set),
      ...schedule.parts.map((part, place) => this.#part(schedule, part, place)),
      this.#changes(schedule.changes),
      this.#count(
        "steps done",
        "set_schedule_step",
        schedule.step,
        "the next update has the rate after them",
      ),
      this.#count(
        "count as one",
        "set_schedule_every",
        schedule.every,
        "steps that count as one, as the batches of an epoch do",
      ),
    ];
  }

  // one of the schedules that it is made of
  #part({ whole, place: list, part_choices }, { key, sentence, hyperparameters, without }, place) {
    // on top of what was asked for a moment ago and has no answer yet, which this would take back otherwise
    const put = (changed) => {
      const now = this.asked ?? whole;
      this.asked = {
        ...now,
        [list]: now[list].map((each, at) => (at === place ? changed(each) : each)),
      };
      this.#ask({ type: "set_schedule", key: this.asked });
    };
    const owner = `schedule ${place + 1}`;
    return h(
      "fieldset",
      { class: "part" },
      h(
        "div",
        { class: "knob" },
        choiceControl(owner, part_choices, key, {
          "aria-label": owner,
          title: sentence,
          onchange: ({ target }) => put(() => target.value),
        }),
        without &&
          h(
            "button",
            {
              type: "button",
              title: `remove ${owner}`,
              "aria-label": `remove ${owner}`,
              onclick: () => this.send({ type: "set_schedule", key: without }),
            },
            "×",
          ),
      ),
      ...hyperparameterFields(hyperparameters, owner, (name, value) =>
        put((own) => ({ ...(typeof own === "string" ? { key: own } : own), [name]: value })),
      ),
    );
  }

  #changes(changes) {
    const buttons = changes.map(([words, whole]) =>
      h(
        "button",
        { type: "button", onclick: () => this.send({ type: "set_schedule", key: whole }) },
        words,
      ),
    );
    return h("div", { class: "changes", hidden: !buttons.length }, ...buttons);
  }

  #count(label, type, value, title) {
    const attributes = { "aria-label": label, class: "knob-number" };
    const input = textControl(type, String(value), attributes, (text) =>
      this.#ask({ type, value: text }),
    );
    return h("label", { class: "knob", title }, h("span", {}, label), input);
  }

  // a refused value must not stay in its field
  #ask(event) {
    this.send(event);
    restoreValues(this.fields);
  }
}
