// The bands of the sheet: one per layer, with its menu and its blocks. Built once per architecture.

import { h, setOptions } from "./dom.js";
import { buildBlock } from "./blocks.js";

// without `send` the bands are for reading only
export function buildBands(model, send) {
  const { structure } = model;
  const bands = structure.bands.map((band) => buildBand(model, band, send));
  bands.push(buildLossBand(model, send));
  return bands;
}

function buildBand(model, band, send) {
  const { layer } = band;
  const side = h("div", { class: "side" }, h("h3", {}, band.label));
  if (!send) {
    const label = model.structure.activations.find(([key]) => key === band.activation)?.[1];
    side.append(h("span", { class: "sub" }, layer > 0 ? label : "input"));
  } else if (layer > 0) {
    const activation = h("select", {
      class: "quiet", "data-of": layer, "aria-label": `activation of layer ${layer}`,
      onchange: (event) => send({ type: "set_activation", layer, key: event.target.value }),
    });
    setOptions(activation, model.structure.activations, band.activation);
    side.append(activation);
  } else {
    side.append(h("span", { class: "sub" }, "input"));
  }
  if (send) side.append(buildLayerMenu(model, band, send));
  return finish(model, h("section", { class: "band", "data-layer": layer, "aria-label": band.label }, side, h("div", { class: "graph" })),
    model.blocks.filter((block) => block.layer === layer && block.phase !== "loss" && block.tensor !== "target"));
}

function buildLossBand(model, send) {
  const last = model.structure.layers;
  const loss = h("select", {
    class: "quiet loss", "data-of": "loss", "aria-label": "loss function",
    onchange: (event) => send({ type: "set_loss", key: event.target.value }),
  });
  const side = h("div", { class: "side" }, h("h3", {}, "loss"), send && loss);
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
