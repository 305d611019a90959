// Where the explanation lies when there is no room beside the sheet: above the transport bar, closed to its title,
// compact with formula and slider, or whole. Knows nothing of what is explained; without it the panel stands beside
// the sheet.

import { activeIn, h, setAttribute, setProperties, setText } from "../shared/dom.js";
import { elementOf } from "./cells.js";

const NARROW = "(max-width: 1199px)";
const PHONE = "(max-width: 600px)";
const SHORT = "(max-height: 500px)"; // such as a small window at 200 %
const LEVELS = ["closed", "compact", "whole"];
const FLICK = 30; // px of a drag that changes the level

export class BottomSheet {
  // app: the page's element, whose classes say where the panel lies; body: where it lies beside the sheet; above and
  // below: what stands on and under it; restingCell(): the explained one; deselect();
  // isQuiet(): nothing is told of it, so there is nothing to open for
  constructor(host, how) {
    const { app, body, store, panel, above, below, restingCell, deselect, isQuiet } = how;
    this.isQuiet = isQuiet ?? (() => false);
    this.host = host;
    this.app = app;
    this.body = body;
    this.store = store;
    this.panel = panel;
    this.restingCell = restingCell;
    this.deselect = deselect;
    this.level = "closed";
    this.isUnderWay = false; // a step is shown
    this.dock = 57; // px, as page.css has it: how high this is at first, and what is lifted with it
    this.lifted = 0; // px, over a keyboard on the screen
    const button = (onclick) =>
      h("button", { type: "button", "aria-controls": "explanation", onclick });
    panel.id = "explanation";
    this.more = button(() => this.rise());
    this.close = button(() => (this.level === "closed" ? this.#turn("compact") : this.#dismiss()));
    this.grip = h("div", { class: "grip", "aria-hidden": "true" });
    this.card = h(
      "div",
      { class: "explanation" },
      this.grip,
      h("div", { class: "levels" }, this.more, this.close),
    );
    this.element = h("div", { class: "dock" }, above, this.card, below);
    this.#listen();
    this.#turn("closed");
  }

  // once the sheet is on the page
  watch() {
    this.stopListening = this.host.listen("resize", () => this.settle());
    this.stopLifting = this.host.onKeyboard((height) => this.#lift(height));
    this.size = new ResizeObserver(() => this.resized());
    this.size.observe(this.element);
    this.place();
  }

  stop() {
    this.stopListening();
    this.stopLifting();
    this.size.disconnect();
  }

  get isDocked() {
    return this.app.classList.contains("docked");
  }

  // a cell was selected: its explanation shows, as far up as it was or a little
  open() {
    if (this.isDocked && this.level === "closed") this.#turn("compact");
  }

  // one level up, and from the top back to the card
  rise() {
    if (!this.isDocked) return;
    this.#turn(this.level === "compact" ? "whole" : "compact");
  }

  // the whole explanation, with this part of it in sight
  showWhole(element) {
    if (!this.isDocked) return;
    this.#turn("whole");
    element.scrollIntoView({ block: "nearest" });
  }

  // the same from the keyboard: the focus goes along, and back
  step() {
    this.rise();
    if (this.level === "whole") this.more.focus({ preventScroll: true });
    else this.#giveBack();
  }

  // one level down; true if that was all that Escape was for
  lower() {
    if (!this.isDocked || this.level === "closed") return false;
    if (this.level === "whole") {
      this.#giveBack();
      this.#turn("compact");
    } else if (this.store.view.selection !== null && this.#rest() === "compact") return false;
    else this.#dismiss();
    return true;
  }

  // on a phone the card takes its room once there is a step to explain
  #rest() {
    if (this.host.matches(SHORT) || this.isQuiet()) return "closed";
    return this.host.matches(PHONE) && !this.isUnderWay ? "closed" : "compact";
  }

  // who begins to step sees the formula of the step; who has closed it does not meet it again with each one
  follow() {
    const isUnderWay = this.store.view.step > 0;
    if (isUnderWay === this.isUnderWay) return;
    this.isUnderWay = isUnderWay;
    if (this.isDocked && this.store.view.selection === null && this.level !== "whole")
      this.#turn(this.#rest());
  }

  #dismiss() {
    this.#giveBack();
    this.#turn("closed");
    this.deselect();
  }

  // what folds away must not take the focus with it: it goes to the explained cell, and the page stays where it is
  #giveBack() {
    if (!this.card.contains(activeIn(this.card))) return;
    const cell = this.restingCell();
    (cell ? elementOf(cell) : this.close).focus({ preventScroll: true });
  }

  #turn(level) {
    this.level = level;
    this.isTurning = true;
    setAttribute(this.element, "data-level", level);
    const isOpen = level !== "closed",
      isWhole = level === "whole";
    const say = (button, text, title, isExpanded) => {
      setText(button, text);
      setProperties(button, { title });
      setAttribute(button, "aria-label", title);
      setAttribute(button, "aria-expanded", String(isExpanded));
    };
    say(
      this.more,
      isWhole ? "▾" : "▴",
      isWhole ? "less of the explanation (E)" : "the whole explanation (E)",
      isWhole,
    );
    say(
      this.close,
      isOpen ? "✕" : "▴",
      isOpen ? "close the explanation (Escape)" : "show the explanation (E)",
      isOpen,
    );
    setProperties(this.more, { hidden: !isOpen });
    if (!isWhole) this.card.scrollTop = 0;
  }

