// The menu of one layer: units and layers, bias, and what stands around the activation: norm, dropout, skip.

import { closeMenu, closeOnEscape, h } from "../shared/dom.js";
import { readTyped } from "../shared/number_input.js";
import { choiceControl, control, hyperparameterFields } from "./hyperparameters.js";

const SEEDS = 2 ** 32;

export function buildLayerMenu(model, band, send) {
  const { layer, units, bias } = band;
  const item = (label, edit, disabled = false) =>
    h(
      "button",
      {
        type: "button",
        disabled,
        onclick: (event) => {
          closeMenu(event.target.closest("details"));
          send(edit);
        },
      },
      label,
    );
  const what = layer ? "unit" : "input";
  const items = [
    item(layer ? "add a unit" : "add an input", { type: "widen", layer }),
    item(`remove the last ${what}`, { type: "narrow", layer }, units < 2),
    item("add a layer after this", { type: "add_layer", after: layer }),
  ];
  if (layer) {
    items.push(
      item("remove this layer", { type: "remove_layer", layer }, model.structure.layers < 2),
    );
    items.push(
      item(bias ? "remove the bias" : "add a bias", { type: "set_bias", layer, on: !bias }),
    );
    items.push(...around(model, band, send));
  }
  const menu = h(
    "details",
    { class: "menu", "data-menu": layer },
    h(
      "summary",
      {
        "data-control": `menu.${layer}`,
        "aria-label": layer ? `change layer ${layer}` : "change the input",
      },
      "⋯",
    ),
    h("div", {}, ...items),
  );
  closeOnEscape(menu);
  menu.addEventListener("focusout", (event) => {
    if (menu.isConnected && !menu.contains(event.relatedTarget)) menu.open = false;
  });
  return menu;
}

function around(model, { layer, norm, normKnobs, dropout, skip, skips, inner }, send) {
  const owner = `layer ${layer}`;
  const row = (label, title, ...children) =>
    h("label", { class: "knob", title }, h("span", {}, label), ...children);
  const found = [
    row(
      "norm",
      "what stands between z and the activation",
      choiceControl(`norm.${layer}`, [["", "none"], ...model.structure.norms], norm, {
        "aria-label": `norm of ${owner}`,
        onchange: ({ target }) => send({ type: "set_norm", layer, key: target.value || null }),
      }),
    ),
    ...hyperparameterFields(normKnobs, `the norm of ${owner}`, (name, value) =>
      send({ type: "set_norm_knob", layer, name, value }),
    ),
  ];
  if (!inner) return found;
  const seed = () => Math.floor(Math.random() * SEEDS);
  found.push(
    row(
      "dropout",
      "the chance of a unit to be dropped, from 0 to below 1",
      control("input", `dropout.${layer}`, dropout, {
        type: "text",
        inputmode: "decimal",
        class: "knob-number",
        "aria-label": `dropout rate of ${owner}`,
        onchange: ({ target }) =>
          send({ type: "set_dropout", layer, rate: readTyped(target.value), seed: seed() }),
      }),
    ),
  );
  if (dropout) {
    found.push(
      h(
        "button",
        {
          type: "button",
          "data-control": `redraw.${layer}`,
          onclick: () => send({ type: "redraw_mask", layer, seed: seed() }),
        },
        "draw another mask",
      ),
    );
  }
  if (skips.length > 1) {
    found.push(
      row(
        "skip",
        "what is added to the output of this layer",
        choiceControl(`skip.${layer}`, skips, skip, {
          "aria-label": `skip to ${owner}`,
          onchange: ({ target }) => send({ type: "set_skip", layer, around: Number(target.value) }),
        }),
      ),
    );
  }
  return found;
}
