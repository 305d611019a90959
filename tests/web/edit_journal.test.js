// Which edits are done again to a network that only the tab has.

import assert from "node:assert/strict";
import { test } from "node:test";
import { EditJournal } from "../../mlpviz/web/sheet/edit_journal.js";

const set = (value) => ({ type: "set", tensor: "weight", layer: 1, row: 1, column: 1, value });

function storage() {
  const kept = new Map();
  return { get: (name) => kept.get(name) ?? null, set: (name, text) => kept.set(name, text) };
}

function kept(place) {
  const journal = new EditJournal(place);
  journal.add([set(1), { type: "keep" }]);
  journal.stored("mine");
  journal.add([set(2)]);
  return journal;
}

test("what was kept is not done again, what came after is", () => {
  assert.deepEqual(kept(storage()).take("mine"), { since: [set(2)], whole: true });
});

test("a reloaded page has them, again and again, until the network is kept anew", () => {
  const place = storage();
  kept(place).store();
  const journal = new EditJournal(place);
  for (let time = 0; time < 2; time += 1)
    assert.deepEqual(journal.take("mine"), { since: [set(2)], whole: true });
  assert.equal(journal.add([{ type: "open_kept" }, set(3)]), true);
  journal.store();
  const next = new EditJournal(place);
  assert.deepEqual(next.take("mine"), { since: [set(2), set(3)], whole: true });
  next.add([{ type: "keep" }]);
  next.stored("mine");
  assert.deepEqual(next.take("mine"), { since: [], whole: true });
});

test("after what cannot be done again nothing is, and edits of what is kept are whole again", () => {
  const journal = kept(storage());
  journal.add([{ type: "undo" }, set(4)]);
  assert.deepEqual(journal.take("mine"), { since: [], whole: false });
  journal.add([{ type: "open_kept" }, set(5)]);
  assert.deepEqual(journal.take("mine"), { since: [set(5)], whole: true });
});

test("another network has none", () => {
  assert.deepEqual(kept(storage()).take("yours"), { since: [], whole: false });
});
