// What is on the training page, where, and painted when: all its parts, and the one frame that they show together.
// Refuses to know where frames come from.

import { h, setText } from "../shared/dom.js";
import { Curves } from "./curves.js";
import { Examine } from "./examine.js";
import { Experiment } from "./experiment.js";
import { Files } from "./files.js";
import { Keeping } from "./tab_restore.js";
import { Lanes } from "./members.js";
import { Layers } from "./layer_history.js";
import { Network } from "./network.js";
import { Plane } from "./decision_map.js";
import { Pointing } from "./map_tools.js";
import { Settings } from "./settings.js";
import { Sharing } from "./file_bar.js";
import { DataTable } from "./data_table.js";
import { Tape } from "./warnings.js";
import { Transport } from "./transport.js";

export class Board {
  // host: the page: stream, data, colours, running; send(event), travel(epoch), toggle(), complain(text)
  constructor(host) {
    this.host = host;
    this.unit = null;
    this.files = new Files(host);
    this.keeping = new Keeping(host);
    this.settings = new Settings(host);
    this.transport = new Transport(host);
    this.network = new Network({
      point: (unit) => {
        this.unit = unit;
        this.paintPlane();
      },
      send: host.send,
      complain: (text) => host.complain(text),
    });
    this.pointing = new Pointing({
      send: host.send,
      repaint: () => {
        this.plane.key = "";
        this.paintPlane();
      },
      cursor: (name) => {
        this.plane.points.style.cursor = name;
      },
    });
    this.plane = new Plane({
      send: host.send,
      tool: () => this.pointing.tool,
      parts: () => this.pointing.parts,
      isHard: () => this.pointing.isHard,
    });
    this.curves = new Curves((epoch) => host.travel(epoch));
    this.layers = new Layers();
    this.tape = new Tape();
    this.lanes = new Lanes(host);
    this.examine = new Examine(host);
    this.table = new DataTable(host);
    this.experiment = new Experiment(host);
    this.sharing = new Sharing(host, this.experiment.menu);
    this.error = h("p", { class: "notice error", role: "alert", hidden: true });
    this.notice = h("p", { class: "notice", role: "status", hidden: true });
    this.speaker = h("p", { class: "visually-hidden", "aria-live": "polite" });
    this.planeTitle = h("b", {});
    this.element = h(
      "div",
      { class: "app train" },
      // who comes with the keyboard meets what plays first, and the long form last
      this.transport.element,
      this.sharing.element,
      this.experiment.card,
      this.error,
      this.notice,
      this.keeping.element,
      this.files.element,
      h(
        "div",
        { class: "body" },
        h(
          "div",
          { class: "middle" },
          this.network.element,
          h(
            "div",
            { class: "answers" },
            h("div", { class: "caption" }, this.planeTitle, this.pointing.element),
            this.lanes.maps,
            h("div", { class: "picture" }, this.plane.element, this.plane.legend.element),
            h("div", { class: "aside" }, this.tape.element),
          ),
          this.lanes.element,
        ),
        this.curves.element,
        this.settings.element,
      ),
      h(
        "details",
        { class: "below", ontoggle: () => this.paint() },
        h("summary", {}, "Distributions per layer over time"),
        this.layers.element,
      ),
      this.examine.element,
      this.table.element,
      this.speaker,
    );
    this.observer = new ResizeObserver(() => this.paint());
    this.observer.observe(this.element);
  }

  paint() {
    const { stream, colours, running, data } = this.host;
    const { frame, still } = stream;
    if (!frame || !colours) return;
    const lane = this.#withPictures(frame.lanes[frame.focus]);
    const cursor = frame.viewing.live ? null : frame.viewing.epoch;
    this.element.dataset.status = frame.status;
    this.paintPlane();
    // the map moves with every frame; of the rest one half with each second one, which nobody sees
    const half = running ? frame.number % 2 : null;
    if (half !== 0)
      this.network.take({
        still,
        lane,
        heading: still.lanes[frame.focus],
        weights: data.weights,
        biases: data.biases,
        colours,
        alone: frame.lanes.length === 1,
      });
    // after what asks for sizes: its texts change the layout
    this.transport.paint(frame, still);
    if (half === 1) return;
    this.curves.take(stream, colours);
    this.tape.take(frame);
    this.lanes.take(stream, colours);
    if (this.layers.element.parentElement.open)
      this.layers.take({ bands: stream.layers, lane, colours, cursor });
  }

  // the first units of a network that reads pictures are shown by their weights
  #withPictures(lane) {
    const { pictures } = this.host.data;
    if (!pictures) return lane;
    const units = lane.units.length
      ? lane.units
      : [{ layer: 0, dead: [], grids: [], curves: [], width: pictures.length }];
    return {
      ...lane,
      units: units.map((maps, layer) => ({ ...maps, grids: layer ? [] : pictures })),
    };
  }

  paintPlane() {
    const { stream, colours, data } = this.host;
    const { frame, still } = stream;
    if (!frame || !colours) return;
    const lane = this.#withPictures(frame.lanes[frame.focus]);
    const maps =
      this.unit && (this.unit.layer < 0 ? still.input_maps : lane.units[this.unit.layer]);
    const index = this.unit?.unit;
    const unit =
      maps && (maps.grids[index] || maps.curves[index])
        ? { grid: maps.grids[index], curve: maps.curves[index] }
        : null;
    const what = unit
      ? this.unit.layer < 0
        ? this.unit.name
        : `what ${this.unit.name} responds to`
      : still.axes.length === 1
        ? "what the network answers"
        : data.pictures
          ? "what the first units look for: their weights"
          : still.task === "classes"
            ? "which class it answers"
            : "what it answers";
    setText(
      this.planeTitle,
      what + (still.held && !unit && !data.pictures ? " (other features at their mean)" : ""),
    );
    this.planeTitle.title = still.held;
    this.plane.element.classList.toggle("picture", Boolean(data.pictures));
    this.plane.take({ still, lane, unit, colours, pictures: data.pictures });
  }

  destroy() {
    this.observer.disconnect();
    this.experiment.stop();
    this.keeping.destroy();
    this.element.remove();
  }
}
