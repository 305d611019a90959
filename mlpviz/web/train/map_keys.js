// The large picture by keys: the arrows move a place on it, which is read out, and Enter does there what a press of the
// pointer does: it adds or removes a point, takes one up and puts it down, begins a curve and ends it.

import { h } from "../shared/dom.js";

const ARROWS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
const STEP = 0.02; // of the picture
const FAR = 5; // times that with Shift

export class MapKeys {
  // map: { points, readout, size, x, y, place(event) }; pointer: what a pointer at { offsetX, offsetY } does
  constructor(map, pointer) {
    this.map = map;
    this.pointer = pointer;
    this.place = null; // in the units of the axes, which may change; at first the middle
    this.mark = h("i", { class: "place", "aria-hidden": "true", hidden: true });
    map.points.addEventListener("keydown", (event) => this.#key(event));
    map.points.addEventListener("blur", () => this.#leave());
    map.points.addEventListener("pointerdown", () => this.#leave());
  }

  get #at() {
    const { x, y, size } = this.map;
    const [offsetX, offsetY] = this.place
      ? [x(this.place[0]), y(this.place[1])]
      : size.map((length) => length / 2);
    return { offsetX, offsetY, button: 0 };
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const way = ARROWS[event.key];
    if (way) this.#move(way, event.shiftKey ? FAR : 1);
    else if (event.key === "Enter") this.#press();
    else if (event.key === "Escape" && this.pointer.isBusy) this.pointer.cancel();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #move(way, times) {
    const { map } = this;
    const { offsetX, offsetY } = this.#at;
    const [across, down] = way.map((steps, axis) => steps * STEP * times * map.size[axis]);
    this.place = map.place({ offsetX: offsetX + across, offsetY: offsetY + down });
    this.#show();
    this.pointer.move(this.#at);
  }

  #press() {
    this.#show();
    const { pointer } = this;
    const wasBusy = pointer.isBusy;
    if (!wasBusy) pointer.down(this.#at);
    // what was taken up is put down by the next Enter
    if (wasBusy || !pointer.isBusy) pointer.up(this.#at);
    pointer.move(this.#at);
  }

  // what is read under the pointer is not read aloud; what keys lead to is
  #show() {
    const { offsetX, offsetY } = this.#at;
    this.map.readout.setAttribute("aria-live", "polite");
    this.mark.hidden = false;
    this.mark.style.translate = `${offsetX}px ${offsetY}px`;
  }

  #leave() {
    this.map.readout.setAttribute("aria-live", "off");
    this.mark.hidden = true;
  }
}
