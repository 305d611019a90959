import assert from "node:assert/strict";
import { test } from "node:test";

import { cellsWithText, Lockstep } from "../../mlpviz/web/sheet/lockstep.js";
import { Model } from "../../mlpviz/web/sheet/model.js";
import { HIDDEN, structure } from "./network.js";

function other() {
  const one = structure();
  one.steps = { layer: one.steps.layer };
  return new Model(one, HIDDEN);
}

test("the other network stands where the same number appears", () => {
  const own = new Model(structure(), HIDDEN);
  const same = new Lockstep(own, new Model(structure(), HIDDEN));
  assert.deepEqual(same.follow({ granularity: "unit", step: 2 }), { granularity: "unit", step: 2 });
  assert.deepEqual(same.follow({ granularity: "layer", step: 0 }), {
    granularity: "layer",
    step: 0,
  });
});

test("a network without these steps goes layer by layer", () => {
  const lockstep = new Lockstep(new Model(structure(), HIDDEN), other());
  assert.deepEqual(lockstep.follow({ granularity: "unit", step: 1 }), {
    granularity: "layer",
    step: 1,
  });
  assert.deepEqual(lockstep.follow({ granularity: "unit", step: 3 }), {
    granularity: "layer",
    step: 2,
  });
});

test("cells with a text are those that differ", () => {
  const model = new Model(structure(), HIDDEN);
  assert.deepEqual([...cellsWithText({ "weight.1": ["", "0.5"], "bias.1": ["1"] }, model)], [5, 6]);
});
