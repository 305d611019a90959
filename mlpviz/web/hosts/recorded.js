// What a sheet in one file has in the place of Python: what it would ask was answered when the file was written
// (mlpviz/hosts/site/recorded.py). It steps, explains and changes how numbers are written; nothing else.

import { readMessage } from "../shared/message_bytes.js";
import { forReading } from "./one_place.js";
import { bytesOf } from "./packed_bytes.js";

const REFUSED =
  "Nothing can be changed here: this file shows the network as it is, and Python is not in it.";
const LOOKS = ["view", "resend", "explain", "review", "bring_numbers", "nothing_kept", "keep"];

export class Recorded {
  // onAnswer(answer)
  constructor({ scenes, review, answers, cards }, onAnswer) {
    this.onAnswer = onAnswer;
    this.scenes = scenes;
    this.review = review;
    this.answers = answers;
    this.cards = cards;
    this.refusals = 0;
  }

  send({ events, view = "", sequence = undefined }) {
    setTimeout(() => this.onAnswer(this.#answer(events, view, sequence)));
    return true;
  }

  // the whole answer for a view, without what the view does not show
  #scene(view = "") {
    const [granularity, , , , numbers, , sizes] = view.split(".");
    const answer = forReading(readMessage(bytesOf(this.scenes[numbers || 3])));
    if (granularity !== "product") answer.state.partials = null;
    if (!sizes) answer.state.norms = null;
    return answer;
  }

  #answer(events, view, sequence) {
    const answer = this.#scene(view);
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
