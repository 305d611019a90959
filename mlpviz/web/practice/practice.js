// The Practise page: choose an exercise, type its numbers, read what is said of each, ask for help.

import { activeIn, h, setOptions, setProperties, setText } from "../shared/dom.js";
import { embed } from "../shared/embedded.js";
import { FileSaver } from "../shared/file_saver.js";
import { KeysHelp } from "../shared/keys_help.js";
import { PageSummary, told } from "../shared/page_summary.js";
import { PlainPage } from "../shared/plain_page.js";
import { purposeLine } from "../shared/purpose.js";
import { savings } from "../shared/savings.js";
import { Builder } from "./builder.js";
import { HintPanel } from "./hint_panel.js";
import { EVERYWHERE, FIELD_KEYS } from "./keys.js";
import { Progress } from "./progress.js";
import { PracticeSheet } from "./sheet_view.js";
import { Verdict } from "./verdict.js";

const KEPT = "mlpviz.practice";

class Practice extends PlainPage {
  constructor(root, host) {
    super(host, "practice", "scene");
    this.progress = new Progress(host);
    this.saver = new FileSaver(this.send, (name, content) => host.saveFile(name, content));
    this.verdict = new Verdict(
      this.send,
      (type) => this.outbox.isAwaiting(type),
      (cell) => this.sheet.fields.inputs.get(cell).ariaLabel,
    );
    this.builder = new Builder({
      send: this.send,
      address: (changes) => host.address.link?.(changes) ?? "",
      say: (sentence) => setText(this.facts, sentence),
    });
    this.#build();
    this.begin(root);
    this.sheet.watch();
    this.stopTelling = embed(host, this.element, this.badge.element);
  }

