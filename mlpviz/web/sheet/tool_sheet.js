// The tools of the sheet: in line where they have room, on a phone in a sheet of their own over the lower half of the
// window, which one button opens.

import { activeIn, h, setAttribute } from "../shared/dom.js";

const PHONE = "(max-width: 600px)";

export class ToolSheet {
  constructor(tools) {
    this.element = h(
      "div",
      {
        class: "tool-sheet",
        id: "tools",
        onclick: (event) => this.#afterClick(event),
        // what the menu of the rarer tools changes is the look of the sheet
        onchange: ({ target }) => target.closest(".more") && this.turn(false),
      },
      ...tools,
    );
    this.shade = h("div", { class: "shade", onclick: () => this.turn(false) });
    this.button = h(
      "button",
      {
        type: "button",
        class: "open-tools",
        "aria-controls": "tools",
        "aria-expanded": "false",
        onclick: () => this.turn(!this.isOpen),
      },
      "Tools",
    );
    this.isOpen = false;
    this.element.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.isOpen) return;
      this.turn(false);
      event.stopPropagation();
    });
  }

  turn(isOpen) {
    const isLeft = !isOpen && this.element.contains(activeIn(this.element));
    this.isOpen = isOpen;
    setAttribute(this.button, "aria-expanded", String(isOpen));
    for (const part of [this.element, this.shade]) part.classList.toggle("open", isOpen);
    if (isLeft) this.button.focus({ preventScroll: true });
  }

  // who pressed something wants to see what it did; choices and menus stay
  #afterClick(event) {
    if (this.isOpen && event.target.closest("button:not(.term)")) this.turn(false);
  }

  // `guests` stand in `home` as long as there is room for them there
  watch(host, home, guests) {
    const place = () => {
      const isPhone = host.matches(PHONE);
      const to = isPhone ? this.element : home;
      if (guests.parentElement !== to) to.append(guests);
      if (!isPhone) this.turn(false);
    };
    place();
    return host.listen("resize", place);
  }
}
