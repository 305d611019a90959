// The score sheet in the browser: mounts the parts, takes each answer of Python, once per edit, and sends what the
// person did. The parts read one store; what follows from a change of it is wired here.

import { Badge } from "../badge/badge.js";
import { activeIn, h, setAttribute, setProperties, setTold } from "../shared/dom.js";
import { FileSaver } from "../shared/file_saver.js";
import { Outbox } from "../shared/outbox.js";
import { isDark } from "../shared/palette.js";
import { createStore } from "../shared/store.js";
import { BatchControls } from "./batch_controls.js";
import { BottomSheet } from "./bottom_sheet.js";
import { Cards } from "./cards.js";
import { CellInput } from "./cell_input.js";
import { Cells, elementOf } from "./cells.js";
import { Comparison } from "./comparison.js";
import { Contour } from "./contour.js";
import { GradientVerdict } from "./gradient_verdict.js";
import { restoreValues } from "./hyperparameters.js";
import { Keyboard } from "./keyboard.js";
import { LossBreakdown } from "./loss_breakdown.js";
import { LossCurve } from "./loss_curve.js";
import { marksOf } from "./marks.js";
import { NetworkView } from "./network_view.js";
import { Panel } from "./panel.js";
import { Questions } from "./questions.js";
import { Review } from "./review.js";
import { Selection } from "./selection.js";
import { Stepping } from "./stepping.js";
import { Toolbar } from "./toolbar.js";
import { TrajectoryCard } from "./trajectory_card.js";
import { Transport } from "./transport.js";
import { UpdateBreakdown } from "./update_breakdown.js";
import { View } from "./view.js";

const FOLLOW = 200; // ms: the address follows the state, without an entry in the history per keystroke

// structures outlive a remount of the page, because Python sends each only once
const structures = new Map();

// Safari has no idle callback
const whenIdle = globalThis.requestIdleCallback ?? ((act) => setTimeout(act, 200));

