import assert from "node:assert/strict";
import { test } from "node:test";

import * as input from "../../mlpviz/web/shared/number_input.js";

test("a number is read as people type it", () => {
  const cases = [
    ["2", 2],
    [" -0.5 ", -0.5],
    ["−3", -3],
    ["+1.", 1],
    [".25", 0.25],
    ["1,5", 1.5],
    ["−1,5e-3", -0.0015],
    ["1E3", 1000],
  ];
  for (const [text, expected] of cases) assert.equal(input.readNumber(text), expected);
});

test("nothing else is a number, not what JavaScript would take for one either", () => {
  for (const text of [
    "",
    " ",
    "x",
    "0x10",
    "0b1",
    "1e999",
    "Infinity",
    "1.2.3",
    "1,000,000",
    "1_000",
    "- 1",
  ]) {
    assert.equal(input.readNumber(text), null, text);
  }
});

test("what is no number goes on as it was typed", () => {
  assert.equal(input.readTyped(" two "), " two ");
  assert.deepEqual(input.readSeveral("1 2;0,5 x"), [1, 2, 0.5, "x"]);
  assert.deepEqual(input.readSeveral("8, 8,4", /[\s,;]+/), [8, 8, 4]);
  assert.deepEqual(input.readSeveral(""), []);
});

test("whole numbers move in whole steps, others in their third digit", () => {
  const keys = (shiftKey, altKey) => ({ shiftKey, altKey });
  assert.equal(input.stepSize(3, keys(false, false)), 1);
  assert.equal(input.stepSize(0.5, keys(false, false)), 0.01);
  assert.equal(input.stepSize(12.5, keys(true, false)), 1);
  assert.equal(input.stepSize(2, keys(false, true)), 0.1);
  assert.equal(input.tidy(0.1 + 0.2), 0.3);
});

test("a place in a plot has no more digits than the eye sees, and lies inside of it", () => {
  assert.equal(input.placeBetween(0.123456, 0, 10), 1.2);
  assert.equal(input.placeBetween(-1, -2, 2), -2);
  assert.equal(input.placeBetween(7, -2, 2), 2);
});
