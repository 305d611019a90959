import assert from "node:assert/strict";
import { test } from "node:test";

import { SentOnce } from "../../mlpviz/web/sheet/sent_once.js";

const FIRST = {
  structure: "2-1",
  structure_data: { id: "2-1", layers: 1 },
  presets: [["xor", "XOR"]],
  variants: [],
  number_styles: [["", "short"]],
  files: { open: [] },
  imports: [".csv"],
  new_network: { starts: [] },
};

test("a page that is mounted anew has the menus that came to the one before", () => {
  const sent = new SentOnce();
  assert.ok(sent.take(FIRST));
  const next = { structure: "2-1", name: "XOR" };
  assert.ok(sent.take(next));
  const { structure, structure_data, ...offered } = FIRST;
  assert.deepEqual(sent.whole(next), { ...offered, ...next });
  assert.equal(sent.structures.get(structure), structure_data);
});

test("a structure that never came is asked for, beside the sheet too", () => {
  const sent = new SentOnce();
  assert.ok(!sent.take({ structure: "2-1" }));
  sent.take(FIRST);
  assert.ok(!sent.take({ structure: "2-1", other: { structure: "3-1" } }));
  assert.ok(
    sent.take({ structure: "2-1", other: { structure: "3-1", structure_data: { id: "3-1" } } }),
  );
});
