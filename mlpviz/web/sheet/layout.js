// How a sheet gets by without sideways scrolling: the first layout that fits. Knows widths; knows nothing of numbers.

// roomy; smaller cells; each half of the sheet in two storeys; both; and, for two networks beside each other, W,
// ∂L/∂W and the new W below each other
const LAYOUTS = [[], ["dense"], ["tall"], ["tall", "dense"], ["tall", "dense", "deep"]];
const ALONE = 4; // so many of the layouts
const BESIDE = 5;
const FEWEST = 4; // columns: narrower blocks stay tables in every layout
const SCROLLBAR = 24; // px: what may come and go when the layout changes the length of the page

export class Layout {
  // `sheet` lies in `frame`; `fold` draws the blocks of at least so many columns as heat maps, false if there are
  // none
  constructor(frame, sheet, fold) {
    this.frame = frame;
    this.sheet = sheet;
    this.fold = fold;
    this.restart();
  }

  // another network or another window: the roomiest layout may fit again
  restart() {
    this.at = 0; // the layout that this sheet needs
    this.columns = Infinity;
    this.width = this.frame.clientWidth;
  }

  hasResized() {
    return Math.abs(this.frame.clientWidth - this.width) > SCROLLBAR;
  }

  // layouts only get tighter as numbers grow, so that nothing jumps to and fro under a drag
  fit(blocks) {
    const before = `${this.at} ${this.columns}`;
    this.#apply(this.at);
    const isBeside = this.frame.closest(".beside") !== null;
    while (this.#overflows() && this.at < (isBeside ? BESIDE : ALONE) - 1) {
      this.at += 1;
      this.#apply(this.at);
    }
    // two networks that have no room beside each other are shown one at a time, rather than as heat maps
    while (!isBeside && this.#overflows() && this.#foldWidest(blocks));
    this.isTooWide = this.#overflows();
    return before !== `${this.at} ${this.columns}`;
  }

  // in the layout of the network beside, which may need a tighter one
  follow(at) {
    if (this.applied !== Math.max(at, this.at)) this.#apply(Math.max(at, this.at));
  }

  #apply(at) {
    this.applied = at;
    for (const name of ["dense", "tall", "deep"])
      this.sheet.classList.toggle(name, LAYOUTS[at].includes(name));
  }

  #overflows() {
    return this.frame.scrollWidth > this.frame.clientWidth;
  }

  #foldWidest(blocks) {
    this.columns = Math.max(0, ...blocks.filter(({ heat }) => !heat).map(({ columns }) => columns));
    if (this.columns <= FEWEST) return false;
    this.fold(this.columns);
    return true;
  }
}
