// A network of one layer with two inputs, one unit and two samples, as far as a model needs it.

const block = (key, rows, columns, phase, rule = {}) => {
  const [tensor, layer] = key.split(".");
  const empty = { count: 0, terms: 0, refs: [], factors: [], plus: [], details: [] };
  return { key, tensor, layer: Number(layer), rows, columns, phase, rule: { ...empty, ...rule } };
};

const sum = {
  count: 2,
  terms: 3,
  factors: [
    ["weight.1", "r", "k"],
    ["x.0", "k", "c"],
  ],
  plus: [["bias.1", "r", 0]],
};

export function structure() {
  return {
    id: "one",
    samples: 2,
    layers: 1,
    phases: [
      ["forward", "Forward"],
      ["loss", "Loss"],
    ],
    blocks: [
      block("x.0", 2, 2, "given"),
      block("weight.1", 1, 2, "given"),
      block("bias.1", 1, 1, "given"),
      block("z.1", 1, 2, "forward", sum),
      block("loss.1", 1, 1, "loss", {
        refs: [
          ["z.1", 0, 0],
          ["hidden.1", 0, 0],
        ],
      }),
    ],
    // block, row, column, term: −1 for all rows or columns
    steps: {
      layer: [
        [3, -1, -1, -1],
        [4, -1, -1, -1],
      ],
      unit: [
        [3, 0, 0, -1],
        [3, 0, 1, -1],
        [4, 0, 0, -1],
      ],
    },
  };
}

export const HIDDEN = [["hidden.1", 1, 1]];
