// The conversation of the score sheet with Python: takes each answer, once per edit, and sends what the person did
// and what the sheet wants to know by itself.

import { Badge } from "../badge/badge.js";
import { activeIn } from "../shared/dom.js";
import { embed } from "../shared/embedded.js";
import { FileSaver } from "../shared/file_saver.js";
import { Outbox } from "../shared/outbox.js";
import { SaidOnce } from "../shared/said_once.js";
import { createStore } from "../shared/store.js";
import { Unsent } from "../shared/unsent.js";
import { BulkQuestions } from "./bulk.js";
import { Questions } from "./cards.js";
import { KeptNetwork } from "./kept_network.js";
import { KeptUndo } from "./kept_undo.js";
import { SentOnce } from "./sent_once.js";
import { SheetLayout } from "./sheet_layout.js";
import { View } from "./view.js";

const FOLLOW = 200; // ms: the address follows the state, without an entry in the history per keystroke

const sentOnce = new SentOnce();

class Sheet {
  constructor(root, host) {
    this.host = host;
    this.store = createStore({ scene: null, model: null, view: new View(), hover: null });
    // before the first scene nobody knows where the reader stands
    const view = () => (this.store.scene ? { view: this.store.view.toText() } : {});
    const post = (request) => host.channel.send({ page: "sheet", ...request, ...view() });
    const refuse = (sentence) => this.layout.notify(sentence, true);
    this.outbox = new Outbox(post, { refuse, done: (events) => this.keptNetwork.done(events) });
    this.unsent = new Unsent(host, "sheet", this.outbox);
    this.send = (event) => {
      if (event.type === "practise") this.layout.leavePlace();
      this.outbox.add(event);
    };
    this.questions = new Questions(this.send);
    this.bulkQuestions = new BulkQuestions(this.send, (type) => this.outbox.isAwaiting(type));
    this.saver = new FileSaver(this.send, (name, content) => host.saveFile(name, content));
    this.keptNetwork = new KeptNetwork({
      send: this.send,
      complain: refuse,
      kept: host.kept,
      storage: host.storage,
    });
    this.keptUndo = new KeptUndo({ send: this.send, storage: host.storage });
    this.address = {};
    this.said = new SaidOnce();
    const question = { page: "sheet", events: [{ type: "check" }] };
    this.badge = new Badge(() => host.channel.send(question));
    const link = host.address.link && ((more) => this.#link(more));
    this.layout = new SheetLayout(host, {
      store: this.store,
      send: this.send,
      link,
      proof: () => this.badge.element.textContent,
    });
    root.append(this.badge.element, this.layout.app);
    this.stopTelling = embed(host, this.layout.app, this.badge.element);
    this.layout.watch();
    this.store.subscribe(() => this.layout.paint());
    this.store.subscribe(() => this.#askAndFollow());
    host.channel.listen({
      onAnswer: (answer) => this.#take(answer),
      onLost: () => {
        this.#follow(); // the next server may begin with what stands there
        this.outbox.retry();
      },
    });
    this.stopListening = host.listen("pagehide", () => this.#store());
  }

  /** @param {import("../shared/host.js").ArrivedAnswer} answer */
  #take({ state, said, address, file, acknowledged, proof, arrays }) {
    const { store, layout } = this;
    this.badge.take(proof);
    // an answer to a question says nothing of the sheet
    if (!("structure" in state)) {
      this.outbox.acknowledge(acknowledged);
      if (store.scene) this.#say(said);
      return store.scene ?? this.send({ type: "resend" });
    }
    if (!sentOnce.take(state)) {
      this.outbox.acknowledge(acknowledged);
      return this.send({ type: "resend" });
    }
    const isFirst = !store.scene;
    const focused = activeIn(layout.app);
    layout.take(isFirst ? sentOnce.whole(state) : state, sentOnce.structures, arrays);
    if (state.review) this.questions.takeReview();
    this.#place(state, isFirst);
    store.view.clamp(store.model);
    Object.assign(this.address, address);
    if (!state.lost) {
      this.keptUndo.take(state, this.address.d);
      this.unsent.take(acknowledged);
    }
    layout.toolbar.files.opener.take(state, said.error);
    if (!this.keptNetwork.seeks(state, said, () => this.#say(said))) this.#say(said);
    if (file?.purpose === "keep") this.keptNetwork.take(file);
    else if (isFirst) this.saver.skip(file);
    else this.saver.take(file);
    store.set();
    if (isFirst) layout.begin();
    else layout.keepFocus(focused);
    this.outbox.acknowledge(acknowledged);
    if (!this.outbox.isAwaiting("set")) layout.cells.settle();
    const version = proof?.version ?? null;
    this.badge.show(version);
    this.host.announce("painted", { version });
    return undefined;
  }

  // where the reader stands: as the server chose, but for a new server that opened what was on screen already
  #place(state, isFirst) {
    const { view } = this.store;
    const isNew = !isFirst && state.begun !== this.begun;
    if (isNew && this.structure)
      this.returning ??= { structure: this.structure, text: view.toText() };
    const isBack = this.returning?.structure === state.structure;
    const isMoved = isFirst || isNew || state.view_number !== this.viewNumber;
    const left = isFirst && this.#leftView(state.view_number, state.structure);
    const text = (isBack && this.returning.text) || left || state.view;
    if (text != null && isMoved) view.read(text);
    if (isBack || !state.lost) this.returning = null;
    this.viewNumber = state.view_number;
    this.begun = state.begun;
    this.structure = state.structure;
  }

  // once for each answer to what the person did: a question that the page asks by itself takes no sentence away
  #say({ number, error, notice, offer }) {
    if (!this.said.isNew(number)) return;
    if (error) this.layout.restore();
    this.layout.notify(error ?? "", true, error ? offer : null);
    this.layout.notify(notice ?? "", false, error ? null : offer);
  }

  // after each change
  #askAndFollow() {
    const { scene, view } = this.store;
    this.questions.askForCards(this.layout.missingCards());
    this.questions.askForReview(scene, view);
    this.bulkQuestions.ask(scene.version, () => this.layout.missingNumbers());
    this.keptNetwork.follow(scene, this.address.f);
    clearTimeout(this.following);
    this.following = setTimeout(() => this.#follow(), FOLLOW);
  }

  #follow() {
    if (this.store.scene) this.host.address.replace(this.#parameters());
  }

  // for this page as it comes again after a reload
  #store() {
    const left = this.host.address.get("d");
    this.#follow();
    this.keptUndo.store(left);
    this.keptNetwork.store();
  }

  #parameters() {
    return { ...this.address, v: this.store.view.toText() };
  }

  #link(more = {}) {
    const problem = this.store.scene.link_problem;
    const url = problem ? "" : this.host.address.link({ ...this.#parameters(), ...more });
    return { problem, url };
  }

  // where the reader stood when this page was taken away, which the server may not know: steps are taken without it
  #leftView(number, structure) {
    const left = this.host.memo.get("view");
    return left?.number === number && left.structure === structure ? left.text : null;
  }

  #leaveView() {
    const { model, view } = this.store;
    if (!model) return;
    const [number, structure, text] = [this.viewNumber, model.structure.id, view.toText()];
    this.host.memo.set("view", { number, structure, text });
  }

  stop() {
    this.#leaveView();
    this.keptUndo.store(this.host.address.get("d"));
    this.keptNetwork.store();
    this.stopListening();
    clearTimeout(this.following);
    this.unsent.stop();
    this.outbox.stop();
    this.questions.stop();
    this.keptNetwork.stop();
    this.bulkQuestions.stop();
    this.badge.stop();
    this.stopTelling();
    this.layout.stop();
  }
}

/** @type {import("../shared/host.js").Main} */
export default function main(root, host) {
  const sheet = new Sheet(root, host);
  return () => sheet.stop();
}
