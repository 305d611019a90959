// How the drawing of the network is painted: what each unit responds to, and the names around the units.

import { extent, linear, strokeSeries } from "../shared/axes.js";
import { cssOf, paintMap } from "../shared/colours.js";
import { inReadersSign } from "../shared/decimal_sign.js";
import { percent } from "../shared/number_text.js";

export const DRAWN = 250; // CSS pixels, the height of the drawing

// nodes: columns of { x, y, half }; pictures: a canvas for each of them
export function paintUnits(context, { nodes, pictures, still, lane, colours }) {
  context.imageSmoothingEnabled = false;
  nodes.forEach((column, number) => {
    const maps = number ? lane.units[number - 1] : still.input_maps;
    column.forEach((node, unit) => {
      const { x, y, half } = node;
      const box = [x - half, y - half, 2 * half, 2 * half];
      const isDead = number > 0 && maps?.dead.includes(unit);
      context.fillStyle = cssOf(colours.ground);
      context.fillRect(...box);
      paintUnit(context, box, {
        number,
        unit,
        maps,
        picture: pictures[number][unit],
        still,
        lane,
        colours,
      });
      context.strokeStyle = isDead ? cssOf(colours.negative) : colours.faint(0.55);
      context.lineWidth = isDead ? 2 : 1;
      context.strokeRect(...box);
      if (!isDead) return;
      context.beginPath();
      context.moveTo(x - half, y + half);
      context.lineTo(x + half, y - half);
      context.stroke();
    });
  });
}

function paintUnit(context, box, { number, unit, maps, picture, still, lane, colours }) {
  const activations = lane.shown?.activations[number - 1];
  if (!number && still.pictured) {
    const table = colours.strength(colours.text, false);
    context.drawImage(picture.paint(still.pictured.picture, table), ...box);
  } else if (maps?.grids[unit]) {
    context.drawImage(paintMap(picture, maps.grids[unit], colours), ...box);
  } else if (maps?.curves[unit]) {
    paintCurve(context, box, maps.curves[unit], colours);
  } else if (activations) {
    paintActivation(context, box, activations, unit, colours);
  }
}

// how strongly a unit answers to the picture, beside the strongest of its layer
function paintActivation(context, box, row, unit, colours) {
  const largest = Math.max(1e-9, ...row.map((value) => Math.abs(value ?? 0)));
  const value = row[unit] ?? 0;
  const colour = value < 0 ? colours.negative : colours.positive;
  context.fillStyle = cssOf(colours.mix(colour, (0.9 * Math.abs(value)) / largest));
  context.fillRect(...box);
}

function paintCurve(context, [left, top, side], values, colours) {
  const x = linear([0, values.length - 1], [left, left + side]);
  const y = linear(extent(values) ?? [0, 0], [top + side - 2, top + 2]);
  context.strokeStyle = cssOf(colours.positive);
  context.lineWidth = 1.5;
  strokeSeries(context, null, values, x, y);
}

// width: of the drawing; heading: { layers } with sizes and activations
export function paintLabels(context, { nodes, width, still, lane, heading, colours }) {
  const { layers } = heading;
  const { image_shape: shape, pictured } = still;
  context.font = `11px ${colours.font}`;
  context.fillStyle = colours.faint(0.8);
  context.textAlign = "center";
  const centred = (text, x, y) => {
    const half = context.measureText(text).width / 2;
    context.fillText(text, Math.min(Math.max(x, half), width - half), y);
  };
  const room = nodes.length > 1 ? nodes[1][0].x - nodes[0][0].x : Infinity;
  const lengthOf = ({ outputs, activation }) =>
    context.measureText(`${outputs} · ${activation} `).width;
  const isNarrow = layers.some((layer) => lengthOf(layer) > room);
  nodes.forEach((column, number) => {
    centred(headOf(column, number, layers, shape, isNarrow), column[0].x, 12);
    const dead = number ? lane.layers[number - 1]?.dead_units : 0;
    if (dead) context.fillText(`${dead} dead`, column[0].x, DRAWN - 4);
  });
  if (pictured) paintPictured(centred, nodes[0][0], pictured, lane.shown ?? {});
  else paintInputs(context, nodes[0], still.inputs);
  paintOutputs(context, nodes.at(-1), still.class_names, width);
}

