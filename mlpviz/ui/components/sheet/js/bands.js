// The bands of the sheet: one per layer, each with real tables of numbers. Builds once per architecture, then repaints cells.

import { h, setText, setOptions } from "./dom.js";
import { buildHeat, paintHeat } from "./heat.js";

export function buildBands(model, send) {
  const { structure } = model;
  const bands = structure.bands.map((band) => buildBand(model, band, send));
  bands.push(buildLossBand(model, send));
  return bands;
}

function buildBand(model, band, send) {
  const { layer } = band;
  const side = h("div", { class: "side" }, h("h3", {}, band.label));
  if (layer > 0) {
    const activation = h("select", {
      class: "quiet", "data-of": layer, "aria-label": `activation of layer ${layer}`,
      onchange: (event) => send({ type: "set_activation", layer, key: event.target.value }),
    });
    setOptions(activation, model.structure.activations, band.activation);
    side.append(activation);
  } else {
    side.append(h("span", { class: "sub" }, "input"));
  }
  side.append(buildLayerMenu(model, band, send));
  return finish(model, h("section", { class: "band", "data-layer": layer, "aria-label": band.label }, side, h("div", { class: "graph" })),
    model.blocks.filter((block) => block.layer === layer && block.phase !== "loss" && block.tensor !== "target"));
}

function buildLossBand(model, send) {
  const last = model.structure.layers;
  const loss = h("select", {
    class: "quiet loss", "data-of": "loss", "aria-label": "loss function",
    onchange: (event) => send({ type: "set_loss", key: event.target.value }),
  });
  const side = h("div", { class: "side" }, h("h3", {}, "loss"), loss);
  const blocks = model.blocks.filter((block) => block.layer === last && (block.phase === "loss" || block.tensor === "target"));
  return finish(model, h("section", { class: "band", "data-layer": "loss", "aria-label": "loss" }, side, h("div", { class: "graph" })), blocks);
}

function finish(model, section, blocks) {
  for (const [column] of model.structure.columns) {
    const own = blocks.filter((block) => block.column === column);
    section.append(h("div", { class: `column ${column}` }, ...own.map((block) => buildBlock(model, block))));
  }
  return section;
}

function buildLayerMenu(model, { layer, units, bias }, send) {
  const item = (label, edit, disabled = false) =>
    h("button", { type: "button", disabled, onclick: (event) => { event.target.closest("details").open = false; send(edit); } }, label);
  const what = layer ? "unit" : "input";
  const items = [
    item(layer ? "add a unit" : "add an input", { type: "widen", layer }),
    item(`remove the last ${what}`, { type: "narrow", layer }, units < 2),
    item("add a layer after this", { type: "add_layer", after: layer }),
  ];
  if (layer) {
    items.push(item("remove this layer", { type: "remove_layer", layer }, model.structure.layers < 2));
    items.push(item(bias ? "remove the bias" : "add a bias", { type: "set_bias", layer, on: !bias }));
  }
  const menu = h("details", { class: "menu" }, h("summary", { "aria-label": layer ? `change layer ${layer}` : "change the input" }, "⋯"), h("div", {}, ...items));
  menu.addEventListener("keydown", (event) => { if (event.key === "Escape") menu.open = false; });
  menu.addEventListener("focusout", (event) => { if (!menu.contains(event.relatedTarget)) menu.open = false; });
  return menu;
}

function buildBlock(model, block) {
  const figure = h("figure", { class: `block ${block.phase}`, "data-block": block.key });
  block.figure = figure;
  if (block.heat) {
    figure.append(buildHeat(model, block));
    return figure;
  }
  const head = h("tr", {}, h("td"));
  for (let c = 0; c < block.columns; c++) head.append(h("th", { scope: "col" }, block.columnNoun ? `${block.columnNoun} ${c + 1}` : block.symbol));
  const body = h("tbody");
  block.elements = [];
  for (let r = 0; r < block.rows; r++) {
    const row = h("tr", {}, h("th", { scope: "row" }, `${block.rowNoun} ${r + 1}`.trim()));
    for (let c = 0; c < block.columns; c++) {
      const cell = h("td", { tabindex: "0", "data-r": r, "data-c": c }, h("span"));
      block.elements.push(cell);
      row.append(cell);
    }
    body.append(row);
  }
  figure.append(h("table", {}, h("caption", {}, block.caption), h("thead", {}, head), body));
  return figure;
}

// `marks`: Map of cell number -> class; `partial`: the growing sum at a product step
export function paintBlocks(model, scene, view, marks, partial) {
  const reveal = model.reveals[view.granularity];
  const pinned = new Set(scene.pins.map(([layer, r, c]) => `a.${layer}/${r}/${c}`));
  for (const block of model.blocks) {
    if (block.heat) {
      paintHeat(model, block, scene, view, marks);
      continue;
    }
    const { offset, rows, columns } = block;
    const largest = model.largest(block, scene);
    let chars = 1;
    for (let i = offset; i < offset + rows * columns; i++) chars = Math.max(chars, scene.t[i].length);
    // blocks only grow, so that nothing jumps to and fro under a drag
    if (chars > (block.chars ?? 0)) {
      block.chars = chars;
      block.figure.style.setProperty("--chars", chars);
    }
    const slope = block.tensor === "z" ? model.byKey.get(`slope.${block.layer}`) : null;
    for (let i = 0; i < rows * columns; i++) {
      const at = offset + i;
      const element = block.elements[i];
      const isPartial = partial?.at === at;
      const known = isPartial || reveal[at] <= view.step;
      const value = scene.v[at];
      const text = isPartial ? partial.text : known ? scene.t[at] : "·";
      setText(element.firstChild, text);
      const classes = [known ? (value === null ? "broken" : value < 0 ? "negative" : value > 0 ? "positive" : "zero") : "blank"];
      if (isPartial) classes.push("partial");
      if (block.editable === true) classes.push("editable");
      if (known && slope && scene.v[slope.offset + i] === 0) classes.push("closed");
      if (block.tensor === "a" && pinned.has(`${block.key}/${Math.floor(i / columns)}/${i % columns}`)) classes.push("pinned");
      if (block.columnNoun === "sample" && i % columns === view.sample - 1 && columns > 1) classes.push("chosen");
      if (marks.has(at)) classes.push(marks.get(at));
      // ten tints as classes: the browser shares the style of equal classes, not that of equal inline styles
      if (known && value) classes.push(`t${Math.ceil((Math.abs(value) / largest) * 10)}`);
      const name = classes.join(" ");
      if (element.className !== name) element.className = name;
      const title = known && value !== null && String(value).length > text.length ? String(value) : "";
      if (element.title !== title) element.title = title;
    }
  }
}
