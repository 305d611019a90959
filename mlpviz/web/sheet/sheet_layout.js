// What is on the score sheet, where, and painted when: all its parts, made with what each of them uses.

import { Announcer } from "../shared/announcer.js";
import { isDark } from "../shared/colours.js";
import { activeIn, h, setAttribute } from "../shared/dom.js";
import { whenIdle } from "../shared/idle.js";
import { KeysHelp } from "../shared/keys_help.js";
import { Notice } from "../shared/notice.js";
import { PageSummary } from "../shared/page_summary.js";
import { purposeLine } from "../shared/purpose.js";
import { Scrollers } from "../shared/scrollers.js";
import { SignKey } from "../shared/sign_key.js";
import { TermHelp } from "../shared/term_help.js";
import { WordsHelp } from "../shared/words_help.js";
import { BatchControls } from "./batch_controls.js";
import { BottomSheet } from "./bottom_sheet.js";
import { Cards } from "./cards.js";
import { CellInput } from "./cell_input.js";
import { Cells, elementOf } from "./cells.js";
import { Comparison } from "./comparison.js";
import { Contour } from "./contour.js";
import { Copying } from "./copying.js";
import { GradientVerdict } from "./gradient_verdict.js";
import { hereOf } from "./here.js";
import { restoreValues } from "./hyperparameters.js";
import { Keyboard } from "./keyboard.js";
import {
  CELL_KEYS,
  EDIT_KEYS,
  keysWith,
  POINTER_WAYS,
  PROGRAM_KEYS,
  ROOM_KEYS,
  SHEET_KEYS,
} from "./keys.js";
import { AROUND } from "./layout.js";
import { LossBreakdown } from "./loss_breakdown.js";
import { LossCurve } from "./loss_curve.js";
import { NetworkView } from "./network_view.js";
import { NewNetwork } from "./new_network.js";
import { Panel, partOf } from "./panel.js";
import { leavePlace, standAt, takePlace } from "./place.js";
import { Present } from "./present.js";
import { Program } from "./program.js";
import { Review } from "./review.js";
import { marksOf, Selection } from "./selection.js";
import { partsOf } from "./sheet_summary.js";
import { Sight } from "./sight.js";
import { Stepping } from "./stepping.js";
import { TieCard } from "./tie_card.js";
import { Toolbar } from "./toolbar.js";
import { TrajectoryCard } from "./trajectory_card.js";
import { Transport } from "./transport.js";
import { UpdateBreakdown } from "./update_breakdown.js";
import { WayBack } from "./way_back.js";
import { offersTour, Welcome } from "./welcome.js";

export class SheetLayout {
  // link(changes): the address of exactly this, or what is in the way of one; null where nothing can be linked to;
  // proof(): what the badge says
  constructor(host, { store, send, link, proof }) {
    this.host = host;
    this.store = store;
    this.proof = proof;
    this.#build(send, link);
  }

