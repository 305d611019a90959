import assert from "node:assert/strict";
import { test } from "node:test";

import { MATRIX_FORMATS } from "../../mlpviz/web/shared/matrix_formats.js";

const ROWS = [
  [1, -2.5],
  [1e-7, 0.1],
];

test("each format writes all digits in its own way", () => {
  const written = Object.fromEntries(MATRIX_FORMATS.map(({ key, write }) => [key, write(ROWS)]));
  assert.deepEqual(written, {
    tsv: "1\t-2.5\n1e-7\t0.1",
    numpy: "np.array([[1, -2.5],\n [1e-7, 0.1]])",
    pytorch: "torch.tensor([[1, -2.5],\n [1e-7, 0.1]], dtype=torch.float64)",
    matlab: "[1 -2.5; 1e-7 0.1]",
    latex: "\\begin{pmatrix}\n1 & -2.5 \\\\\n1 \\cdot 10^{-7} & 0.1\n\\end{pmatrix}",
    markdown: "|   |   |\n| ---: | ---: |\n| 1 | -2.5 |\n| 1e-7 | 0.1 |",
  });
});

test("what is not finite keeps its sign", () => {
  const [tsv] = MATRIX_FORMATS;
  assert.equal(tsv.write([[Number.NaN, -Infinity, Infinity]]), "nan\t-inf\tinf");
});
