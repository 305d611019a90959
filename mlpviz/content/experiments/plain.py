"""Pieces that setups of experiments are written with, as JSON has them; and what claims read off a run."""

from __future__ import annotations

from typing import Any

import numpy as np

from mlpviz.number_text import NumberStyle, format_number
from mlpviz.runs import Run
from mlpviz.runs.curve import COLUMNS
from mlpviz.runs.table import score_of


def toy(key: str, **knobs: Any) -> dict[str, Any]:
    """A data set on offer with its knobs."""
    return {"kind": "set", "set": {"key": key, **knobs}}


def hidden(*widths: int, activation: str = "tanh", **more: Any) -> list[dict[str, Any]]:
    """Hidden layers of these widths, and a last one as wide as the data ask for."""
    return [
        *({"units": width, "activation": activation, **more} for width in widths),
        {"units": None, "activation": "identity"},
    ]


TWO_CLASSES: dict[str, Any] = {"loss": "bce_with_logits", "one_hot": False}
"""One output, a logit: the smallest classifier."""


def column(run: Run, lane: int, name: str) -> Any:
    """One column of a lane's curve, over its kept epochs."""
    return run.curve(lane, run.past.home)[0][:, COLUMNS.index(name)]


def now(run: Run, lane: int, name: str) -> float:
    """A measure of a lane after its last whole epoch."""
    return float(run.newest_row(lane)[COLUMNS.index(name)])


def best(run: Run, lane: int) -> float:
    """The lowest validation loss of a lane, or training loss without validation."""
    return score_of(run, lane).best


def lane_of(run: Run, label: str) -> int:
    """The number of the lane with this label."""
    return next(number for number, lane in enumerate(run.lanes) if lane.label == label)


def share_near_zero(run: Run, lane: int) -> float:
    """The share of the weights (no biases) that are 0 to three decimals."""
    moment = run.moment(lane)
    weights = np.concatenate([view.weight.ravel() for view in moment.spec.views(moment.params)])
    return float((np.abs(weights) < 1e-3).mean())


def short(value: float, digits: int = 3) -> str:
    """A measure as a sentence says it."""
    return format_number(float(value), NumberStyle(digits))
