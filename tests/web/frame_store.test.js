import assert from "node:assert/strict";
import { test } from "node:test";

import { FrameStore } from "../../mlpviz/web/train/frame_store.js";

const rows = (start, epoch, generation = 1) => ({ branch: 0, generation, start, epoch });
const frame = (curves, run = "a") => ({ run, lanes: [{ curves: [curves], bands: null }] });

test("lists grow from frame to frame, and a later frame may correct their end", () => {
  const store = new FrameStore();
  assert.equal(store.take({ run: "a" }, frame(rows(0, [0, 1]))), true);
  assert.equal(store.take(undefined, frame(rows(2, [2, 3]))), true);
  assert.equal(store.take(undefined, frame(rows(3, [30, 4]))), true);
  assert.deepEqual(store.curve(0, 0).epoch, [0, 1, 2, 30, 4]);
});

test("what is missing has to be asked for again", () => {
  const store = new FrameStore();
  assert.equal(store.take(undefined, frame(rows(0, [0]))), false);
  store.take({ run: "a" }, frame(rows(0, [0])));
  assert.equal(store.take(undefined, frame(rows(5, [5]))), false);
  assert.equal(store.take(undefined, frame(rows(0, [0]), "b")), false);
  assert.equal(store.take(undefined, frame(rows(1, [1], 2))), false);
});

test("another run takes all lists away", () => {
  const store = new FrameStore();
  store.take({ run: "a" }, frame(rows(0, [0, 1])));
  store.take({ run: "b" }, frame(rows(0, [7]), "b"));
  assert.deepEqual(store.curve(0, 0).epoch, [7]);
});
