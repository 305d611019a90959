// Colours for canvases, from the style sheet, and pictures of numbers. What the numbers mean is not known here.

const probe = document.createElement("canvas").getContext("2d", { willReadFrequently: true });

// whatever CSS calls a colour, as [red, green, blue]
function rgb(text) {
  probe.clearRect(0, 0, 1, 1);
  probe.fillStyle = "#888";
  probe.fillStyle = text.trim();
  probe.fillRect(0, 0, 1, 1);
  return [...probe.getImageData(0, 0, 1, 1).data.slice(0, 3)];
}

export function cssOf([r, g, b], alpha = 1) {
  return `rgb(${r} ${g} ${b} / ${alpha})`;
}

const CLASSES = 10;

export class Colours {
  constructor(element) {
    const style = getComputedStyle(element);
    const read = (name) => rgb(style.getPropertyValue(`--${name}`));
    this.positive = read("positive");
    this.negative = read("negative");
    this.mark = read("mark");
    this.update = read("update");
    this.text = rgb(style.color);
    this.ground = rgb(style.backgroundColor);
    this.classes = Array.from({ length: CLASSES }, (_, i) => read(`class-${i}`));
    this.font = style.fontFamily;
    this.isDark =
      this.text[0] + this.text[1] + this.text[2] > this.ground[0] + this.ground[1] + this.ground[2];
    this.id = JSON.stringify([this.text, this.ground, this.positive]);
    this.tables = new Map();
  }

  ofClass(number) {
    return this.classes[number % CLASSES];
  }

  mix(colour, share) {
    return colour.map((c, i) => Math.round(this.ground[i] + (c - this.ground[i]) * share));
  }

  faint(share = 0.6) {
    return cssOf(this.mix(this.text, share));
  }

  // 256 colours for the bytes of a grid: from one class to the other, or by sign around 0
  #table(key, colourOf) {
    let table = this.tables.get(key);
    if (!table) {
      if (this.tables.size > 400) this.tables.clear();
      table = new Uint32Array(256);
      const bytes = new Uint8Array(table.buffer);
      for (let i = 0; i < 256; i++) bytes.set([...colourOf(i / 255), 255], 4 * i);
      this.tables.set(key, table);
    }
    return table;
  }

  // a map lies behind samples of the same colours: on a dark ground it has to be weaker
  get #depth() {
    return this.isDark ? 0.36 : 0.56;
  }

  // isHard: only which one it is, not how surely
  between(first, second, isHard = false) {
    return this.#table(`${first}-${second} ${isHard}`, (share) => {
      const strength = isHard ? 1 : Math.abs(2 * share - 1);
      return this.mix(share < 0.5 ? first : second, 0.06 + this.#depth * strength);
    });
  }

  // from the colour of the low end of a range to that of its high end, the ground in the middle
  within(low, high, [from, to], isHard = false) {
    const [middle, far] = [(from + to) / 2, (to - from) / 2 || 1];
    const at = (value) => Math.round(100 * Math.min(9, Math.max(-9, (value - middle) / far))) / 100;
    const [first, last] = [at(low), at(high)];
    return this.#table(`within ${first} ${last} ${isHard}`, (share) => {
      const value = first + (last - first) * share;
      return this.mix(
        value < 0 ? this.negative : this.positive,
        (this.isDark ? 0.6 : 0.75) * (isHard ? 1 : Math.min(1, Math.abs(value))),
      );
    });
  }

  // 0 is the ground, the larger of both ends is the full colour
  bySign(low, high) {
    const far = Math.max(Math.abs(low), Math.abs(high)) || 1;
    const near = Math.round((255 * -low) / (high - low || 1));
    const shares = [Math.max(low, 0), Math.max(-high, 0)].map((end) =>
      Math.round((255 * end) / far),
    );
    const key = `sign ${high > low} ${near} ${shares.join(" ")}`;
    return this.#table(key, (share) => {
      const value = (low + (high - low) * share) / far;
      return this.mix(
        value < 0 ? this.negative : this.positive,
        0.85 * Math.min(1, Math.abs(value)),
      );
    });
  }

  // how strong the class of a pixel is
  strength(colour, isHard = false) {
    return this.#table(`strength ${colour} ${isHard}`, (share) =>
      this.mix(colour, 0.06 + this.#depth * (isHard ? 1 : share * share)),
    );
  }
}

export function bytesOf(base64) {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

// A canvas of the size of a grid that keeps its pixels between frames.
export class Picture {
  constructor() {
    this.canvas = document.createElement("canvas");
    this.context = this.canvas.getContext("2d");
  }

  #fit(width, height) {
    if (this.canvas.width === width && this.canvas.height === height && this.image) return;
    this.canvas.width = width;
    this.canvas.height = height;
    this.image = this.context.createImageData(width, height);
    this.pixels = new Uint32Array(this.image.data.buffer);
  }

  paint(grid, table) {
    this.#fit(grid.width, grid.height);
    const bytes = bytesOf(grid.bytes);
    for (let i = 0; i < bytes.length; i++) this.pixels[i] = table[bytes[i]];
    this.context.putImageData(this.image, 0, 0);
    return this.canvas;
  }

  paintWinners(winner, strength, tables) {
    this.#fit(winner.width, winner.height);
    const classes = bytesOf(winner.bytes);
    const strengths = bytesOf(strength.bytes);
    for (let i = 0; i < classes.length; i++) this.pixels[i] = tables(classes[i])[strengths[i]];
    this.context.putImageData(this.image, 0, 0);
    return this.canvas;
  }
}

// the same as an element of its own: dark is strong
export function smallPicture(grid, side, colours) {
  const canvas = new Picture().paint(grid, colours.strength(colours.text));
  const [width, height] = [`${side}px`, `${side}px`];
  Object.assign(canvas.style, { width, height, imageRendering: "pixelated" });
  return canvas;
}

// any map of the plane: of classes, of values, or of one unit
// range: of the targets, which the colours of values follow; isHard: see above
export function paintMap(picture, map, colours, { range = null, isHard = false } = {}) {
  if (map.bytes)
    return picture.paint(
      map,
      isHard ? colours.within(map.low, map.high, [-1, 1], true) : colours.bySign(map.low, map.high),
    );
  if (map.winner)
    return picture.paintWinners(map.winner, map.strength, (number) =>
      colours.strength(colours.ofClass(number), isHard),
    );
  if (map.kind === "classes")
    return picture.paint(
      map.strength,
      colours.between(colours.ofClass(0), colours.ofClass(1), isHard),
    );
  return picture.paint(
    map.strength,
    colours.within(
      map.strength.low,
      map.strength.high,
      range ?? [map.strength.low, map.strength.high],
      isHard,
    ),
  );
}

// a canvas as sharp as the screen; drawing is in CSS pixels
export function sized(canvas, width, height) {
  const ratio = globalThis.devicePixelRatio || 1;
  const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== w || canvas.height !== h) {
    canvas.width = w;
    canvas.height = h;
  }
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  return context;
}

// ------------------------------------------------------------------

// What the style sheet has made of the palette.

// light text means a dark ground, whatever the theme is called; some browsers give 0 to 1 instead of 0 to 255
export function isDark(element) {
  const [r, g, b] = getComputedStyle(element)
    .color.match(/[\d.]+/g)
    .map(Number);
  return (r > 1 || g > 1 || b > 1 ? 255 : 1) / 2 < (r + g + b) / 3;
}
