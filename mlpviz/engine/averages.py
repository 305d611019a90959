"""Averages of the weights along a training: a second network beside the one that learns, which no gradient changes.

As `torch.optim.swa_utils.AveragedModel`: the first update copies the weights, and running statistics of batch norm are
those of the network that learns.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from mlpviz.engine.expressions import FormulaLine, Symbol, becomes
from mlpviz.engine.hyperparameters import Configurable, Hyperparameter
from mlpviz.engine.optimizers.optimizer import THETA, running_mean
from mlpviz.engine.parameters import Array
from mlpviz.engine.registry import Registry


@dataclass(frozen=True, eq=False, kw_only=True)
class WeightAverage(Configurable):
    """One average: `update(average, params, count) -> average` (..., P), the new one after `count` others.

    It is updated after `each` step or epoch, from the epoch `first` on; the first update copies the parameters.
    `formula` is its line; `torch(settings)` is the argument of PyTorch's AveragedModel.
    """

    takes_settings: ClassVar[tuple[str, ...]] = ("update",)

    key: str
    label: str
    sentence: str
    each: Literal["step", "epoch"]
    update: Callable[..., Array]
    formula: FormulaLine
    torch: Callable[[Mapping[str, Any]], str]
    source: str = ""
    aliases: tuple[str, ...] = ()
    """how it is called elsewhere, apart from capitals, spaces and underscores"""

    def next(self, average: Array | None, params: Array, count: int) -> Array:
        """The average after one more network (..., P), which is copied."""
        return params.copy() if average is None else self.update(average, params, count)

    @property
    def numpy_lines(self) -> tuple[str, ...]:
        """Lines in NumPy that make the new `average` of the old one and `theta`, after `count` others."""
        return self.formula.code("numpy")

    @property
    def torch_lines(self) -> tuple[str, str]:
        """The lines in PyTorch: before the training, and after each step or epoch."""
        return (
            f"averaged = swa_utils.AveragedModel(model, {self.torch(self.settings)})",
            f"averaged.update_parameters(model)  # after each {self.each}",
        )


AVERAGE, COUNT = Symbol(r"\bar{\theta}", "average"), Symbol("n", "count")
_DECAY = Hyperparameter(
    "decay", "decay β", 0.99, 0.0, 1.0, sentence="What is kept of the average at each step.", symbol=r"\beta"
)
_BETA = Symbol(_DECAY.symbol, _DECAY.name)
_FIRST = Hyperparameter("first", "from epoch", 1, 1, kind="int", sentence="The first epoch whose weights count.")

AVERAGES: Registry[WeightAverage] = Registry(
    "average",
    (
        WeightAverage(
            key="ema",
            aliases=("exponential_moving_average",),
            label="moving average (EMA)",
            sentence="After each step the averaged weights go a little way towards the new ones: a smoothed network.",
            each="step",
            hyperparameters=(_DECAY, _FIRST),
            update=lambda average, params, _count, *, decay, first: running_mean(average, params, decay),
            formula=becomes(AVERAGE, _BETA * AVERAGE + (1 - _BETA) * THETA),
            torch=lambda settings: f"multi_avg_fn=swa_utils.get_ema_multi_avg_fn({settings['decay']!r})",
            source="torch.optim.swa_utils.get_ema_multi_avg_fn",
        ),
        WeightAverage(
            key="swa",
            aliases=("stochastic_weight_averaging",),
            label="mean over epochs (SWA)",
            sentence="The plain mean of the weights after each epoch, from a first one on.",
            each="epoch",
            hyperparameters=(_FIRST,),
            update=lambda average, params, count, *, first: running_mean(average, params, 1.0 - 1.0 / (count + 1)),
            formula=becomes(AVERAGE, AVERAGE + (THETA - AVERAGE) / (COUNT + 1)),
            torch=lambda _settings: "multi_avg_fn=swa_utils.get_swa_multi_avg_fn()",
            source="Izmailov et al. 2018; torch.optim.swa_utils.get_swa_multi_avg_fn",
        ),
    ),
)
