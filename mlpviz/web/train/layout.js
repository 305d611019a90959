// What is on the training page, where, and painted when: all its parts, and the one frame that they show together.

import { h, setProperties, setText } from "../shared/dom.js";
import { KeysHelp } from "../shared/keys_help.js";
import { Notice } from "../shared/notice.js";
import { PageSummary } from "../shared/page_summary.js";
import { purposeLine } from "../shared/purpose.js";
import { SaidOnce } from "../shared/said_once.js";
import { Scrollers } from "../shared/scrollers.js";
import { SignKey } from "../shared/sign_key.js";
import { TermHelp } from "../shared/term_help.js";
import { Upload } from "../shared/upload.js";
import { WordsHelp } from "../shared/words_help.js";
import { Curves } from "./curves.js";
import { DataTable } from "./data_table.js";
import { DecisionMap } from "./decision_map.js";
import { Examine } from "./examine.js";
import { Experiment } from "./experiment.js";
import { FileBar } from "./file_bar.js";
import { KeptRun } from "./kept_run.js";
import { TRAIN_KEYS } from "./keys.js";
import { LayerHistory } from "./layer_history.js";
import { MapTools } from "./map_tools.js";
import { Members } from "./members.js";
import { Network } from "./network.js";
import { Settings } from "./settings.js";
import { TabRestore } from "./tab_restore.js";
import { partsOf } from "./train_summary.js";
import { Transport } from "./transport.js";
import { Warnings } from "./warnings.js";

export class Layout {
  // store: frame, still, state, colours, isRunning; frames: the lists that grow from frame to frame; isAwaiting(type):
  // whether an event of this type has no answer yet
  constructor(host, { store, frames, send, isAwaiting, toggle, travel }) {
    this.store = store;
    this.frames = frames;
    this.said = new SaidOnce();
    this.isFormDue = false; // the form has something new to show
    this.unit = null; // the one whose map takes the place of the answer
    const complain = (sentence) => this.complain(sentence);
    this.upload = new Upload({ send, complain });
    const openFile = (file, purpose) => this.upload.open(file, purpose);
    this.keptRun = new KeptRun(host, { send, complain });
    this.tabRestore = new TabRestore(host, {
      send,
      now: () => ({ epoch: store.frame?.epoch ?? 0, isRunning: store.isRunning }),
      keptRun: this.keptRun,
    });
    const isAnswered = () => !isAwaiting("set");
    this.settings = new Settings({ send, isAnswered, openFile });
    this.transport = new Transport(host, { send, isAnswered, toggle, travel });
    this.network = new Network({
      send,
      point: (unit) => {
        this.unit = unit;
        this.#paintMap();
      },
    });
    this.tools = new MapTools({
      send,
      repaint: () => this.#paintMap(true),
      cursor: (name) => this.map.setCursor(name),
    });
    this.map = new DecisionMap(send, this.tools);
    this.curves = new Curves(travel);
    this.layers = new LayerHistory();
    this.warnings = new Warnings();
    this.members = new Members({ send, focus: () => store.frame.focus });
    this.examine = new Examine({ store, send });
    this.table = new DataTable({ store, send });
    this.experiment = new Experiment(host, send);
    this.fileBar = new FileBar(host, { send, openFile, first: this.experiment.menu });
    const accept = () => send({ type: "accept" });
    this.error = new Notice({ isError: true, accept });
    this.notice = new Notice({ isError: false, accept });
    this.speaker = h("p", { class: "visually-hidden", "aria-live": "polite" });
    this.mapTitle = h("b", {});
    this.distributions = h(
      "details",
      { class: "below", ontoggle: () => this.paint() },
      h("summary", {}, "Distributions per layer over time"),
      this.layers.element,
    );
    this.keysHelp = new KeysHelp(host, [["Anywhere", TRAIN_KEYS]]);
    this.summary = this.#summary();
    this.element = this.#build();
    this.help = new TermHelp(host, this.element);
    this.words = new WordsHelp(this.element);
    this.scrollers = new Scrollers(this.element);
    this.signKey = new SignKey(host, this.element);
    this.observer = new ResizeObserver(() => this.paint());
    this.observer.observe(this.element);
  }

