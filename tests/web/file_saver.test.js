import assert from "node:assert/strict";
import { test } from "node:test";

import { FileSaver } from "../../mlpviz/web/shared/file_saver.js";

const piece = (number, at, text, size) => ({
  number,
  name: "run",
  type: "text/plain",
  size,
  at,
  bytes: btoa(text),
});

function saver() {
  const asked = [];
  const saved = [];
  const one = new FileSaver(
    (event) => asked.push(event.at),
    async (name, content) => saved.push([name, await content.text()]),
  );
  return { one, asked, saved };
}

test("pieces are asked for one after the other, and the whole is saved once", async () => {
  const { one, asked, saved } = saver();
  one.take(null);
  one.take(piece(1, 0, "abc", 5));
  one.take(piece(1, 0, "abc", 5)); // comes with every answer until the next one is asked for
  one.take(piece(1, 3, "de", 5));
  one.take(piece(1, 3, "de", 5));
  await new Promise(setImmediate);
  assert.deepEqual(asked, [3]);
  assert.deepEqual(saved, [["run", "abcde"]]);
});

test("another file begins anew", async () => {
  const { one, saved } = saver();
  one.take(piece(1, 0, "abc", 5));
  one.take(piece(2, 0, "xy", 2));
  await new Promise(setImmediate);
  assert.deepEqual(saved, [["run", "xy"]]);
});

test("what came before the page was there is not saved again", async () => {
  const { one, saved } = saver();
  one.skip(piece(1, 0, "xy", 2));
  one.take(piece(1, 0, "xy", 2));
  await new Promise(setImmediate);
  assert.deepEqual(saved, []);
});
