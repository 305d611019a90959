import assert from "node:assert/strict";
import { test } from "node:test";

import { Bulk } from "../../mlpviz/web/sheet/bulk.js";
import { Model } from "../../mlpviz/web/sheet/model.js";
import { digitsAt, numberAt, textAt } from "../../mlpviz/web/sheet/scene_numbers.js";
import { HIDDEN, structure } from "./network.js";

const WHOLE = { "z.1": { stamp: 5, whole: { array: 0 } } };
const CHANGED = {
  "z.1": { stamp: 6, base: 5, places: { array: 0 }, numbers: { array: 1 } },
};

function sheet() {
  const model = new Model(structure(), HIDDEN, WHOLE);
  const bulk = new Bulk();
  const take = (message, ...arrays) => bulk.take(model, message, arrays);
  return { model, bulk, take, z: model.byKey.get("z.1") };
}

// the block z.1 is large: its two numbers come behind the nine others
const sceneOf = (bulk) => ({
  v: new Float64Array(9).fill(1),
  style: { digits: 3 },
  bulk,
});

test("the numbers of a large block have the last places", () => {
  const { model, z } = sheet();
  assert.equal(model.listed, 9);
  assert.equal(z.offset, 9);
  assert.ok(model.isBulk(z) && !model.isBulk(model.byKey.get("hidden.1")));
  assert.ok(model.isIn(z, 10) && !model.isIn(z, 11) && !model.isIn(z, 8));
});

test("a number is the one that came, or not here", () => {
  const { take } = sheet();
  const here = sceneOf(take(WHOLE, Float64Array.of(0.1, Number.NEGATIVE_INFINITY)));
  assert.equal(numberAt(here, 9), 0.1);
  assert.equal(digitsAt(here, 9), "0.1");
  assert.equal(numberAt(here, 10), null);
  assert.deepEqual([textAt(here, 10), digitsAt(here, 10)], ["−∞", ""]);
  const gone = sceneOf(take({ "z.1": { stamp: 7 } }));
  assert.equal(numberAt(gone, 9), undefined);
  assert.deepEqual([textAt(gone, 9), digitsAt(gone, 9)], ["…", ""]);
});

test("changed places count from the numbers that were sent whole", () => {
  const { take, z } = sheet();
  const whole = Float64Array.of(1, 2);
  take(WHOLE, whole);
  const changed = take(CHANGED, Int32Array.of(1), Float64Array.of(3));
  assert.deepEqual([...changed.of(z)], [1, 3]);
  assert.deepEqual([...whole], [1, 2]);
  // the next one says nothing of the place that is again as it was
  const next = { "z.1": { ...CHANGED["z.1"], stamp: 7 } };
  assert.deepEqual([...take(next, Int32Array.of(0), Float64Array.of(4)).of(z)], [4, 2]);
});

test("changes of numbers that never came are not taken", () => {
  const { take, z } = sheet();
  take(WHOLE, Float64Array.of(1, 2));
  const other = { "z.1": { ...CHANGED["z.1"], base: 4 } };
  assert.equal(take(other, Int32Array.of(1), Float64Array.of(3)).of(z), null);
});

test("the same numbers are the same array, so that their picture is painted once", () => {
  const { take, z } = sheet();
  take(WHOLE, Float64Array.of(1, 2));
  const one = take(CHANGED, Int32Array.of(1), Float64Array.of(3)).of(z);
  assert.equal(take(CHANGED, Int32Array.of(1), Float64Array.of(3)).of(z), one);
});

test("missing is what the steps have come to, or what the explained cell is made of", () => {
  const { model, take } = sheet();
  const bulk = take({ "z.1": { stamp: 5 } });
  const at = (step) => ({ granularity: "layer", step });
  assert.deepEqual(bulk.missing(model, at(0), null), []);
  assert.deepEqual(bulk.missing(model, at(1), null), ["z.1"]);
  assert.deepEqual(bulk.missing(model, at(0), model.cell("loss.1", 0, 0)), ["z.1"]);
  assert.deepEqual(bulk.missing(model, at(0), model.cell("x.0", 0, 0)), []);
  assert.deepEqual(take(WHOLE, Float64Array.of(1, 2)).missing(model, at(1), null), []);
});

test("tints of a large block are told without what is not finite", () => {
  const { model, take, z } = sheet();
  const scene = sceneOf(take(WHOLE, Float64Array.of(-2, Number.NaN)));
  assert.equal(model.largest(z, scene), 2);
  assert.equal(model.largest(z, sceneOf(take({ "z.1": { stamp: 9 } }))), 0);
});
