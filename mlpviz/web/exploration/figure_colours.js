// The colours of a figure: Python names those of the style sheet, Plotly wants them as numbers.

const NAMED = /^var\((--[\w-]+)\)$/;

// a copy of the figure in which each name is the colour that it has here
export function withColours(figure, element) {
  const probe = document.createElement("span");
  element.append(probe);
  const style = getComputedStyle(probe);
  const known = new Map();
  const resolved = (name) => {
    if (!known.has(name)) {
      probe.style.color = name;
      known.set(name, plainColour(style.color));
    }
    return known.get(name);
  };
  const walk = (value) => {
    if (typeof value === "string") return NAMED.test(value) ? resolved(value) : value;
    if (Array.isArray(value)) return value.map(walk);
    if (!value || typeof value !== "object" || value.bdata !== undefined) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, walk(one)]));
  };
  const found = walk(figure);
  probe.remove();
  return { data: found.data, layout: found.layout ?? {} };
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
