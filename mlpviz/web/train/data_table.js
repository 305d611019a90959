// The data as a table, a stretch of rows at a time; asked for only while it is open.

import { h, setProperties, setText, tableParts, toldNodes } from "../shared/dom.js";
import { joined } from "../shared/number_text.js";
import { termMark } from "../shared/term_help.js";
import { measured, whole } from "./labels.js";

export class DataTable {
  // store: its still names the run
  constructor({ store, send }) {
    this.store = store;
    this.send = send;
    this.where = h("span", {});
    const step = (label, sign) =>
      h("button", { type: "button", onclick: () => this.#turn(sign) }, label);
    this.back = step("◀ Rows before", -1);
    this.on = step("Rows after ▶", 1);
    this.table = h("table", {});
    this.element = h(
      "details",
      { class: "below table", ontoggle: () => this.element.open && this.#ask(0) },
      h("summary", {}, "The data as a table"),
      h("div", { class: "head" }, this.back, this.where, this.on),
      h("div", { class: "scroll" }, this.table),
    );
  }

  #turn(sign) {
    const start = this.start + sign * this.step;
    if (start >= 0 && start < this.samples) this.#ask(start);
  }

  #ask(start) {
    this.run = this.store.still.run;
    this.start = start; // the next click goes on from here, also before the answer
    this.send({ type: "table", start, gesture: "table" });
  }

  take({ table }) {
    if (table) this.#show(table);
  }

  // of another run there are other rows
  askIfOutdated() {
    if (this.element.open && this.run !== this.store.still.run) this.#ask(0);
  }

  #show({ start, samples, features, more, step, rows }) {
    this.start = start;
    this.step = step;
    this.samples = samples;
    setText(
      this.where,
      `rows ${whole(start + 1)} to ${whole(start + rows.length)} of ${whole(samples)}`,
    );
    setProperties(this.back, { disabled: start === 0 });
    setProperties(this.on, { disabled: start + rows.length >= samples });
    const texts = (values, between) => toldNodes(joined(between, values.map(measured)));
    const part = termMark("split", "part");
    const names = ["row", part, termMark("target", "target"), "as the loss reads it", ...features];
    if (more) names.push(`and ${more} more`);
    const cells = rows.map(([row, part, target, read, x]) => [
      String(row),
      part,
      Array.isArray(target) ? texts(target, ", ") : target,
      texts(read, " "),
      ...x.map((value) => toldNodes(measured(value))),
    ]);
    this.table.replaceChildren(...tableParts(names, cells));
  }
}
