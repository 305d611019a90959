// A square to draw a digit in, with mouse or finger. Gives the drawing as bytes; refuses to recognise it.

import { h } from "../shared/dom.js";

const PAPER = 96; // as SIDE in train_result_actions.py
const SHOWN = 192;

export class DigitPad {
  constructor(onDrawn) {
    this.onDrawn = onDrawn;
    this.canvas = h("canvas", {
      class: "paper",
      width: PAPER,
      height: PAPER,
      role: "img",
      "aria-label": "draw a digit here",
    });
    Object.assign(this.canvas.style, { width: `${SHOWN}px`, height: `${SHOWN}px` });
    this.context = this.canvas.getContext("2d", { willReadFrequently: true });
    this.element = h(
      "div",
      { class: "drawing" },
      h("p", { class: "note" }, "Draw a digit:"),
      this.canvas,
      h(
        "button",
        { type: "button", onclick: () => this.context.clearRect(0, 0, PAPER, PAPER) },
        "clear",
      ),
    );
    this.canvas.addEventListener("pointerdown", (event) => {
      this.canvas.setPointerCapture(event.pointerId);
      this.last = this.#at(event);
      this.#stroke(event);
    });
    this.canvas.addEventListener("pointermove", (event) => this.last && this.#stroke(event));
    for (const name of ["pointerup", "pointercancel"])
      this.canvas.addEventListener(name, () => {
        if (this.last) this.#send();
        this.last = null;
      });
  }

  #at(event) {
    return [(event.offsetX * PAPER) / SHOWN, (event.offsetY * PAPER) / SHOWN];
  }

  #stroke(event) {
    const { context } = this;
    const at = this.#at(event);
    context.lineWidth = 8;
    context.lineCap = "round";
    context.beginPath();
    context.moveTo(...this.last);
    context.lineTo(...at);
    context.stroke();
    this.last = at;
  }

  #send() {
    const { data } = this.context.getImageData(0, 0, PAPER, PAPER);
    let text = "";
    for (let i = 3; i < data.length; i += 4) text += String.fromCharCode(data[i]);
    this.onDrawn(btoa(text));
  }
}
