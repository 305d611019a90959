"""The reduction of a loss, mean or sum, as it is written in formulas and code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from mlpviz.engine.hyperparameters import Hyperparameter

MeanOver = Literal["numbers", "samples", "weights", "nothing"]
"""What a loss is the mean of: N·O numbers, N samples, samples with the weights of their classes; or it is a sum."""

REDUCTION = Hyperparameter(
    "reduction",
    "add up or average",
    "mean",
    kind="choice",
    choices=("mean", "sum"),
    sentence="Whether the terms are averaged or only added up.",
)


@dataclass(frozen=True)
class Reduction:
    """How a reduction is written: before a sum and before a gradient in LaTeX, in NumPy, in PyTorch."""

    mean_over: MeanOver
    front: str
    """before the sum, in LaTeX"""
    numpy: str
    """after an array of terms"""
    divided: str
    """after the gradient, in NumPy"""
    torch: str
    """after y and t in a call of PyTorch"""

    def grad(self, latex: str, factor: int = 1) -> str:
        r"""The gradient's formula with its factor: 2 and the mean over N·O give \frac{2}{N \cdot O} in front."""
        if self.mean_over == "nothing":
            return latex if factor == 1 else rf"{factor} \cdot {latex}"
        return rf"{self.front.replace('{1}', f'{{{factor}}}', 1).strip()} \cdot {latex}"


def over_numbers(reduction: str) -> Reduction:
    """The mean over N·O numbers, or the sum."""
    if reduction == "sum":
        return Reduction("nothing", "", ".sum()", "", ', reduction="sum"')
    return Reduction("numbers", r"\frac{1}{N \cdot O} ", ".mean()", " / y.size", "")


def over_samples(reduction: str) -> Reduction:
    """The mean over N samples, or the sum."""
    if reduction == "sum":
        return Reduction("nothing", "", ".sum()", "", ', reduction="sum"')
    return Reduction("samples", r"\frac{1}{N} ", ".sum() / len(t)", " / len(t)", "")
