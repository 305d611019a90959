// A sheet in one file, without a server and without Python: what the sheet would ask was answered when the file was
// written (mlpviz/hosts/site/one_file.py). It steps, explains and changes how numbers are written; nothing else.

import badge from "../badge/badge.css";
import { readMessage } from "../shared/message_bytes.js";
import palette from "../shared/palette.css";
import openerStyle from "../sheet/file_opener.css";
import sheet from "../sheet/sheet.js";
import style from "../sheet/style/style.js";
import { browserHost } from "./browser.js";
import own from "./one_file.css";
import theme from "./site_theme.css";
import { adopt } from "./style_sheets.js";

const REFUSED =
  "Nothing can be changed here: this file shows the network as it is, and Python is not in it.";
const LOOKS = ["view", "resend", "explain", "review", "bring_numbers", "nothing_kept", "keep"];

const bytesOf = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

async function unpacked(text) {
  const stream = new Blob([bytesOf(text)]).stream();
  return new Response(stream.pipeThrough(new DecompressionStream("deflate"))).json();
}

class Recorded {
  constructor({ scenes, review, answers, cards }) {
    this.scenes = scenes;
    this.review = review;
    this.answers = answers;
    this.cards = cards;
    this.refusals = 0;
  }

  listen(listener) {
    this.listener = listener;
  }

  send({ events, view = "", sequence = undefined }) {
    setTimeout(() => this.listener.onAnswer(this.#answer(events, view, sequence)));
    return true;
  }

  // the whole answer for a view, without what the view does not show
  scene(view = "") {
    const [granularity, , , , numbers, , sizes] = view.split(".");
    const answer = readMessage(bytesOf(this.scenes[numbers || 3]));
    if (granularity !== "product") answer.state.partials = null;
    if (!sizes) answer.state.norms = null;
    return answer;
  }

  #answer(events, view, sequence) {
    const answer = this.scene(view);
    answer.acknowledged = sequence ?? null;
    answer.state.view = null; // the reader's own
    for (const event of events) {
      if (event.type === "explain") answer.state.answers = this.#explained(event);
      else if (event.type === "review") answer.state.review = this.review;
      else if (!LOOKS.includes(event.type)) this.refusals += 1;
    }
    const isRefused = events.some(({ type }) => !LOOKS.includes(type));
    // what is said is counted, so that each sentence is shown once
    answer.said.number += this.refusals;
    if (isRefused) answer.said.error = REFUSED;
    return answer;
  }

  #explained({ cards, focus = null, second = null, sample = 1 }) {
    const found = {};
    for (const name of cards) {
      const kept = this.cards[name] ?? {};
      // two numbers varied together are not in the file
      const at = second ? undefined : (kept[focus] ?? kept[`${focus} ${sample}`] ?? kept[""]);
      found[name] = at === undefined ? null : JSON.parse(this.answers[at]);
    }
    return { focus, second, sample, cards: found };
  }
}

async function show() {
  const recorded = new Recorded(
    await unpacked(JSON.parse(document.getElementById("data").textContent)),
  );
  const element = document.createElement("div");
  const root = element.attachShadow({ mode: "open" });
  adopt(root, theme + palette + badge + style + openerStyle + own);
  document.querySelector("main").replaceChildren(element);
  const plain = browserHost();
  sheet(root, {
    ...plain,
    channel: recorded,
    memo: new Map(),
    // a file has no address that could follow
    address: { get: () => null, replace: () => undefined, link: () => "" },
    opens: () => false,
    tabs: () => null,
  });
  recorded.listener.onAnswer(recorded.scene());
}

show();
