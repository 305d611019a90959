// The lines of the weights in the drawing of the network. Thickness is size; colour and dashes are the sign, so that
// nobody depends on hue.

import { cssOf } from "../shared/colours.js";

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
