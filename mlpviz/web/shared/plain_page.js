// What the pages have alike that paint every answer as a whole: Lessons, Practise and Check. How such a page begins,
// what it takes from an answer, how it complains, and how it stops.

import { Badge } from "../badge/badge.js";
import { isDark } from "./colours.js";
import { h, setProperties, setText } from "./dom.js";
import { whenIdle } from "./idle.js";
import { actionsFor, obeyKeys, WORDS_KEY } from "./keys.js";
import { Outbox } from "./outbox.js";
import { TermHelp } from "./term_help.js";
import { Unsent } from "./unsent.js";
import { WordsHelp } from "./words_help.js";

export class PlainPage {
  // what each page makes before it begins

  /** @type {HTMLElement} */
  element;
  /** @type {import("./page_summary.js").PageSummary} */
  summary;
  /** @type {import("./keys_help.js").KeysHelp} */
  keysHelp;

  // key: the page's name in messages; mark: what its state has, and an answer to a question has not
  constructor(host, key, mark) {
    this.host = host;
    this.mark = mark;
    this.state = null;
    const post = (request) => host.channel.send({ page: key, ...request });
    this.outbox = new Outbox(post, { refuse: (sentence) => this.complain(sentence) });
    this.unsent = new Unsent(host, key, this.outbox);
    this.badge = new Badge(() => post({ events: [{ type: "check" }] }));
    this.send = (event) => this.outbox.add(event);
    this.error = h("p", { class: "notice error", role: "alert", hidden: true });
  }

  // obey the keys, go onto the page, and listen; actions: those of the page's own keys
  begin(root, keys = PAGE_KEYS, actions = {}) {
    const { host, element } = this;
    this.help = new TermHelp(host, element);
    this.words = new WordsHelp(element);
    this.stopListening = obeyKeys(
      host,
      element,
      keys,
      actionsFor(keys, {
        summary: () => this.summary.open(),
        words: () => this.words.open(),
        help: () => this.keysHelp.open(),
        ...actions,
      }),
    );
    root.append(this.badge.element, element);
    host.channel.listen({
      onAnswer: (answer) => this.#take(answer),
      onLost: () => this.outbox.retry(),
    });
  }

  // what a page does with an answer before it is looked at, with its state and the one before, and when that is painted
  receive(_answer) {}
  paint(_state, _before) {}
  painted(_answer) {}

  /** @param {import("./protocol.js").Answer} answer */
  #take(answer) {
    const { state, said, address, acknowledged, proof } = answer;
    this.badge.take(proof);
    this.receive(answer);
    // an answer to a question says nothing of the page
    if (!(this.mark in state)) {
      this.outbox.acknowledge(acknowledged);
      if (state.unshown) this.complain(said.error ?? "");
      else if (!this.state) this.send({ type: "resend" });
      return;
    }
    const before = this.state;
    this.state = state;
    // reading a style forces a recalculation: on the way to the first paint only
    if (before) whenIdle(() => this.#takeColours());
    else this.#takeColours();
    this.complain(said.error ?? "");
    this.paint(state, before);
    this.painted(answer);
    this.unsent.take(acknowledged);
    this.summary.writeSoon();
    this.outbox.acknowledge(acknowledged);
    if (Object.keys(address).length) this.host.address.replace(address);
    this.badge.show(proof?.version || null);
    this.host.announce("painted", { version: proof?.version ?? null });
  }

  #takeColours() {
    // what has left the page has no style
    if (this.element.isConnected) this.element.classList.toggle("dark", isDark(this.element));
  }

  complain(sentence) {
    setText(this.error, sentence);
    setProperties(this.error, { hidden: !sentence });
  }

  stop() {
    this.stopListening();
    this.summary.stop();
    this.unsent.stop();
    this.outbox.stop();
    this.help.stop();
    this.badge.stop();
    this.element.remove();
  }
}

// the keys that every page has; "?" shows them
export const PAGE_KEYS = [
  { keys: ["s"], shown: ["S"], says: "a summary of this page", act: "summary" },
  WORDS_KEY,
  { keys: ["?"], shown: ["?"], says: "the list of all keys", act: "help" },
];
