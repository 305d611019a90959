import assert from "node:assert/strict";
import { test } from "node:test";

import { newGesture, Outbox } from "../../mlpviz/web/shared/outbox.js";
import { Unsent } from "../../mlpviz/web/shared/unsent.js";

function outbox(context, { reachable = true, ...options } = {}) {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const sent = [];
  const refused = [];
  const state = { reachable };
  const send = (request) => {
    if (state.reachable) sent.push(structuredClone(request));
    return state.reachable;
  };
  const box = new Outbox(send, { refuse: (sentence) => refused.push(sentence), ...options });
  return { box, sent, refused, state, timers: context.mock.timers };
}

const types = (sent) => sent.map(({ events }) => events.map(({ type, value }) => value ?? type));

test("one request is under way at a time, and what waits goes together", (t) => {
  const { box, sent } = outbox(t);
  for (const type of ["a", "b", "c"]) box.add({ type });
  assert.deepEqual(types(sent), [["a"]]);
  box.acknowledge(1);
  assert.deepEqual(types(sent), [["a"], ["b", "c"]]);
  assert.deepEqual(
    sent.map(({ sequence }) => sequence),
    [1, 2],
  );
});

test("what has no answer yet is known, under way or waiting", (t) => {
  const { box } = outbox(t);
  for (const type of ["play", "set", "pause"]) box.add({ type });
  assert.deepEqual(
    box.unanswered.map(({ type }) => type),
    ["play", "set", "pause"],
  );
  box.acknowledge(1);
  assert.deepEqual([box.isAwaiting("play"), box.isAwaiting("set")], [false, true]);
  box.acknowledge(2);
  assert.equal(box.isAwaiting("set"), false);
});

test("of one gesture only the newest event waits", (t) => {
  const { box, sent } = outbox(t);
  const gesture = newGesture();
  for (const value of [1, 2, 3]) box.add({ type: "set", value, gesture });
  box.add({ type: "set", value: 9, gesture: newGesture() });
  box.acknowledge(1);
  assert.deepEqual(types(sent), [[1], [3, 9]]);
});

test("an answer to a question acknowledges nothing", (t) => {
  const { box, sent, timers } = outbox(t);
  box.add({ type: "a" });
  box.acknowledge(null);
  timers.tick(3000);
  assert.deepEqual(types(sent), [["a"], ["a"]]);
  box.acknowledge(1);
  timers.tick(3000);
  assert.equal(sent.length, 2);
});

test("a request that is not answered is sent again, with its number", (t) => {
  const { box, sent, timers } = outbox(t);
  box.add({ type: "a" });
  timers.tick(3000);
  assert.deepEqual(
    sent.map(({ sequence }) => sequence),
    [1, 1],
  );
  box.acknowledge(1);
  timers.tick(10_000);
  assert.equal(sent.length, 2);
});

test("while nobody can be reached it is tried often, and nothing is lost", (t) => {
  const { box, sent, state, timers } = outbox(t, { reachable: false });
  box.add({ type: "a" });
  box.add({ type: "b" });
  timers.tick(1000);
  assert.equal(sent.length, 0);
  state.reachable = true;
  timers.tick(200);
  box.acknowledge(1);
  assert.deepEqual(types(sent), [["a"], ["b"]]);
});

test("when the way is lost, what was under way goes again soon", (t) => {
  const { box, sent, timers } = outbox(t);
  box.add({ type: "a" });
  box.retry();
  timers.tick(200);
  assert.equal(sent.length, 2);
});

test("a new server counts on from what the browser has sent", (t) => {
  const { box, sent } = outbox(t);
  box.acknowledge(40);
  box.add({ type: "a" });
  assert.equal(sent[0].sequence, 41);
});

test("what is patient is overtaken, and left out where something else waits", (t) => {
  const { box, sent } = outbox(t, { isPatient: ({ type }) => type === "tick" });
  box.add({ type: "tick" });
  box.add({ type: "pause" });
  assert.deepEqual(types(sent), [["tick"], ["pause"]]);
  box.add({ type: "tick" });
  box.add({ type: "step" });
  box.acknowledge(2);
  assert.deepEqual(types(sent), [["tick"], ["pause"], ["step"]]);
});

test("what the server would not take is refused before it is sent", (t) => {
  const { box, sent, refused } = outbox(t);
  box.add({ type: "open", text: "€".repeat(2_000_000) });
  assert.equal(sent.length, 0);
  assert.match(refused[0], /6\.0 MB, at most 5 MB/);
  box.add({ type: "open", text: "x".repeat(2_000_000) });
  assert.equal(sent.length, 1);
});

test("what has no answer goes on in another outbox, unless it was carried out", (t) => {
  const { box } = outbox(t, { isPatient: ({ type }) => type === "tick" });
  assert.equal(box.left(), null);
  for (const type of ["a", "b", "tick"]) box.add({ type });
  const left = box.left();
  assert.deepEqual(left, { sequence: 1, underWay: [{ type: "a" }], waiting: [{ type: "b" }] });
  const added = (acknowledged) => {
    const other = new Outbox(() => true, { refuse: () => {} });
    other.adopt(left, acknowledged);
    return other.unanswered.map(({ type }) => type);
  };
  assert.deepEqual(added(0), ["a", "b"]);
  assert.deepEqual(added(1), ["b"]);
});

test("a reloaded page sends what had no answer, a page of much later does not", (t) => {
  const { box } = outbox(t);
  const stored = {};
  const leavings = [];
  const hostAt = () => ({
    memo: new Map(),
    storage: {
      get: (name) => stored[name] ?? null,
      set: (name, text) => {
        stored[name] = text;
      },
    },
    listen: (_type, listener) => {
      leavings.push(listener);
      return () => {};
    },
  });
  new Unsent(hostAt(), "sheet", box);
  box.add({ type: "a" });
  leavings[0]();
  const kept = { ...stored };
  const next = () => {
    const other = new Outbox(() => true, { refuse: () => {} });
    new Unsent(hostAt(), "sheet", other).take(0);
    return other.unanswered.map(({ type }) => type);
  };
  assert.deepEqual(next(), ["a"]);
  assert.deepEqual(next(), [], "once");
  const [[name, text]] = Object.entries(kept);
  stored[name] = JSON.stringify({ ...JSON.parse(text), at: Date.now() - 3_600_000 });
  assert.deepEqual(next(), []);
});

test("what is meant for another session waits until this one has what that had, and then goes", () => {
  const sent = [];
  const box = new Outbox((request) => sent.push(...request.events) > 0, { refuse: () => {} });
  const memo = new Map();
  const unsent = new Unsent(
    { storage: { get: () => null, set: () => {} }, memo, listen: () => () => {} },
    "train",
    box,
  );
  for (const type of ["under way", "waits"]) box.add({ type });
  unsent.holdBack();
  box.add({ type: "resume" });
  assert.deepEqual(box.unanswered, [{ type: "resume" }]);
  box.acknowledge(2);
  unsent.take(2); // a new session has other numbers
  unsent.take(2);
  assert.deepEqual(
    sent.map(({ type }) => type),
    ["under way", "resume", "under way"],
  );
  box.acknowledge(3);
  assert.deepEqual(box.unanswered, [{ type: "waits" }]);
  box.stop();
});

test("what was carried out is told", (t) => {
  const done = [];
  const { box } = outbox(t, { done: (events) => done.push(...events) });
  box.add({ type: "a" });
  box.add({ type: "b" });
  box.acknowledge(null);
  assert.deepEqual(done, []);
  box.acknowledge(1);
  assert.deepEqual(done, [{ type: "a" }]);
});
