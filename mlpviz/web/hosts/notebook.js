// mlpviz as a widget of a notebook (anywidget): a page in the output of a cell, whose Python is in the kernel
// (hosts/notebook/page_widget.py). It keeps to its place: keys, address and size of the window are the notebook's.

import badge from "../badge/badge.css";
import practiceStyle from "../practice/practice.css";
import practice from "../practice/practice.js";
import { isDark } from "../shared/colours.js";
import { h } from "../shared/dom.js";
import palette from "../shared/palette.css";
import openerStyle from "../sheet/file_opener.css";
import sheet from "../sheet/sheet.js";
import sheetStyle from "../sheet/style/style.js";
import trainStyle from "../train/train.css";
import train from "../train/train.js";
import around from "./notebook.css";
import { KernelLine, readAnswer } from "./notebook_line.js";
import { notebookHost, watchKeys } from "./notebook_place.js";
import { adopt } from "./style_sheets.js";

const PAGES = {
  sheet: { main: sheet, style: sheetStyle + openerStyle, title: "sheet" },
  practice: { main: practice, style: practiceStyle, title: "exercise" },
  train: { main: train, style: trainStyle, title: "training" },
};

class PageView {
  constructor(model, element) {
    this.element = element;
    this.root = element.shadowRoot ?? element.attachShadow({ mode: "open" });
    this.said = h("p", { class: "kernel", role: "status" });
    this.back = h("button", { type: "button", onclick: () => this.#go(this.home) });
    this.bar = h("div", { class: "around" }, this.back, this.said);
    this.memos = new Map();
    this.home = model.get("page");
    this.line = new KernelLine(model, {
      onAnswer: (answer) => this.#answer(answer),
      onState: (state, sentence) => this.#say(state, sentence),
    });
    const keys = watchKeys(element, this.root);
    const theme = new MutationObserver(() => this.#takeColours());
    for (const node of [document.documentElement, document.body])
      theme.observe(node, { attributes: true });
    this.open(this.home);
    this.listener.onAnswer(readAnswer(model.get("shown")));
    this.line.visit(this.home);
    this.end = () => {
      keys();
      theme.disconnect();
      this.line.close();
      this.stop();
    };
  }

  #say(state, sentence) {
    this.said.dataset.state = state;
    this.said.textContent = sentence;
  }

  #answer(answer) {
    if (answer.go && answer.go in PAGES) this.#go(answer.go);
    else if (answer.page === this.page) this.listener.onAnswer(answer);
  }

  #go(page) {
    this.open(page);
    this.line.visit(page);
  }

  // show a page in the place of the one that is shown
  open(page) {
    this.stop?.();
    this.page = page;
    const { main, style } = PAGES[page];
    this.root.adoptedStyleSheets = [];
    adopt(this.root, palette + badge + style + around);
    this.back.textContent = `← Back to the ${PAGES[this.home].title}`;
    this.back.hidden = page === this.home;
    this.root.replaceChildren(this.bar);
    if (!this.memos.has(page)) this.memos.set(page, new Map());
    const channel = {
      send: (request) => this.line.send(request),
      listen: (listener) => {
        this.listener = listener;
      },
    };
    this.stop = main(this.root, {
      ...notebookHost(this.element, this.root),
      channel,
      memo: this.memos.get(page),
      opens: (other) => other in PAGES,
    });
  }

  // the notebook has turned dark or light
  #takeColours() {
    const app = this.root.querySelector(".app");
    app?.classList.toggle("dark", isDark(app));
  }
}

export default {
  render({ model, el }) {
    const element = el.appendChild(document.createElement("div"));
    const view = new PageView(model, element);
    return () => view.end();
  },
};
