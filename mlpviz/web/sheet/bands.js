// The bands of the sheet: one per layer, with its menu and its blocks. Built once per architecture.

import { closeMenu, closeOnEscape, h, setOptions } from "../shared/dom.js";
import { allDigits } from "../shared/number_text.js";
import { termMark } from "../shared/term_help.js";
import { buildBlock } from "./blocks.js";
import {
  choiceControl,
  hyperparameterFields,
  labelledControl,
  switchControl,
  textControl,
} from "./hyperparameters.js";

const LONG = 12; // letters of a name that is set smaller

// without `send` the bands are for reading only; suffix: of their names, beside another network
export function buildBands(model, scene, send, suffix) {
  const { structure } = model;
  const bands = structure.bands.map((band) => buildBand(model, scene, band, send, suffix));
  bands.push(buildLossBand(model, scene, send, suffix));
  return bands;
}

function buildBand(model, scene, band, send, suffix) {
  const { layer } = band;
  const side = h(
    "div",
    { class: "side" },
    h("h3", {}, termMark(layer ? "layer" : "x", band.label)),
  );
  if (!send) {
    side.append(layer > 0 ? chosen(band.chosen) : h("span", { class: "sub" }, "input"));
  } else if (layer > 0) {
    const activation = h("select", {
      class: "quiet activation",
      "data-of": layer,
      "data-control": `activation.${layer}`,
      "aria-label": `activation of layer ${layer}`,
      onchange: (event) => send({ type: "set_activation", layer, key: event.target.value }),
    });
    setOptions(activation, model.structure.activations, band.activation);
    const name = activation.selectedOptions[0]?.textContent ?? "";
    activation.classList.toggle("long", name.length > LONG);
    side.append(
      activation,
      ...hyperparameterFields(
        band.hyperparameters,
        `the activation of layer ${layer}`,
        (name, value) => send({ type: "set_activation_knob", layer, name, value }),
      ),
    );
  } else {
    side.append(h("span", { class: "sub" }, "input"));
  }
  if (band.extras) side.append(h("span", { class: "sub extras" }, band.extras));
  if (send) side.append(buildLayerMenu(model, scene, band, send));
  return finish(
    model,
    h(
      "section",
      { class: "band", "data-layer": layer, "aria-label": band.label + suffix },
      side,
      h("div", { class: "graph" }),
    ),
    model.blocks.filter(
      (block) => block.layer === layer && block.phase !== "loss" && block.tensor !== "target",
    ),
  );
}

// what is only read: in short, with the names of its hyperparameters on hover
function chosen([short, long]) {
  return h("span", { class: "sub", title: long === short ? null : long }, short);
}

function buildLossBand(model, scene, send, suffix) {
  const last = model.structure.layers;
  const loss = h("select", {
    class: "quiet loss",
    "data-of": "loss",
    "data-control": "loss",
    "aria-label": "loss function",
    onchange: (event) => send({ type: "set_loss", key: event.target.value }),
  });
  const side = h(
    "div",
    { class: "side" },
    h("h3", {}, termMark("loss", "loss")),
    send ? loss : chosen(model.structure.lossChosen),
    ...(send
      ? hyperparameterFields(model.structure.lossHyperparameters, "the loss", (name, value) =>
          send({ type: "set_loss_knob", name, value }),
        )
      : []),
    ...(send ? targetFields(model, send) : []),
    ...(send ? penaltyFields(model, scene, send) : []),
  );
  const blocks = model.blocks.filter(
    (block) => block.layer === last && (block.phase === "loss" || block.tensor === "target"),
  );
  return finish(
    model,
    h(
      "section",
      { class: "band", "data-layer": "loss", "aria-label": `loss${suffix}` },
      side,
      h("div", { class: "graph" }),
    ),
    blocks,
  );
}

// how the targets of classes are written; what a row says besides its largest number is lost only on request
function targetFields({ structure }, send) {
  if (!structure.targetForm) return [];
  const forms = [
    ["numbers", "targets: class numbers"],
    ["rows", "targets: a row for each"],
  ];
  return [
    choiceControl("target form", forms, structure.targetForm, {
      class: "quiet",
      "aria-label": "how targets are written",
      title:
        "the number of the class from 0, or a row with a number for each class; " +
        "from a row to a number only the place of its largest number is kept",
      onchange: ({ target }) => send({ type: "set_target_form", form: target.value }),
    }),
  ];
}

// what is added to the loss so that parameters stay small
function penaltyFields({ structure }, scene, send) {
  const { penalties, penalty, penaltyHyperparameters } = structure;
  const choice = choiceControl("penalty", [["", "no penalty"], ...penalties], penalty, {
    class: "quiet",
    "aria-label": "penalty",
    title: "what is added to the loss so that weights stay small",
    onchange: ({ target }) => send({ type: "set_penalty", key: target.value || null }),
  });
  if (!penalty) return [choice];
  const biases = switchControl("penalty.biases", scene.penalizeBiases, {
    "aria-label": "penalise biases too",
    onchange: ({ target }) => send({ type: "penalize_biases", on: target.checked }),
  });
  return [
    choice,
    ...hyperparameterFields(penaltyHyperparameters, "the penalty", (name, value) =>
      send({ type: "set_penalty_knob", name, value }),
    ),
    h(
      "label",
      { class: "knob bool", title: "whether biases are penalised too" },
      "biases too",
      biases,
    ),
    h("span", { class: "sub penalty-value", title: "the penalty: it is added to the loss" }),
  ];
}

