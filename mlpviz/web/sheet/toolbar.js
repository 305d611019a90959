// The toolbar: preset, learning rate and update, loss, undo and redo, link and file.

import {
  closeMenu,
  closeOnEscape,
  h,
  nameOf,
  setAttribute,
  setOptions,
  setProperties,
  setText,
  setTold,
} from "../shared/dom.js";
import { FormatChoices } from "../shared/format_choices.js";
import { allDigits, exactNumber } from "../shared/number_text.js";
import { term, termMark } from "../shared/term_help.js";
import { showText, textField } from "../shared/text_field.js";
import { FileOpener } from "./file_opener.js";
import { OptimizerControls } from "./optimizer_controls.js";
import { pairAt } from "./scene_numbers.js";
import { ScheduleControls } from "./schedule_controls.js";
import { ToolSheet } from "./tool_sheet.js";

const LINK_IS_COPIED = "The link is copied: it holds the whole network and where you stand.";
const FRAME_IS_COPIED =
  "The frame is copied: paste it where a page takes HTML. The server must allow that page to show it.";

export class Toolbar {
  // trains: whether there is a page to train on; notify(sentence, isError); link(changes): the address of exactly this,
  // or null where there is none; frameHeight(): in px, of a frame for it;
  // setNumbers(key): how numbers are written; setSizes(flag): one colour scale for all layers, and norms; openNew():
  // the dialogue of a new network; present(): shows the sheet to a room; program(): the lines of code, or not
  // canEdit, canAsk: whether there is somebody who changes the network, and who answers
  constructor({
    send,
    canEdit,
    canAsk,
    trains,
    notify,
    link,
    openNew,
    setNumbers,
    setSizes,
    present,
    program,
    copyMenu,
    frameHeight,
  }) {
    this.send = send;
    this.notify = notify;
    this.link = link;
    this.frameHeight = frameHeight;
    const button = (label, title, onclick) =>
      h("button", { type: "button", title, "aria-label": nameOf(label, title), onclick }, label);
    this.preset = choice(
      { class: "preset", "aria-label": "example network" },
      (key) => key && send({ type: "preset", key }),
    );
    this.compare = choice(
      { class: "compare", "aria-label": "compare with", title: "a second network beside this one" },
      (key) => key && send({ type: "compare", key }),
    );
    const style = "how numbers are written";
    this.numbers = choice({ "aria-label": style, title: style }, setNumbers);
    this.sizes = h(
      "button",
      {
        type: "button",
        class: "sizes",
        title:
          "one colour scale per kind of number, the same in every layer, and the norm of each block",
        "aria-pressed": "false",
        onclick: () => setSizes(this.sizes.getAttribute("aria-pressed") !== "true"),
      },
      "Sizes",
    );
    this.program = h(
      "button",
      {
        type: "button",
        title: "the program of this network, line by line (L)",
        "aria-pressed": "false",
        onclick: program,
      },
      "Code",
    );
    this.rate = textField(
      { class: "rate", inputmode: "decimal", "aria-label": "learning rate" },
      (text) => send({ type: "set_learning_rate", value: text }),
    );
    this.schedule = new ScheduleControls(send);
    this.optimizer = new OptimizerControls(send, this.schedule);
    this.loss = h("b");
    this.files = new FileMenu({ send, notify, copies: link && this.#copies() });
    this.undo = button("↶", "undo (Ctrl+Z)", () => send({ type: "undo" }));
    this.redo = button("↷", "redo (Ctrl+Shift+Z)", () => send({ type: "redo" }));
    this.linkField = h("input", {
      class: "link-field",
      readonly: true,
      hidden: true,
      "aria-label": "link to this page",
      onblur: () => {
        this.linkField.hidden = true;
      },
    });
    const reset = button("Reset", "back to the example as it came", () => send({ type: "reset" }));
    const title = "compute the numbers of this network yourself, or build an exercise of it";
    const practise = button("Practise", title, () => send({ type: "practise" }));
    const large = button("Present", "large type for a room, without tools (P)", present);
    this.more = h(
      "details",
      { class: "menu more", onchange: () => closeMenu(this.more) },
      h("summary", {}, "More"),
      h(
        "div",
        { onclick: (event) => event.target.closest("button") && closeMenu(this.more) },
        ...(canAsk ? [named("Numbers", this.numbers)] : []),
        ...(canEdit ? [named("Compare with", this.compare)] : []),
        ...(canAsk ? [this.sizes, this.program] : []),
        ...(canEdit ? [practise, large, reset] : [large]),
      ),
    );
    const edits = canEdit
      ? [
          h(
            "button",
            { type: "button", title: "a network of your own", onclick: openNew },
            "New …",
          ),
          h("span", { class: "rate-label" }, term("eta", "η"), " ", this.rate, this.schedule.rate),
          ...this.optimizer.elements,
        ]
      : [];
    this.name = h("h2", { class: "preset" });
    this.sheet = new ToolSheet([
      ...edits,
      h("span", { class: "pill loss-value" }, termMark("loss", "loss"), " ", this.loss),
      trains ? trainButton(() => send({ type: "train_network" })) : null,
      closeOnEscape(this.more),
      copyMenu,
      ...(canEdit ? this.files.elements : []),
    ]);
    this.element = h(
      "div",
      { class: "toolbar", role: "group", "aria-label": "network" },
      ...(canEdit ? [this.preset, this.undo, this.redo] : [this.name]),
      this.sheet.button,
      this.sheet.shade,
      this.sheet.element,
      this.linkField,
    );
  }

  paint(model, scene, view) {
    if (scene.presets) this.choices = scene;
    const { presets, variants, number_styles } = this.choices;
    const name = scene.name || "Untitled";
    setText(this.name, name);
    setOptions(this.preset, [["", name], ...presets], "", true);
    setOptions(this.compare, [["", "None"], ...variants], "");
    setOptions(this.numbers, number_styles, view.numbers || scene.number_style);
    setAttribute(this.sizes, "aria-pressed", String(Boolean(view.sizes)));
    showText(this.rate, inDecimals(scene.learningRate));
    this.optimizer.paint(model, scene);
    this.schedule.paint(model, scene);
    if (scene.files) this.files.offer(scene.files, scene.imports);
    const at = model.byKey.get(`loss.${model.structure.layers}`).offset;
    setTold(this.loss, model.isKnown(at, view) ? exactNumber(pairAt(scene, at)) : "·");
    setProperties(this.undo, { disabled: !scene.can_undo });
    setProperties(this.redo, { disabled: !scene.redos });
  }

  showProgram(isOpen) {
    setAttribute(this.program, "aria-pressed", String(isOpen));
  }

  // the button that goes the other way: it takes the focus of one that has no more to do
  twinOf(element) {
    return element === this.undo ? this.redo : element === this.redo ? this.undo : null;
  }

  // what gives exactly this to somebody else: label, what it does, and the action
  #copies() {
    return [
      ["Copy link", "copy a link to exactly this", () => this.#copy((url) => url, LINK_IS_COPIED)],
      [
        "Copy as a frame",
        "copy HTML that shows exactly this in a page of a textbook, a blog or a learning platform",
        () => this.#copy(frameOf, FRAME_IS_COPIED, { embed: "true" }),
      ],
    ];
  }

  async #copy(form, sentence, changes = {}) {
    const { url, problem } = this.link(changes);
    if (problem) return this.send({ type: "ask_for_link" }); // it answers with the file in place of a link
    const text = form(url, this.frameHeight());
    try {
      await navigator.clipboard.writeText(text);
      this.notify(sentence);
    } catch {
      // without https browsers keep the clipboard closed: show the text to copy by hand
      this.linkField.hidden = false;
      this.linkField.value = text;
      this.linkField.select();
    }
  }
}

// HTML for a page of somebody else; an address has no quotes, and no other letter that HTML would take for its own
function frameOf(url, height) {
  const source = url.replaceAll("&", "&amp;");
  const box = `width="100%" height="${height}" style="border: 0"`;
  return `<iframe src="${source}" title="mlpviz" ${box} allow="clipboard-write"></iframe>`;
}

// a small rate without a power of ten, as long as it is short: 0.00005
function inDecimals(rate) {
  const text = rate.toFixed(8).replace(/\.?0+$/, "");
  return Number(text) === rate ? text : allDigits(rate);
}

function choice(attributes, act) {
  const select = h("select", { ...attributes, onchange: () => act(select.value) });
  return select;
}

// where the toolbar would get a second line, the first word has to do
function trainButton(onclick) {
  const title = "learn these samples from these weights on";
  const name = nameOf("Train this network", title);
  const label = ["Train", h("span", { class: "wide" }, " this network")];
  return h("button", { type: "button", title, "aria-label": name, onclick }, ...label);
}

// a choice with its name before it
function named(name, select) {
  return h("label", { class: "named" }, h("span", {}, name), select);
}

// ------------------------------------------------------------------

// Opening and saving: the formats are Python's.

class FileMenu {
  // copies: what copies a link to this, or null where there is none
  constructor({ send, notify, copies }) {
    this.send = send;
    this.notify = notify;
    this.copies = copies ?? [];
    this.opener = new FileOpener({ send, notify });
    this.items = h("div");
    this.menu = h("details", { class: "menu file" }, h("summary", {}, "File"), this.items);
    this.elements = [closeOnEscape(this.menu), ...this.opener.elements];
  }

