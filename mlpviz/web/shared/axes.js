// Scales from numbers to pixels and back, the round numbers on an axis, and lines with gaps: one set for all plots.

import { inReadersSign } from "./decimal_sign.js";
import { svg } from "./dom.js";
import { formatNumber } from "./number_text.js";

// from two numbers to two pixels, to the middle where both numbers are one; `invert` goes back and stays between both
/** @param {number[]} domain @param {number[]} range */
export function linear(domain, range) {
  const [from, to] = domain;
  const [first, last] = range;
  const slope = to === from ? 0 : (last - first) / (to - from);
  const start = to === from ? (first + last) / 2 : first;
  const scale = (value) => start + slope * (value - from);
  scale.invert = (pixel) => {
    const share = last === first ? 0.5 : (pixel - first) / (last - first);
    return from + (to - from) * Math.min(1, Math.max(0, share));
  };
  scale.domain = domain;
  return scale;
}

// the same for numbers above 0, by their size
export function logarithmic(domain, range) {
  const inner = linear(domain.map(Math.log10), range);
  const scale = (value) => inner(Math.log10(value));
  scale.invert = (pixel) => 10 ** inner.invert(pixel);
  scale.domain = domain;
  return scale;
}

// smallest and largest of what is a number; null where there is none
export function extent(values) {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (value == null) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : null;
}

// with so much room on both sides where they are one number
/** @param {number[]} ends @param {number} room */
export function apart([low, high], room) {
  return high > low ? [low, high] : [low - room, high + room];
}

// round numbers from low to high, about `count` of them
export function ticks(low, high, count) {
  if (!(high > low)) return [low];
  const raw = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].find((factor) => factor * power >= raw) * power;
  const found = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++)
    found.push(i * step);
  return found;
}

// powers of ten between low and high, both above 0
export function powers(low, high) {
  const found = [];
  const [first, last] = [Math.ceil(Math.log10(low) - 1e-9), Math.floor(Math.log10(high) + 1e-9)];
  const every = Math.max(1, Math.ceil((last - first) / 4));
  for (let i = first; i <= last; i += every) found.push(10 ** i);
  return found.length ? found : [low, high];
}

// the numbers of an axis on a canvas, whose colour and font are set already
// right: where the texts of an upward axis end; baseline: where those of an axis to the right stand
/**
 * @param {CanvasRenderingContext2D} context
 * @param {(value: number) => number} scale
 * @param {{ values: number[], write?: (value: number) => string, right?: number, baseline?: number }} how
 */
export function writeTicks(context, scale, { values, write = formatNumber, right, baseline }) {
  context.textAlign = right === undefined ? "center" : "right";
  context.textBaseline = right === undefined ? "alphabetic" : "middle";
  for (const value of values) {
    const text = inReadersSign(write(value));
    if (right === undefined) context.fillText(text, scale(value), baseline);
    else context.fillText(text, right, scale(value));
  }
  context.textBaseline = "alphabetic";
}

// a line on a canvas; what has no place on a scale ends a stretch of it. Without `xs` the numbers are equally far
// apart
export function strokeSeries(context, xs, ys, x, y) {
  context.beginPath();
  let isOpen = false;
  for (let i = 0; i < ys.length; i++) {
    const up = ys[i] == null ? Number.NaN : y(ys[i]);
    if (!Number.isFinite(up)) {
      isOpen = false;
      continue;
    }
    const across = x(xs ? xs[i] : i);
    if (isOpen) context.lineTo(across, up);
    else context.moveTo(across, up);
    isOpen = true;
  }
  context.stroke();
}

// an upright line, such as the moment that is shown
export function strokeUpright(context, x, top, bottom) {
  context.beginPath();
  context.moveTo(x, top);
  context.lineTo(x, bottom);
  context.stroke();
}

// the same as the points of an SVG polyline, without gaps
export function polylinePoints(points) {
  const texts = points.filter(Boolean).map((point) => point.map((at) => at.toFixed(1)).join());
  return texts.join(" ");
}

// ------------------------------------------------------------------

// A small line of numbers over steps, scaled to its own range; gaps where a number is not finite.

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
