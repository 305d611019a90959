"""Parts of the configs of experiments as JSON; and the numbers of a run that claims are about."""

from __future__ import annotations

from typing import Any

import numpy as np

from mlpviz.runs import Run
from mlpviz.runs.curves import COLUMNS
from mlpviz.runs.leaderboard import score_of
from mlpviz.text.numbers import NumberStyle, format_number


def toy(key: str, **hyperparameters: Any) -> dict[str, Any]:
    """A data set with its hyperparameters."""
    return {"kind": "set", "set": {"key": key, **hyperparameters}}


def hidden(*widths: int, activation: str = "tanh", **more: Any) -> list[dict[str, Any]]:
    """Hidden layers of these widths, and a last one as wide as the data ask for."""
    return [
        *({"units": width, "activation": activation, **more} for width in widths),
        {"units": None, "activation": "identity"},
    ]


TWO_CLASSES: dict[str, Any] = {"loss": "bce_with_logits", "one_hot": False}
"""One output, a logit: the smallest classifier."""


def column(run: Run, member: int, name: str) -> Any:
    """One column of a member's curve, over its kept epochs."""
    return run.state(member).curve(run.branches.growing)[0][:, COLUMNS.index(name)]


def now(run: Run, member: int, name: str) -> float:
    """One column of a member's curve after its last whole epoch."""
    return float(run.state(member).newest_row[COLUMNS.index(name)])


def best(run: Run, member: int) -> float:
    """The lowest validation loss of a member, or training loss without validation."""
    return score_of(run, member).best


def member_of(run: Run, label: str) -> int:
    """The number of the member with this label."""
    return next(number for number, member in enumerate(run.members) if member.label == label)


def share_near_zero(run: Run, member: int) -> float:
    """The share of the weights (no biases) that are 0 to three decimals."""
    checkpoint = run.state(member).checkpoint
    weights = np.concatenate([view.weight.ravel() for view in checkpoint.spec.views(checkpoint.params)])
    return float((np.abs(weights) < 1e-3).mean())


def short(value: float, digits: int = 3) -> str:
    """A number in the style of the sentences of claims."""
    return format_number(float(value), NumberStyle(digits))