  #summary() {
    return new PageSummary({
      parts: () => partsOf(this.store, this.speaker.textContent),
      ways: [
        ["To Play", () => this.transport.play.focus()],
        ["To the map", () => this.map.points.focus()],
        [
          "To the settings",
          () => this.settings.element.querySelector("[aria-selected=true]").focus(),
        ],
        ["All keys", () => this.keysHelp.open()],
      ],
    });
  }

  #build() {
    const { map, tools, warnings, members } = this;
    const answers = h(
      "div",
      { class: "answers" },
      h("div", { class: "caption" }, this.mapTitle, tools.element),
      members.maps,
      h("div", { class: "picture" }, map.element, map.legend.element),
      h("div", { class: "aside" }, warnings.element),
    );
    return h(
      "div",
      { class: "app train" },
      purposeLine("train"),
      this.summary.element,
      // who comes with the keyboard meets what plays first, and the long form last
      h("div", { class: "notices" }, this.error.element, this.notice.element),
      this.transport.element,
      this.fileBar.element,
      this.experiment.card,
      this.tabRestore.element,
      this.upload.element,
      h(
        "div",
        { class: "body" },
        answers,
        h(
          "div",
          { class: "middle" },
          this.network.element,
          this.curves.element,
          members.element,
          this.distributions,
          this.examine.element,
          this.table.element,
        ),
        this.settings.element,
      ),
      this.speaker,
      this.keysHelp.element,
    );
  }

  // what an answer says besides its frame; whether it is of the run that this tab has, as far as that can be had again
  take(state, said, token, file) {
    const { colours, still } = this.store;
    const isSought = this.tabRestore.seeks(state, token, () => this.say(said));
    const isNew = !isSought && this.say(said);
    if (state.settings) this.sections = state.settings;
    // what was refused goes back to what holds
    const isRefused = isNew && Boolean(said.error);
    this.isFormDue ||= Boolean(state.settings) || isRefused || colours !== this.settings.colours;
    if (this.isFormDue) this.isFormDue = !this.settings.take(this.sections, colours);
    if (state.still) this.tools.take(still);
    if (state.tool) this.tools.pick(state.tool);
    const { isSettled } = this.tabRestore;
    const isOurs = this.keptRun.take(this.store, state, said.error, { file, isSettled });
    this.upload.take(state, said.error);
    this.experiment.take(state);
    if (state.speeds) this.transport.offer(state.speeds, state.calm);
    if (state.files) for (const part of [this.fileBar, this.members]) part.offer(state.files);
    this.examine.take(state);
    this.table.take(state);
    this.examine.askIfOutdated();
    this.table.askIfOutdated();
    return isOurs;
  }

  // error and notice, once each; whether they are new
  say({ number, error, notice, offer }) {
    if (!this.said.isNew(number)) return false;
    this.error.say(error ?? "", error ? offer : null);
    this.notice.say(notice ?? "", error ? null : offer);
    return true;
  }

  complain(sentence) {
    this.notice.say("");
    this.error.say(sentence);
  }

  paint() {
    const { frame, still, state, colours, isRunning } = this.store;
    if (!frame || !colours) return;
    const shown = this.#withPictures(frame.lanes[frame.focus]);
    const cursor = frame.viewing.live ? null : frame.viewing.epoch;
    this.element.dataset.status = frame.status;
    this.summary.writeSoon();
    this.scrollers.settleSoon();
    this.#paintMap();
    // the map moves with every frame; of the rest one half with each second one, which nobody sees
    const half = isRunning ? frame.number % 2 : null;
    if (half !== 0) {
      const { weights, biases } = state;
      const [heading, alone] = [still.lanes[frame.focus], frame.lanes.length === 1];
      this.network.take({ still, lane: shown, heading, weights, biases, colours, alone });
    }
    // after what asks for sizes: its texts change the layout
    this.transport.paint(frame, still);
    if (half === 1) return;
    this.curves.take(this.frames, colours);
    this.warnings.take(frame);
    this.members.take(frame, still, colours);
    if (this.distributions.open)
      this.layers.take({ bands: this.frames.layers, lane: shown, colours, cursor });
  }

  // the first units of a network that reads pictures are shown by their weights
  #withPictures(member) {
    const { pictures } = this.store.state;
    if (!pictures) return member;
    const none = { layer: 0, dead: [], grids: [], curves: [], width: pictures.length };
    const units = member.units.length ? member.units : [none];
    return {
      ...member,
      units: units.map((maps, layer) => ({ ...maps, grids: layer ? [] : pictures })),
    };
  }

  #paintMap(isChanged = false) {
    const { frame, still, state, colours } = this.store;
    if (!frame || !colours) return;
    const { pictures } = state;
    const shown = this.#withPictures(frame.lanes[frame.focus]);
    const unit = this.#mapOfUnit(still, shown);
    const isHeld = still.held && !unit && !pictures;
    setText(this.mapTitle, this.#titleOf(unit) + (isHeld ? " (other features at their mean)" : ""));
    setProperties(this.mapTitle, { title: still.held });
    this.map.take({ still, lane: shown, unit, colours, pictures }, isChanged);
  }

  #mapOfUnit(still, shown) {
    if (!this.unit) return null;
    const maps = this.unit.layer < 0 ? still.input_maps : shown.units[this.unit.layer];
    const [grid, curve] = [maps?.grids[this.unit.unit], maps?.curves[this.unit.unit]];
    return grid || curve ? { grid, curve } : null;
  }

  #titleOf(unit) {
    const { still, state } = this.store;
    if (unit) return this.unit.layer < 0 ? this.unit.name : `what ${this.unit.name} responds to`;
    if (still.axes.length === 1) return "what the network answers";
    if (state.pictures) return "what the first units look for: their weights";
    return still.task === "classes" ? "which class it answers" : "what it answers";
  }

  stop() {
    this.observer.disconnect();
    this.help.stop();
    this.summary.stop();
    this.scrollers.stop();
    this.signKey.stop();
    this.experiment.stop();
    this.tabRestore.stop();
    this.keptRun.stop();
    this.element.remove();
  }
}
