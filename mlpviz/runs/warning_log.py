"""What goes wrong while a network learns: a registry of warning rules, and the log of the warnings of one member.

A rule is a pure function of what was measured: curves, per-layer statistics, and whether the member failed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine import NetworkSpec
from mlpviz.engine.registry import Registry
from mlpviz.runs.curves import COLUMNS, StatsHistory
from mlpviz.text.sentences import Sentence, exact_number, sentence

Level = Literal["note", "warning", "failure"]

PATIENCE = 10
"""Rows of the curves before a trend is judged."""


class WarningInputs(NamedTuple):
    """What was measured of one member: its curve (n, 9) in the order of COLUMNS, and its per-layer statistics."""

    spec: NetworkSpec
    curve: NDArray[np.float64]
    stats_history: StatsHistory
    failed: str = ""
    """why the member learns no more; empty while it does"""

    def column(self, name: str) -> NDArray[np.float64]:
        """One column of the curve, (n,)."""
        return self.curve[:, COLUMNS.index(name)]


class WarningFinding(NamedTuple):
    """The epoch since which a rule holds, and a whole sentence."""

    epoch: int
    sentence: Sentence | str


@dataclass(frozen=True)
class WarningRule:
    """One thing that can go wrong; `find(evidence)` gives it, or None. `moves`: the epoch of its start may change."""

    key: str
    label: str
    level: Level
    find: Callable[[WarningInputs], WarningFinding | None]
    moves: bool = False


def _not_finite(evidence: WarningInputs) -> WarningFinding | None:
    if not evidence.failed:
        return None
    epoch = int(evidence.curve[-1, 0]) if len(evidence.curve) else 0
    return WarningFinding(epoch, f"{evidence.failed} A smaller learning rate or clipped gradients may help.")


def _exploding(evidence: WarningInputs) -> WarningFinding | None:
    epochs, loss = _learned(evidence)
    if len(loss) < 2 or not np.isfinite(loss[0]) or loss[0] <= 0:
        return None
    since = _since(~(loss <= 10.0 * loss[0]))
    if since is None:
        return None
    with np.errstate(over="ignore"):
        times = loss[-1] / loss[0]
    grown: Sentence | str = "has outgrown all numbers"
    if np.isfinite(times):
        grown = sentence("is {times} times what it was at the start", times=exact_number(float(times)))
    said = sentence("The loss {grown}: each step overshoots. Try a smaller learning rate.", grown=grown)
    return WarningFinding(int(epochs[since]), said)


def _dead_units(evidence: WarningInputs) -> WarningFinding | None:
    hidden = evidence.stats_history.dead[:, :-1]
    since = _since(hidden.sum(axis=1) > 0)
    if since is None:
        return None
    layer = int(hidden[-1].argmax())
    units = evidence.spec.layers[layer].outputs
    return WarningFinding(
        int(evidence.stats_history.epochs[since]),
        f"{int(hidden[-1, layer])} of {units} units of layer {layer + 1} are dead: their activation is flat for all "
        "samples that are looked at, so no gradient reaches their weights.",
    )


def _alike(evidence: WarningInputs) -> WarningFinding | None:
    stats = evidence.stats_history.last
    if stats is None:
        return None
    layers = [number for number, layer in enumerate(stats.layers[:-1], start=1) if layer.alike]
    if not layers:
        return None
    return WarningFinding(
        0, f"All units of layer {layers[0]} have the same weights and get the same gradient: they can never differ."
    )


def _vanishing(evidence: WarningInputs) -> WarningFinding | None:
    norms = evidence.stats_history.norms
    if norms.shape[1] < 2:
        return None
    since = _since((norms[:, 0] < 1e-4 * norms[:, -1]) & (norms[:, -1] > 0))
    if since is None:
        return None
    share = norms[-1, 0] / norms[-1, -1]
    said = "The gradient vanishes on its way back: in layer 1 it is {share} of that in the last layer."
    return WarningFinding(int(evidence.stats_history.epochs[since]), sentence(said, share=exact_number(float(share))))


def _not_learning(evidence: WarningInputs) -> WarningFinding | None:
    epochs, loss = _learned(evidence)
    if len(loss) <= PATIENCE or not np.isfinite(loss).all() or loss[0] <= 0:
        return None
    if loss[-1] > loss[0] * 2 or loss.min() < 0.98 * loss[0]:
        return None
    return WarningFinding(
        int(epochs[0]),
        f"The loss has hardly changed in {int(epochs[-1] - epochs[0])} epochs: it learns too slowly, or not at all.",
    )


def _overfitting(evidence: WarningInputs) -> WarningFinding | None:
    epochs, validation, train = (evidence.column(name) for name in ("epoch", "validation_loss", "train_loss"))
    if len(epochs) <= PATIENCE or not np.isfinite(validation).all() or not np.isfinite(train).all():
        return None
    best = int(validation.argmin())
    if len(epochs) - best <= PATIENCE // 2 or train[-1] >= train[best]:
        return None
    # smaller rises are fluctuations: a twentieth of the best and a fiftieth of all that was gained
    rise = validation[-1] - validation[best]
    if rise < 0.05 * validation[best] or rise < 0.02 * (validation[0] - validation[best]):
        return None
    return WarningFinding(
        int(epochs[best]),
        f"Validation loss rises since epoch {int(epochs[best])} while training loss still falls: the network begins "
        "to learn its samples by heart.",
    )


def _learned(evidence: WarningInputs) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Epochs and training loss (n,): measured if it is, else as the batches saw it from the first epoch on."""
    epochs, train = evidence.column("epoch"), evidence.column("train_loss")
    if len(train) and np.isnan(train[0]):
        return epochs[1:], evidence.column("loss")[1:]
    return epochs, train


def _since(holds: NDArray[np.bool_]) -> int | None:
    """The first row from which on it holds to the end; None if it doesn't hold at the end."""
    if not len(holds) or not holds[-1]:
        return None
    breaks = np.flatnonzero(~holds)
    return int(breaks[-1]) + 1 if breaks.size else 0


WARNINGS: Registry[WarningRule] = Registry(
    "warning",
    (
        WarningRule("not_finite", "not finite", "failure", _not_finite),
        WarningRule("exploding", "exploding", "warning", _exploding),
        WarningRule("alike", "units alike", "warning", _alike),
        WarningRule("vanishing", "vanishing gradient", "warning", _vanishing),
        WarningRule("dead_units", "dead units", "warning", _dead_units),
        WarningRule("not_learning", "not learning", "warning", _not_learning),
        WarningRule("overfitting", "overfitting", "note", _overfitting, moves=True),
    ),
)


@dataclass
class LoggedWarning:
    """A warning in the log of one member; `over` when it holds no more."""

    key: str
    epoch: int
    sentence: Sentence | str
    over: bool = False


@dataclass
class WarningLog:
    """The warnings of one member in the order in which they came; one that comes back uses its old line."""

    lines: list[LoggedWarning] = field(default_factory=list)

    def check_warnings(self, evidence: WarningInputs, rules: Iterable[WarningRule] = tuple(WARNINGS.values())) -> None:
        """Bring the log up to date."""
        for rule in rules:
            found = rule.find(evidence)
            line = next((line for line in self.lines if line.key == rule.key), None)
            if found is None:
                if line is not None:
                    line.over = True
            elif line is None:
                self.lines.append(LoggedWarning(rule.key, found.epoch, found.sentence))
            else:
                line.epoch = found.epoch if line.over or rule.moves else line.epoch
                line.sentence, line.over = found.sentence, False
