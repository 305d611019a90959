// What is on the score sheet, where, and painted when: all its parts, made with what each of them uses.

import { isDark } from "../shared/colours.js";
import { activeIn, h, setAttribute, setProperties, setTold } from "../shared/dom.js";
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
import { NetworkView } from "./network_view.js";
import { Panel } from "./panel.js";
import { Review } from "./review.js";
import { marksOf, Selection } from "./selection.js";
import { Stepping } from "./stepping.js";
import { TieCard } from "./tie_card.js";
import { Toolbar } from "./toolbar.js";
import { TrajectoryCard } from "./trajectory_card.js";
import { Transport } from "./transport.js";
import { UpdateBreakdown } from "./update_breakdown.js";
import { WayBack } from "./way_back.js";

// Safari has no idle callback
const whenIdle = globalThis.requestIdleCallback ?? ((act) => setTimeout(act, 200));

export class SheetLayout {
  // link(): the address of exactly this, or what is in the way of one
  constructor(host, { store, send, link }) {
    this.host = host;
    this.store = store;
    this.#build(send, link);
  }

  #build(send, link) {
    const { host, store } = this;
    const notify = (sentence, isError) => this.notify(sentence, isError);
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
      tie: new TieCard(send),
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
      onResize: () => this.paint(),
    });
    this.toolbar = new Toolbar({
      send,
      notify,
      link,
      setNumbers: (key) => {
        store.view.numbers = key;
        send({ type: "view" });
      },
      setSizes: (isOn) => {
        store.view.sizes = isOn ? "k" : "";
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
      paint: () => this.paint(),
    });
    this.wayBack = new WayBack(send);
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
    this.keyboard = this.#keyboard(send);
    this.notice = h("p", { class: "notice", role: "status", hidden: true });
    this.error = h("p", { class: "notice error", role: "alert", hidden: true });
    this.app.append(
      this.wayBack.element,
      this.toolbar.element,
      this.error,
      this.notice,
      this.comparison.element,
      this.body,
      this.bottomSheet.element,
      this.stepping.live,
    );
  }

  #keyboard(send) {
    const { bottomSheet, cells, comparison, input, selection, stepping } = this;
    return new Keyboard({
      cellKey: (event, target) => input.key(event, target),
      scrubber: this.transport.range,
      send,
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

  // once the sheet is on the page
  watch() {
    const { host } = this;
    this.bottomSheet.watch();
    this.toolbar.files.opener.watch(this.app);
    const isMeant = (event) => this.store.model && host.isMeantFor(this.app, event.composedPath());
    this.stopListening = [
      host.listen("keydown", (event) => isMeant(event) && this.keyboard.key(event)),
      host.listen("paste", (event) => isMeant(event) && this.input.paste(event)),
    ];
  }

  // on a sheet wider or longer than the window
  #bringIntoSight(cell) {
    const element = this.comparison.elementOf(cell) ?? elementOf(cell);
    element.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  // ------------------------------------------------------------------ from Python

  // the scene to show from now on
  take(scene, structures) {
    const { store } = this;
    store.scene = scene;
    if (this.network.take(structures.get(scene.structure), scene)) this.bottomSheet.settle();
    store.model = this.network.model;
    const { comparison } = this;
    // before the first scene it is not hidden yet
    if (scene.other || comparison.other || !comparison.element.hidden)
      comparison.take(scene.other, structures);
    if (scene.opened_from !== this.wayBack.openedFrom) this.wayBack.show(scene.opened_from);
    this.review.take(scene, store.model);
    this.network.restoreMenus();
    // reading a style forces a recalculation: not on the way to the paint. What has left the page has no style
    whenIdle(() => {
      if (this.app.isConnected) this.app.classList.toggle("dark", isDark(this.app));
    });
  }

  // the values that hold, in the place of what was refused
  restore() {
    restoreValues(this.app);
  }

  notify(text, isError = false) {
    const element = isError ? this.error : this.notice;
    setTold(element, text);
    setProperties(element, { hidden: !text });
  }

  // who works with the keyboard stands somewhere after every edit, also where what was pressed is gone or has no more
  // to do
  keepFocus(before) {
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

  // every edit, step and hover ends here, so it does no work that can wait; it sends nothing
  paint() {
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
    for (const at of this.cards.path(model)) if (!marks.has(at)) marks.set(at, "path");
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
    if (this.comparison.other) this.comparison.render(view, cell);
    this.bottomSheet.makeRoom(this.network.layout.isTooWide);
  }

  // the cards that are open without an answer
  missingCards() {
    const { model, scene, view } = this.store;
    return this.cards.missing(model, scene, view, this.selection.restingCell());
  }

  stop() {
    for (const stop of this.stopListening) stop();
    this.stepping.pause();
    this.network.stop();
    this.comparison.stop();
    this.bottomSheet.stop();
    this.app.remove();
  }
}
