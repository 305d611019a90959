"""The symbols of the formulas of losses: outputs, targets, probabilities, counts, and numbers that weigh terms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from mlpviz.engine.expressions import Symbol, Vector

A = Symbol("a", "y")
T = Symbol("t", "t")
A_K = Symbol("a_k", "y")
"""Every output of a row, in a sum over them."""
T_K = Symbol("t_k", "t")
RIGHT = Symbol("a_y", "right")
"""The output of the class of a sample."""
LENGTH = Symbol("|a|", "length")
"""The length of the outputs of a sample."""
P = Symbol("p", "p")
S = Symbol("s", "t.sum(axis=-1, keepdims=True)")
"""The sum of a target row."""
N = Symbol("N", "len(y)")
O = Symbol("O", "y.shape[-1]")  # noqa: E741  # the field's letter


@dataclass(frozen=True)
class LossWeights:
    """Numbers of the settings that stand in the formula under a letter: one per output, or one per sample."""

    symbol: Symbol
    numbers: tuple[float, ...]
    per: Literal["output", "sample"]

    def code(self, language: Literal["numpy", "torch"]) -> str:
        """The numbers in Python, of a shape that fits (N, O)."""
        vector = Vector(self.numbers, self.symbol.letter)
        text = vector.numpy() if language == "numpy" else vector.torch()
        return f"{text}[:, None]" if self.per == "sample" else text


CLASS_WEIGHT = Symbol("w_j", "w")
TERM_WEIGHT = Symbol("v_j", "v")
SAMPLE_WEIGHT = Symbol("w_n", "w_n")
COUNTS = Symbol("c_n", "c_n")
"""Whether a sample counts: 0 if its class is ignored, else 1."""
POSITIVE_WEIGHT = Symbol("q_j", "q")
