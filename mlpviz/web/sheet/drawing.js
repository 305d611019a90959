// The drawing of the network, aligned with the bands; it shows one chosen sample.

import { setAttribute, setText, svg } from "../shared/dom.js";
import { digitsAt, numberAt, textAt } from "./scene_numbers.js";

const MOST_EDGES = 2000;
const HIDDEN = "?"; // a number that somebody is to compute, and what follows from it

// node positions come from where the bands are, so this runs after every layout change
export function buildDrawing(model, sheet, layer) {
  const { structure } = model;
  const bands = [...sheet.querySelectorAll(".band")];
  const column = bands[0].querySelector(".graph");
  const box = sheet.getBoundingClientRect();
  const place = column.getBoundingClientRect();
  const width = place.width;
  layer.setAttribute("width", width);
  layer.setAttribute("height", sheet.scrollHeight);
  // the column sticks to the edge of what scrolls, so its place there is the same at every scroll position
  layer.style.left = `${place.left - sheet.parentElement.getBoundingClientRect().left}px`;
  const nodes = [];
  structure.bands.forEach(({ units }, number) => {
    const band = bands[number].getBoundingClientRect();
    const y = band.top - box.top + sheet.scrollTop + band.height / 2;
    const gap = Math.min(50, (width - 8) / units);
    const radius = Math.max(2, Math.min(14, gap * 0.45, band.height / 2 - 2));
    nodes.push(
      Array.from({ length: units }, (_, unit) => ({
        x: width / 2 + (unit - (units - 1) / 2) * gap,
        y,
        radius,
      })),
    );
  });
  const edges = svg("g");
  const circles = svg("g");
  const drawing = { nodes: [], edges: [] };
  const total = structure.bands
    .slice(1)
    .reduce((sum, { units }, number) => sum + units * structure.bands[number].units, 0);
  for (let number = 1; number < nodes.length && total <= MOST_EDGES; number++) {
    const block = model.byKey.get(`weight.${number}`);
    nodes[number].forEach((to, r) =>
      nodes[number - 1].forEach((from, c) => {
        const line = svg("line", {
          x1: from.x,
          y1: from.y + from.radius,
          x2: to.x,
          y2: to.y - to.radius,
        });
        edges.append(line);
        drawing.edges.push({
          line,
          block,
          at: model.at(block, r, c),
          name: `W ${r + 1},${c + 1} of layer ${number}`,
        });
      }),
    );
  }
  nodes.forEach((row, number) =>
    row.forEach(({ x, y, radius }, unit) => {
      const group = svg("g", { transform: `translate(${x} ${y})` });
      group.append(svg("circle", { r: radius }));
      const text = svg("text", { dy: "0.35em" });
      const strike = svg("line", {
        x1: -radius * 0.7,
        y1: radius * 0.7,
        x2: radius * 0.7,
        y2: -radius * 0.7,
        class: "strike",
      });
      if (radius >= 9) group.append(text);
      group.append(strike);
      circles.append(group);
      drawing.nodes.push({ group, text, number, unit });
    }),
  );
  layer.replaceChildren(edges, buildSkips(structure, nodes, width), circles);
  return drawing;
}

// a skip is one arc beside the units: from what it reads to what it is added to
function buildSkips(structure, nodes, width) {
  const skips = svg("g");
  structure.bands.forEach(({ skip }, number) => {
    if (!skip) return;
    const [from, to] = [nodes[number - skip].at(-1), nodes[number].at(-1)];
    const [begin, end] = [from.x + from.radius + 1, to.x + to.radius + 1];
    const far = Math.min(width - 2, Math.max(begin, end) + 26);
    skips.append(
      svg("path", {
        class: "skip",
        d: `M${begin} ${from.y} C${far} ${from.y} ${far} ${to.y} ${end} ${to.y}`,
      }),
    );
    const sign = svg("text", { class: "skip-sign", x: end + 4, y: to.y - 4 });
    sign.textContent = "+";
    skips.append(sign);
  });
  return skips;
}

export function paintDrawing(drawing, model, scene, view, marks) {
  const sample = view.sample - 1;
  const isKnown = model.known(view);
  const largest = new Map();
  for (const { line, block, at } of drawing.edges) {
    const value = numberAt(scene, at) ?? 0;
    if (!largest.has(block)) largest.set(block, model.largest(block, scene) || 1);
    const sign = !isKnown(at)
      ? "unknown"
      : value < 0
        ? "negative"
        : value > 0
          ? "positive"
          : "zero";
    const mark = marks.get(at) === "path" ? "path" : "marked";
    const name = marks.has(at) ? `${sign} ${mark}` : sign;
    setAttribute(line, "class", name);
    setAttribute(
      line,
      "stroke-width",
      (0.8 + 1.4 * (Math.abs(value) / largest.get(block))).toFixed(1),
    );
  }
  for (const { group, text, number, unit } of drawing.nodes) {
    const key = number ? `a.${number}` : "x.0";
    const at = model.at(model.byKey.get(key), unit, sample);
    const known = isKnown(at);
    const label = known ? textAt(scene, at) : model.seen ? HIDDEN : "";
    setText(text, label.length > 7 ? `${label.slice(0, 6)}…` : label);
    setAttribute(text, "class", label.length > 3 ? "long" : "");
    const slope = model.byKey.get(`slope.${number}`);
    const isZero = (block) => {
      const place = model.at(block, unit, sample);
      return isKnown(place) && numberAt(scene, place) === 0;
    };
    const closed = known && slope && isZero(slope);
    const mask = model.byKey.get(`mask.${number}`);
    const dropped = mask && isZero(mask);
    const pinned = scene.pins.some(
      ([layer, r, c]) => layer === number && r === unit && c === sample,
    );
    const touched = ["z", "n", "h", "a", "grad_a", "grad_h", "grad_n", "grad_z", "x", "grad_x"]
      .map((tensor) => model.byKey.get(`${tensor}.${number}`))
      .map((block) => block && marks.get(model.at(block, unit, sample)))
      .find(Boolean);
    const name = [
      "node",
      closed && !pinned && "closed",
      dropped && "dropped",
      pinned && "pinned",
      touched,
    ]
      .filter(Boolean)
      .join(" ");
    setAttribute(group, "class", name);
  }
}

// on hover what a circle or a line is, with all its digits
export function describeDrawn(drawing, target, model, scene, view) {
  const edge = drawing.edges.find(({ line }) => line === target);
  const node = edge ? null : drawing.nodes.find(({ group }) => group.contains(target));
  if (!edge && !node) return;
  const key = node?.number ? `a.${node.number}` : "x.0";
  const at = edge?.at ?? model.at(model.byKey.get(key), node.unit, view.sample - 1);
  const unit = node?.number
    ? `a of unit ${node.unit + 1}, layer ${node.number}`
    : `x ${node?.unit + 1}`;
  const name = edge?.name ?? `${unit}, sample ${view.sample}`;
  const known = model.isKnown(at, view);
  const element = edge ? edge.line : node.group;
  const title = element.querySelector("title") ?? element.appendChild(svg("title"));
  const blank = model.seen ? `${name}: ${HIDDEN}` : name;
  setText(title, known ? `${name}: ${digitsAt(scene, at) || textAt(scene, at)}` : blank);
}
