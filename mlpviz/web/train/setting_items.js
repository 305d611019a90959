// The items of a form as elements, which are kept as long as their item keeps its place and kind, so that typing,
// focus and open menus survive every update. An item is { kind, … }; fields carry the path of what they set.

import { h, setChildren, setOptions, setProperties, setText } from "../shared/dom.js";
import { writtenNumber } from "../shared/number_input.js";
import { allDigits } from "../shared/number_text.js";
import { setLabel } from "../shared/sentence_case.js";
import { labelled, setHelp, withTerms } from "../shared/term_help.js";
import { showText, takeBack, textField, typeText } from "../shared/text_field.js";
import { Chart } from "./chart.js";
import { formulaDetails } from "./formula_details.js";

const PAUSE = 150; // ms without a key before a typed number counts

// numbers go to Python as they are typed; an empty field for one number is null
function read(text, kind) {
  return kind === "text" || kind === "numbers" ? text : text.trim() || null;
}

function write(value) {
  const texts = [value ?? ""].flat().map((one) => (typeof one === "number" ? allDigits(one) : one));
  return texts.join(", ");
}

export class SettingItems {
  #kept = new Map(); // key -> { element, update(item) }

  // isAnswered(): whether the items shown know of all that was set; openFile(file, purpose); colours(): for plots
  constructor({ send, isAnswered, openFile, colours }) {
    this.send = send;
    this.isAnswered = isAnswered;
    this.openFile = openFile;
    this.colours = colours;
  }

  // the items in this place, and nothing else
  show(place, key, items) {
    const wanted = items.map((item, i) =>
      this.#element(`${key} ${item.path ?? i} ${item.kind}`, item),
    );
    setChildren(place, wanted);
  }

  #element(key, item) {
    if (!this.#kept.has(key)) this.#kept.set(key, this.#make(item, key));
    const held = this.#kept.get(key);
    held.update(item);
    return held.element;
  }

