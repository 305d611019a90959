// How matrices leave the page for other programs: one record per format. What they write, the reader of pasted matrices
// (schema/matrix_text.py) reads again, number by number.

import { inReadersSign } from "./decimal_sign.js";
import { allDigits } from "./number_text.js";

const PLAIN = { nan: "nan", infinity: "inf" };

// a number with all of its digits, as programs write it
function digits(value, { nan, infinity } = PLAIN) {
  if (value === null || Number.isNaN(value)) return nan;
  if (!Number.isFinite(value)) return value < 0 ? `-${infinity}` : infinity;
  return allDigits(value).replaceAll("−", "-");
}

const lines = (rows, between, write = digits) =>
  rows.map((row) => row.map((one) => write(one)).join(between));
const nested = (rows) =>
  `[${lines(rows, ", ")
    .map((line) => `[${line}]`)
    .join(",\n ")}]`;

/** A matrix in each format: `write(rows)`, and `named(name, text)` where several stand below each other. */
export const MATRIX_FORMATS = [
  {
    key: "tsv",
    label: "spreadsheet (tabs)",
    // a spreadsheet reads numbers as the reader writes them
    write: (rows) => lines(rows, "\t", (one) => inReadersSign(digits(one))).join("\n"),
    named: (name, text) => `${name}\n${text}\n`,
  },
  {
    key: "numpy",
    label: "NumPy",
    write: (rows) => `np.array(${nested(rows)})`,
    named: (name, text) => `${name} = ${text}`,
  },
  {
    key: "pytorch",
    label: "PyTorch",
    write: (rows) => `torch.tensor(${nested(rows)}, dtype=torch.float64)`,
    named: (name, text) => `${name} = ${text}`,
  },
  {
    key: "matlab",
    label: "MATLAB",
    write: (rows) => `[${lines(rows, " ").join("; ")}]`,
    named: (name, text) => `${name} = ${text};`,
  },
  {
    key: "latex",
    label: "LaTeX",
    write: (rows) =>
      `\\begin{pmatrix}\n${lines(rows, " & ", inLatex).join(" \\\\\n")}\n\\end{pmatrix}`,
    named: (name, text) => `% ${name}\n${text}\n`,
  },
  {
    key: "markdown",
    label: "Markdown",
    write: (rows) => {
      const [first] = rows;
      // a table needs a heading; an empty one is not read as numbers
      const head = [`|${"   |".repeat(first.length)}`, `|${" ---: |".repeat(first.length)}`];
      return [...head, ...lines(rows, " | ").map((line) => `| ${line} |`)].join("\n");
    },
    named: (name, text) => `${name}\n\n${text}\n`,
  },
];

function inLatex(value) {
  const text = digits(value, { nan: "\\text{nan}", infinity: "\\infty" });
  const [mantissa, exponent] = text.split("e");
  return exponent === undefined ? text : `${mantissa} \\cdot 10^{${Number(exponent)}}`;
}
