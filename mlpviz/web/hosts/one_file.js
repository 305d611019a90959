// A sheet or an exercise in one file, without a server (mlpviz/hosts/site/one_file.py). With Python in the file it does
// what a site does; without it shows a sheet as it is (recorded.js).

import { readMessage } from "../shared/message_bytes.js";
import own from "./one_file.css";
import { OnePlace } from "./one_place.js";
import { bytesOf, inflated } from "./packed_bytes.js";
import said from "./python_said.css";
import { Recorded } from "./recorded.js";
import { FAILED, STARTING, WorkerLine } from "./site_line.js";
import theme from "./site_theme.css";
import "./page.js"; // in one file with what every program has

// a file has no address that could follow, and nobody to tell
const place = {
  address: { get: () => null, replace() {}, link: null },
  home: () => "",
  kept: null,
  tabs: () => null,
  tellAround() {},
};

// what stands in the document as text, which then goes
function taken(id) {
  const element = document.getElementById(id);
  element?.remove();
  return element ? JSON.parse(element.textContent) : null;
}

// the files of Python, which were made smaller one by one
async function filesOf(packed) {
  const each = Object.entries(packed).map(async ([name, text]) => [
    name,
    await inflated(bytesOf(text)).arrayBuffer(),
  ]);
  return Object.fromEntries(await Promise.all(each));
}

/**
 * Shows what is in the file.
 * @param {(name: string) => Promise<any>} open brings a program of the file
 * @param {(name: string) => string} addressOf where that program is
 */
export async function start(open, addressOf) {
  const data = await inflated(bytesOf(taken("data"))).json();
  const python = taken("python");
  const pages = Object.fromEntries(
    await Promise.all(data.pages.map(async (page) => [page, (await open(page)).default])),
  );
  const onAnswer = (answer) => view.answer(answer);
  const worker = python
    ? new WorkerLine(addressOf("site_worker"), {
        onAnswer,
        onReady: () => view.say("ready", ""),
        onFailed: (reason) => view.say("failed", `${FAILED}. (${reason})`),
      })
    : null;
  const line = worker ?? new Recorded(data, onAnswer);
  const first = readMessage(bytesOf(data.first));
  const home = first.page;
  const element = document.createElement("div");
  const root = element.attachShadow({ mode: "open" });
  document.querySelector("main").replaceChildren(element);
  const styled = (style) => theme + style + own + said;
  const behind = worker ? "python" : "answers";
  const view = new OnePlace(root, { pages, home, first, behind, line, place, styled });
  if (!worker) return;
  view.say("starting", STARTING);
  worker.bring(first);
  worker.visit(home);
  worker.begin(await filesOf(python), data.subject);
}
