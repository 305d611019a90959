// A page of pictures: settings beside figures, tables and facts. Python makes all of it from the settings; it is drawn
// anew from every answer.

import {
  h,
  parsedMath,
  rebuild,
  setChildren,
  setProperties,
  setText,
  setTold,
  tableParts,
} from "../shared/dom.js";
import { FileSaver } from "../shared/file_saver.js";
import { KeysHelp } from "../shared/keys_help.js";
import { PageSummary, told } from "../shared/page_summary.js";
import { PAGE_KEYS, PlainPage } from "../shared/plain_page.js";
import { purposeLine } from "../shared/purpose.js";
import { markCase } from "../shared/sentence_case.js";
import { labelled, setExplained } from "../shared/term_help.js";
import { FigureView } from "./figure.js";
import { SettingsForm } from "./settings_form.js";

const REST = 60; // ms in which nothing came, after which figures in space are drawn
const LATEST = 600; // ms after which they are drawn all the same
const SAYING = 700; // ms of rest after which a change is read aloud

class ExplorationView extends PlainPage {
  constructor(root, host, key, library) {
    super(host, key, "parts");
    this.key = key;
    this.library = library;
    this.figures = new Map();
    this.made = new Map(); // name of a table or of facts -> what it says, and its element
    this.saver = new FileSaver(this.send, (name, content) => host.saveFile(name, content));
    this.#build(key);
    this.begin(root);
    // no network is on this page that could be checked
    this.badge.element.remove();
    // on paper all figures are in sight
    this.stopPrinting = host.listen("beforeprint", () => {
      for (const view of this.figures.values()) view.draw({ always: true });
    });
    library.catch(() =>
      this.complain(
        "The pictures could not be fetched: reload the page when the server answers again.",
      ),
    );
  }

  #build(key) {
    const { send } = this;
    this.form = new SettingsForm(send, () => this.#unanswered());
    this.lookFor = h("ul", { class: "look-for" });
    this.tries = h("div", { class: "tries" });
    this.loads = h("div", { class: "loads" });
    this.parts = h("div", { class: "parts" });
    this.said = h("p", { class: "visually-hidden", role: "status" });
    this.bar = h("progress", { max: "1", "aria-label": "how much is done" });
    this.progressText = h("span", {});
    this.progress = h(
      "div",
      { class: "progress", hidden: true },
      this.bar,
      this.progressText,
      h("button", { type: "button", onclick: () => send({ type: "stop" }) }, "Stop"),
    );
    this.keysHelp = new KeysHelp(this.host, [["Anywhere", PAGE_KEYS]]);
    this.summary = new PageSummary({
      parts: () => this.#inFour(),
      ways: [
        ["To the settings", () => this.form.focus()],
        ["To the first figure", () => this.parts.querySelector(".plot")?.focus()],
        ["All keys", () => this.keysHelp.open()],
      ],
    });
    this.element = h(
      "div",
      { class: "app exploration" },
      purposeLine(key),
      this.summary.element,
      this.error,
      h(
        "div",
        { class: "columns" },
        h(
          "div",
          { class: "side" },
          this.tries,
          this.form.element,
          this.progress,
          h(
            "div",
            { class: "choices" },
            h("button", { type: "button", onclick: () => send({ type: "reset" }) }, "Start over"),
            this.loads,
          ),
        ),
        h("div", { class: "main" }, this.lookFor, this.parts),
      ),
      this.said,
      this.keysHelp.element,
    );
  }