  #build(send, link) {
    const { host, store } = this;
    // without Python nothing is offered that changes the network; without answers nothing that asks for one
    const canEdit = host.behind === "python";
    const canAsk = host.behind !== "nothing";
    const edit = canEdit ? send : undefined;
    this.canEdit = canEdit;
    const notify = (sentence, isError) => this.notify(sentence, isError);
    const pause = () => this.stepping.pause();
    const shown = (cell) => this.#bringIntoSight(cell);
    const repaint = () => store.set();
    this.app = h("div", { class: "app", "data-phase": "start" });
    this.announcer = new Announcer();
    const say = (sentence) => this.announcer.say(sentence);
    this.cells = new Cells(store, send);
    this.selection = new Selection(store, {
      notify,
      pause,
      shown,
      changeOf: (cell) => this.review.changeOf(cell),
      opened: () => this.bottomSheet.open(),
      takesPairs: canEdit,
    });
    const { cells, selection } = this;
    this.stepping = new Stepping(store, {
      send,
      shown,
      say,
      stepCell: () => selection.stepCell(),
    });
    this.review = new Review({
      say,
      send: edit,
      showPlace: (place) => selection.showPlace(place),
      storage: host.storage,
      open: () => this.bottomSheet.showWhole(this.review.findings.element),
      closed: () => {
        this.paint();
        this.transport.play.focus({ preventScroll: true });
      },
    });
    this.program = new Program(store, {
      cells,
      showPlace: (place) => selection.showPlace(place),
      goTo: (step) => {
        selection.select(null);
        this.stepping.goTo(step);
      },
      onToggle: () => this.#turnProgram(),
    });
    const cards = {
      why: new GradientVerdict(),
      nudge: new LossCurve(
        canEdit
          ? {
              drag: (value, plot) => cells.drag(store.view.cell(store.model), value, plot),
              endDrag: () => cells.endGesture(),
              pickSecond: () => selection.pickSecond(),
            }
          : null,
      ),
      contour: new Contour({
        set: (values, gesture) => cells.setSeveral(selection.pair(), values, gesture),
        back: () => selection.clearSecond(),
        isDark: () => this.app.classList.contains("dark"),
      }),
      tie: new TieCard(edit),
      loss: new LossBreakdown(repaint),
      update: new UpdateBreakdown(repaint),
      walk: new TrajectoryCard({ onToggle: repaint, rewind: (to) => send({ type: "rewind", to }) }),
      ...this.program.cards,
    };
    this.cards = new Cards(cards, () => canAsk);
    this.newNetwork = new NewNetwork({ send, openFile: () => this.toolbar.files.choose() });
    const openOwn = () => this.newNetwork.open();
    this.welcome = new Welcome({
      watch: () => this.stepping.isPlaying || this.stepping.toggle(),
      train: host.opens("train") ? () => send({ type: "go", page: "train" }) : null,
      open: canEdit ? openOwn : null,
      keys: () => this.keysHelp.open(),
      tour: host.opens("lessons") && offersTour(host) ? () => send({ type: "tour" }) : null,
    });
    this.practise = () => send({ type: "practise", part: partOf(selection.restingCell()) });
    this.panel = new Panel(cells, {
      practise: canEdit ? this.practise : undefined,
      welcome: this.welcome,
      cards: [this.review.findings.element, ...this.cards.elements],
      lastEdit: this.review.lastEdit.element,
      program: this.program.element,
      goesBackOnEnter: () => this.bottomSheet.isDocked,
    });
    this.batch = new BatchControls(store, {
      send: edit,
      setSample: (sample) => this.stepping.setSample(sample),
    });
    this.network = new NetworkView({
      title: "The numbers, layer by layer",
      controls: (model) => this.batch.samples(model),
      corner: (model) => this.batch.mode(model),
      send: edit,
      onResize: () => this.paint(),
      isOnPaper: () => host.matches("print"),
      hasHeight: (height) => host.matches(`(min-height: ${height + AROUND}px)`),
    });
    this.copying = new Copying(store, { cell: () => selection.restingCell(), notify });
    this.toolbar = new Toolbar({
      send,
      canEdit,
      canAsk,
      trains: host.opens("train"),
      openNew: openOwn,
      copyMenu: this.copying.menu,
      frameHeight: () => this.app.offsetHeight,
      notify,
      link,
      setNumbers: (key) => {
        store.view.numbers = key;
        send({ type: "view" });
      },
      present: () => this.present.turn(true),
      program: () => this.program.toggle(),
      setSizes: (isOn) => {
        store.view.sizes = isOn ? "k" : "";
        send({ type: "view" });
      },
    });
    this.transport = new Transport(this.stepping, this.review.findings.chip, canAsk);
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
    this.sight = new Sight(this.network.element, {
      dock: this.bottomSheet.element,
      elementOf: (cell) => this.comparison.elementOf(cell) ?? elementOf(cell),
    });
    this.input = new CellInput(this.network.sheet, { store, cells, selection, notify, say });
    this.present = new Present(this.app, {
      store,
      sheet: this.network.sheet,
      placed: () => this.bottomSheet.place(),
      shown: () => this.stepping.show(),
      stepBy: (steps) => this.stepping.goBy(steps),
    });
    this.keyboard = this.#keyboard(send);
    const groups = [
      ["Anywhere", [...SHEET_KEYS, ...EDIT_KEYS]],
      ["On the selected number", CELL_KEYS],
      ["On a number of the program", PROGRAM_KEYS],
      ["Presenting", ROOM_KEYS],
      ["Pointer and clipboard", POINTER_WAYS],
    ].map(([heading, keys]) => [heading, keysWith(keys, host.behind)]);
    this.keysHelp = new KeysHelp(
      host,
      groups.filter(([, keys]) => keys.length),
    );
    this.summary = this.#summary();
    const accept = () => this.#accept(send);
    this.notice = new Notice({ isError: false, accept });
    this.error = new Notice({ isError: true, accept });
    this.app.append(
      purposeLine("sheet"),
      this.summary.element,
      h("div", { class: "notices" }, this.error.element, this.notice.element),
      this.wayBack.element,
      this.toolbar.element,
      this.comparison.element,
      this.body,
      this.bottomSheet.element,
      this.announcer.element,
      this.present.leave,
      this.present.curtain,
      this.newNetwork.element,
      this.keysHelp.element,
    );
    this.help = new TermHelp(host, this.app, (key, element) => hereOf(store, key, element));
    this.words = new WordsHelp(this.app);
    this.scrollers = new Scrollers(this.app);
    this.signKey = new SignKey(host, this.app);
  }

  #summary() {
    const { bottomSheet, network, panel, review, selection, transport } = this;
    const about = () => ({
      cell: selection.restingCell(),
      findings: review.findings.names,
      proof: this.proof(),
    });
    return new PageSummary({
      parts: () => partsOf(this.store, about()),
      ways: [
        [
          "To the numbers",
          () => network.sheet.querySelector("[data-block] [tabindex='0']").focus(),
        ],
        ["To the steps", () => transport.play.focus()],
        [
          "To the explanation",
          () => {
            bottomSheet.open();
            panel.element.focus();
          },
        ],
        ["All keys", () => this.keysHelp.open()],
      ],
    });
  }

  #keyboard(send) {
    const { bottomSheet, cells, comparison, input, selection, stepping } = this;
    return new Keyboard({
      behind: this.host.behind,
      cellKey: (event) => input.key(event),
      scrubber: this.transport.range,
      room: this.present,
      second: {
        isPicking: () => selection.isPicking,
        clear: () => selection.clearSecond(),
        take: (event) => {
          const cell = cells.of(event);
          return cell !== null && selection.takesSecond(cell, event);
        },
      },
      actions: {
        forward: () => stepping.goBy(1),
        back: () => stepping.goBy(-1),
        start: () => stepping.goTo(0),
        end: () => stepping.goTo(Infinity),
        play: () => stepping.toggle(),
        explain: () => bottomSheet.step(),
        flip: () => comparison.flip(),
        present: () => this.present.turn(!this.present.isOn()),
        program: () => this.program.toggle(),
        practise: this.practise,
        letGo: () => bottomSheet.lower() || selection.select(null),
        summary: () => this.summary.open(),
        words: () => this.words.open(),
        help: () => this.keysHelp.open(),
      },
      edits: this.canEdit
        ? { undo: () => send({ type: "undo" }), redo: () => send({ type: "redo" }) }
        : undefined,
    });
  }

  // once the sheet is on the page
  watch() {
    const { host } = this;
    this.bottomSheet.watch();
    if (this.canEdit) this.toolbar.files.opener.watch(this.app);
    const { sheet } = this.toolbar;
    const stopPlacing = sheet.watch(host, this.transport.element, this.transport.pace);
    const isMeant = (event) => this.store.model && host.isMeantFor(this.app, event.composedPath());
    this.stopListening = [
      stopPlacing,
      host.listen("keydown", (event) => isMeant(event) && this.keyboard.key(event)),
      host.listen("copy", (event) => isMeant(event) && this.copying.copy(event)),
      host.listen("paste", (event) => this.canEdit && isMeant(event) && this.input.paste(event)),
    ];
  }

  #turnProgram() {
    const { isOpen, element } = this.program;
    this.app.classList.toggle("with-program", isOpen);
    this.toolbar.showProgram(isOpen);
    this.bottomSheet.settle();
    if (isOpen) this.bottomSheet.showWhole(element);
    this.store.set();
  }

  // on a sheet wider or longer than the window: the cell, and what it is made of as far as there is room
  #bringIntoSight(cell) {
    const { model } = this.store;
    const partial = this.selection.partial();
    const isGrowing = partial?.at === model.at(cell.block, cell.r, cell.c);
    const sources = model.sources(cell, isGrowing ? partial.term + 1 : Infinity);
    // large type leaves no px to spare: where the dock has grown with this step, the margin is that of now
    if (this.present.isOn()) this.bottomSheet.resized();
    this.sight.show(cell, sources);
  }

  // ------------------------------------------------------------------ from Python

  // the scene to show from now on
  take(scene, structures, arrays) {
    const { store } = this;
    store.scene = scene;
    if (this.network.take(structures.get(scene.structure), scene, arrays))
      this.bottomSheet.settle();
    store.model = this.network.model;
    const { comparison } = this;
    // before the first scene it is not hidden yet
    if (scene.other || comparison.other || !comparison.element.hidden)
      comparison.take(scene.other, structures, arrays);
    if (scene.new_network) this.newNetwork.offer(scene.new_network);
    this.newNetwork.take(scene.made_network);
    if (scene.opened_from !== this.wayBack.openedFrom) this.wayBack.show(scene.opened_from);
    this.review.take(scene, store.model, store.view);
    this.network.restoreMenus();
    // reading a style forces a recalculation: on the way to the first paint only, which would be of the wrong colours
    if (this.isColoured) whenIdle(() => this.#takeColours());
    else this.#takeColours();
    this.isColoured = true;
  }

  #takeColours() {
    // what has left the page has no style
    if (this.app.isConnected) this.app.classList.toggle("dark", isDark(this.app));
  }

  // after the first paint, as soon as everything has its size
  begin() {
    const place = takePlace(this.host, "sheet");
    if (place) standAt(this.network.sheet, place);
    whenIdle(() => {
      if (this.app.isConnected) this.stepping.show();
      this.sight.isSettled = true;
    });
  }

  // who comes to the Practise page finds the sheet where it was
  leavePlace() {
    const first = this.network.sheet.querySelector("[data-block]");
    const figure = this.selection.restingCell()?.block.figure ?? first;
    leavePlace(this.host, {
      to: "practice",
      block: figure.dataset.block,
      top: figure.getBoundingClientRect().top,
      view: this.store.view.toText(),
    });
  }

  // the values that hold, in the place of what was refused
  restore() {
    restoreValues(this.app);
  }

  notify(text, isError = false, offer = null) {
    (isError ? this.error : this.notice).say(text, offer);
  }

  // the button leaves with its sentence: the focus goes back to the number that it was about
  #accept(send) {
    const cell = this.selection.restingCell();
    if (cell) elementOf(cell).focus({ preventScroll: true });
    send({ type: "accept" });
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
      isPeek: selection.isPeeking(),
    });
    // the cards may take an answer: the path in it is marked at once
    this.cards.paint(model, scene, view, selection.restingCell());
    this.program.paint(selection.restingCell());
    for (const at of this.cards.path(model)) if (!marks.has(at)) marks.set(at, "path");
    const block = this.network.paint(
      view,
      marks,
      partial,
      this.comparison.ownDiffers,
      review.changed,
    );
    setAttribute(this.app, "data-phase", block?.phase ?? "start");
    review.paint(model, view);
    if (view.selection !== null || view.step === 0) this.sight.clear();
    this.present.paint(selection.restingCell() ?? selection.firstCell());
    this.batch.paint(view);
    this.toolbar.paint(model, scene, view);
    this.transport.paint(model, view);
    if (this.comparison.other) this.comparison.render(view, cell);
    this.bottomSheet.follow();
    this.bottomSheet.makeRoom(this.network.layout.isTooWide);
    this.summary.writeSoon();
    this.scrollers.settleSoon();
  }

  // the large blocks that a reader looks at without their numbers
  missingNumbers() {
    const { model, scene, view } = this.store;
    const cell = this.selection.cell();
    const { other } = this.comparison;
    const beside = other && cell && other.model.cell(cell.block.key, cell.r, cell.c);
    return {
      own: scene.bulk.missing(model, view, cell),
      other: other ? other.scene.bulk.missing(other.model, this.comparison.view, beside) : [],
    };
  }

  // the cards that are open without an answer
  missingCards() {
    const { model, scene, view } = this.store;
    return this.cards.missing(model, scene, view, this.selection.restingCell());
  }

  stop() {
    for (const stop of this.stopListening) stop();
    this.stepping.pause();
    this.announcer.stop();
    this.summary.stop();
    this.scrollers.stop();
    this.help.stop();
    this.signKey.stop();
    this.network.stop();
    this.comparison.stop();
    this.bottomSheet.stop();
    this.app.remove();
  }
}
