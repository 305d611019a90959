// A step in sight: its cell and all that the cell is made of, together, whatever the size of the window.

const HOW = { block: "nearest", inline: "nearest" };
// what is given up where they do not fit together: nothing; the blocks that the step does not need; high rows too
const STAGES = [[], ["sparse"], ["sparse", "low"]];

export class Sight {
  // frame: what holds the sheet, whose classes say what is given up; dock: what lies over its lower end;
  // elementOf(cell): what shows it now
  constructor(frame, { dock, elementOf }) {
    this.frame = frame;
    this.dock = dock;
    this.elementOf = elementOf;
    this.involved = new Set();
    this.isSettled = false; // before, sizes are not what they will be: nothing is given up
  }

  // `sources`: the cells that `cell` is made of
  show(cell, sources) {
    const blocks = new Set([cell, ...sources].map(({ block }) => block));
    for (const { figure } of this.involved) figure.classList.remove("involved");
    for (const { figure } of blocks) figure.classList.add("involved");
    this.involved = blocks;
    const [element, others] = [this.elementOf(cell), sources.map(this.elementOf)];
    for (const stage of STAGES) {
      this.#give(stage);
      scrollIntoSight(element, others);
      if (!this.isSettled || [element, ...others].every(this.#covers())) return;
    }
  }

  // the whole sheet again
  clear() {
    this.#give([]);
  }

  #give(stage) {
    for (const name of STAGES.at(-1)) this.frame.classList.toggle(name, stage.includes(name));
  }

  // says whether an element lies whole in what can be seen of the sheet
  #covers() {
    const top = this.frame.querySelector(".headings").getBoundingClientRect().bottom - 1;
    const bottom = this.dock.getBoundingClientRect().top + 1;
    return (element) => {
      const box = element.getBoundingClientRect();
      return box.top >= top && box.bottom <= bottom;
    };
  }
}

// Each of the outermost ones is brought to the nearest edge in turn; whatever fits at once stays in sight, because no
// move is longer than it has to be. The last one is the one that matters where they do not fit.
function scrollIntoSight(element, others) {
  for (const one of [...outermost(others), element]) one.scrollIntoView(HOW);
}

// the elements that reach farthest to each side
function outermost(elements) {
  const boxes = elements.map((element) => ({ element, box: element.getBoundingClientRect() }));
  const ends = ["left", "top"].map((side) =>
    first(boxes, (one, two) => one.box[side] < two.box[side]),
  );
  const others = ["right", "bottom"].map((side) =>
    first(boxes, (one, two) => one.box[side] > two.box[side]),
  );
  return new Set([...ends, ...others].filter(Boolean).map(({ element }) => element));
}

function first(items, isBefore) {
  return items.reduce((found, one) => (!found || isBefore(one, found) ? one : found), null);
}
