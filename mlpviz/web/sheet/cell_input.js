// What a person does with the pointer, the keyboard and the clipboard, told to the sheet. Draws nothing itself.

import { allDigits } from "../shared/number_text.js";
import { attachDrag, pasteEvent, stepSize, tidy, typeInto } from "./editing.js";

export class Listening {
  constructor(host) {
    this.host = host;
    this.#pointer(host.score.sheet);
    attachDrag(host.score.sheet, host);
    this.onKey = (event) => this.#key(event);
    this.onPaste = (event) => this.#paste(event);
    document.addEventListener("keydown", this.onKey);
    document.addEventListener("paste", this.onPaste);
  }

  stop() {
    document.removeEventListener("keydown", this.onKey);
    document.removeEventListener("paste", this.onPaste);
  }

  #pointer(sheet) {
    const { host } = this;
    sheet.addEventListener("pointermove", (event) => {
      if (!event.buttons && !host.changes.sliding) host.attention.hoverAt(host.cells.of(event));
    });
    sheet.addEventListener("pointerleave", () => host.attention.hoverAt(null));
    sheet.addEventListener("focusin", (event) => {
      const cell = host.cells.of(event);
      // on the way to a second number the first stays selected
      if (cell && !host.pair.picking && event.target.matches(":focus-visible"))
        host.attention.select(cell);
    });
    sheet.addEventListener("click", (event) => {
      const cell = host.cells.of(event);
      if (cell?.block.editable === "toggle") host.changes.toggleMask(cell);
    });
    sheet.addEventListener("dblclick", (event) => {
      const cell = host.cells.of(event);
      if (cell) this.#type(cell);
    });
  }

  #type(cell, key = null) {
    const { host } = this;
    if (!(cell.block.editable === true || cell.block.editable === "pin")) return;
    typeInto(host.cells.placeOf(cell), allDigits(host.cells.valueOf(cell)), key, (text) =>
      host.changes.commitText(cell, text),
    );
  }

  #key(event) {
    const { host } = this;
    const path = event.composedPath();
    const [target] = path;
    // keys also count where the focus is on what surrounds the sheet, as after a click beside it
    if (!host.model || !(path.includes(host.app) || target.contains?.(host.app.getRootNode().host)))
      return;
    if (target.matches?.("input[type=text], textarea, select")) return;
    const control = event.ctrlKey || event.metaKey;
    if (control && event.key.toLowerCase() === "z") {
      host.send({ type: event.shiftKey ? "redo" : "undo" });
      return event.preventDefault();
    }
    if (control || event.defaultPrevented) return;
    const onButton = target.matches?.("button, summary, a, input[type=checkbox]");
    // the arrow keys of a slider are its own, but for the scrubber's, which step
    const onSlider = target.matches?.("input[type=range]") && target !== host.transport.range;
    if (host.pair.picking && (event.key === "Enter" || event.key === "Escape")) {
      const picked = host.cells.of(event);
      if (event.key === "Escape") host.pair.clear();
      else if (!picked || !host.pair.takes(picked, event)) return;
      return event.preventDefault();
    }
    const cell = host.view.cell(host.model);
    if (
      cell &&
      !onButton &&
      !onSlider &&
      target !== host.transport.range &&
      this.#cellKey(event, cell, target)
    )
      return event.preventDefault();
    if (onSlider || (onButton && (event.key === " " || event.key === "Enter"))) return;
    const actions = {
      ArrowRight: () => host.stepping.goBy(1),
      ArrowLeft: () => host.stepping.goBy(-1),
      Home: () => host.stepping.goTo(0),
      End: () => host.stepping.goTo(Infinity),
      " ": () => host.transport.toggle(),
      e: () => host.dock.step(),
      c: () => host.comparison.flip(),
      Escape: () => {
        if (!host.dock.lower()) host.attention.select(null);
      },
    };
    if (!actions[event.key]) return;
    actions[event.key]();
    event.preventDefault();
  }

  // keys of the selected cell; true if it took the key
  #cellKey(event, cell, target) {
    const { host } = this;
    const moves = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
    // a heat map is one stop of the Tab key; Shift and an arrow walk from number to number
    if (target === cell.block.canvas && event.shiftKey && moves[event.key]) {
      const [r, c] = moves[event.key];
      const next = { block: cell.block, r: cell.r + r, c: cell.c + c };
      if (next.r >= 0 && next.c >= 0 && next.r < cell.block.rows && next.c < cell.block.columns)
        host.attention.select(next);
      return true;
    }
    if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      if (!host.cells.isEditable(cell)) return false;
      const value = host.cells.valueOf(cell);
      host.changes.set(
        cell,
        host.cells.within(
          cell,
          tidy(value + (event.key === "ArrowUp" ? 1 : -1) * stepSize(value, event)),
        ),
      );
      return true;
    }
    if (cell.block.editable === "toggle") {
      if (event.key !== "Enter") return false;
      host.changes.toggleMask(cell);
    } else if (event.key === "Enter" || event.key === "F2") this.#type(cell);
    else if (/^[0-9.−-]$/.test(event.key)) this.#type(cell, event.key);
    else return false;
    return true;
  }

  #paste(event) {
    const { host } = this;
    const cell = host.model && host.view.cell(host.model);
    if (!cell || event.composedPath()[0].matches?.("input, textarea")) return;
    const text = event.clipboardData?.getData("text");
    if (!text) return;
    event.preventDefault();
    if (cell.block.editable !== true)
      return host.notify(
        `Not changed: ${cell.block.title} is computed. To paste a matrix, select a number that can be edited, such as a weight or an input.`,
        true,
      );
    host.send(pasteEvent(cell, text));
  }
}
