// The form of the settings, as Python describes it: tabs of items.

import { h } from "../shared/dom.js";
import { SettingItems } from "./setting_items.js";

export class Settings {
  // isAnswered(): whether all that was set is in what Python sent
  constructor({ send, isAnswered, openFile }) {
    this.isAnswered = isAnswered;
    this.items = new SettingItems({ send, isAnswered, openFile, colours: () => this.colours });
    this.tabs = h("div", {
      role: "tablist",
      class: "tabs",
      "aria-label": "settings",
      onkeydown: (event) => this.#walk(event),
    });
    this.panel = h("div", { role: "tabpanel", class: "panel", id: "settings-panel" });
    const attributes = { class: "settings", "aria-label": "settings" };
    this.element = h("section", attributes, this.tabs, this.panel);
    this.open = "data";
    this.colours = null;
  }

  // While something that was set is under way, what holds already would take it back on screen: then it has to wait.
  // False if it does.
  take(sections, colours) {
    if (!this.isAnswered()) return false;
    this.sections = sections;
    this.colours = colours;
    const keys = sections.map(({ key }) => key).join();
    if (this.tabs.dataset.of !== keys) {
      this.tabs.dataset.of = keys;
      this.tabs.replaceChildren(...sections.map((section) => this.#tab(section)));
    }
    this.#paint();
    return true;
  }

  #tab({ key, title }) {
    const attributes = {
      type: "button",
      role: "tab",
      "data-key": key,
      "aria-controls": "settings-panel",
    };
    return h("button", { ...attributes, onclick: () => this.#show(key) }, title);
  }

  #show(key) {
    this.open = key;
    this.#paint();
  }

  #walk(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    const keys = this.sections.map(({ key }) => key);
    this.#show(keys[(keys.indexOf(this.open) + step + keys.length) % keys.length]);
    this.tabs.querySelector('[aria-selected="true"]').focus();
  }

  #paint() {
    for (const tab of this.tabs.children) {
      const isOpen = tab.dataset.key === this.open;
      tab.setAttribute("aria-selected", String(isOpen));
      tab.tabIndex = isOpen ? 0 : -1;
    }
    const section = this.sections.find(({ key }) => key === this.open) ?? this.sections[0];
    this.items.show(this.panel, section.key, section.items);
  }
}