  // a sheet that has no room beside the panel gets its place, until there is another window or another network
  makeRoom(isTooWide) {
    if (!isTooWide || this.isDocked) return;
    this.needsRoom = true;
    this.place();
  }

  settle() {
    this.needsRoom = false;
    this.place();
  }

  // the panel lies here on a narrow window, under a wide sheet, and while two networks stand beside each other
  place() {
    const { app, body } = this;
    const docked =
      this.host.matches(NARROW) ||
      this.needsRoom === true ||
      app.classList.contains("comparing") ||
      app.classList.contains("presenting");
    if (docked === this.isDocked) return;
    app.classList.toggle("docked", docked);
    (docked ? this.card : body).append(this.panel);
    const isAtCell = docked && this.store.view.selection && !this.isQuiet();
    this.#turn(isAtCell ? "compact" : this.#rest());
  }

  // what is scrolled into sight must not come to lie under the dock; the selected cell stays above it
  resized() {
    const { app } = this;
    const { model, view } = this.store;
    const height = this.element.offsetHeight;
    const grown = this.isTurning ? Infinity : height - this.height;
    this.height = height;
    this.isTurning = false;
    const dock = Math.round(height + this.lifted);
    // everything inherits it: another one styles the whole page anew
    if (dock !== this.dock) app.style.setProperty("--dock", `${dock}px`);
    this.dock = dock;
    const cell = model && this.restingCell();
    const isOpen = this.level !== "closed" || view.selection === null;
    if (cell && isOpen) this.#uncover(elementOf(cell), grown);
    return undefined;
  }

  // what has grown by so much may cover the cell; a cell that the reader scrolled away is left alone
  #uncover(element, grown) {
    const covered =
      element.getBoundingClientRect().bottom - this.element.getBoundingClientRect().top;
    if (covered <= 0 || covered > grown) return;
    const isCalm = this.host.matches("(prefers-reduced-motion: reduce)");
    element.scrollIntoView({
      block: "nearest",
      inline: "nearest",
      behavior: isCalm ? "auto" : "smooth",
    });
  }

  // a keyboard on the screen covers so much of the bottom of the window without making it smaller
  #lift(lifted) {
    if (lifted === this.lifted) return;
    this.lifted = lifted;
    this.element.classList.toggle("lifted", lifted > 0);
    this.element.style.bottom = lifted ? `${lifted}px` : "";
    this.isTurning = true;
    this.resized();
  }

  #listen() {
    let drag = null;
    const isHandle = (target) => target === this.grip || target.closest(".main h2") !== null;
    this.card.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || !isHandle(event.target)) return;
      drag = { y: event.clientY, height: this.card.offsetHeight };
      this.card.setPointerCapture(event.pointerId);
    });
    this.card.addEventListener("pointermove", (event) => {
      if (!drag) return;
      this.card.style.height = `${Math.max(36, drag.height + drag.y - event.clientY)}px`;
    });
    const end = (event) => {
      if (!drag) return;
      const way = drag.y - event.clientY;
      drag = null;
      this.card.style.height = "";
      if (event.type === "pointercancel") return;
      const at = LEVELS.indexOf(this.level);
      if (Math.abs(way) < FLICK) return this.rise();
      const next = LEVELS[Math.min(LEVELS.length - 1, Math.max(0, at + Math.sign(way)))];
      return next === "closed" ? this.#dismiss() : this.#turn(next);
    };
    this.card.addEventListener("pointerup", end);
    this.card.addEventListener("pointercancel", end);
  }
}
