// One figure: Plotly draws it in the colours of the page. The pointer on it moves settings, its numbers stand beside
// the pointer in the page's own format, and a text says what is to be seen.

import { h, setProperties, setText, setTold } from "../shared/dom.js";
import { formatNumber } from "../shared/number_text.js";
import { newGesture } from "../shared/outbox.js";
import { FigureColours } from "./figure_colours.js";

const NEAR = "100px"; // how far outside of the window a figure is drawn already

const TOOLS = {
  responsive: false,
  displaylogo: false,
  doubleClick: "reset",
  modeBarButtonsToRemove: ["toImage", "lasso2d", "select2d", "autoScale2d"],
};

const THEMED = ["color", "--positive", "--bg"]; // what tells light from dark

export class FigureView {
  // send(event); save(name, blob): a file; library: a promise of Plotly
  constructor(key, { send, save, library, path }) {
    this.key = key;
    this.send = send;
    this.save = save;
    this.library = library;
    this.path = path;
    this.traces = new Map(); // stamp -> a trace as it was sent last
    this.colours = new FigureColours();
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
    // what nobody sees is drawn when it comes near: each figure takes tens of milliseconds
    /** @type {Promise<void>} */
    this.sighted = new Promise((known) => {
      const look = (entries) => {
        this.isNear = entries.at(-1).isIntersecting;
        known();
        if (this.isNear && this.part) this.draw();
      };
      const near = { rootMargin: NEAR, scrollMargin: NEAR };
      this.sight = new IntersectionObserver(look, near);
      this.sight.observe(this.plot);
    });
  }

  // false: a trace is not here that was sent before; the figure stays as it is
  /** @param {import("../shared/protocol.js").PartItem} part */
  take(part) {
    const { data, stamps } = part.figure;
    const traces = data.map((trace, at) => trace ?? this.traces.get(stamps[at]));
    if (traces.includes(undefined)) return false;
    this.traces = new Map(stamps.map((stamp, at) => [stamp, traces[at]]));
    this.part = part;
    setText(this.title, part.title);
    setTold(this.text, part.text);
    this.plot.setAttribute("aria-label", `${part.title}. ${this.text.textContent}`);
    // the tools of a figure that is explored are buttons, which an image has none of
    this.plot.setAttribute("role", part.explored ? "group" : "img");
    this.plot.style.height = `${part.height}px`;
    // the place stays while a narrow window shows the figure over what is slid
    this.plot.parentElement.style.minHeight = `${part.height}px`;
    this.plot.classList.toggle("moves", part.moves.length > 0);
    this.plot.classList.toggle("upwards", Boolean(part.moves[1]));
    return true;
  }

  // draw what has changed, unless nobody can see it
  async draw({ always = false } = {}) {
    const { part } = this;
    if (!part) return; // an answer that came before the first one: all was asked for again
    const Plotly = await this.library;
    await this.sighted;
    // a newer answer draws itself
    if (part !== this.part || !this.plot.isConnected || !(this.isNear || always)) return;
    const { stamps, layout: plain } = part.figure;
    const { clientWidth: width } = this.plot;
    const style = getComputedStyle(this.plot);
    // the text has the host's colour at once, the others follow
    const theme = THEMED.map((name) => style.getPropertyValue(name)).join();
    const look = [width, part.height, part.explored, style.fontFamily, theme].join();
    const shown = JSON.stringify([stamps, plain, look, part.moves]);
    if (shown === this.shown) return;
    this.shown = shown;
    this.colours.begin(this.plot, theme);
    const data = stamps.map((stamp) => this.colours.trace(stamp, this.traces.get(stamp)));
    const layout = this.colours.plain(plain);
    this.colours.end();
    this.width = width;
    layout.width = width;
    layout.height = part.height;
    layout.font = { ...layout.font, family: style.fontFamily };
    layout.separators = formatNumber(0.5).includes(",") ? ", " : ".,";
    layout.uirevision = this.key;
    if (part.moves.length) layout.dragmode = false;
    const config = { ...TOOLS, displayModeBar: part.explored, scrollZoom: part.explored };
    await Plotly.react(this.plot, data, layout, config);
    this.#name();
    if (this.isListening) return;
    this.isListening = true;
    this.plot.on("plotly_hover", (event) => this.#say(event));
    this.plot.on("plotly_unhover", () => setProperties(this.tip, { hidden: true }));
  }

  // what Plotly leaves without a name, or calls what it is not: its tools have no arrow keys
  #name() {
    for (const canvas of this.plot.querySelectorAll("canvas"))
      canvas.setAttribute("aria-hidden", "true");
    for (const tools of this.plot.querySelectorAll(".modebar")) {
      tools.setAttribute("role", "group");
      tools.setAttribute("aria-label", "tools of this figure");
    }
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
    await this.draw({ always: true });
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
    this.sight?.disconnect();
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