class Sheet {
  constructor(root, host) {
    this.host = host;
    this.store = createStore({ scene: null, model: null, view: new View(), hover: null });
    const post = (request) =>
      host.channel.send({ page: "sheet", ...request, view: this.store.view.toText() });
    this.outbox = new Outbox(post, { refuse: (sentence) => this.#notify(sentence, true) });
    this.send = (event) => this.outbox.add(event);
    this.questions = new Questions(this.send);
    this.saver = new FileSaver(this.send, (name, content) => host.saveFile(name, content));
    this.address = {};
    const question = { page: "sheet", events: [{ type: "check" }] };
    this.badge = new Badge(() => host.channel.send(question));
    this.#mount(root);
    this.store.subscribe(() => this.#paint());
    this.store.subscribe(() => this.#askAndFollow());
    host.channel.listen({
      onAnswer: (answer) => this.#take(answer),
      onLost: () => this.outbox.retry(),
    });
    this.stopListening = [
      host.listen("keydown", (event) => this.#isMeant(event) && this.keyboard.key(event)),
      host.listen("paste", (event) => this.#isMeant(event) && this.input.paste(event)),
    ];
  }

  // ------------------------------------------------------------------ the parts

  #mount(root) {
    const { host, store, send } = this;
    const notify = (sentence, isError) => this.#notify(sentence, isError);
    const pause = () => this.stepping.pause();
    const shown = (cell) => this.#bringIntoSight(cell);
    const repaint = () => store.set();
    this.app = h("div", { class: "app" });
    this.cells = new Cells(store, send);
    this.selection = new Selection(store, {
      notify,
      pause,
      shown,
      changeOf: (cell) => this.review.changeOf(cell),
      opened: () => this.bottomSheet.open(),
    });
    const { cells, selection } = this;
    this.stepping = new Stepping(store, { send, shown, stepCell: () => selection.stepCell() });
    this.review = new Review({
      send,
      showPlace: (place) => selection.showPlace(place),
      isWrong: (flag) => this.app.classList.toggle("wrong", flag),
    });
    this.cards = new Cards({
      why: new GradientVerdict(),
      nudge: new LossCurve({
        drag: (value, plot) => cells.drag(store.view.cell(store.model), value, plot),
        endDrag: () => cells.endGesture(),
        pickSecond: () => selection.pickSecond(),
      }),
      contour: new Contour({
        set: (values, gesture) => cells.setSeveral(selection.pair(), values, gesture),
        back: () => selection.clearSecond(),
        isDark: () => this.app.classList.contains("dark"),
      }),
      loss: new LossBreakdown(repaint),
      update: new UpdateBreakdown(repaint),
      walk: new TrajectoryCard({ onToggle: repaint, rewind: (to) => send({ type: "rewind", to }) }),
    });
    this.panel = new Panel(cells, {
      cards: this.cards.elements,
      lastEdit: this.review.lastEdit.element,
      goesBackOnEnter: () => this.bottomSheet.isDocked,
    });
    this.batch = new BatchControls(store, {
      send,
      setSample: (sample) => this.stepping.setSample(sample),
    });
    this.network = new NetworkView({
      controls: (model) => this.batch.samples(model),
      corner: (model) => this.batch.mode(model),
      send,
      onResize: () => this.#paint(),
    });
    this.toolbar = new Toolbar({
      send,
      notify,
      link: () => this.#link(),
      setNumbers: (key) => {
        store.view.numbers = key;
        send({ type: "view" });
      },
    });
    this.transport = new Transport(this.stepping, this.review.findings.element);
    this.comparison = new Comparison(host, {
      app: this.app,
      store,
      own: this.network,
      cells,
      selection,
      send,
      insert: (element) => this.network.element.after(element),
      placed: () => this.bottomSheet.place(),
      paint: () => this.#paint(),
    });
    this.body = h("div", { class: "body" }, this.network.element, this.panel.element);
    this.bottomSheet = new BottomSheet(host, {
      app: this.app,
      body: this.body,
      store,
      panel: this.panel.element,
      above: this.comparison.choice,
      below: this.transport.element,
      restingCell: () => selection.restingCell(),
      deselect: () => selection.select(null),
    });
    this.input = new CellInput(this.network.sheet, { store, cells, selection, notify });
    this.keyboard = this.#keyboard();
    this.notice = h("p", { class: "notice", role: "status", hidden: true });
    this.error = h("p", { class: "notice error", role: "alert", hidden: true });
    this.app.append(
      this.toolbar.element,
      this.error,
      this.notice,
      this.comparison.element,
      this.body,
      this.bottomSheet.element,
      this.stepping.live,
    );
    root.append(this.badge.element, this.app);
    this.bottomSheet.watch();
  }

  #keyboard() {
    const { bottomSheet, cells, comparison, input, selection, stepping } = this;
    return new Keyboard({
      cellKey: (event, target) => input.key(event, target),
      scrubber: this.transport.range,
      send: this.send,
      second: {
        isPicking: () => selection.isPicking,
        clear: () => selection.clearSecond(),
        take: (event) => {
          const cell = cells.of(event);
          return cell !== null && selection.takesSecond(cell, event);
        },
      },
      actions: {
        ArrowRight: () => stepping.goBy(1),
        ArrowLeft: () => stepping.goBy(-1),
        Home: () => stepping.goTo(0),
        End: () => stepping.goTo(Infinity),
        " ": () => stepping.toggle(),
        e: () => bottomSheet.step(),
        c: () => comparison.flip(),
        Escape: () => bottomSheet.lower() || selection.select(null),
      },
    });
  }

  #isMeant(event) {
    return this.store.model && this.host.isMeantFor(this.app, event.composedPath());
  }

  // on a sheet wider or longer than the window
  #bringIntoSight(cell) {
    const element = this.comparison.elementOf(cell) ?? elementOf(cell);
    element.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  // ------------------------------------------------------------------ from Python

  /** @param {import("../shared/protocol.js").Answer} answer */
  #take({ state, said, address, file, acknowledged, proof }) {
    const { store } = this;
    this.badge.take(proof);
    // an answer to a question says nothing of the sheet
    if (!("structure" in state)) return this.outbox.acknowledge(acknowledged);
    for (const brought of [state.structure_data, state.other?.structure_data]) {
      if (brought) structures.set(brought.id, brought);
    }
    const structure = structures.get(state.structure);
    if (!structure || (state.other && !structures.has(state.other.structure))) {
      this.outbox.acknowledge(acknowledged);
      return this.send({ type: "resend" });
    }
    const isFirst = !store.scene;
    const focused = activeIn(this.app);
    store.scene = state;
    if (this.network.take(structure, state)) this.bottomSheet.settle();
    store.model = this.network.model;
    this.comparison.take(state.other, structures);
    this.review.take(state, store.model);
    if (state.review) this.questions.takeReview();
    if (state.view != null && (isFirst || state.view_number !== this.viewNumber))
      store.view.read(state.view);
    this.viewNumber = state.view_number;
    store.view.clamp(store.model);
    Object.assign(this.address, address);
    // reading a style forces a recalculation: not on the way to the paint. What has left the page has no style
    whenIdle(() => {
      if (this.app.isConnected) this.app.classList.toggle("dark", isDark(this.app));
    });
    this.network.restoreMenus();
    this.#say(said);
    if (isFirst) this.saver.skip(file);
    else this.saver.take(file);
    store.set();
    if (!isFirst) this.#keepFocus(focused);
    this.outbox.acknowledge(acknowledged);
    const version = proof?.version ?? null;
    this.badge.show(version);
    this.host.announce("painted", { version });
    return undefined;
  }

  // once for each answer to what the person did: a question that the page asks by itself takes no sentence away
  #say({ number, error, notice }) {
    if (number === this.said) return;
    this.said = number;
    if (error) restoreValues(this.app);
    this.#notify(error ?? "", true);
    this.#notify(notice ?? "");
  }

  // who works with the keyboard stands somewhere after every edit, also where what was pressed is gone or has no more
  // to do
  #keepFocus(before) {
    if (!this.app.contains(before) && before?.isConnected) return;
    const now = activeIn(this.app);
    // numbers and sliders stay; whether a button does is a question of styles, which would cost on the way to the
    // paint
    if (!before || (now === before && !now.matches("button, select, summary"))) return;
    const canStay = (element) =>
      element && this.app.contains(element) && !element.disabled && element.checkVisibility();
    if (canStay(now)) return;
    const places = [before, this.toolbar.twinOf(before), this.transport.play];
    places.find(canStay).focus({ preventScroll: true });
  }

