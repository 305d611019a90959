// The reader's decimal sign: what is shown, what is read back, and what is left alone.

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import {
  betweenNumbers,
  inReadersSign,
  whoseSign,
  withPoint,
} from "../../mlpviz/web/shared/decimal_sign.js";
import { MATRIX_FORMATS } from "../../mlpviz/web/shared/matrix_formats.js";
import { writtenNumber } from "../../mlpviz/web/shared/number_input.js";

function readAs(language) {
  Object.defineProperty(globalThis, "navigator", { value: { language }, configurable: true });
}

afterEach(() => readAs("en"));

const TEXTS = [
  ["2.5", "2,5"],
  ["−0.001", "−0,001"],
  ["1.5e−7", "1,5e−7"],
  ["82.5%", "82,5%"],
  ["Loss 0.5.", "Loss 0,5."],
  ["(0.5)", "(0,5)"],
  ["0.5, 0.25 and 3", "0,5; 0,25 and 3"],
  ["3, 0.5", "3; 0,5"],
  ["48,000 samples", "48\u202f000 samples"],
  ["1,234,567", "1\u202f234\u202f567"],
];
const LEFT = [
  "PyTorch 2.13.0+cpu",
  "is '1.5', expected",
  "run-1.5.json",
  "layer.0.1",
  "layers 1, 2",
  "no number.",
];

test("a comma where the browser's language has one", () => {
  for (const language of ["de-DE", "fr", "pt-BR", "pl", "ru"]) {
    readAs(language);
    for (const [text, shown] of TEXTS) assert.equal(inReadersSign(text), shown, language);
    for (const text of LEFT) assert.equal(inReadersSign(text), text);
    assert.deepEqual(whoseSign(), { decimal: "," });
    assert.equal(betweenNumbers(","), ";");
    assert.equal(betweenNumbers("+"), "+");
  }
});

test("nothing changes where it is a point, or another sign than these two", () => {
  for (const language of ["en", "en-GB", "zh", "ja", "ar-EG", "no language"]) {
    readAs(language);
    for (const [text] of TEXTS) assert.equal(inReadersSign(text), text);
    assert.deepEqual(whoseSign(), {});
    assert.equal(betweenNumbers(","), ",");
  }
});

test("a field that the app wrote is read in either sign", () => {
  assert.equal(writtenNumber("2.5"), 2.5);
  assert.equal(writtenNumber("2,5"), null);
  readAs("de");
  assert.equal(writtenNumber("−2,5"), -2.5);
  assert.equal(withPoint("1,125"), "1.125");
});

test("only spreadsheets get the reader's sign, programs get points", () => {
  readAs("de");
  for (const { key, write } of MATRIX_FORMATS) {
    const text = write([[0.5, -1.25e-9]]);
    if (key === "tsv") assert.equal(text, "0,5\t-1,25e-9");
    else assert.match(text, /0\.5/, key);
  }
});
