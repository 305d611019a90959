import assert from "node:assert/strict";
import { test } from "node:test";

import { Model } from "../../mlpviz/web/sheet/model.js";
import { selectionOf, View } from "../../mlpviz/web/sheet/view.js";
import { HIDDEN, structure } from "./network.js";

test("a view as text comes back as it was, and its end is left out", () => {
  for (const text of [
    "layer.0.1",
    "unit.3.2",
    "product.7.1.weight-1-1-2",
    "layer.4.1..f",
    "layer.1.1.bias-1-1.4.x-0-2-1",
    "layer.5.1.....p",
  ]) {
    assert.equal(new View(text).toText(), text);
  }
  assert.equal(new View("").toText(), "layer.0.1");
});

test("a text that is no view changes nothing that it does not name", () => {
  const view = new View("sideways");
  assert.deepEqual([view.granularity, view.step, view.sample], ["layer", 0, 1]);
});

test("another first number takes the second one away", () => {
  const view = new View("layer.0.1.weight-1-1-1..bias-1-1");
  view.selection = "weight 1 1 1";
  assert.equal(view.second, "bias 1 1");
  view.selection = "weight 1 1 2";
  assert.equal(view.second, null);
});

test("what the network does not have is no longer looked at", () => {
  const model = new Model(structure(), HIDDEN);
  const view = new View("product.9.5.weight-3-1-1");
  view.clamp(model);
  assert.deepEqual(
    [view.granularity, view.step, view.sample, view.selection],
    ["layer", 2, 2, null],
  );
  const kept = new View("unit.2.2.weight-1-1-2..bias-1-1-1");
  kept.clamp(model);
  assert.equal(kept.toText(), "unit.2.2.weight-1-1-2..bias-1-1-1");
});

test("a selection names its cell from 1", () => {
  const model = new Model(structure(), HIDDEN);
  const view = new View();
  const cell = model.cell("weight.1", 0, 1);
  view.select(cell);
  assert.equal(view.selection, "weight 1 1 2");
  assert.equal(selectionOf(cell), "weight 1 1 2");
  assert.deepEqual(view.cell(model), cell);
  view.select(null);
  assert.equal(view.cell(model), null);
});
