import assert from "node:assert/strict";
import { test } from "node:test";

import * as input from "../../mlpviz/web/shared/number_input.js";
import { allDigits } from "../../mlpviz/web/shared/number_text.js";

test("what the app wrote into a field can be stepped from there", () => {
  for (const number of [2, -0.5, 0.001, 1e-7, -3e20, 123456.75])
    assert.equal(input.writtenNumber(allDigits(number)), number);
});

test("what a person is typing is left to Python", () => {
  for (const text of ["", " ", "x", "1/3", "½", "50%", "1,000", "0x10", "Infinity", "1.2.3", "3*4"])
    assert.equal(input.writtenNumber(text), null, text);
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