// blocks of one line stand beside each other; more than one line are stacked, each block under its name
function buildColumn(column, blocks) {
  const lines = new Map();
  for (const block of blocks) lines.set(block.line, [...(lines.get(block.line) ?? []), block]);
  if (lines.size < 2)
    return h("div", { class: `column ${column}` }, ...blocks.map((block) => buildBlock(block)));
  const sorted = [...lines].sort(([one], [other]) => one - other);
  return h(
    "div",
    { class: `column ${column} stacked` },
    ...sorted.map(([, own]) =>
      h("div", { class: "line" }, ...own.map((block) => buildBlock(block))),
    ),
  );
}

function finish(model, section, blocks) {
  for (const [column] of model.structure.columns) {
    const own = blocks.filter((block) => block.column === column);
    section.append(buildColumn(column, own));
  }
  return section;
}

// ------------------------------------------------------------------

// The menu of one layer: units and layers, bias, and what stands around the activation: norm, dropout, skip.

const SEEDS = 2 ** 32;

function buildLayerMenu(model, scene, band, send) {
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
    items.push(
      item("compute this layer yourself", { type: "practise", part: `sheet.${layer}` }),
      ...around(model, band, send),
      ...tieFields(band, send),
      ...updateFields(band, scene, send),
    );
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
  // the last fields of a long menu are below the end of a small sheet
  menu.addEventListener("toggle", () => {
    if (menu.open) menu.lastElementChild.scrollIntoView({ block: "nearest" });
  });
  menu.addEventListener("focusout", (event) => {
    if (menu.isConnected && !menu.contains(event.relatedTarget)) menu.open = false;
  });
  return menu;
}

// what the update does with the parameters of this layer
function updateFields({ layer, parameters, hasRate, hasDecay, decay }, scene, send) {
  const owner = `layer ${layer}`;
  const boxes = parameters.map(([tensor, symbol, frozen]) =>
    h(
      "label",
      { class: "frozen-box" },
      termMark(tensor, symbol),
      switchControl(`frozen.${layer}.${tensor}`, frozen, {
        "aria-label": `${symbol} of ${owner} frozen`,
        onchange: ({ target }) => send({ type: "set_frozen", layer, tensor, on: target.checked }),
      }),
    ),
  );
  const own = (name, label, title, value, type) =>
    labelledControl(
      label,
      `The ${title} of this layer, in place of that of all.`,
      textControl(
        `${name}.${layer}`,
        value == null ? "" : allDigits(value),
        {
          class: "knob-number",
          placeholder: "as all",
          "aria-label": `${title} of ${owner}`,
        },
        (text) => send({ type, layer, value: text.trim() ? text : null }),
      ),
    );
  const frozen = h(
    "div",
    { class: "knob frozen-boxes", title: "a frozen number keeps its value in every update" },
    termMark("frozen", "frozen"),
    ...boxes,
  );
  const rate = scene.rates[layer - 1];
  return [
    frozen,
    ...(hasRate ? [own("rate", "own η", "learning rate", rate, "set_layer_rate")] : []),
    ...(hasDecay ? [own("decay", "own decay λ", "weight decay", decay, "set_layer_decay")] : []),
  ];
}

// whose weight the layer has, and whether its units have one bias
function tieFields({ layer, tie, ties, bias, units, oneBias }, send) {
  const found = [];
  if (ties.length > 1)
    found.push(
      labelledControl(
        "weight",
        "A tied weight is one number with that of another layer, and learned once.",
        choiceControl(`tie.${layer}`, ties, tie, {
          "aria-label": `weight of layer ${layer}`,
          onchange: ({ target: { value } }) =>
            send({
              type: "set_tied",
              layer,
              to: value ? Number.parseInt(value, 10) : null,
              transposed: value.endsWith("T"),
            }),
        }),
      ),
    );
  if (bias && units > 1)
    found.push(
      labelledControl(
        "one bias",
        "All units of the layer have one and the same bias.",
        switchControl(`onebias.${layer}`, oneBias, {
          "aria-label": `one bias for all units of layer ${layer}`,
          onchange: ({ target }) => send({ type: "set_one_bias", layer, on: target.checked }),
        }),
      ),
    );
  return found;
}

function around(model, band, send) {
  const { layer, norm, normHyperparameters, draws, dropout, skip, skips, inner } = band;
  const owner = `layer ${layer}`;
  const seed = () => Math.floor(Math.random() * SEEDS);
  const anew = (type, text) =>
    h(
      "button",
      {
        type: "button",
        "data-control": `${type}.${layer}`,
        onclick: () => send({ type, layer, seed: seed() }),
      },
      text,
    );
  const found = [
    ...(draws ? [anew("redraw_slopes", "draw other slopes")] : []),
    labelledControl(
      "norm",
      "",
      choiceControl(`norm.${layer}`, [["", "none"], ...model.structure.norms], norm, {
        "aria-label": `norm of ${owner}`,
        onchange: ({ target }) => send({ type: "set_norm", layer, key: target.value || null }),
      }),
    ),
    ...hyperparameterFields(normHyperparameters, `the norm of ${owner}`, (name, value) =>
      send({ type: "set_norm_knob", layer, name, value }),
    ),
  ];
  if (!inner) return found;
  found.push(
    labelledControl(
      "dropout",
      "The chance of a unit to be dropped, from 0 to 1.",
      textControl(
        `dropout.${layer}`,
        dropout,
        { class: "knob-number", "aria-label": `dropout rate of ${owner}` },
        (text) => send({ type: "set_dropout", layer, rate: text, seed: seed() }),
      ),
    ),
  );
  if (dropout) found.push(anew("redraw_mask", "draw another mask"));
  if (skips.length > 1) {
    found.push(
      labelledControl(
        "skip",
        "",
        choiceControl(`skip.${layer}`, skips, skip, {
          "aria-label": `skip to ${owner}`,
          onchange: ({ target }) => send({ type: "set_skip", layer, around: Number(target.value) }),
        }),
      ),
    );
  }
  return found;
}
