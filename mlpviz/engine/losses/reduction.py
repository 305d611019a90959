"""The reduction of a loss, a mean or a sum, as it is written in formulas and code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from mlpviz.engine.expressions import Expression, Number, Symbol, mean, total
from mlpviz.engine.hyperparameters import Hyperparameter
from mlpviz.engine.losses.symbols import N, O

MeanOver = Literal["numbers", "samples", "twice the samples", "outputs", "weights", "nothing"]
"""What a loss is divided by: N·O numbers, N samples, 2N, O outputs, the summed class weights of the samples; or it is
a sum.

Samples whose class is ignored have the weight 0, and without class weights all others 1.
"""

REDUCTION = Hyperparameter(
    "reduction",
    "add up or average",
    "mean",
    kind="choice",
    says_itself=True,
    choices=("mean", "sum"),
    sentence="Whether the terms are averaged or only added up.",
)

REDUCTION_OF_NUMBERS = Hyperparameter(
    "reduction",
    "add up or average",
    "mean",
    kind="choice",
    says_itself=True,
    choices=("mean", "sum", "mean_of_sums", "half_mean_of_sums"),
    sentence="Averaged over all numbers, only added up, or as in many courses: added up over the outputs, "
    "then 1/N or 1/(2N) of the sum over the samples.",
)

WEIGHT_SUM = Symbol(r"\sum w", "w_sum")
COUNTED = Symbol(r"\sum c", "counted")


@dataclass(frozen=True)
class Reduction:
    """How a reduction is written: its divisor in formulas, and PyTorch's argument for it (None: it has none)."""

    mean_over: MeanOver
    divisor: Expression | None
    torch: str | None
    code: str
    """after an array of terms in PyTorch"""

    def of(self, body: Expression) -> Expression:
        """The sum or mean of a term over all samples and outputs."""
        if self.divisor is None:
            return total(body)
        return mean(body, self.divisor) if self.mean_over == "numbers" else total(body, self.divisor)

    def grad(self, slope: Expression, factor: int = 1) -> Expression:
        r"""The gradient with its factor in front: 2 and the mean over N·O give \frac{2}{N \cdot O}."""
        if self.divisor is None:
            return slope if factor == 1 else Number(factor) * slope
        return Number(factor) / self.divisor * slope


SUM_OF_ALL = Reduction("nothing", None, ', reduction="sum"', ".sum()")
OVER_NUMBERS = Reduction("numbers", N * O, "", ".mean()")
OVER_SAMPLES = Reduction("samples", N, "", ".sum() / len(y)")
OVER_WEIGHTS = Reduction("weights", WEIGHT_SUM, "", ".sum() / w_sum")
OVER_COUNTED = Reduction("weights", COUNTED, "", ".sum() / counted")
_OWN = {
    "mean_of_sums": Reduction("samples", N, None, ".sum() / len(y)"),
    "half_mean_of_sums": Reduction("twice the samples", Number(2) @ N, None, ".sum() / (2 * len(y))"),
}


def over_numbers(reduction: str) -> Reduction:
    """The mean over N·O numbers, the sum, or a mean over the samples."""
    return SUM_OF_ALL if reduction == "sum" else _OWN.get(reduction, OVER_NUMBERS)


def over_samples(reduction: str) -> Reduction:
    """The mean over N samples, or the sum."""
    return SUM_OF_ALL if reduction == "sum" else OVER_SAMPLES