  // ------------------------------------------------------------------ after each change

  // every edit, step and hover ends here, so it does no work that can wait; it sends nothing
  #paint() {
    const { store, selection, review } = this;
    const { model, scene, view } = store;
    const cell = selection.cell();
    const partial = selection.partial();
    const marks = marksOf(store, cell, selection.pair(), partial);
    this.panel.paint(model, scene, view, cell, {
      partial,
      changeOf: (one) => review.changeOf(one),
    });
    // the cards may take an answer: the path in it is marked at once
    this.cards.paint(model, scene, view, selection.restingCell());
    for (const at of this.cards.cards.why.path(model)) if (!marks.has(at)) marks.set(at, "path");
    const block = this.network.paint(
      view,
      marks,
      partial,
      this.comparison.ownDiffers,
      review.changed,
    );
    setAttribute(this.app, "data-phase", block?.phase ?? "start");
    this.batch.paint(view);
    this.toolbar.paint(model, scene, view);
    this.transport.paint(model, view);
    this.comparison.render(view, cell);
    this.bottomSheet.makeRoom(this.network.layout.isTooWide);
  }

  #askAndFollow() {
    const { model, scene, view } = this.store;
    this.questions.askForCards(
      this.cards.missing(model, scene, view, this.selection.restingCell()),
    );
    this.questions.askForReview(scene, view);
    clearTimeout(this.following);
    this.following = setTimeout(() => {
      if (!scene.link_problem) this.host.address.replace(this.#parameters());
    }, FOLLOW);
  }

  #parameters() {
    return { ...this.address, v: this.store.view.toText() };
  }

  #link() {
    const problem = this.store.scene.link_problem;
    return { problem, url: problem ? "" : this.host.address.link(this.#parameters()) };
  }

  #notify(text, isError = false) {
    const element = isError ? this.error : this.notice;
    setTold(element, text);
    setProperties(element, { hidden: !text });
  }

  stop() {
    clearTimeout(this.following);
    for (const stop of this.stopListening) stop();
    this.stepping.pause();
    this.outbox.stop();
    this.questions.stop();
    this.network.stop();
    this.comparison.stop();
    this.bottomSheet.stop();
    this.badge.stop();
    this.app.remove();
  }
}

/** @type {import("../shared/host.js").Main} */
export default function main(root, host) {
  const sheet = new Sheet(root, host);
  return () => sheet.stop();
}
