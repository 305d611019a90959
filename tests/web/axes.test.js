import assert from "node:assert/strict";
import { test } from "node:test";

import * as axes from "../../mlpviz/web/shared/axes.js";

test("a scale goes to pixels and back, and stays inside on the way back", () => {
  const scale = axes.linear([0, 10], [100, 0]);
  assert.equal(scale(2.5), 75);
  assert.equal(scale.invert(75), 2.5);
  assert.equal(scale.invert(-50), 10);
  assert.equal(axes.linear([3, 3], [0, 80])(3), 40);
});

test("a logarithmic scale gives each power of ten the same room", () => {
  const scale = axes.logarithmic([0.01, 100], [0, 400]);
  assert.deepEqual([0.01, 0.1, 1, 100].map(scale), [0, 100, 200, 400]);
  assert.equal(scale.invert(300), 10);
});

test("the ends of numbers leave out what is missing", () => {
  assert.deepEqual(axes.extent([3, null, -1, undefined, 2]), [-1, 3]);
  assert.equal(axes.extent([null]), null);
  assert.deepEqual(axes.apart([2, 2], 1), [1, 3]);
});

test("an axis has round numbers", () => {
  assert.deepEqual(
    axes.ticks(0, 1, 5).map((value) => value.toFixed(1)),
    ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"],
  );
  assert.deepEqual(axes.ticks(5, 5, 4), [5]);
  assert.deepEqual(axes.powers(0.02, 300), [0.1, 1, 10, 100]);
  assert.deepEqual(axes.powers(2, 3), [2, 3]);
});

test("a line has a gap where a number is missing or has no logarithm", () => {
  const drawn = [];
  const context = {
    beginPath() {},
    stroke() {},
    moveTo: (x, y) => drawn.push(["move", x, Math.round(y)]),
    lineTo: (x, y) => drawn.push(["line", x, Math.round(y)]),
  };
  const y = axes.logarithmic([1, 100], [0, 200]);
  axes.strokeSeries(context, [0, 1, 2, 3, 4, 5], [1, 10, null, 100, 0, 10], (x) => x, y);
  assert.deepEqual(drawn, [
    ["move", 0, 0],
    ["line", 1, 100],
    ["move", 3, 200],
    ["move", 5, 100],
  ]);
});
