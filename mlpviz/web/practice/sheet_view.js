// The sheet of an exercise: the bands, the drawing, the steps and the explanation of the Step through page, made of the
// numbers that may be seen, with fields in the cells that are asked for. What is hidden has not come here.

import { Announcer } from "../shared/announcer.js";
import { h, setAttribute, setProperties } from "../shared/dom.js";
import { Scrollers } from "../shared/scrollers.js";
import { createStore } from "../shared/store.js";
import { BatchControls } from "../sheet/batch_controls.js";
import { BottomSheet } from "../sheet/bottom_sheet.js";
import { Cards, Questions } from "../sheet/cards.js";
import { CellInput } from "../sheet/cell_input.js";
import { Cells, elementOf } from "../sheet/cells.js";
import { GradientVerdict } from "../sheet/gradient_verdict.js";
import { Keyboard } from "../sheet/keyboard.js";
import { AROUND } from "../sheet/layout.js";
import { LossBreakdown } from "../sheet/loss_breakdown.js";
import { NetworkView } from "../sheet/network_view.js";
import { Panel } from "../sheet/panel.js";
import { leavePlace, standAt, takePlace } from "../sheet/place.js";
import { marksOf, Selection } from "../sheet/selection.js";
import { Sight } from "../sheet/sight.js";
import { Stepping } from "../sheet/stepping.js";
import { Transport } from "../sheet/transport.js";
import { UpdateBreakdown } from "../sheet/update_breakdown.js";
import { View } from "../sheet/view.js";
import { PRACTICE_KEYS } from "./keys.js";
import { SheetFields } from "./sheet_fields.js";

const WELCOME =
  "Click a number, or go through the steps: what is known is explained here, a block as soon as you have computed it.";
const KEPT = 8; // structures
const structures = new Map(); // they outlive a remount of the page, because Python sends each only once

// nothing on the sheet can be changed: what is typed goes into fields
class GivenCells extends Cells {
  isEditable() {
    return false;
  }
}

