// Where the explanation lies when there is no room beside the sheet: above the transport bar, closed to its title, compact
// with formula and slider, or whole. Knows nothing of what is explained; without it the panel stands beside the sheet.

import { h, setAttribute, setProperties, setText } from "../shared/dom.js";
import { elementOf } from "./cells.js";

const NARROW = "(max-width: 1199px)",
  PHONE = "(max-width: 600px)";
const LEVELS = ["closed", "compact", "whole"];
const FLICK = 30; // px of a drag that changes the level
const KEYBOARD = 120; // px: what a keyboard on the screen takes at least

export class Dock {
  constructor(host, panel, transport) {
    this.host = host;
    this.panel = panel;
    this.level = "closed";
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
    this.element = h("div", { class: "dock" }, this.card, transport);
    this.#listen();
    this.#turn("closed");
  }

  // once the sheet is on the page
  watch() {
    this.narrow = window.matchMedia(NARROW);
    this.settled = () => this.settle();
    window.addEventListener("resize", this.settled);
    this.size = new ResizeObserver(() => this.#resized());
    this.size.observe(this.element);
    this.lift = () => this.#lift();
    window.visualViewport?.addEventListener("resize", this.lift);
    this.place();
  }

  stop() {
    window.removeEventListener("resize", this.settled);
    this.size.disconnect();
    window.visualViewport?.removeEventListener("resize", this.lift);
  }

  get isDocked() {
    return this.host.app.classList.contains("docked");
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
    } else if (this.host.view.selection !== null && this.#rest() === "compact") return false;
    else this.#dismiss();
    return true;
  }

  // there is room for the card on all but phones
  #rest() {
    return window.matchMedia(PHONE).matches ? "closed" : "compact";
  }

  #dismiss() {
    this.#giveBack();
    this.#turn("closed");
    this.host.attention.select(null);
  }

  // what folds away must not take the focus with it: it goes to the explained cell, and the page stays where it is
  #giveBack() {
    const { attention } = this.host;
    if (!this.card.contains(this.host.activeElement())) return;
    const cell = attention.restingCell();
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
    const { app, body } = this.host;
    const docked =
      this.narrow.matches || this.needsRoom === true || app.classList.contains("comparing");
    if (docked === this.isDocked) return;
    app.classList.toggle("docked", docked);
    (docked ? this.card : body).append(this.panel);
    this.#turn(docked && this.host.view.selection ? "compact" : this.#rest());
  }

  // what is scrolled into sight must not come to lie under the dock; the selected cell stays above it
  #resized() {
    const { app, model, view } = this.host;
    if (!this.isDocked) return app.style.removeProperty("--dock");
    const height = this.element.offsetHeight;
    const grown = this.isTurning ? Infinity : height - this.height;
    this.height = height;
    this.isTurning = false;
    app.style.setProperty("--dock", `${Math.round(height + this.lifted)}px`);
    const cell = model && view.cell(model);
    if (cell && this.level !== "closed") this.#uncover(elementOf(cell), grown);
    return undefined;
  }

  // what has grown by so much may cover the cell; a cell that the reader scrolled away is left alone
  #uncover(element, grown) {
    const covered =
      element.getBoundingClientRect().bottom - this.element.getBoundingClientRect().top;
    if (covered <= 0 || covered > grown) return;
    const isCalm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    element.scrollIntoView({
      block: "nearest",
      inline: "nearest",
      behavior: isCalm ? "auto" : "smooth",
    });
  }

  // a keyboard on the screen covers the bottom of the window without making it smaller
  #lift() {
    const { height, offsetTop, scale } = window.visualViewport;
    const covered = scale > 1 ? 0 : window.innerHeight - height - offsetTop;
    const lifted = covered > KEYBOARD ? Math.round(covered) : 0;
    if (lifted === this.lifted) return;
    this.lifted = lifted;
    this.element.classList.toggle("lifted", lifted > 0);
    this.element.style.bottom = lifted ? `${lifted}px` : "";
    this.isTurning = true;
    this.#resized();
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