  #make(item, key) {
    switch (item.kind) {
      case "heading":
        return heading();
      case "note":
        return said(h("p", { class: "note" }));
      case "group":
        return this.#group(key);
      case "ticks":
        return this.#ticks(key);
      case "actions":
        return this.#actions();
      case "plot":
        return this.#plot(item);
      case "formula":
        return formulaDetails();
      case "file":
        return this.#file();
      case "flag":
        return this.#flag(item);
      case "choice":
        return this.#choice(item);
      default:
        return this.#field(item);
    }
  }

  #group(key) {
    const title = h("b", {});
    const inside = h("div", { class: "fields" });
    const buttons = this.#actions();
    const head = h("div", { class: "head" }, title, buttons.element);
    return {
      element: h("div", { class: "group", role: "group" }, head, inside),
      update: (item) => {
        setLabel(title, item.text);
        buttons.update(item);
        this.show(inside, key, item.items);
      },
    };
  }

  // flags that belong together, in a line
  #ticks(key) {
    const element = h("div", { class: "ticks", role: "group", "aria-label": "features" });
    return { element, update: ({ items }) => this.show(element, key, items) };
  }

  #actions() {
    const element = h("div", { class: "actions" });
    const kept = []; // { button, event }
    const make = () => {
      const one = { button: null, event: null };
      one.button = h("button", { type: "button", onclick: () => this.send(one.event) });
      return one;
    };
    const show = ({ label, title = label, event, disabled = false }, i) => {
      kept[i] ??= make();
      kept[i].event = event;
      const { button } = kept[i];
      setLabel(button, label);
      setProperties(button, { title: title ?? label, ariaLabel: title ?? label, disabled });
      return button;
    };
    return { element, update: ({ actions = [] }) => setChildren(element, actions.map(show)) };
  }

  #plot({ text }) {
    const chart = new Chart({ title: text, tall: 90, across: "" });
    const draw = ({ x, y }) => {
      const colours = this.colours();
      chart.take([{ x, y, colour: colours.positive }], colours);
    };
    return { element: chart.element, update: (item) => requestAnimationFrame(() => draw(item)) };
  }

  #file() {
    const input = h("input", {
      type: "file",
      onchange: () => {
        if (input.files[0]) this.openFile(input.files[0], "csv");
        input.value = "";
      },
    });
    const label = h("span", {});
    return {
      element: h("label", { class: "file" }, label, input),
      update: (item) => {
        setLabel(label, item.text);
        input.accept = item.accept;
      },
    };
  }

  #set(path, value) {
    this.send({ type: "set", path, value });
  }

  #flag({ path }) {
    const box = h("input", {
      type: "checkbox",
      id: idOf(path),
      onchange: () => this.#set(path, box.checked),
    });
    const name = h("label", { for: box.id });
    return {
      element: h("div", { class: "field flag" }, box, name),
      update: ({ label, sentence = "", value, disabled = false }) => {
        setLabel(name, label);
        setHelp(name, label, sentence);
        setProperties(box, { title: sentence ?? "" });
        setProperties(box, { checked: value, disabled: disabled ?? false });
      },
    };
  }

  #choice({ path }) {
    let options = [];
    const select = h("select", {
      id: idOf(path),
      onchange: () => this.#set(path, options[select.selectedIndex][0]),
    });
    const name = h("label", { for: select.id });
    return {
      element: h("div", { class: "field" }, name, select),
      update: (item) => {
        options = item.options;
        setLabel(name, item.label);
        setHelp(name, item.label, item.sentence);
        setProperties(select, { title: item.sentence ?? "" });
        const texts = options.map(([key, label]) => [String(key), label]);
        setOptions(select, texts, String(item.value), item.as_given);
        select.disabled = item.disabled ?? false;
      },
    };
  }

  #field(first) {
    let item = first;
    let timer = 0;
    const commit = (text) => {
      clearTimeout(timer);
      // the same text counts where something else may have been set meanwhile
      if (text !== write(item.value) || !this.isAnswered())
        this.#set(item.path, read(text, item.kind));
    };
    const commitStep = () => {
      const { value } = input;
      takeBack(input, value);
      commit(value);
    };
    const attributes = {
      // a choice of the same setting may stand above it
      id: `${idOf(first.path)}-field`,
      inputmode: first.kind === "text" ? "text" : "decimal",
      autocomplete: "off",
      spellcheck: "false",
      onkeydown: (event) => {
        const direction = { ArrowUp: 1, ArrowDown: -1 }[event.key];
        if (!direction || !item.step) return;
        event.preventDefault();
        step(input, item, direction);
        clearTimeout(timer);
        timer = setTimeout(commitStep, PAUSE);
      },
    };
    const input = textField(attributes, commit);
    const name = h("label", { for: input.id });
    const stepper = (label, direction) => {
      const title = `${direction < 0 ? "less" : "more"} ${first.label}`;
      const onclick = () => {
        step(input, item, direction);
        commitStep();
      };
      return h(
        "button",
        { type: "button", class: "quiet", tabindex: -1, "aria-label": title, onclick },
        label,
      );
    };
    const steppers = first.step ? [stepper("−", -1), stepper("+", 1)] : [];
    return {
      element: h(
        "div",
        { class: "field" },
        name,
        h("span", { class: "number" }, input, ...steppers),
      ),
      update: (next) => {
        item = next;
        setLabel(name, item.label);
        setHelp(name, item.label, item.sentence);
        setProperties(input, { title: item.sentence ?? "" });
        input.placeholder = item.placeholder ?? "";
        input.disabled = item.disabled ?? false;
        showText(input, write(item.value));
      },
    };
  }
}

// with help for the whole of it, or for the terms in it
function heading() {
  const element = h("h3", {});
  let shown = "";
  const update = ({ text }) => {
    if (text === shown) return;
    shown = text;
    const whole = labelled(text);
    element.replaceChildren(...(whole === text ? withTerms([text]) : [whole]));
  };
  return { element, update };
}

function said(element) {
  return { element, update: ({ text }) => setText(element, text) };
}

function idOf(path) {
  return `setting-${String(path).replaceAll(",", "-")}`;
}

// steps are added, or multiplied where only the size of a number matters
function step(input, item, direction) {
  const now = writtenNumber(input.value) ?? item.low ?? 0;
  const next = item.times ? now * item.step ** direction : now + item.step * direction;
  const held = Math.min(item.high ?? Infinity, Math.max(item.low ?? -Infinity, next));
  typeText(input, write(Number(held.toPrecision(6))));
}
