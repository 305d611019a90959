"""What an experiment is: a question, networks that answer it side by side, and a claim that is checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from mlpviz.config import TrainingConfig
from mlpviz.runs import Run

if TYPE_CHECKING:
    import pandas as pd


class Claim(NamedTuple):
    """The result of a finished run: whether the effect is there, and one sentence with the run's own numbers."""

    holds: bool
    sentence: str


class Baseline(Protocol):
    """A model outside the engine that a run is compared with: made from the run, driven in slices of time like it."""

    label: str

    @property
    def parameters(self) -> int:
        """How many weights and biases it has."""
        ...

    @property
    def share(self) -> float:
        """From 0 to 1: how much of its learning is done."""
        ...

    def advance(self, seconds: float) -> bool:
        """Learn for about so long; false when it is done."""
        ...

    def table(self, run: Run) -> pd.DataFrame:
        """The table that compares both."""
        ...


@dataclass(frozen=True, kw_only=True)
class Experiment:
    """One experiment of the lab course.

    `question` is shown first, `look` says what to watch, `answer` can be unfolded. `json_configs` are the configs of
    the members by their labels; they differ in `choice` (empty for one member). `small` are changes that make every
    member quick enough for a test and keep the effect. `claim(run)` judges the finished run, `claim(run, baseline)`
    where there is a baseline, which `baseline(run)` makes. `missing()` says in one sentence what has to be installed or
    fetched first, and how; empty when nothing is.
    """

    key: str
    label: str
    question: str
    look: str
    answer: str
    choice: str
    json_configs: Mapping[str, Mapping[str, Any]]
    claim: Callable[..., Claim]
    small: Mapping[str, Any] | None = None
    missing: Callable[[], str] = lambda: ""
    baseline: Callable[[Run], Baseline] | None = None
    source: str = ""

    def configs(self, small: bool = False) -> dict[str, TrainingConfig]:
        """The config of each member. Raises DocumentError if one is wrong."""
        changes = dict(self.small or {}) if small else {}
        return {label: TrainingConfig.parse({**plain, **changes}) for label, plain in self.json_configs.items()}

    def run(self, small: bool = False, **more: Any) -> Run:
        """The run, ready to play. Raises DocumentError, also for data that are not there, or RunError."""
        return Run.compare(self.configs(small), self.choice, **more)
