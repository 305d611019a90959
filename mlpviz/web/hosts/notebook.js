// mlpviz as a widget of a notebook (anywidget): a page in the output of a cell, whose Python is in the kernel
// (hosts/notebook/page_widget.py). It keeps to its place: keys, address and size of the window are the notebook's.

import { isDark } from "../shared/colours.js";
import around from "./notebook.css";
import { KernelLine, readAnswer } from "./notebook_line.js";
import { byItsWidth, notebookPlace, watchKeys } from "./notebook_place.js";
import { OnePlace } from "./one_place.js";
import "./page.js"; // in one file with what every program has

const styled = (style) => byItsWidth(style + around);

class PageView {
  constructor(pages, model, element) {
    const root = element.shadowRoot ?? element.attachShadow({ mode: "open" });
    const home = model.get("page");
    const shown = () => readAnswer(model.get("shown"));
    const line = new KernelLine(model, {
      onAnswer: (answer) => view.answer(answer),
      onState: (state, sentence) => {
        if (state === "never") view.turn(shown, "nothing");
        else if (state === "ready") view.turn(shown, "python");
        view.say(state, sentence);
      },
    });
    const view = new OnePlace(root, {
      ...{ pages, home, first: shown(), behind: "python", line, styled },
      place: notebookPlace(element, root),
    });
    const keys = watchKeys(element, root);
    const theme = new MutationObserver(() => takeColours(root));
    for (const node of [document.documentElement, document.body])
      theme.observe(node, { attributes: true });
    line.visit(home);
    this.end = () => {
      keys();
      theme.disconnect();
      line.close();
      view.stop();
    };
  }
}

// the notebook has turned dark or light
function takeColours(root) {
  const app = root.querySelector(".app");
  app?.classList.toggle("dark", isDark(app));
}

/** What anywidget calls to show a widget. @param {(page: string) => Promise<any>} open brings a program */
export async function start(open) {
  const programs = ["sheet", "practice", "train"].map(async (name) => (await open(name)).default);
  const [sheet, practice, train] = await Promise.all(programs);
  return ({ model, el }) => {
    const element = el.appendChild(document.createElement("div"));
    const view = new PageView({ sheet, practice, train }, model, element);
    return () => view.end();
  };
}
