// Where the reader stands: step, granularity, sample, selection, number style, a second number beside the selection;
// as text it is a part of the address.

const GRANULARITIES = ["layer", "unit", "product"];

export class View {
  #selection = null; // "tensor layer row column", from 1

  constructor(text) {
    this.granularity = "layer";
    this.step = 0;
    this.sample = 1;
    this.numbers = ""; // digits, or "f" for fractions; empty: as usual
    this.second = null; // the other number of a plane of two, like a selection
    this.sizes = ""; // "k": one colour scale per kind of number, and the norm of each block
    this.present = ""; // "p": large type for a room, without tools
    this.read(text);
  }

  read(text) {
    const [granularity, step, sample, selection, numbers, second, sizes, present] = (
      text ?? ""
    ).split(".");
    if (GRANULARITIES.includes(granularity)) this.granularity = granularity;
    if (step) this.step = Number(step);
    if (sample) this.sample = Number(sample);
    if (numbers) this.numbers = numbers;
    if (sizes) this.sizes = sizes;
    if (present) this.present = present;
    this.selection = selection ? selection.replaceAll("-", " ") : null;
    this.second = second ? second.replaceAll("-", " ") : null;
  }

  get selection() {
    return this.#selection;
  }

  // another first number begins anew
  set selection(selection) {
    if (selection !== this.#selection) this.second = null;
    this.#selection = selection;
  }

  toText() {
    const [selection, second] = [this.selection, this.second].map((cell) =>
      (cell ?? "").replaceAll(" ", "-"),
    );
    const { granularity, step, sample, numbers, sizes, present } = this;
    return [granularity, step, sample, selection, numbers, second, sizes, present]
      .join(".")
      .replace(/\.+$/, "");
  }

  // an edit may have removed what the view names
  clamp(model) {
    if (!model.steps(this.granularity)) {
      this.granularity = "layer";
      this.step = Math.min(this.step, model.steps("layer").length);
    }
    this.step = Math.max(0, Math.min(this.step, model.steps(this.granularity).length));
    this.sample = Math.max(1, Math.min(this.sample, model.structure.samples));
    if (this.selection && !this.cell(model)) this.selection = null;
    if (this.second && !(this.selection && this.secondCell(model))) this.second = null;
  }

  cell(model) {
    return cellNamed(this.selection, model);
  }

  secondCell(model) {
    return cellNamed(this.second, model);
  }

  select(cell) {
    this.selection = cell ? selectionOf(cell) : null;
  }
}

function cellNamed(selection, model) {
  if (!selection) return null;
  const [tensor, layer, row = 1, column = 1] = selection.split(" ");
  return model.cell(`${tensor}.${layer}`, row - 1, column - 1);
}

export function selectionOf({ block, r, c }) {
  return [block.tensor, block.layer, r + 1, c + 1].join(" ");
}
