import assert from "node:assert/strict";
import { test } from "node:test";

import { EditJournal } from "../../mlpviz/web/sheet/edit_journal.js";
import { KeptUndo } from "../../mlpviz/web/sheet/kept_undo.js";

function tab(stored = {}) {
  const sent = [];
  const storage = {
    get: (name) => stored[name] ?? null,
    set: (name, text) => {
      stored[name] = text;
    },
  };
  const kept = new KeptUndo({ send: (event) => sent.push(event), storage });
  const take = (begun, position, redos, link) => kept.take({ begun, position, redos }, link);
  return { kept, sent, storage, stored, take };
}

test("another session gets what can be undone and redone, once", () => {
  const { sent, take } = tab();
  take(1, 0, 0, "a");
  take(1, 1, 0, "b");
  take(1, 2, 0, "c");
  take(1, 3, 0, "d");
  take(1, 2, 1, "c");
  take(2, 0, 0, "c");
  assert.deepEqual(sent, [{ type: "bring_undo", at: "c", past: ["a", "b"], future: ["d"] }]);
  take(2, 2, 1, "c");
  take(2, 1, 2, "b");
  take(3, 0, 0, "b");
  assert.deepEqual(sent[1], { type: "bring_undo", at: "b", past: ["a"], future: ["c", "d"] });
});

test("an edit that came before the answer lies behind what is brought", () => {
  const { sent, take } = tab();
  take(1, 0, 0, "a");
  take(1, 1, 0, "b");
  take(2, 1, 0, "c"); // typed while nobody was there: the session began with b
  assert.deepEqual(sent, [{ type: "bring_undo", at: "b", past: ["a"], future: [] }]);
  take(2, 2, 0, "c");
  take(3, 0, 0, "c");
  assert.deepEqual(sent[1].past, ["a", "b"]);
});

test("after an edit nothing can be redone, and what has no link is left out", () => {
  const { sent, take } = tab();
  take(1, 0, 0, "a");
  take(1, 1, 0, "b");
  take(1, 0, 1, "a");
  take(1, 1, 0, "c");
  take(1, 2, 0, null);
  take(1, 3, 0, "d");
  take(2, 0, 0, "d");
  assert.deepEqual(sent, [{ type: "bring_undo", at: "d", past: ["a", "c"], future: [] }]);
});

test("a session that opened something else gets nothing", () => {
  const { sent, take } = tab();
  take(1, 0, 0, "a");
  take(1, 1, 0, "b");
  take(2, 0, 0, "z");
  assert.deepEqual(sent, []);
});

test("a reloaded tab has it still", () => {
  const first = tab();
  first.take(1, 0, 0, "a");
  first.take(1, 1, 0, "b");
  first.kept.store();
  const second = tab(first.stored);
  second.take(2, 0, 0, "b");
  assert.deepEqual(second.sent, [{ type: "bring_undo", at: "b", past: ["a"], future: [] }]);
  const same = tab(first.stored);
  same.take(1, 1, 0, "b");
  assert.deepEqual(same.sent, []);
});

test("a tab that was reloaded before the address had followed goes on where it was", () => {
  const first = tab();
  first.take(1, 0, 0, "a");
  first.take(1, 1, 0, "b");
  first.take(1, 2, 0, "c");
  first.take(1, 0, 2, "a"); // undone twice, and the address still holds c
  first.kept.store("c");
  const second = tab(first.stored);
  second.take(2, 0, 0, "c");
  const brought = { type: "bring_undo", at: "c", past: ["a", "b"], future: [] };
  assert.deepEqual(second.sent, [brought, { type: "undo" }, { type: "undo" }]);
  second.take(2, 0, 2, "a");
  // and an edit which the address does not hold is done again
  second.take(2, 1, 0, "z");
  second.kept.store("a");
  const third = tab(second.stored);
  third.take(3, 0, 0, "a");
  assert.deepEqual(third.sent.slice(1), [{ type: "redo" }]);
  assert.deepEqual(third.sent[0].future, ["z"]);
});

test("who follows a link gets its network, though this tab knows it too", () => {
  const first = tab();
  first.take(1, 0, 0, "a");
  first.take(1, 1, 0, "b");
  first.kept.store("b");
  const second = tab(first.stored);
  second.take(2, 0, 0, "a");
  assert.deepEqual(second.sent, []);
});

const set = (value, gesture) => ({ type: "set", value, ...(gesture ? { gesture } : {}) });

test("what was done since the network was kept is done again, a drag once", () => {
  const { storage, stored } = tab();
  const journal = new EditJournal(storage);
  journal.add([set(1), { type: "keep" }, set(2)]);
  journal.add([set(3, "drag")]);
  journal.stored("mine");
  journal.add([set(4, "drag"), { type: "view" }]);
  journal.store();
  const again = new EditJournal(tab(stored).storage);
  const found = { since: [set(2), set(4, "drag")], whole: true };
  assert.deepEqual(again.take("mine"), found);
  assert.deepEqual(journal.take("other"), { since: [], whole: false });
  assert.deepEqual(journal.take("mine"), found);
});

test("what cannot be done again is not left out in silence", () => {
  const journal = new EditJournal(tab().storage);
  journal.add([{ type: "keep" }]);
  journal.stored("mine");
  assert.equal(journal.add([set(1)]), false);
  assert.equal(journal.add([{ type: "undo" }, set(2)]), true);
  assert.deepEqual(journal.take("mine"), { since: [], whole: false });
  journal.add([{ type: "undo" }, { type: "keep" }, set(3)]);
  journal.stored("mine");
  assert.deepEqual(journal.take("mine"), { since: [set(3)], whole: true });
});
