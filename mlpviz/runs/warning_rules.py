"""What goes wrong while a network learns: a registry of warning rules.

A rule is a pure function of what was measured: curves, per-layer statistics, and whether the member failed. It is given
only where its sentence is true; each rule names the conditions under which a statistician would sign it.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine import ACTIVATIONS, NetworkSpec
from mlpviz.engine.registry import Registry
from mlpviz.network.loss_fit import why_unfit
from mlpviz.runs.curves import COLUMNS, StatsHistory
from mlpviz.text.sentences import Sentence, capitalised, exact_number, sentence

Level = Literal["note", "warning", "failure"]

PATIENCE = 10
"""Rows of the curves before a trend is judged."""

DIVERGED = 10.0
"""Times the loss of the start from which a run counts as diverging."""

CHANGED = 0.02
"""The share of the loss, or of the metric's range, below which a change is none."""

SAMPLES_PER_PARAMETER = 10
"""From so many training samples per parameter on, a network cannot learn them by heart: the old rule of thumb."""

FEWEST = 10
"""Validation samples from which their mean loss is compared."""

SIGNIFICANT = 2.6
"""Standard errors of a rise that is no accident of the sample: one in 200, if the differences were normal."""

VANISHED = 1e-4
"""The share of the last layer's gradient from which that of the first layer counts as vanished."""


class WarningInputs(NamedTuple):
    """What was measured of one member: its curve (n, 11) in the order of COLUMNS, and its per-layer statistics."""

    spec: NetworkSpec
    curve: NDArray[np.float64]
    stats_history: StatsHistory
    failed: str = ""
    """why the member learns no more; empty while it does"""
    training: int | None = None
    """training samples; None where they are not known"""
    validation: int = 0
    """validation samples"""
    planned: int = 0
    """the epochs of the plan"""
    redraws: bool = False
    """whether each epoch draws its validation samples anew, which were training samples before"""
    validation_losses: Callable[[int], NDArray[np.float64]] | None = None
    """from an epoch to the loss of each validation sample (N,) then; None where nothing is kept"""

    def column(self, name: str) -> NDArray[np.float64]:
        """One column of the curve, (n,)."""
        return self.curve[:, COLUMNS.index(name)]

    @property
    def penalty(self) -> NDArray[np.float64]:
        """The part of the losses (n,) that is penalty; 0 without one."""
        return np.nan_to_num(self.column("penalty"))


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


def _misfit(evidence: WarningInputs) -> WarningFinding | None:
    """From the first epoch on: nothing has to be measured."""
    spec = evidence.spec
    why = why_unfit(spec.loss, spec.activations[-1], len(spec.layers)) if len(evidence.curve) else None
    if why is None:
        return None
    fitting = ACTIVATIONS[spec.loss.last_activations[0]].label
    return WarningFinding(
        int(evidence.curve[0, 0]), f"{capitalised(spec.loss.label)} {why}. It is made for {fitting} in the last layer."
    )


def _exploding(evidence: WarningInputs) -> WarningFinding | None:
    """The loss is DIVERGED times that of the start.

    That began after the loss was at the level of the start for the last time, not when it last crossed the threshold.
    """
    epochs, loss = _learned(evidence)
    if len(loss) < 2 or not np.isfinite(loss[0]) or loss[0] <= 0:
        return None
    above = ~(loss <= DIVERGED * loss[0])
    left = _since(~(loss <= loss[0]))
    if not above[-1] or left is None:
        return None
    since = left + int(above[left:].argmax())
    with np.errstate(over="ignore"):
        times = loss[-1] / loss[0]
    grown: Sentence | str = "has outgrown all numbers"
    if np.isfinite(times):
        grown = sentence("is {times} times what it was at the start", times=exact_number(float(times)))
    said = sentence("The training loss {grown}: the steps overshoot. Try a smaller learning rate.", grown=grown)
    return WarningFinding(int(epochs[since]), said)


def _dead_units(evidence: WarningInputs) -> WarningFinding | None:
    hidden = evidence.stats_history.dead[:, :-1]
    since = _since(hidden.sum(axis=1) > 0)
    if since is None:
        return None
    layer = int(hidden[-1].argmax())
    units = evidence.spec.layers[layer].outputs
    dead = int(hidden[-1, layer])
    which = f"{dead} of {units} units of layer {layer + 1} " + ("is" if dead == 1 else "are")
    own = "its" if dead == 1 else "their"
    return WarningFinding(
        int(evidence.stats_history.epochs[since]),
        f"{which} dead: {own} activation is flat for all samples that are looked at, so that none of them sends a "
        f"gradient to {own} weights.",
    )


def _alike(evidence: WarningInputs) -> WarningFinding | None:
    stats = evidence.stats_history.last
    if stats is None:
        return None
    layers = [number for number, layer in enumerate(stats.layers[:-1], start=1) if layer.alike]
    if not layers:
        return None
    return WarningFinding(
        0,
        f"All units of layer {layers[0]} have the same weights and get the same gradient, but for rounding: they "
        "can never differ.",
    )


