import assert from "node:assert/strict";
import { test } from "node:test";

import { createStore } from "../../mlpviz/web/shared/store.js";

test("who has subscribed is told of each change, in order, until they stop", () => {
  const store = createStore({ step: 0 });
  const told = [];
  const stop = store.subscribe(() => told.push(`first ${store.step}`));
  store.subscribe(() => told.push(`second ${store.step}`));
  store.set({ step: 1 });
  stop();
  store.set();
  assert.deepEqual(told, ["first 1", "second 1", "second 1"]);
});