  // the events that the answer which is painted now does not have: the outbox hears of it after that
  #unanswered() {
    const { underWay, waiting, unanswered } = this.outbox;
    return underWay?.sequence <= this.acknowledged ? waiting : unanswered;
  }

  receive(answer) {
    this.acknowledged = answer.acknowledged ?? this.acknowledged;
    if (answer.file) this.saver.take(answer.file);
  }

  /** @param {import("../shared/protocol.js").ExplorationState} state */
  paint(state) {
    this.form.take(state.settings);
    this.#buttons(this.tries, state.tries, (number) => ({ type: "try", number }), "Try this");
    const labels = state.loads.map(([, label]) => label);
    this.#buttons(this.loads, labels, (at) => ({ type: "load", key: state.loads[at][0] }), "");
    this.#sentences(state.look_for);
    this.#parts(state.parts);
    setProperties(this.progress, { hidden: state.progress === null });
    setProperties(this.bar, { value: state.progress ?? 0 });
    setText(this.progressText, state.progress_text);
    clearTimeout(this.saying);
    this.saying = setTimeout(() => this.#say(), SAYING);
  }

  painted(answer) {
    clearTimeout(this.ticking);
    if (answer.next !== null)
      this.ticking = setTimeout(() => this.send({ type: "tick" }), answer.next);
    this.drawn?.then(() => this.form.shown());
  }

  #buttons(place, labels, event, heading) {
    const signature = JSON.stringify(labels);
    if (place.dataset.shown === signature) return;
    place.dataset.shown = signature;
    const button = (label, at) =>
      h("button", { type: "button", onclick: () => this.send(event(at)) }, label);
    rebuild(place, ...(heading ? [h("b", {}, heading)] : []), ...labels.map(button));
  }

  #sentences(sentences) {
    while (this.lookFor.children.length > sentences.length) this.lookFor.lastChild.remove();
    while (this.lookFor.children.length < sentences.length) this.lookFor.append(h("li"));
    sentences.forEach((sentence, at) => {
      setExplained(this.lookFor.children[at], sentence);
    });
  }

  #parts(parts) {
    const flat = [];
    const inSpace = [];
    let isWhole = true;
    const elements = parts.map((part, at) => {
      if (part.kind === "figure") {
        const view = this.#figure(part.key);
        isWhole = view.take(part) && isWhole;
        (part.explored ? inSpace : flat).push(view);
        return view.element;
      }
      return part.kind === "table" ? this.#table(part) : this.#facts(part, at);
    });
    setChildren(this.parts, elements);
    if (!isWhole) this.send({ type: "resend" });
    this.drawn = Promise.all(flat.map((view) => view.draw())).then(
      () => this.host.announce("drawn", {}),
      () => {},
    );
    this.drawn.then(() => this.#inSpace(inSpace));
  }

  // figures in space take longest: they follow when nothing else is waiting, or after a while
  #inSpace(views) {
    clearTimeout(this.later);
    if (!views.length) return;
    const now = performance.now();
    this.spaceSince ??= now;
    const draw = () => {
      this.spaceSince = null;
      for (const view of views) view.draw();
    };
    const isLate = now - this.spaceSince > LATEST;
    this.later = setTimeout(draw, isLate ? 0 : REST);
  }

  #figure(key) {
    if (!this.figures.has(key)) {
      const { send, host, library } = this;
      const save = (name, blob) => host.saveFile(name, blob);
      this.figures.set(key, new FigureView(key, { send, save, library, path: this.key }));
    }
    return this.figures.get(key);
  }

  // tables and facts stay as they are while they say the same
  #kept(name, part, make) {
    const signature = JSON.stringify(part);
    const before = this.made.get(name);
    if (before?.signature === signature) return before.element;
    const element = before?.element ?? h("section", { class: part.kind });
    rebuild(element, ...make());
    this.made.set(name, { signature, element });
    return element;
  }

  #table(part) {
    return this.#kept(`table ${part.key}`, part, () => {
      const rows = part.rows.map((row, at) =>
        row.map((cell, column) => this.#cell(part, cell, at, column)),
      );
      const head = part.head.length
        ? part.head.map((text) => (text ? [labelled(text)] : h("td")))
        : null;
      const note = h("p", { class: "note" });
      setTold(note, part.text);
      const region = {
        class: part.narrow ? "rows narrow" : "rows",
        tabindex: "0",
        role: "region",
        "aria-label": part.title,
      };
      return [
        h("h2", {}, part.title),
        h("div", region, h("table", {}, ...tableParts(head, rows))),
        ...(part.text ? [note] : []),
      ];
    });
  }

  #cell(part, cell, row, column) {
    const tag = column ? "td" : "th";
    const press = () => this.send({ type: "press", table: part.key, row, column });
    const content = cell.sets
      ? h("button", { type: "button", title: cell.digits || null, onclick: press }, cell.text)
      : column
        ? cell.text
        : labelled(cell.text);
    const element = h(tag, { title: cell.digits || null, scope: column ? null : "row" }, content);
    if (cell.marked) element.classList.add("marked");
    if (cell.shade) {
      const share = Math.round(Math.min(1, Math.abs(cell.shade)) * 60);
      const colour = cell.shade < 0 ? "--negative" : "--positive";
      element.style.background = `color-mix(in srgb, var(${colour}) ${share}%, var(--bg))`;
    }
    return element;
  }

  #facts(part, at) {
    return this.#kept(`facts ${at}`, part, () => [
      h("h2", {}, part.title),
      ...part.formulas.map((source) => h("div", { class: "formula" }, parsedMath(source))),
      h(
        "dl",
        {},
        ...part.facts.map(([name, sentence]) => {
          const said = h("dd", {});
          setExplained(said, sentence);
          const label = h("dt", {}, labelled(name));
          markCase(label, name);
          return h("div", {}, label, said);
        }),
      ),
    ]);
  }

  #say() {
    const { parts = [] } = this.state ?? {};
    const figure = parts.find(({ kind }) => kind === "figure");
    if (figure) setTold(this.said, figure.text);
  }

  #inFour() {
    const figures = [...this.figures.values()].filter((view) => view.element.isConnected);
    return [
      `${figures.length} figures: ${figures.map((view) => view.title.textContent).join("; ")}.`,
      `Change the settings; try one of the buttons; save figures and data. ${told(PAGE_KEYS, ["summary", "help"])}`,
      figures.map((view) => view.text.textContent).join(" "),
      this.lookFor.textContent,
    ];
  }

  stop() {
    clearTimeout(this.saying);
    clearTimeout(this.ticking);
    clearTimeout(this.later);
    this.stopPrinting();
    this.form.stop();
    for (const view of this.figures.values()) view.stop();
    super.stop();
  }
}

export const exploration =
  (key, library) =>
  /** @type {import("../shared/host.js").Main} */
  (root, host) => {
    const view = new ExplorationView(root, host, key, library(root.getRootNode()));
    return () => view.stop();
  };
