// How a sheet gets by without sideways scrolling: the storeys and the width of each cell, chosen once for an
// architecture and a window. Knows widths; knows nothing of numbers, so that no edit moves anything: a text that is too
// long for its cell is written smaller, and one that could not be read then with fewer digits (blocks.js).

// In a storey the blocks of a band stand beside each other: roomy, then with a smaller type. `tall` puts each half in
// two storeys; `deep`, for two networks beside each other, W, ∂L/∂W and the new W below each other. Cells in px.
const ONE = [
  [[], [52, 44, 38, 34, 31]],
  [["dense"], [34, 31, 29]],
];
const TWO = [
  [["tall"], [52, 44, 38]],
  [
    ["tall", "dense"],
    [38, 34, 30, 26],
  ],
];
const THREE = [
  [
    ["tall", "dense", "deep"],
    [34, 30, 26, 22],
  ],
];
const flat = (groups) =>
  groups.flatMap(([classes, cells]) => cells.map((cell) => ({ classes, cell })));
const LAYOUTS = [ONE, TWO, THREE].map(flat);
// on a phone blocks flow from line to line
const FLOWING = { classes: [], cell: 38 };
// before a room the explained step decides what is large (present.js)
const PRESENTED = { classes: [], cell: 22 };
const ALL = [...LAYOUTS.flat(), FLOWING, PRESENTED];
const NAMES = ["dense", "tall", "deep"];

// which columns of the score stand above each other in one, in one storey, in two and in three
const ABOVE = [
  ["z", "a"],
  ["grad_a", "grad_z"],
  ["grad_weight", "new_weight"],
];
const STOREYS = [[], ABOVE, [...ABOVE.slice(0, 2), ["weight", "grad_weight", "new_weight"]]];

export const AROUND = 124; // px: what stays above and below a sheet that scrolls
const SPARSE = ["sparse", "low"];

const READABLE = 38; // px: a usual number in its usual size
const WIDEST = 44; // px: what a cell takes of the room that its column has
const NARROW = 601; // px: below, it is a phone's sheet
const FEWEST = 4; // columns: narrower blocks stay tables in every layout
const SCROLLBAR = 24; // px: what may come and go when the layout changes the length of the page
const CHARACTER = 0.6; // em: the width of a digit
const SHRUNK = 0.56; // em: the same in a text that is too long for its cell (style/blocks.css)
const LEGIBLE = 9; // px: below, a number has fewer digits rather than smaller ones
const HIGHER = 1.3; // times: what a second storey adds to the height at least
const GAP = 8; // px between two blocks of a column

export class Layout {
  // `sheet` lies in `frame`; `fold` draws the blocks of at least so many columns as heat maps, false if there are
  // none; `hasHeight(px)`: whether the window shows that much
  constructor(frame, sheet, { fold, hasHeight }) {
    this.frame = frame;
    this.sheet = sheet;
    this.fold = fold;
    this.hasHeight = hasHeight;
    this.isPresented = false; // present.js has the widths
    this.spread = 0; // em: how much farther apart the reader has letters
    this.restart();
  }

  // another architecture or another window: the roomiest layout may fit again
  restart() {
    this.at = null; // the place in ALL of the layout that this sheet needs
    this.columns = Infinity;
    this.width = this.frame.clientWidth;
  }

  hasResized() {
    return Math.abs(this.frame.clientWidth - this.width) > SCROLLBAR;
  }

  // the reader's distance of letters, as this element has it; true if it is another one than before
  space(letters) {
    const { letterSpacing, fontSize } = getComputedStyle(letters);
    const spread = Math.max(
      0,
      (Number.parseFloat(letterSpacing) || 0) / Number.parseFloat(fontSize),
    );
    if (Math.abs(spread - this.spread) < 0.01) return false;
    this.spread = spread;
    this.sheet.style.setProperty("--pitch", spread ? String(CHARACTER + spread) : "");
    return true;
  }