def _vanishing(evidence: WarningInputs) -> WarningFinding | None:
    """∂L/∂z is compared, not ∂L/∂W: that of the weights also contains how large the activations are."""
    deltas = evidence.stats_history.deltas
    if deltas.shape[1] < 2:
        return None
    # exactly 0 has another cause: dead units, or weights of 0
    since = _since((deltas[:, 0] < VANISHED * deltas[:, -1]) & (deltas[:, 0] > 0))
    if since is None:
        return None
    share = deltas[-1, 0] / deltas[-1, -1]
    said = "The gradient vanishes on its way back: ∂L/∂z of layer 1 is {share} of that of the last layer."
    return WarningFinding(int(evidence.stats_history.epochs[since]), sentence(said, share=exact_number(float(share))))


def _not_learning(evidence: WarningInputs) -> WarningFinding | None:
    """Neither loss, nor loss without penalty, nor metric has changed, after a tenth of the plan; nor is all learned."""
    epochs, loss = _learned(evidence)
    first = len(evidence.curve) - len(loss)
    data, metric = loss - evidence.penalty[first:], evidence.column("train_metric")[first:]
    if len(loss) <= PATIENCE or epochs[-1] - epochs[0] < evidence.planned / 10:
        return None
    if not np.isfinite(loss).all() or min(loss[0], data[0]) <= 0:
        return None
    if max(np.ptp(loss) / loss[0], np.ptp(data) / data[0]) > CHANGED:
        return None
    known = metric[np.isfinite(metric)]
    if known.size and (np.ptp(known) > CHANGED or known[-1] > 1.0 - CHANGED):
        return None
    share = f"{CHANGED:.0%}".replace("%", " %")
    return WarningFinding(
        int(epochs[0]),
        f"The training loss has changed by less than {share} in {int(epochs[-1] - epochs[0])} epochs: the network "
        "learns too slowly, is stuck, or there is nothing to learn.",
    )


def _overfitting(evidence: WarningInputs) -> WarningFinding | None:
    """Validation loss rises for good and by more than chance, above a training loss that fell meanwhile.

    The network must have parameters enough for its samples. All losses are without penalty.
    """
    epochs, penalty = evidence.column("epoch"), evidence.penalty
    validation, train = (evidence.column(name) - penalty for name in ("validation_loss", "train_loss"))
    if evidence.spec.loss.adds_samples and evidence.training and evidence.validation:
        # sums over different numbers of samples
        validation, train = validation / evidence.validation, train / evidence.training
    if len(epochs) <= PATIENCE or not np.isfinite(validation).all() or not np.isfinite(train).all():
        return None
    if evidence.redraws or not _has_room(evidence):
        return None
    best = int(validation.argmin())
    recent = PATIENCE // 2
    if len(epochs) - best <= recent or train[-1] >= train[best] or validation[-1] <= train[-1]:
        return None
    # smaller rises are fluctuations: a twentieth of the best and a fiftieth of all that was gained
    rise = validation[-1] - validation[best]
    if rise < 0.05 * abs(validation[best]) or rise < 0.02 * (validation[0] - validation[best]):
        return None
    if validation[-recent:].min() - validation[best] < 0.5 * rise:
        return None
    if not _is_significant(evidence.validation_losses, int(epochs[best]), int(epochs[-1])):
        return None
    said = (
        "Validation loss rises since epoch {best}, from {low} to {high}, while training loss fell from {before} to "
        "{now}: the network begins to learn its samples by heart."
    )
    numbers = (validation[best], validation[-1], train[best], train[-1])
    low, high, before, now = (exact_number(float(number)) for number in numbers)
    return WarningFinding(
        int(epochs[best]),
        sentence(said, best=int(epochs[best]), low=low, high=high, before=before, now=now),
    )


def _has_room(evidence: WarningInputs) -> bool:
    """Whether the network has parameters enough to learn its samples by heart."""
    return evidence.training is None or evidence.training < SAMPLES_PER_PARAMETER * evidence.spec.size


def _is_significant(losses: Callable[[int], NDArray[np.float64]] | None, best: int, now: int) -> bool:
    """Whether the mean loss of the same samples is higher than at its best by SIGNIFICANT standard errors."""
    if losses is None:
        return True
    differences = losses(now) - losses(best)
    if len(differences) < FEWEST or not np.isfinite(differences).all():
        return False
    error = differences.std(ddof=1) / math.sqrt(len(differences))
    return bool(differences.mean() > SIGNIFICANT * error)


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
        WarningRule("loss_misfit", "loss does not fit", "warning", _misfit),
        WarningRule("exploding", "exploding", "warning", _exploding),
        WarningRule("alike", "units alike", "warning", _alike),
        WarningRule("vanishing", "vanishing gradient", "warning", _vanishing),
        WarningRule("dead_units", "dead units", "warning", _dead_units),
        WarningRule("not_learning", "not learning", "warning", _not_learning),
        WarningRule("overfitting", "overfitting", "note", _overfitting, moves=True),
    ),
)
