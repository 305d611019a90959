import assert from "node:assert/strict";
import { test } from "node:test";

import { Model } from "../../mlpviz/web/sheet/model.js";
import { HIDDEN, structure } from "./network.js";

const model = () => new Model(structure(), HIDDEN);
const names = (cells) => cells.map(({ block, r, c }) => `${block.key} ${r} ${c}`);

test("every number has a place of its own, those without a block too", () => {
  const { byKey, cells } = model();
  assert.deepEqual(
    [...byKey].map(([key, { offset }]) => [key, offset]),
    [
      ["x.0", 0],
      ["weight.1", 4],
      ["bias.1", 6],
      ["z.1", 7],
      ["loss.1", 9],
      ["hidden.1", 10],
    ],
  );
  assert.equal(cells, 11);
});

test("a number is known from its step on; what is given, from the start", () => {
  const one = model();
  const z = one.byKey.get("z.1");
  const known = (at, granularity, step) => one.isKnown(at, { granularity, step });
  assert.equal(known(0, "layer", 0), true);
  assert.equal(known(one.at(z, 0, 0), "layer", 0), false);
  assert.equal(known(one.at(z, 0, 1), "layer", 1), true);
  assert.equal(known(one.at(z, 0, 1), "unit", 1), false);
  assert.equal(known(one.at(z, 0, 1), "unit", 2), true);
});

test("a cell is looked up by key and place, and only inside its block", () => {
  const one = model();
  assert.deepEqual(names([one.cell("x.0", 1, 1)]), ["x.0 1 1"]);
  for (const [key, r, c] of [
    ["x.0", 2, 0],
    ["x.0", 0, -1],
    ["y.0", 0, 0],
  ])
    assert.ok(!one.cell(key, r, c));
});

test("a sum is made of its factors, term by term, and of what is added", () => {
  const one = model();
  const cell = one.cell("z.1", 0, 1);
  const first = ["weight.1 0 0", "x.0 0 1"];
  const all = [...first, "weight.1 0 1", "x.0 1 1", "bias.1 0 0"];
  assert.deepEqual(names(one.sources(cell)), all);
  assert.deepEqual(names(one.sources(cell, 1)), first);
});

test("what has no block is no source on screen", () => {
  const one = model();
  const loss = one.cell("loss.1", 0, 0);
  assert.deepEqual(names(one.references(loss)), ["z.1 0 0", "hidden.1 0 0"]);
  assert.deepEqual(names(one.sources(loss)), ["z.1 0 0"]);
});

test("a step of another granularity is as far in the same block", () => {
  const one = model();
  assert.equal(one.translate(0, "layer", "unit"), 0);
  assert.equal(one.translate(1, "layer", "unit"), 2);
  assert.equal(one.translate(1, "unit", "layer"), 1);
});

test("phases are stretches of steps", () => {
  assert.deepEqual(model().phases("unit"), [
    ["forward", "Forward", 1, 2],
    ["loss", "Loss", 3, 3],
  ]);
});

test("the largest size of a block counts without signs, and without what is not finite", () => {
  const one = model();
  const v = Float64Array.of(0, 0, 0, 0, -3, Number.NEGATIVE_INFINITY, 0, 0, 0, 0, 0);
  assert.equal(one.largest(one.byKey.get("weight.1"), { v }), 3);
});