  // `scale`: how much longer numbers are than usual
  fit(blocks, scale) {
    this.scale = scale;
    const isBeside = this.frame.closest(".beside") !== null;
    let found = this.#find(blocks, isBeside);
    // two networks that have no room beside each other are shown one at a time, rather than as heat maps
    while (!found && !isBeside && this.#foldWidest(blocks)) found = this.#find(blocks, isBeside);
    this.at = ALL.indexOf(found ?? LAYOUTS[isBeside ? 2 : 1].at(-1));
    this.#apply(ALL[this.at]);
    this.isTooWide = this.#excess() > 0;
    this.#settle(blocks);
  }

  // in the layout of the network beside, which may need a tighter one
  follow(at, blocks) {
    if (this.at === null || this.applied === ALL[Math.max(at, this.at)]) return;
    this.#apply(ALL[Math.max(at, this.at)]);
    this.#settle(blocks);
  }

  // the same blocks, built anew
  reapply(blocks) {
    this.#settle(blocks);
  }

  #find(blocks, isBeside) {
    // layout -> the px that the sheet is too wide in it: each one that is tried lays out the whole sheet
    this.known = new Map();
    this.most = STOREYS.map((places) => cellsBeside(blocks, places));
    if (this.isPresented) return PRESENTED;
    const [one, two, three] = LAYOUTS;
    const readable = (list) => list.filter(({ cell }) => cell >= READABLE);
    // who asks for a width lays out the sheet; where the narrowest that can be read has no room, no roomier one has
    this.#fits(readable(one).at(-1));
    if (this.frame.clientWidth < NARROW) return FLOWING;
    // one storey as long as its numbers can be read; two where all of them are in sight or nothing else fits
    return (
      this.#widest(readable(one)) ??
      this.#widest(readable(two), true) ??
      this.#widest(one) ??
      this.#widest(two) ??
      (isBeside ? this.#widest(three) : null)
    );
  }

  // the first that fits, if the last does and the sheet is then as it should be
  #widest(list, isLowEnough = false) {
    const open = list.filter((layout) => !this.#isKnownTooWide(layout));
    if (!open.length) return null;
    if (isLowEnough && !this.hasHeight(this.sheet.scrollHeight * HIGHER)) return null;
    // what changes no class is tried soonest: it is told quickest
    const alike = open.filter(({ classes }) => classes === this.applied?.classes);
    const found = !isLowEnough && alike.find((layout) => this.#fits(layout));
    if (found) return found;
    if (!this.#fits(open.at(-1))) return null;
    if (isLowEnough && !this.hasHeight(this.sheet.scrollHeight)) return null;
    return open.find((layout) => !this.#isKnownTooWide(layout) && this.#fits(layout)) ?? null;
  }

  #fits(layout) {
    if (!this.known.has(layout)) {
      this.#apply(layout);
      this.known.set(layout, this.#excess());
    }
    return this.known.get(layout) <= 0;
  }

  // where narrower cells of the same kind have no room, or wider ones want more than all cells in a row can give: no
  // column of the grid has more than its longest line
  #isKnownTooWide({ classes, cell }) {
    const most = this.most[classes.includes("tall") ? (classes.includes("deep") ? 2 : 1) : 0];
    const px = (of) => Math.round(of * this.scale);
    return [...this.known].some(
      ([tried, excess]) =>
        excess > 0 && tried.classes === classes && excess > most * (px(tried.cell) - px(cell)),
    );
  }

  #apply(layout) {
    this.applied = layout;
    const { sheet } = this;
    for (const name of NAMES) sheet.classList.toggle(name, layout.classes.includes(name));
    sheet.style.gridTemplateColumns = "";
    sheet.style.setProperty("--cell", `${Math.round(layout.cell * this.scale)}px`);
    for (const figure of sheet.querySelectorAll(".block")) figure.style.removeProperty("--cell");
  }

  // px that the sheet is wider than its frame
  #excess() {
    return this.sheet.scrollWidth - this.frame.clientWidth;
  }

  #foldWidest(blocks) {
    const tables = blocks.filter(({ heat, hasFields }) => !heat && !hasFields);
    this.columns = Math.max(0, ...tables.map(({ columns }) => columns));
    if (this.columns <= FEWEST) return false;
    this.fold(this.columns);
    return true;
  }

  // what fits is kept in px: the columns of the grid, and in each block cells as wide as its column allows
  #settle(blocks) {
    const { sheet } = this;
    const own = Math.round(this.applied.cell * this.scale);
    const widest = Math.max(own, WIDEST * this.scale);
    const isNarrow = this.frame.clientWidth < NARROW && !this.isPresented;
    const tables = blocks.filter(({ heat }) => !heat);
    // what a step leaves out (sight.js) has no width
    const left = SPARSE.filter((name) => this.frame.classList.contains(name));
    this.frame.classList.remove(...left);
    const rooms = tables.map(({ figure }) => {
      const line = figure.parentElement;
      const columns = [
        ...line.querySelectorAll(":scope > .block > table > tbody > tr:first-child"),
      ].map((row) => row.querySelectorAll("td").length);
      return { width: line.clientWidth || Infinity, columns };
    });
    this.frame.classList.add(...left);
    if (!isNarrow && !this.isTooWide && !this.isPresented)
      sheet.style.gridTemplateColumns = getComputedStyle(sheet).gridTemplateColumns;
    tables.forEach((block, i) => {
      const { width, columns } = rooms[i];
      // on a phone a block has the line for itself, and no cell more than it needs
      const all = isNarrow ? block.columns : columns.reduce((sum, count) => sum + count, 0);
      const gaps = isNarrow ? 10 : GAP * (columns.length - 1);
      const room = Math.floor((width - gaps) / all) - 2;
      const cell = isNarrow
        ? Math.min(own, Math.max(room, 22))
        : Math.max(own, Math.min(room, widest));
      block.cell = cell;
      if (this.isPresented) block.cell = own;
      else if (cell !== own) block.figure.style.setProperty("--cell", `${cell}px`);
    });
    // px of one character in the type of this layout, as style sheets have it
    const usual = this.applied.classes.includes("dense") ? 6.9 : 7.5;
    this.character = usual * (1 + this.spread / CHARACTER);
    const least = LEGIBLE * (SHRUNK + this.spread);
    for (const block of tables) {
      block.fits = Math.floor((block.cell - 3) / this.character);
      block.legible = Math.max(block.fits, Math.floor((block.cell - 1) / least));
    }
  }
}

// cells that stand beside each other at most, over all columns of the grid: a px less for each cell wins no more than
// so many px
function cellsBeside(blocks, places) {
  const lines = new Map(); // column of the grid -> line of a band -> cells
  for (const { column, layer, line, columns, heat } of blocks) {
    if (heat) continue;
    const place = String(places.find((group) => group.includes(column)) ?? column);
    const own = lines.get(place) ?? new Map();
    const at = `${column} ${layer} ${line}`;
    own.set(at, (own.get(at) ?? 0) + columns);
    lines.set(place, own);
  }
  return [...lines.values()].reduce((sum, own) => sum + Math.max(...own.values()), 0);
}
