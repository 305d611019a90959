import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import * as text from "../../mlpviz/web/shared/number_text.js";

// thousands more are compared with Python's texts in tests/e2e/test_number_text.py
test("numbers have three digits, and no zeros that say nothing", () => {
  const cases = [
    [0, "0"],
    [-4, "−4"],
    [0.5, "0.5"],
    [1 / 3, "0.333"],
    [2.0004, "2.00"],
    [123456, "123456"],
    [1234.56, "1234.6"],
    [1e6, "1e6"],
    [-0.00012345, "−1.23e−4"],
    [Number.NaN, "NaN"],
    [-Infinity, "−∞"],
  ];
  for (const [number, expected] of cases) assert.equal(text.formatNumber(number), expected);
});

test("they are rounded as at school, and as Python rounds them", () => {
  const table = new URL("../text/rounded_numbers.json", import.meta.url);
  for (const [number, key, expected] of JSON.parse(readFileSync(table, "utf8")))
    assert.equal(text.formatNumber(number, { digits: Number(key) }), expected);
});

test("a fraction is written where it is exact", () => {
  const style = { digits: 3, fractions: true };
  assert.equal(text.formatNumber(-0.75, style), "−3/4");
  assert.equal(text.formatNumber(1 / 3, style), "1/3");
  assert.equal(text.formatNumber(0.3333, style), "0.333");
});

test("in a narrow cell a number has fewer digits, and never looks whole or like nothing", () => {
  const short = (value, room) => text.inRoom(value, text.formatNumber(value), room);
  assert.deepEqual(
    [0.9994, 0.0018, -0.0014, 12.34, -0.0219, 1.234e-9, 1234567.8].map((value) => short(value, 5)),
    ["0.999", "0.002", "−1e−3", "12.3", "−0.02", "1e−9", "1.2e6"],
  );
  assert.deepEqual(
    [0.9994, -0.9994, 0.0018, -12.34, -0.0219].map((value) => short(value, 4)),
    ["1.0", "−1.0", "2e−3", "−12.3", "−0.02"],
  );
  // what has room, what is whole and what is a fraction stays; so does what is not finite
  assert.equal(short(0.0018, 6), "0.0018");
  assert.equal(short(-1000, 3), "−1000");
  assert.equal(text.inRoom(1 / 3, "1/3", 2, { digits: 3, fractions: true }), "1/3");
  assert.equal(text.inRoom(Number.NaN, "NaN", 2), "NaN");
});

test("all digits tell a number from all others", () => {
  for (const number of [0.1 + 0.2, 1 / 3, 1e-5, 1e16, 5e-324]) {
    const written = text.allDigits(number).replaceAll("−", "-");
    assert.equal(Number(written), number);
  }
});

test("a share that is not all is not said to be all", () => {
  assert.equal(text.percent(1), "100%");
  assert.equal(text.percent(0.99999), "99.999%");
  assert.equal(text.percent(0.123), "12.3%");
  assert.equal(text.percent(0.5, 0), "50%");
});

test("a sentence keeps its numbers with all digits behind them", () => {
  const third = text.exactNumber(text.written(1 / 3));
  const sentence = text.phrase`from ${third} to ${text.exactNumber(["2", ""])}, ${4} times`;
  assert.deepEqual(sentence, ["from ", ["0.333", "0.3333333333333333"], " to 2, 4 times"]);
  assert.equal(text.plain(sentence), "from 0.333 to 2, 4 times");
  assert.equal(text.withDigits(sentence), "from 0.3333333333333333 to 2, 4 times");
  assert.deepEqual(text.joined(" | ", [third, "x"]), [["0.333", "0.3333333333333333"], " | x"]);
});

test("a sentence without rounded numbers may be a text alone, or nothing", () => {
  assert.deepEqual(text.partsOf("all of it"), ["all of it"]);
  assert.deepEqual(text.partsOf(""), []);
  assert.deepEqual(text.partsOf(undefined), []);
  assert.deepEqual(text.phrase`${"left"} and ${""}right`, ["left and right"]);
});
