import assert from "node:assert/strict";
import { test } from "node:test";

import { readMessage } from "../../mlpviz/web/shared/message_bytes.js";

// as mlpviz/app/message_bytes.py writes it, at a place in a buffer that is larger
function written(message, arrays, before = 0) {
  const text = new TextEncoder().encode(JSON.stringify(message));
  const next = (at) => Math.ceil(at / 8) * 8;
  const size = arrays.reduce((at, array) => next(at + array.byteLength), next(8 + text.length));
  const bytes = new Uint8Array(new ArrayBuffer(before + size), before, size);
  bytes[0] = 1;
  new DataView(bytes.buffer, before).setUint32(4, text.length, true);
  bytes.set(text, 8);
  let at = next(8 + text.length);
  for (const array of arrays) {
    bytes.set(new Uint8Array(array.buffer), at);
    at = next(at + array.byteLength);
  }
  return bytes;
}

const LISTED = {
  arrays: [
    ["int32", 3],
    ["float64", 2],
  ],
  said: "∂L/∂W",
};
const ARRAYS = [Int32Array.of(1, 2, 3), Float64Array.of(0.1, -0)];

test("text and bytes of JSON are read alike", () => {
  const text = '{"said":"∂L/∂W"}';
  assert.deepEqual(readMessage(text), { said: "∂L/∂W" });
  assert.deepEqual(readMessage(new TextEncoder().encode(text)), { said: "∂L/∂W" });
});

for (const before of [0, 3, 8])
  test(`arrays stand behind the JSON, ${before} bytes into a buffer`, () => {
    const { said, arrays } = readMessage(written(LISTED, ARRAYS, before));
    assert.equal(said, "∂L/∂W");
    assert.deepEqual(arrays[0], ARRAYS[0]);
    assert.deepEqual(arrays[1], ARRAYS[1]);
  });

test("a message of a socket is a buffer", () => {
  const { arrays } = readMessage(written(LISTED, ARRAYS).buffer);
  assert.deepEqual(arrays[1], ARRAYS[1]);
});