  #build() {
    const { send } = this;
    const button = (label, onclick, attributes = {}) =>
      h("button", { type: "button", onclick, ...attributes }, label);
    const choose = () => this.#choose(Number(this.level.value), 1);
    this.topic = h("select", { onchange: choose });
    this.level = h("select", { onchange: choose });
    this.another = button("One more like this", () =>
      this.#choose(this.state.level, this.state.seed + 1),
    );
    this.part = h("select", {});
    this.own = button("Practise with it", () => send({ type: "own", parts: this.part.value }));
    this.mode = h("select", {
      onchange: () => send({ type: "mode", at_once: this.mode.value === "once" }),
    });
    this.look = button("Check", () => send({ type: "look" }), { class: "check-now" });
    this.empty = button("Empty all fields", () => send({ type: "empty" }));
    this.back = button("← Back to the sheet", () => this.#goBack(), {
      class: "elsewhere",
      title: "as you left it (Esc)",
    });
    this.helpHere = button("Help", () => send({ type: "hint", block: this.#blockHere().key }));
    this.build = button("Build an exercise of this network", () => send({ type: "build" }));
    this.save = button("Save my progress", () => this.progress.save());
    this.handIn = button("Save my answers", () => send({ type: "hand_in" }), {
      title: "as a file to hand in, which the command grade marks",
    });
    this.saves = h("div", { class: "choices saves" });
    this.element = h("div", { class: "app practice", "data-phase": "start" });
    this.question = h("p", { class: "question" });
    this.facts = h("p", { class: "facts" });
    this.count = h("p", { class: "count" });
    this.done = h("div", { class: "done", hidden: true });
    this.hint = new HintPanel(send);
    this.foot = h(
      "div",
      { class: "foot" },
      h(
        "div",
        { class: "stand" },
        this.verdict.element,
        this.count,
        this.look,
        this.helpHere,
        this.back,
      ),
      this.hint.element,
      this.done,
    );
    this.sheet = new PracticeSheet(this.host, this.element, {
      work: this.foot,
      send,
      answered: (cell) => this.verdict.answered(cell),
      look: (cell) => {
        this.verdict.look(cell);
        if (this.state) this.#paintHelp();
      },
      leave: () => this.#leave(),
    });
    this.keysHelp = new KeysHelp(this.host, [
      ["Anywhere", EVERYWHERE],
      ["In a field", FIELD_KEYS],
    ]);
    this.summary = new PageSummary({
      parts: () => this.#parts(),
      ways: [
        ["To the fields", () => this.sheet.fields.next("", 1)],
        ["To the topics", () => this.topic.focus()],
        ["All keys", () => this.keysHelp.open()],
      ],
    });
    const label = (text, control) => h("label", {}, `${text} `, control);
    this.others = [
      h(
        "div",
        { class: "choices topics" },
        label("Topic", this.topic),
        label("Level", this.level),
        this.another,
      ),
      h(
        "div",
        { class: "choices" },
        label("Of the network on the sheet ask for", this.part),
        this.own,
        this.build,
      ),
    ];
    this.more = h(
      "details",
      { class: "more" },
      h("summary", {}, "More: my own network, when to check, my answers and progress, on paper"),
      this.others[1],
      h(
        "div",
        { class: "choices" },
        label("Check", this.mode),
        this.empty,
        this.handIn,
        this.save,
        this.sheet.transport.pace,
      ),
      this.saves,
    );
    this.head = h("div", { class: "head" }, this.question, this.facts);
    this.element.append(
      purposeLine("practice"),
      this.summary.element,
      this.error,
      this.others[0],
      this.head,
      this.more,
      this.sheet.element,
      this.sheet.bottomSheet.element,
      this.sheet.announcer.element,
      this.builder.element,
      this.keysHelp.element,
    );
  }

  // the block that the person is at, or the first one with open fields
  #blockHere() {
    const name = this.verdict.focused || this.sheet.fields.firstOpen();
    return this.sheet.fields.cellOf(name)?.block;
  }

  #goBack() {
    this.sheet.leave();
    activeIn(this.element)?.blur(); // what is typed there is sent first
    this.send({ type: "back" });
  }

  // Escape closes what is open, or leads back
  #leave() {
    if (this.state.hint) this.send({ type: "close" });
    else if (this.state.part && !this.element.classList.contains("embedded")) this.#goBack();
    else if (!this.sheet.bottomSheet.lower()) this.sheet.selection.select(null);
  }

  #choose(level, seed) {
    this.send({ type: "topic", topic: this.topic.value || this.state.topics[0][0], level, seed });
  }

  // paper has a link to this app on it, wherever that is
  #savings(files) {
    const address = this.host.home();
    return savings(files, (format) => this.send({ type: "save", format, address }));
  }

  /** @param {import("../shared/host.js").ArrivedAnswer} answer */
  receive({ file, arrays }) {
    this.arrays = arrays;
    if (this.state) this.saver.take(file);
    else this.saver.skip(file);
  }

  painted({ acknowledged }) {
    if (!acknowledged) this.#again();
    this.#keep();
  }

  /**
   * @param {import("../shared/protocol.js").PracticeState} state
   * @param {import("../shared/protocol.js").PracticeState | null} before
   */
  paint(state, before) {
    const isNew = before?.fingerprint !== state.fingerprint;
    if (!this.sheet.take(state, this.arrays)) {
      this.send({ type: "resend" });
      return;
    }
    if (isNew) this.verdict.begin();
    if (!state.is_key) this.progress.note(state);
    const topics = state.topics.map(([key, label]) => [key, label + this.progress.mark(key)]);
    setOptions(this.topic, state.topic ? topics : [["", "my own network"], ...topics], state.topic);
    setOptions(this.level, state.levels, String(state.level || 1));
    setOptions(this.part, state.parts, state.part || "sheet");
    setOptions(
      this.mode,
      [
        ["once", "each field at once"],
        ["later", "when I ask"],
      ],
      state.at_once ? "once" : "later",
    );
    // not every question can be asked in a platform
    if (before?.files.save.length !== state.files.save.length)
      this.saves.replaceChildren(...this.#savings(state.files));
    setProperties(this.another, { hidden: !state.topic });
    setProperties(this.back, { hidden: !state.part });
    this.#paintParts(state);
    setProperties(this.look, { hidden: state.at_once });
    setText(this.question, state.question);
    setText(this.facts, state.facts.join(" "));
    const progress = this.progress.said(state.topic);
    setText(
      this.count,
      `${state.right} of ${state.asked} right${progress ? ` · ${progress}` : ""}`,
    );
    this.sheet.store.set();
    this.builder.paint(state);
    this.verdict.paint(state);
    this.#paintHelp();
    this.hint.paint(state.hint, this.sheet.store.model.structure.words);
    this.#paintDone(state);
    if (isNew && state.has_come) this.sheet.arrive();
  }

  // what an exercise does without, and what there is while one is built
  #paintParts({ hidden, building, part }) {
    const hasOthers = !hidden.includes("others");
    const { element, bottomSheet } = this.sheet;
    for (const own of [this.more, this.head, element, bottomSheet.element])
      setProperties(own, { hidden: Boolean(building) });
    // whoever came from the sheet finds it where it was: other exercises are behind it
    if (part && !this.more.contains(this.others[0])) this.more.append(this.others[0]);
    else if (!part && this.more.contains(this.others[0])) this.head.before(this.others[0]);
    setProperties(this.others[0], { hidden: Boolean(building) || !hasOthers });
    for (const part of [this.others[1], this.saves]) setProperties(part, { hidden: !hasOthers });
    setProperties(this.mode.parentElement, { hidden: hidden.includes("at_once") });
  }

  // the help that there is where the person is
  #paintHelp() {
    const block = this.#blockHere();
    const words = block && this.sheet.store.model.structure.words[block.key];
    setProperties(this.helpHere, {
      hidden: !block || this.state.hidden.includes("help"),
      ariaLabel: `Help for ${words}`,
      title: `Help for ${words}`,
    });
  }

  #paintDone({ done, topic, level, helped, hidden, part }) {
    const wasHidden = this.done.hidden;
    setProperties(this.done, { hidden: !done });
    if (!done || !wasHidden) return;
    const button = (label, onclick, more = {}) =>
      h("button", { type: "button", onclick, ...more }, label);
    const { seed } = this.state;
    const onward = [
      topic ? button("One more like this", () => this.#choose(level, seed + 1)) : null,
      topic && level < this.state.levels.length
        ? button("A harder one", () => this.#choose(level + 1, seed))
        : null,
      hidden.includes("solution")
        ? null
        : button("See it on the sheet", () => this.send({ type: part ? "back" : "solution" }), {
            class: "elsewhere",
          }),
    ];
    const said = helped ? "All right, with some help." : "All right, without help.";
    this.done.replaceChildren(h("b", {}, said), ...onward.filter(Boolean));
  }

  // what this tab knows of an exercise, for a session that has carried out nothing yet: after a reload, and where the
  // server has begun anew
  #again() {
    const { fingerprint, answers } = this.state;
    if (Object.keys(answers).length || this.outbox.isAwaiting("answers")) return;
    try {
      const kept = JSON.parse(this.host.storage.get(KEPT) ?? "{}");
      if (kept.fingerprint === fingerprint && Object.keys(kept.texts).length)
        this.send({ type: "answers", texts: kept.texts });
    } catch {
      // what is there is not ours
    }
  }

  #keep() {
    const { fingerprint, answers, is_key: isKey } = this.state;
    if (isKey) return; // what a link has filled in was not typed here
    const texts = Object.fromEntries(
      Object.entries(answers).map(([name, { text }]) => [name, text]),
    );
    // what was typed before a reload is still on its way back
    if (this.outbox.isAwaiting("answers") && !Object.keys(texts).length) return;
    this.host.storage.set(KEPT, JSON.stringify({ fingerprint, texts }));
  }

  stop() {
    this.sheet.stop();
    super.stop();
  }

  // the page in four parts
  #parts() {
    const { name = "", question = "", right = 0, asked = 0 } = this.state ?? {};
    return [
      `An exercise, ${name}: its sheet, a matrix for each block of numbers, with ${asked} fields. ${question}`,
      "Type numbers into the fields; help for each block; another topic or level. " +
        told(EVERYWHERE, ["forward", "leave", "summary", "help"]),
      `${right} of ${asked} fields are right. ${this.verdict.said.textContent}`,
      right === asked
        ? "All is right: take one more like this, or a harder one."
        : "Enter goes to the next field.",
    ];
  }
}

/** @type {import("../shared/host.js").Main} */
export default function main(root, host) {
  const practice = new Practice(root, host);
  return () => {
    practice.stopTelling();
    practice.stop();
  };
}
