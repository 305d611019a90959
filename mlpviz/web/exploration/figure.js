// One figure: Plotly draws it in the colours of the page. The pointer on it moves settings, its numbers stand beside
// the pointer in the page's own format, and a text says what is to be seen.

import { h, setProperties, setText, setTold } from "../shared/dom.js";
import { formatNumber } from "../shared/number_text.js";
import { newGesture } from "../shared/outbox.js";
import { withColours } from "./figure_colours.js";

const TOOLS = {
  responsive: false,
  displaylogo: false,
  doubleClick: "reset",
  modeBarButtonsToRemove: ["toImage", "lasso2d", "select2d", "autoScale2d"],
};

export class FigureView {
  // send(event); save(name, blob): a file; library: a promise of Plotly
  constructor(key, { send, save, library, path }) {
    this.key = key;
    this.send = send;
    this.save = save;
    this.library = library;
    this.path = path;
    this.title = h("b", {});
    this.plot = h("div", { class: "plot", role: "img", tabindex: "-1" });
    this.tip = h("div", { class: "figure-tip", hidden: true });
    this.text = h("p", { class: "figure-text" });
    const button = (label, title, act) =>
      h(
        "button",
        { type: "button", class: "quiet", title, "aria-label": title, onclick: act },
        label,
      );
    const data = (format) => () => send({ type: "save", figure: key, format });
    this.element = h(
      "figure",
      { class: "exploration-figure" },
      h("figcaption", {}, this.title),
      h("div", { class: "plot-frame" }, this.plot, this.tip),
      this.text,
      h(
        "div",
        { class: "saving" },
        button("SVG", "save this figure as SVG", () => this.#picture("svg")),
        button("PNG", "save this figure as PNG", () => this.#picture("png")),
        button("CSV", "save the data of this figure as CSV", data("csv")),
        button("JSON", "save the data of this figure as JSON", data("json")),
      ),
    );
    this.#follow();
    this.resizes = new ResizeObserver(() => {
      const { clientWidth } = this.plot;
      if (this.part && clientWidth && clientWidth !== this.width) this.draw();
    });
    this.resizes.observe(this.plot);
  }

  /** @param {import("../shared/protocol.js").PartItem} part */
  take(part, isDark) {
    this.part = part;
    setText(this.title, part.title);
    setTold(this.text, part.text);
    this.plot.setAttribute("aria-label", `${part.title}. ${this.text.textContent}`);
    // the tools of a figure that is explored are buttons, which an image has none of
    this.plot.setAttribute("role", part.explored ? "group" : "img");
    this.plot.style.height = `${part.height}px`;
    this.plot.classList.toggle("moves", part.moves.length > 0);
    this.plot.classList.toggle("upwards", Boolean(part.moves[1]));
    this.isDark = isDark;
    return this.draw();
  }

  async draw() {
    const { part } = this;
    const Plotly = await this.library;
    // a newer answer draws itself
    if (part !== this.part || !this.plot.isConnected) return;
    const { data, layout } = withColours(part.figure, this.plot);
    for (const trace of data) trace.hoverinfo ??= "none";
    this.width = this.plot.clientWidth;
    layout.width = this.width;
    layout.height = part.height;
    layout.font = { ...layout.font, family: getComputedStyle(this.plot).fontFamily };
    layout.separators = formatNumber(0.5).includes(",") ? ", " : ".,";
    layout.uirevision = this.key;
    const isMoved = part.moves.length > 0;
    if (isMoved) layout.dragmode = false;
    const config = { ...TOOLS, displayModeBar: part.explored, scrollZoom: part.explored };
    await Plotly.react(this.plot, data, layout, config);
    if (this.isListening) return;
    this.isListening = true;
    this.plot.on("plotly_hover", (event) => this.#say(event));
    this.plot.on("plotly_unhover", () => setProperties(this.tip, { hidden: true }));
  }

  // the numbers under the pointer
  #say({ points, event }) {
    const named = (axis, title) => title?.text?.replace(/<[^>]*>/g, "") || axis;
    const lines = points.map((point) => {
      const { xaxis, yaxis, data } = point;
      const pairs = [
        [named("x", xaxis?.title), point.x],
        [named("y", yaxis?.title), point.y],
        [data.colorbar?.title?.text || "z", point.z],
      ].filter(([, value]) => value !== undefined);
      const said = pairs.map(([name, value]) => `${name} ${numberOrText(value)}`).join(", ");
      return data.name ? `${data.name}: ${said}` : said;
    });
    this.tip.replaceChildren(...lines.map((line) => h("p", {}, line)));
    const box = this.plot.getBoundingClientRect();
    const at = event?.clientX === undefined ? 0 : event.clientX - box.left;
    const isRight = at > box.width / 2;
    this.tip.style.left = isRight ? "auto" : `${at + 14}px`;
    this.tip.style.right = isRight ? `${box.width - at + 14}px` : "auto";
    this.tip.style.top = `${Math.max(0, (event?.clientY ?? box.top) - box.top - 36)}px`;
    setProperties(this.tip, { hidden: false });
  }

  // a press, and each movement after it, as a place on the axes
  #follow() {
    let gesture = null;
    const send = (event) => {
      const place = this.#placeOf(event);
      if (place) this.send({ type: "point", figure: this.key, ...place, gesture });
    };
    this.plot.addEventListener("pointerdown", (event) => {
      if (!this.part?.moves.length || event.button !== 0 || !this.#placeOf(event, true)) return;
      gesture = newGesture();
      this.plot.setPointerCapture(event.pointerId);
      event.preventDefault();
      send(event);
    });
    this.plot.addEventListener("pointermove", (event) => {
      if (gesture && this.part.drags) send(event);
    });
    for (const type of ["pointerup", "pointercancel"])
      this.plot.addEventListener(type, () => {
        gesture = null;
      });
  }

  #placeOf(event, mustBeInside = false) {
    const layout = /** @type {any} */ (this.plot)._fullLayout;
    if (!layout?.xaxis || !layout.yaxis) return null;
    const box = this.plot.getBoundingClientRect();
    const size = layout._size;
    const across = event.clientX - box.left - size.l;
    const down = event.clientY - box.top - size.t;
    if (mustBeInside && (across < 0 || down < 0 || across > size.w || down > size.h)) return null;
    const on = (axis, pixels) => {
      const place = axis.p2l(pixels);
      return axis.type === "log" ? 10 ** place : place;
    };
    return { x: on(layout.xaxis, across), y: on(layout.yaxis, down) };
  }

  async #picture(format) {
    const Plotly = await this.library;
    const scale = format === "png" ? 2 : 1;
    const { clientWidth: width } = this.plot;
    const ground = getComputedStyle(this.plot).getPropertyValue("--bg");
    const layout = { .../** @type {any} */ (this.plot).layout, paper_bgcolor: ground.trim() };
    const figure = { data: /** @type {any} */ (this.plot).data, layout };
    const url = await Plotly.toImage(figure, { format, width, height: this.part.height, scale });
    this.save(`${this.path}-${this.key}.${format}`, blobOf(url));
  }

  async stop() {
    this.resizes.disconnect();
    const Plotly = await this.library.catch(() => null);
    Plotly?.purge(this.plot);
  }
}

function numberOrText(value) {
  return typeof value === "number" ? formatNumber(value) : String(value);
}

// a picture that Plotly gives as an address
function blobOf(url) {
  const [head, body] = url.split(/,(.*)/s);
  const type = head.slice("data:".length).split(/[;,]/)[0];
  if (!head.endsWith(";base64")) return new Blob([decodeURIComponent(body)], { type });
  return new Blob([Uint8Array.from(atob(body), (letter) => letter.charCodeAt(0))], { type });
}
