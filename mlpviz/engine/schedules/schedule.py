"""The type of a schedule: a pure function from the base learning rate and the time to the learning rate."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from mlpviz.engine.hyperparameters import Configurable, Hyperparameter


class PlateauState(NamedTuple):
    """The memory of a schedule that watches a metric, between two values of the metric."""

    learning_rate: float
    best: float
    """the best metric so far"""
    bad: int
    """values in a row that were no better"""
    cooldown: int
    """values that will not be counted, after a reduction"""


@dataclass(frozen=True, eq=False, kw_only=True)
class Schedule(Configurable):
    """One schedule: `learning_rate(base, t) -> η`, where t is the number of steps or epochs done.

    t counts from 0, as `last_epoch` does in PyTorch; the caller decides whether it counts steps or epochs. `base` may
    be an array: one rate per parameter or per network. A schedule that watches a metric has `start(base) -> state` and
    `observe(state, metric) -> state`, and its `learning_rate` takes that `state`.
    `torch` names the class in `torch.optim.lr_scheduler`; `latex` writes η_t with η₀ for the base.
    """

    takes_settings: ClassVar[tuple[str, ...]] = ("learning_rate", "start", "observe")

    key: str
    label: str
    sentence: str
    latex: str
    torch: str
    learning_rate: Callable[..., Any]
    start: Callable[..., PlateauState] | None = None
    observe: Callable[..., PlateauState] | None = None
    source: str = ""
    aliases: tuple[str, ...] = ()
    """how it is called elsewhere, apart from capitals, spaces and underscores"""


GAMMA = Hyperparameter("gamma", "factor γ", 0.1, 0.0, 1.0, sentence="What the rate is multiplied by.", open_low=True)
LOWEST = Hyperparameter("eta_min", "lowest rate", 0.0, 0.0, sentence="The rate at the bottom of the wave.")
TOTAL = Hyperparameter("total_iters", "steps", 100, 1, kind="int", sentence="After that many steps the rate stays.")
START_FACTOR = Hyperparameter(
    "start_factor", "first factor", 1 / 3, 0.0, 1.0, sentence="Share of η₀ to begin with.", open_low=True
)


def linear(base: Any, t: int, start_factor: float, end_factor: float, total_iters: int) -> Any:
    """The rate after t steps: base times a factor that goes linearly from the first to the last, then stays."""
    return base * (start_factor + (end_factor - start_factor) * min(t, total_iters) / total_iters)