  choose() {
    this.opener.choose();
  }

  // files: what can be opened and saved
  offer(files, imports) {
    if (this.files) return;
    this.files = files;
    this.opener.offer([...files.open, ...imports]);
    this.items.append(
      ...this.copies.map((each) => this.#item(...each)),
      this.#item(
        "Open a file …",
        "a network saved here, or one of PyTorch, Keras, ONNX, scikit-learn, R and others; " +
          "dropping it onto the page does the same",
        () => this.choose(),
      ),
      ...this.#savings(files),
    );
  }

  #choices(choices) {
    const dialog = new FormatChoices(choices, (format) => this.send({ type: "save", format }));
    this.menu.after(dialog.element);
    return this.#item(`${dialog.title} …`, "choose how it is to be", () => dialog.open());
  }

  // a heading per group, and its formats
  #savings({ save, groups, choose }) {
    const left = [...save];
    return groups.map(([heading, count], index) => {
      const id = `save-group-${index}`;
      const items = left
        .splice(0, count)
        .map(([format, label, sentence]) =>
          this.#item(`Save ${label}`, sentence, () => this.send({ type: "save", format })),
        );
      const choices = choose.filter(({ group }) => group === heading);
      return h(
        "div",
        { class: "group", role: "group", "aria-labelledby": id },
        h("p", { id, class: "group-name" }, heading),
        ...items,
        ...choices.map((each) => this.#choices(each)),
      );
    });
  }

  #item(label, title, act) {
    const onclick = () => {
      closeMenu(this.menu);
      act();
    };
    return h("button", { type: "button", title, onclick }, label);
  }
}
