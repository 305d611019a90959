// A small line of numbers over steps, scaled to its own range; gaps where a number is not finite.

import { svg } from "./dom.js";

// returns the drawing and the places of its points
export function curve(values, { width, height, edge = 4, title }) {
  const finite = values.filter((value) => value !== null);
  const [bottom, top] = finite.length ? [Math.min(...finite), Math.max(...finite)] : [0, 0];
  const x = (at) => edge + (at / Math.max(1, values.length - 1)) * (width - 2 * edge);
  // a line that does not move lies in the middle
  const y = (value) =>
    top > bottom
      ? height - edge - ((value - bottom) / (top - bottom)) * (height - 2 * edge)
      : height / 2;
  const points = values.map((value, at) => (value === null ? null : [x(at), y(value)]));
  const plot = svg("svg", {
    viewBox: `0 0 ${width} ${height}`,
    class: "curve",
    role: "img",
    "aria-label": title,
  });
  if (bottom < 0 && top > 0)
    plot.append(svg("line", { x1: edge, x2: width - edge, y1: y(0), y2: y(0), class: "axis" }));
  plot.append(
    svg("polyline", {
      points: points
        .filter(Boolean)
        .map((point) => point.map((at) => at.toFixed(1)).join())
        .join(" "),
    }),
  );
  return { plot, points };
}
