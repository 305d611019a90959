// The colours of a figure: Python names those of the style sheet, Plotly wants them as numbers.

const NAMED = /^var\((--[\w-]+)\)$/;

export class FigureColours {
  constructor() {
    this.known = new Map(); // name -> its colour
    this.traces = new Map(); // stamp -> the trace in these colours: Plotly compares arrays by whether they are the same
  }

  // what is asked until end() is drawn in this element; theme: what changes with its colours
  begin(element, theme) {
    if (theme !== this.theme) {
      this.theme = theme;
      this.known.clear();
      this.traces.clear();
    }
    this.before = this.traces;
    this.traces = new Map();
    this.probe = document.createElement("span");
    element.append(this.probe);
    this.style = getComputedStyle(this.probe);
  }

  end() {
    this.probe.remove();
    this.before = null;
  }

  // a copy of a trace in which each name is the colour that it has here
  trace(stamp, sent) {
    const found = this.before.get(stamp) ?? { hoverinfo: "none", ...this.plain(sent) };
    this.traces.set(stamp, found);
    return found;
  }

  // the same of anything else
  plain(value) {
    if (typeof value === "string") return NAMED.test(value) ? this.#resolved(value) : value;
    if (Array.isArray(value)) return value.map((one) => this.plain(one));
    if (!value || typeof value !== "object" || value.bdata !== undefined) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, this.plain(one)]));
  }

  #resolved(name) {
    if (!this.known.has(name)) {
      this.probe.style.color = name;
      this.known.set(name, plainColour(this.style.color));
    }
    return this.known.get(name);
  }
}

// mixed colours come as color(srgb 0.1 0.2 0.3 / 0.5), which Plotly does not read
function plainColour(text) {
  const found = /^color\(srgb ([^)]*)\)$/.exec(text);
  if (!found) return text;
  const [rgb, alpha = "1"] = found[1].split("/");
  const parts = rgb
    .trim()
    .split(/\s+/)
    .map((part) => Math.round(255 * Number(part)));
  return `rgba(${parts.join(", ")}, ${alpha.trim()})`;
}
