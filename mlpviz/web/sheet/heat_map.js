// A block too wide for cells: a heat map whose numbers are read one at a time, by hovering or with the arrow keys.

import { h } from "../shared/dom.js";
import { numberAt } from "./scene_numbers.js";

const SIZE = 150; // px: the longer side
const ROOM = 300; // px: the longer side where a number would have less than two of them
const SHARP = 2; // pixels of the canvas for each px of such a map
const MARK = 6; // pixels of the canvas: the least that a mark takes there

// a long column is folded like the picture that it may be: 784 numbers as 28 rows of 28
function foldOf({ rows, columns }) {
  return columns === 1 && rows > SIZE / 2 ? Math.ceil(Math.sqrt(rows)) : 0;
}

export function buildHeatmap(block) {
  block.fold = foldOf(block);
  const [high, wide] = block.fold
    ? [Math.ceil(block.rows / block.fold), block.fold]
    : [block.rows, block.columns];
  const longer = Math.max(high, wide);
  const isDense = 2 * longer > ROOM;
  const scale = isDense ? (SHARP * ROOM) / longer : Math.max(2, Math.floor(SIZE / longer));
  const shape = `${block.rows} by ${block.columns} numbers`;
  const folded = block.fold ? `, in rows of ${block.fold}` : "";
  const [width, height] = [wide, high].map((count) => Math.max(1, Math.round(count * scale)));
  block.canvas = h("canvas", {
    width,
    height,
    tabindex: "0",
    role: "application",
    "aria-roledescription": "heat map",
    "aria-label": `${block.title}: ${shape}${folded}; the arrow keys move from number to number`,
  });
  if (isDense) block.canvas.style.width = `${width / SHARP}px`;
  block.map = { wide, high, scale, isDense, picture: null, shown: null };
  return h(
    "div",
    { class: "heat" },
    h("span", { class: "heat-caption" }, `${block.symbol} ${block.rows}×${block.columns}`),
    block.canvas,
  );
}

// row and column under the pointer
export function placeInHeatmap(block, { clientX, clientY }) {
  const box = block.canvas.getBoundingClientRect();
  const within = (share, count) => Math.min(count - 1, Math.max(0, Math.floor(share * count)));
  const r = within((clientY - box.top) / box.height, block.map.high);
  const c = within((clientX - box.left) / box.width, block.map.wide);
  return block.fold ? { r: Math.min(block.rows - 1, r * block.fold + c), c: 0 } : { r, c };
}

// where the arrow keys lead from a number of a folded column
export function stepInFold({ fold }, [down, right]) {
  return [down * fold + right, 0];
}

export function paintHeatmap(model, block, scene, view, marks, changed, largest) {
  const { canvas, map } = block;
  const style = getComputedStyle(canvas);
  const [positive, negative, empty, mark, corner] = [
    "--positive",
    "--negative",
    "--empty",
    "--mark",
    "--corner",
  ].map((name) => style.getPropertyValue(name));
  const colours = { positive, negative, empty };
  const context = canvas.getContext("2d");
  const numbers = scene.bulk.of(block);
  const isLarge = model.isBulk(block);
  const known = knownRows(model, block, view);
  // numbers on their way: the picture of those before is no longer true, but tells where they will be
  const isWaiting = isLarge && !numbers && known > 0;
  canvas.classList.toggle("waiting", isWaiting);
  if (isWaiting) return;
  if (isLarge || map.isDense || block.fold) paintPicture(block, scene, known, colours, largest);
  else paintCells(model, block, scene, view, colours, largest);
  const places = (cells) => [...cells.keys()].filter((at) => model.isIn(block, at));
  if (changed) for (const at of places(changed)) paintCorner(context, block, at, corner);
  const marked = places(marks);
  for (const at of marked) paintMark(context, block, at, mark);
  canvas.toggleAttribute("data-marked", marked.length > 0);
}

// how many rows the steps have come to; they come from the first to the last
function knownRows(model, block, view) {
  let [low, high] = [0, block.rows];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (model.isKnown(model.at(block, middle - 1, 0), view)) low = middle;
    else high = middle - 1;
  }
  return low;
}

function paintCells(model, block, scene, view, { positive, negative, empty }, largest) {
  const context = block.canvas.getContext("2d");
  const { scale, wide } = block.map;
  context.clearRect(0, 0, block.canvas.width, block.canvas.height);
  for (let i = 0; i < block.rows * block.columns; i++) {
    const value = numberAt(scene, block.offset + i);
    const [x, y] = [(i % wide) * scale, Math.floor(i / wide) * scale];
    context.globalAlpha = 1;
    context.fillStyle = empty;
    context.fillRect(x, y, scale - 1, scale - 1);
    if (!model.isKnown(block.offset + i, view) || value === null) continue;
    context.globalAlpha = largest > 0 ? Math.abs(value) / largest : 0;
    context.fillStyle = value < 0 ? negative : positive;
    context.fillRect(x, y, scale - 1, scale - 1);
  }
}

// a pixel for each number, made once for the same numbers and then laid on the canvas
function paintPicture(block, scene, known, colours, largest) {
  const { canvas, map } = block;
  const { wide, high } = map;
  const numbers = scene.bulk.of(block);
  const { positive, negative, empty } = colours;
  const shown = [numbers ?? scene, known, largest, positive, negative];
  if (!map.shown?.every((part, i) => part === shown[i])) {
    map.shown = shown;
    map.picture ??= new OffscreenCanvas(wide, high);
    const context = map.picture.getContext("2d");
    const image = context.createImageData(wide, high);
    const [up, down] = [positive, negative].map(pixelOf);
    for (let i = 0; i < known * block.columns; i++) {
      const value = numbers ? numbers[i] : numberAt(scene, block.offset + i);
      if (!Number.isFinite(value) || !(largest > 0)) continue;
      image.data.set(value < 0 ? down : up, 4 * i);
      image.data[4 * i + 3] = (255 * Math.abs(value)) / largest;
    }
    context.putImageData(image, 0, 0);
  }
  const context = canvas.getContext("2d");
  context.globalAlpha = 1;
  context.clearRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = empty;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingEnabled = map.scale < SHARP;
  context.drawImage(map.picture, 0, 0, canvas.width, canvas.height);
}

const pixels = new Map(); // a colour of the style -> red, green, blue
function pixelOf(colour) {
  if (!pixels.has(colour)) {
    const context = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
    context.fillStyle = colour.trim();
    context.fillRect(0, 0, 1, 1);
    pixels.set(colour, context.getImageData(0, 0, 1, 1).data);
  }
  return pixels.get(colour);
}

// the corner of the canvas at which a number begins
function cornerOf({ offset, map }, at) {
  return [((at - offset) % map.wide) * map.scale, Math.floor((at - offset) / map.wide) * map.scale];
}

function paintMark(context, block, at, colour) {
  const [x, y] = cornerOf(block, at);
  const { scale, isDense } = block.map;
  context.globalAlpha = 1;
  context.strokeStyle = colour;
  context.lineWidth = 1.5;
  const more = isDense ? Math.max(0, (MARK - scale) / 2) : 0;
  const side = isDense ? scale + 2 * more : scale - 2;
  const inset = isDense ? -more : 0.5;
  context.strokeRect(x + inset, y + inset, side, side);
}

function paintCorner(context, block, at, colour) {
  const [x, y] = cornerOf(block, at);
  const size = Math.max(2, block.map.scale / 3);
  context.globalAlpha = 1;
  context.fillStyle = colour;
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(x + size, y);
  context.lineTo(x, y + size);
  context.fill();
}
