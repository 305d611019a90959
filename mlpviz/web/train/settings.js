// The form of the settings, as Python describes it: tabs of items. Refuses to know what a setting means.
//
// An item is { kind, ... }; fields carry the path of what they set. Elements are kept as long as their item keeps its
// place and kind, so that typing, focus and open menus survive every update.

import { allDigits, formatNumber } from "../shared/number_text.js";
import { h, setOptions, setProperties, setText } from "../shared/dom.js";
import { Chart } from "./chart.js";

const PAUSE = 150; // ms without a key before a typed number counts

function parsed(text, kind) {
  const plain = text.trim().replaceAll("−", "-").replace(",", ".");
  if (kind === "numbers")
    return text
      .split(/[\s,;]+/)
      .filter(Boolean)
      .map(Number);
  return plain !== "" && Number.isFinite(Number(plain)) ? Number(plain) : text.trim() || null;
}

function fieldText(value) {
  if (value == null) return "";
  return [value]
    .flat()
    .map((one) => (typeof one === "number" ? allDigits(one) : one))
    .join(", ");
}

export class Settings {
  // host: { send(event), files }
  constructor(host) {
    this.host = host;
    this.tabs = h("div", {
      role: "tablist",
      class: "tabs",
      "aria-label": "settings",
      onkeydown: (event) => this.#walk(event),
    });
    this.panel = h("div", { role: "tabpanel", class: "panel", id: "settings-panel" });
    this.element = h(
      "section",
      { class: "settings", "aria-label": "settings" },
      this.tabs,
      this.panel,
    );
    this.kept = new Map();
    this.open = "data";
  }

  take(sections, colours) {
    this.sections = sections;
    this.colours = colours;
    if (this.tabs.dataset.of !== sections.map(({ key }) => key).join()) {
      this.tabs.dataset.of = sections.map(({ key }) => key).join();
      this.tabs.replaceChildren(
        ...sections.map(({ key, title }) =>
          h(
            "button",
            {
              type: "button",
              role: "tab",
              "data-key": key,
              "aria-controls": "settings-panel",
              onclick: () => this.show(key),
            },
            title,
          ),
        ),
      );
    }
    this.#paint();
  }

  show(key) {
    this.open = key;
    this.#paint();
  }

