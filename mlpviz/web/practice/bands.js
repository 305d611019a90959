// An exercise as a sheet: a band per layer, and in it each block in the column that it has on the Step through page.

import { h } from "../shared/dom.js";
import { termMark } from "../shared/term_help.js";

// what belongs to the loss has a band of its own, below that of its layer
function bandOf({ layer, phase, tensor }, last) {
  return phase === "loss" || tensor === "target" ? last : layer;
}

/**
 * @param {string[][]} bands name and description of each
 * @param {import("../shared/protocol.js").ShownBlock[]} blocks in the order of computation
 * @param {(block: any) => HTMLElement} figure
 */
export function bandSections(bands, blocks, figure) {
  return bands.flatMap(([name, said], number) => {
    const own = blocks.filter((block) => bandOf(block, bands.length - 1) === number);
    if (!own.length) return [];
    const columns = [...new Set(own.map(({ column }) => column))].sort((one, other) => one - other);
    const stacks = columns.map((column) => {
      const figures = own.filter((block) => block.column === column).map(figure);
      const stack = h("div", { class: "stack" }, ...figures);
      stack.style.gridColumn = String(column + 1);
      return stack;
    });
    const key = number === 0 ? "x" : number === bands.length - 1 ? "loss" : "layer";
    const heading = h(
      "h2",
      {},
      h("b", {}, termMark(key, name)),
      said ? h("span", {}, ` ${said}`) : null,
    );
    return [h("section", { class: "band", "aria-label": name }, heading, h("div", {}, ...stacks))];
  });
}

// the columns stand below each other where there is room for that; else a band's blocks flow
export function keepAligned(element) {
  const align = () => {
    element.classList.add("aligned");
    if (element.scrollWidth > element.clientWidth) element.classList.remove("aligned");
  };
  let width = 0;
  const observer = new ResizeObserver(() => {
    if (element.clientWidth === width) return;
    width = element.clientWidth;
    align();
  });
  observer.observe(element);
  return align;
}
