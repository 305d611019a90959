// The data as a table, a stretch of rows at a time; asked for only while it is open.

import { joined } from "../../number_text.js";
import { h, setProperties, setText, toldNodes } from "../../sheet/js/dom.js";
import { measured, whole } from "./measures.js";

export class DataTable {
  // host: { send(event), still }
  constructor(host) {
    this.host = host;
    this.where = h("span", {});
    const step = (label, sign) => h("button", { type: "button", onclick: () => this.#ask(this.start + sign * this.step) }, label);
    this.back = step("◀ rows before", -1);
    this.on = step("rows after ▶", 1);
    this.table = h("table", {});
    this.element = h("details", { class: "below table", ontoggle: () => this.element.open && this.#ask(0) },
      h("summary", {}, "The data as a table"), h("div", { class: "head" }, this.back, this.where, this.on), h("div", { class: "scroll" }, this.table));
  }

  #ask(start) {
    this.run = this.host.still.run;
    this.host.send({ type: "table", start, gesture: "table" });
  }

  take({ table }) {
    if (table) this.#show(table);
    if (this.element.open && this.run !== this.host.still.run) this.#ask(0);
  }

  #show({ start, samples, features, more, step, rows }) {
    Object.assign(this, { start, step });
    setText(this.where, `rows ${whole(start + 1)} to ${whole(start + rows.length)} of ${whole(samples)}`);
    setProperties(this.back, { disabled: start === 0 });
    setProperties(this.on, { disabled: start + rows.length >= samples });
    const cells = (values) => values.map((value) => h("td", {}, ...toldNodes(measured(value))));
    this.table.replaceChildren(
      h("thead", {}, h("tr", {}, ...["row", "part", "target", "as the loss reads it", ...features, ...(more ? [`and ${more} more`] : [])].map((name) => h("th", { scope: "col" }, name)))),
      h("tbody", {}, ...rows.map(([row, part, target, read, x]) => h("tr", {}, h("th", { scope: "row" }, String(row)), h("td", {}, part),
        h("td", {}, ...(Array.isArray(target) ? toldNodes(joined(", ", target.map(measured))) : [target])), h("td", {}, ...toldNodes(joined(" ", read.map(measured)))), ...cells(x)))));
  }
}
