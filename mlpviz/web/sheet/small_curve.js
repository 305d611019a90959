// A small line of numbers over steps, scaled to its own range; gaps where a number is not finite.

import { extent, linear, polylinePoints } from "../shared/axes.js";
import { svg } from "../shared/dom.js";

// returns the drawing and the places of its points
export function smallCurve(values, { width, height, edge = 4, title }) {
  const [bottom, top] = extent(values) ?? [0, 0];
  const x = linear([0, Math.max(1, values.length - 1)], [edge, width - edge]);
  const y = linear([bottom, top], [height - edge, edge]);
  const points = values.map((value, at) => (value === null ? null : [x(at), y(value)]));
  const plot = svg("svg", {
    viewBox: `0 0 ${width} ${height}`,
    class: "curve",
    role: "img",
    "aria-label": title,
  });
  if (bottom < 0 && top > 0) {
    plot.append(svg("line", { x1: edge, x2: width - edge, y1: y(0), y2: y(0), class: "axis" }));
  }
  plot.append(svg("polyline", { points: polylinePoints(points) }));
  return { plot, points };
}
