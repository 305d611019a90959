import assert from "node:assert/strict";
import { test } from "node:test";
import { SaidOnce } from "../../mlpviz/web/shared/said_once.js";

test("a sentence is said once, and a late answer takes none away", () => {
  const said = new SaidOnce();
  const isNew = [7, 7, 9, 8, 9, 10].map((number) => said.isNew(number));
  assert.deepEqual(isNew, [true, false, true, false, false, true]);
});

test("another server's sentences are new, though its clock be behind", () => {
  const said = new SaidOnce();
  assert.ok(said.isNew(1_800_000_000_000));
  assert.ok(said.isNew(1_799_999_000_000));
  assert.ok(!said.isNew(1_799_999_000_000));
  assert.ok(said.isNew(1_800_000_500_000));
});