export class PracticeSheet {
  // app: the page's element; work: what stands above the steps; send(event); answered(cell): something is typed into a
  // field; look(cell): somebody is at one; leave(): Escape
  constructor(host, app, { work, send, answered, look, leave }) {
    this.host = host;
    this.app = app;
    this.state = null;
    this.solved = null; // a cell of the block that was got right last: it is told while another one is worked at
    this.store = createStore({ scene: null, model: null, view: new View(), hover: null });
    const { store } = this;
    this.questions = new Questions(send);
    this.announcer = new Announcer();
    const say = (sentence) => this.announcer.say(sentence);
    const shown = (cell) => this.#bringIntoSight(cell);
    this.selection = new Selection(store, {
      notify: say,
      pause: () => this.stepping.pause(),
      shown,
      changeOf: () => "",
      opened: () => {
        const cell = this.selection.restingCell();
        if (cell && !this.#withholds(cell)) this.bottomSheet.open();
      },
    });
    const { selection } = this;
    this.fields = new SheetFields(store, {
      answer: (cell, text) => {
        this.answered = cell;
        answered(cell);
        send({ type: "answer", cell, text });
      },
      paste: (cell, text) => {
        this.answered = cell;
        answered(cell);
        send({ type: "paste", cell, text });
      },
      look,
    });
    this.stepping = new Stepping(store, {
      send: () => {},
      shown,
      say,
      stepCell: () => selection.stepCell(),
      told: (block) => (this.#withholds({ block }) ? "" : block.rule.sentence),
      last: () => this.#lastStep(),
    });
    const repaint = () => store.set();
    this.cards = new Cards(
      {
        why: new GradientVerdict(),
        loss: new LossBreakdown(repaint),
        update: new UpdateBreakdown(repaint),
      },
      (name, cell) => this.#tells(name, cell),
    );
    this.welcome = h("p", { class: "sentence" }, WELCOME);
    const cells = new GivenCells(store, send);
    this.panel = new Panel(cells, {
      welcome: {
        element: this.welcome,
        paint: (isThere) => setProperties(this.welcome, { hidden: !isThere }),
      },
      cards: this.cards.elements,
      lastEdit: null,
      program: null,
      goesBackOnEnter: () => false,
      learner: {
        withholds: (cell) => this.#withholds(cell),
        blank: (cell) => this.#blank(cell),
        remark: (cell) =>
          cell === this.solved ? "You have computed this block: this is how." : "",
      },
    });
    this.batch = new BatchControls(store, {
      send: null,
      setSample: (sample) => this.stepping.setSample(sample),
    });
    this.network = new NetworkView({
      title: "The numbers, layer by layer",
      controls: (model) => this.batch.samples(model),
      onResize: () => this.paint(),
      isOnPaper: () => host.matches("print"),
      hasHeight: (height) => host.matches(`(min-height: ${height + AROUND}px)`),
      dress: (model) => this.fields.dress(model),
    });
    this.transport = new Transport(this.stepping, null);
    this.element = h("div", { class: "body" }, this.network.element, this.panel.element);
    this.bottomSheet = new BottomSheet(host, {
      app,
      body: this.element,
      store,
      panel: this.panel.element,
      above: work,
      below: this.transport.element,
      restingCell: () => selection.restingCell(),
      deselect: () => selection.select(null),
      isQuiet: () => {
        const cell = this.store.model && this.#explainedCell();
        return !cell || this.#withholds(cell);
      },
    });
    this.sight = new Sight(this.network.element, { dock: this.bottomSheet.element, elementOf });
    this.input = new CellInput(this.network.sheet, { store, cells, selection, notify: say, say });
    this.keyboard = new Keyboard({
      keys: PRACTICE_KEYS,
      cellKey: (event) => event.key !== "Escape" && this.input.key(event),
      scrubber: this.transport.range,
      actions: {
        forward: () => this.stepping.goBy(1),
        back: () => this.stepping.goBy(-1),
        start: () => this.stepping.goTo(0),
        end: () => this.stepping.goTo(Infinity),
        play: () => this.stepping.toggle(),
        explain: () => this.bottomSheet.step(),
        type: () => this.#typeHere(),
        leave,
      },
    });
    this.network.sheet.addEventListener("keydown", (event) => {
      const isInField = event.composedPath()[0].matches?.(".answer");
      if (event.key !== "Escape" || !isInField || event.defaultPrevented) return;
      event.preventDefault();
      leave();
    });
    store.subscribe(() => this.paint());
  }

  // once it is on the page
  watch() {
    this.scrollers = new Scrollers(this.app);
    const { host } = this;
    this.bottomSheet.watch();
    this.stopListening = host.listen("keydown", (event) => {
      const isMeant = host.isMeantFor(this.app, event.composedPath());
      if (isMeant && this.store.model && !this.element.hidden) this.keyboard.key(event);
    });
  }

  // ------------------------------------------------------------------ from Python

  /**
   * The scene to show from now on; false if its structure is not here.
   * @param {import("../shared/protocol.js").PracticeState} state
   */
  take(state, arrays) {
    const { scene, structure_data: brought } = state;
    if (brought) structures.set(brought.id, brought);
    if (structures.size > KEPT) structures.delete(structures.keys().next().value);
    if (!structures.has(scene.structure)) return false;
    const { store } = this;
    const before = this.state;
    this.state = state;
    this.painted = null;
    this.explained = new Set(state.explained);
    this.withheld = new Set(state.withheld);
    store.scene = scene;
    const isNew = this.network.take(structures.get(scene.structure), scene, arrays);
    store.model = this.network.model;
    if (isNew) {
      this.bottomSheet.settle();
      this.fields.inputs.order(
        Object.values(store.model.structure.fields).flatMap((fields) =>
          fields.map(([, , name]) => name),
        ),
      );
      this.solved = this.answered = null;
      store.view.clamp(store.model);
    } else this.#noteSolved(before);
    return true;
  }

  // the ordinary explanation opens for a block that has become right
  #noteSolved(before) {
    const { model } = this.store;
    const known = new Set(before.explained);
    const found = this.state.explained.filter(
      (key) => !known.has(key) && model.byKey.get(key).hasFields,
    );
    if (!found.length) return;
    const last = this.fields.cellOf(this.answered);
    const isIts = last && found.includes(last.block.key);
    this.solved = isIts ? last : { block: model.byKey.get(found.at(-1)), r: 0, c: 0 };
    this.bottomSheet.open();
  }

  // ------------------------------------------------------------------ what is told

  #withholds({ block }) {
    return this.withheld.has(block.key);
  }

