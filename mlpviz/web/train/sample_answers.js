// Answers of the network to one sample, which is typed or drawn.

import { cssOf, smallPicture } from "../shared/colours.js";
import { h, toldNodes } from "../shared/dom.js";
import { measured, shared } from "./labels.js";

const MOST_FIELDS = 40;

export class SampleAnswers {
  constructor({ send }) {
    this.send = send;
    const onsubmit = (event) => {
      event.preventDefault();
      this.#predict();
    };
    this.form = h("form", { class: "point", onsubmit });
    this.answer = h("div", { class: "given" });
    this.pad = new DigitPad((drawing) => send({ type: "digit", drawing, gesture: "digit" }));
    this.element = h(
      "div",
      { class: "try" },
      h("h3", {}, "Ask the network"),
      this.form,
      this.pad.element,
      this.answer,
    );
  }

  take(still, answer, colours) {
    if (answer) this.#show(answer, colours);
    if (still.run === this.run) return;
    this.run = still.run;
    this.answer.replaceChildren();
    // the numbers that were typed stay for a new run on the same features
    const key = JSON.stringify([still.features, still.image_shape]);
    if (key !== this.key) this.#build(still);
    this.key = key;
  }

  #build({ features, image_shape: shape }) {
    this.pad.element.hidden = !shape;
    this.form.hidden = Boolean(shape) || features.length > MOST_FIELDS;
    this.inputs = features
      .slice(0, MOST_FIELDS)
      .map((name) =>
        h("input", { type: "text", inputmode: "decimal", "aria-label": name, value: "0" }),
      );
    this.form.replaceChildren(
      ...this.inputs.map((input, i) => h("label", {}, h("span", {}, features[i]), input)),
      h("button", { type: "submit" }, "Predict"),
    );
  }

  #predict() {
    this.send({ type: "predict", point: this.inputs.map((input) => input.value) });
  }

  #show({ classes, probabilities, guess, values, picture }, colours) {
    const row = (name, isChosen, ...rest) =>
      h("div", { class: isChosen ? "bar chosen" : "bar" }, h("span", {}, name), ...rest);
    const rows = classes
      ? classes.map((name, i) => {
          const share = h("span", {}, ...toldNodes(shared(probabilities[i])));
          return row(name, i === guess, bar(probabilities[i], colours.ofClass(i)), share);
        })
      : values.map((value, i) => {
          const name = values.length > 1 ? `output ${i + 1}` : "answer";
          return row(name, false, h("b", {}, ...toldNodes(measured(value))));
        });
    const note = h("p", { class: "note" }, "what the network reads:");
    const read = picture ? [note, smallPicture(picture, 84, colours)] : [];
    this.answer.replaceChildren(...read, ...rows);
  }
}

function bar(share, colour) {
  const filled = h("i", {});
  const width = `${Math.round(100 * (share ?? 0))}%`;
  Object.assign(filled.style, { width, background: cssOf(colour) });
  return h("span", { class: "track" }, filled);
}

// ------------------------------------------------------------------

// A square to draw a digit in, with mouse or finger. Gives the drawing as bytes; refuses to recognise it.

const PAPER = 96; // as SIDE in train_result_actions.py
const SHOWN = 192;

class DigitPad {
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
        "Clear",
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