  #walk(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    const keys = this.sections.map(({ key }) => key);
    this.show(keys[(keys.indexOf(this.open) + step + keys.length) % keys.length]);
    this.tabs.querySelector('[aria-selected="true"]').focus();
  }

  #paint() {
    for (const tab of this.tabs.children) {
      tab.setAttribute("aria-selected", String(tab.dataset.key === this.open));
      tab.tabIndex = tab.dataset.key === this.open ? 0 : -1;
    }
    const section = this.sections.find(({ key }) => key === this.open) ?? this.sections[0];
    const wanted = section.items.map((item, i) =>
      this.#kept(`${section.key} ${item.path ?? i} ${item.kind}`, item),
    );
    if (
      wanted.length !== this.panel.children.length ||
      wanted.some((element, i) => this.panel.children[i] !== element)
    )
      this.panel.replaceChildren(...wanted);
  }

  #kept(key, item) {
    let held = this.kept.get(key);
    if (!held) {
      held = this.#make(item, key);
      this.kept.set(key, held);
    }
    held.update(item);
    return held.element;
  }

  #make(item, key) {
    switch (item.kind) {
      case "heading":
        return this.#plain(h("h3", {}));
      case "note":
        return this.#plain(h("p", { class: "note" }));
      case "group":
        return this.#group(key);
      case "ticks":
        return this.#ticks(key);
      case "actions":
        return this.#actions();
      case "plot":
        return this.#plot(item);
      case "file":
        return this.#file();
      default:
        return this.#field(item);
    }
  }

  #plain(element) {
    return { element, update: ({ text }) => setText(element, text) };
  }

  #group(key) {
    const title = h("b", {});
    const inside = h("div", { class: "fields" });
    const buttons = this.#actions();
    return {
      element: h(
        "div",
        { class: "group", role: "group" },
        h("div", { class: "head" }, title, buttons.element),
        inside,
      ),
      update: (item) => {
        setText(title, item.text);
        buttons.update(item);
        const wanted = item.items.map((field) =>
          this.#kept(`${key} ${field.path} ${field.kind}`, field),
        );
        if (
          wanted.length !== inside.children.length ||
          wanted.some((element, i) => inside.children[i] !== element)
        )
          inside.replaceChildren(...wanted);
      },
    };
  }

  // flags that belong together, in a line
  #ticks(key) {
    const element = h("div", { class: "ticks", role: "group", "aria-label": "features" });
    return {
      element,
      update: (item) => {
        const wanted = item.items.map((field) =>
          this.#kept(`${key} ${field.path} ${field.kind}`, field),
        );
        if (
          wanted.length !== element.children.length ||
          wanted.some((child, i) => element.children[i] !== child)
        )
          element.replaceChildren(...wanted);
      },
    };
  }

  #actions() {
    const element = h("div", { class: "actions" });
    let signature = "";
    return {
      element,
      update: ({ actions = [] }) => {
        if (JSON.stringify(actions) === signature) return;
        signature = JSON.stringify(actions);
        element.replaceChildren(
          ...actions.map(({ label, title, event, disabled }) =>
            h(
              "button",
              {
                type: "button",
                title: title ?? label,
                "aria-label": title ?? label,
                disabled: disabled ?? false,
                onclick: () => this.host.send(event),
              },
              label,
            ),
          ),
        );
      },
    };
  }

  #plot({ text }) {
    const chart = new Chart({ title: text, tall: 90, across: "" });
    return {
      element: chart.element,
      update: ({ x, y }) =>
        requestAnimationFrame(() =>
          chart.take([{ x, y, colour: this.colours.positive }], this.colours),
        ),
    };
  }

  #file() {
    const input = h("input", {
      type: "file",
      onchange: () => {
        if (input.files[0]) this.host.files.open(input.files[0], "csv");
        input.value = "";
      },
    });
    const label = h("span", {});
    return {
      element: h("label", { class: "file" }, label, input),
      update: (item) => {
        setText(label, item.text);
        input.accept = item.accept;
      },
    };
  }

  #field(first) {
    let item = first;
    const id = `setting-${String(first.path).replaceAll(",", "-")}`;
    const send = (value) => this.host.send({ type: "set", path: item.path, value });
    const name = h("label", { for: id });
    if (first.kind === "flag") {
      const box = h("input", { type: "checkbox", id, onchange: () => send(box.checked) });
      return {
        element: h("div", { class: "field flag" }, box, name),
        update: (next) => {
          item = next;
          setText(name, item.label);
          name.title = item.sentence ?? "";
          setProperties(box, { checked: item.value, disabled: item.disabled ?? false });
        },
      };
    }
    if (first.kind === "choice") {
      const select = h("select", {
        id,
        onchange: () => send(item.options[select.selectedIndex][0]),
      });
      return {
        element: h("div", { class: "field" }, name, select),
        update: (next) => {
          item = next;
          setText(name, item.label);
          name.title = select.title = item.sentence ?? "";
          setOptions(
            select,
            item.options.map(([key, label]) => [String(key), label]),
            String(item.value),
          );
          select.disabled = item.disabled ?? false;
        },
      };
    }
    let timer = 0;
    const commit = () => {
      clearTimeout(timer);
      if (input.value !== fieldText(item.value))
        send(item.kind === "text" ? input.value : parsed(input.value, item.kind));
    };
    const input = h("input", {
      type: "text",
      id,
      inputmode: first.kind === "text" ? "text" : "decimal",
      autocomplete: "off",
      spellcheck: "false",
      onchange: commit,
      onkeydown: (event) => {
        const step = { ArrowUp: 1, ArrowDown: -1 }[event.key];
        if (!step || !item.step) return;
        event.preventDefault();
        this.#nudge(input, item, step);
        clearTimeout(timer);
        timer = setTimeout(commit, PAUSE);
      },
    });
    const stepper = (label, step) =>
      h(
        "button",
        {
          type: "button",
          class: "quiet",
          tabindex: -1,
          "aria-label": `${step < 0 ? "less" : "more"} ${first.label}`,
          onclick: () => {
            this.#nudge(input, item, step);
            commit();
          },
        },
        label,
      );
    const box = h(
      "span",
      { class: "number" },
      input,
      first.step ? stepper("−", -1) : null,
      first.step ? stepper("+", 1) : null,
    );
    return {
      element: h("div", { class: "field" }, name, box),
      update: (next) => {
        item = next;
        setText(name, item.label);
        name.title = input.title = item.sentence ?? "";
        input.placeholder = item.placeholder ?? "";
        input.disabled = item.disabled ?? false;
        if (input.getRootNode().activeElement !== input)
          setProperties(input, { value: fieldText(item.value) });
      },
    };
  }

  // steps are added, or multiplied where only the size of a number matters
  #nudge(input, item, direction) {
    const value = parsed(input.value, "number");
    const now = typeof value === "number" ? value : (item.low ?? 0);
    const next = item.times ? now * item.step ** direction : now + item.step * direction;
    const held = Math.min(item.high ?? Infinity, Math.max(item.low ?? -Infinity, next));
    input.value = fieldText(Number(held.toPrecision(6)));
  }
}