function headOf(column, number, layers, shape, isNarrow) {
  const isPicture = !number && shape;
  const total = number ? layers[number - 1].outputs : layers[0].inputs;
  if (isPicture) return `${shape.join(" × ")} pixels`;
  if (isNarrow) return String(total);
  const more = total > column.length ? ` (${column.length} of ${total})` : "";
  if (number) return `${total} · ${layers[number - 1].activation}${more}`;
  return `${total} input${total > 1 ? "s" : ""}${more}`;
}

function paintPictured(centred, { x, y, half }, pictured, { guess, probability }) {
  centred(`sample ${pictured.row + 1}: ${pictured.true}`, x, y + half + 15);
  if (guess)
    centred(`taken for ${guess} (${inReadersSign(percent(probability))})`, x, y + half + 30);
}

function paintInputs(context, column, names) {
  context.textAlign = "right";
  column.forEach(({ x, y, half }, i) => {
    if (half < 5) return;
    context.fillText(names[i] ?? "", x - half - 4, y + 4, Math.max(19, x - half - 4));
  });
}

// of classes their names beside the outputs, as far as there is room
function paintOutputs(context, column, names, width) {
  if (names.length !== column.length || column[0].half < 4) return;
  context.textAlign = "left";
  column.forEach(({ x, y, half }, i) => {
    context.fillText(names[i], x + half + 4, y + 4, Math.max(10, width - x - half - 4));
  });
}

// ------------------------------------------------------------------

// The lines of the weights in the drawing of the network. Thickness is size; colour and dashes are the sign, so that
// nobody depends on hue.

const REACH = 7; // CSS pixels within which a line is pointed at

export function paintWeightLines(context, { weights, nodes, colours, skipsFirst, chosen }) {
  weights.forEach((matrix, layer) => {
    if (!layer && skipsFirst) return; // the pictures in the units show them
    let largest = 1e-9;
    for (const row of matrix)
      for (const value of row) if (Math.abs(value) > largest) largest = Math.abs(value);
    const [from, to] = [nodes[layer], nodes[layer + 1]];
    to.forEach((target, r) =>
      from.forEach((source, c) => {
        const value = matrix[r]?.[c];
        if (value == null) return;
        const share = Math.abs(value) / largest;
        const isChosen =
          chosen && chosen.layer === layer && chosen.unit === r && chosen.source === c;
        context.strokeStyle = isChosen
          ? cssOf(colours.mark)
          : cssOf(value < 0 ? colours.negative : colours.positive, 0.15 + 0.75 * share);
        context.lineWidth = (isChosen ? 1.6 : 0.4) + 4 * share;
        context.setLineDash(value < 0 ? [6, 4] : []);
        const [x0, x1] = [source.x + source.half, target.x - target.half];
        const middle = (x0 + x1) / 2;
        context.beginPath();
        context.moveTo(x0, source.y);
        context.bezierCurveTo(middle, source.y, middle, target.y, x1, target.y);
        context.stroke();
      }),
    );
  });
  context.setLineDash([]);
}

// the weight whose line passes here: { layer, unit, source, value }, or null
export function lineAt(x, y, { weights, nodes, skipsFirst }) {
  let [best, distance] = [null, REACH];
  weights.forEach((matrix, layer) => {
    if (!layer && skipsFirst) return;
    const [from, to] = [nodes[layer], nodes[layer + 1]];
    const [x0, x1] = [from[0].x + from[0].half, to[0].x - to[0].half];
    if (x < x0 || x > x1) return;
    const t = inverse((x - x0) / (x1 - x0));
    to.forEach((target, unit) =>
      from.forEach((origin, source) => {
        const at = origin.y + (target.y - origin.y) * (3 * t * t - 2 * t * t * t);
        const value = matrix[unit]?.[source];
        if (Math.abs(at - y) < distance && value != null)
          [best, distance] = [{ layer, unit, source, value }, Math.abs(at - y)];
      }),
    );
  });
  return best;
}

// the place on the curve whose horizontal share is this: x(t) of a curve with both handles in the middle
function inverse(share) {
  let t = share;
  for (let i = 0; i < 6; i++) {
    const at = 1.5 * t * (1 - t) ** 2 + 1.5 * t * t * (1 - t) + t ** 3;
    const slope = 1.5 * (1 - t) ** 2 + 1.5 * t * t;
    t = Math.min(1, Math.max(0, t - (at - share) / (slope || 1)));
  }
  return t;
}