  #tells(name, cell) {
    if (!cell || !this.explained.has(cell.block.key)) return false;
    if (name === "why") return true;
    const { layer, tensor } = cell.block;
    if (name === "update")
      return this.explained.has(`new_${tensor.replace(/^(new|grad)_/, "")}.${layer}`);
    const { layers } = this.store.model.structure;
    return ["loss", "grad_a", "grad_z"].every((one) => this.explained.has(`${one}.${layers}`));
  }

  #blank(cell) {
    if (this.fields.isField(cell)) return "Type its number into the field.";
    return "Hidden: it comes after a number that is still asked for, or is no part of this exercise.";
  }

  // what the panel is about: while somebody is at a field that says nothing yet, the block that was got right last
  #explainedCell() {
    const cell = this.selection.cell();
    const isQuiet = cell && !this.store.hover && this.#withholds(cell);
    return isQuiet && this.solved ? this.solved : cell;
  }

  // what somebody computes lights up with the help alone
  #isLit(cell) {
    const { hint } = this.state;
    if (hint?.block === cell.block.key && hint.stage > 1) return true;
    const { model, view } = this.store;
    return model.isKnown(model.at(cell.block, cell.r, cell.c), view) && !this.#withholds(cell);
  }

  // steps lead to what is known and to fields
  #lastStep() {
    const { model, view } = this.store;
    const isOpen = ([index]) =>
      model.blocks[index].hasFields || model.isBegun(model.blocks[index], view);
    return model.steps(view.granularity).findLastIndex(isOpen) + 1;
  }

  // ------------------------------------------------------------------ what a person does

  #typeHere() {
    const cell = this.selection.restingCell();
    if (cell && this.fields.isField(cell)) elementOf(cell).focus();
    else this.fields.next("", 1);
  }

  #bringIntoSight(cell) {
    this.sight.show(cell, this.#isLit(cell) ? this.store.model.sources(cell) : []);
  }

  // as the reader stood on the page that led here
  arrive() {
    const place = takePlace(this.host, "practice");
    this.cameFrom = place;
    if (!place) return this.fields.next("", 1);
    const { model, view } = this.store;
    view.read(place.view);
    Object.assign(view, { numbers: "", sizes: "", present: "", selection: null });
    view.clamp(model);
    this.store.set();
    const first = this.fields.inputs.inputs.values().next().value;
    first?.focus({ preventScroll: true });
    const left = standAt(this.network.sheet, place);
    if (Math.abs(left) < 1) return undefined;
    // what stands above is lower or higher here than there, and the page is too short to scroll so far
    this.element.style[left > 0 ? "marginTop" : "marginBottom"] = `${Math.abs(left)}px`;
    return standAt(this.network.sheet, place);
  }

  // for the page that one goes back to: as one left it
  leave() {
    if (this.cameFrom) leavePlace(this.host, { ...this.cameFrom, to: "sheet" });
  }

  paint() {
    const { store, selection, state } = this;
    const { model, scene, view } = store;
    if (!model || this.element.hidden) return;
    const cell = selection.cell();
    const told = this.#explainedCell();
    this.panel.paint(model, scene, view, told, {
      partial: null,
      changeOf: () => "",
      isPeek: selection.isPeeking(),
    });
    this.cards.paint(model, scene, view, store.hover ? selection.restingCell() : told);
    // a look at another number changes nothing that was typed
    if (this.painted !== state) this.fields.paint(state);
    this.painted = state;
    const marks = marksOf(store, cell, [], null, (one) => this.#isLit(one));
    const block = this.network.paint(view, marks, null);
    setAttribute(this.app, "data-phase", block?.phase ?? "start");
    this.fields.fit();
    const lit = new Set(state.hint?.lit ?? []);
    for (const block of model.blocks) {
      block.figure.classList.toggle("lit", lit.has(block.key));
      block.figure.classList.toggle("helped", state.hint?.block === block.key);
    }
    this.batch.paint(view);
    this.transport.paint(model, view);
    this.bottomSheet.follow();
    this.bottomSheet.makeRoom(this.network.layout.isTooWide);
    this.scrollers.settleSoon();
    this.questions.askForCards(
      this.cards.missing(model, scene, view, store.hover ? selection.restingCell() : told),
    );
  }

  stop() {
    this.stopListening?.();
    this.stepping.pause();
    this.scrollers.stop();
    this.questions.stop();
    this.announcer.stop();
    this.network.stop();
    this.bottomSheet.stop();
  }
}
