"""The one picture that a network which reads pictures is shown with: what it is, and what every unit makes of it.

Refuses to choose it; the page does.
"""

from __future__ import annotations

import numpy as np

from mlpviz.engine import evaluate
from mlpviz.figures.plain import grid, nullable, number
from mlpviz.figures.training_frame import Shown
from mlpviz.figures.training_still import Pictured
from mlpviz.runs import Moment
from mlpviz.runs.answers import read, scaled
from mlpviz.runs.lane import Lane


def pictured(lane: Lane, row: int) -> Pictured | None:
    """The sample of this row (from 0, counted round); None where samples are no pictures."""
    table = lane.built.table
    if table.image_shape is None:
        return None
    row %= table.samples
    split = lane.built.folds[lane.fold].split
    part = next((name for name in ("train", "validation", "test") if row in getattr(split, name)), "")
    x = np.asarray(table.x[row], np.float64)
    return Pictured(
        row=row, part=part, true=table.class_names[int(table.target[row])],
        picture=grid(x.reshape(table.image_shape), 0.0, max(1.0, float(x.max()))),
    )  # fmt: skip


def shown(lane: Lane, moment: Moment, row: int, units: int) -> Shown | None:
    """What the network makes of that sample at this moment; None where samples are no pictures."""
    table = lane.built.table
    if table.image_shape is None:
        return None
    x = scaled(lane, table.x[row % table.samples][None])
    outputs = evaluate(moment.spec, moment.params, x, moment.buffers).a[1:]
    answer = read(lane, moment.spec, outputs[-1])
    # the outputs are read as probabilities, however large they are themselves
    seen = [a[0, :units] for a in outputs[:-1]]
    if answer.probabilities is None or answer.classes is None:
        return Shown(guess="", probability=None, activations=_rows([*seen, outputs[-1][0, :units]]))
    p = answer.probabilities[0]
    guess = int(answer.classes[0])
    return Shown(
        guess=table.class_names[guess], probability=number(p[guess]), activations=_rows([*seen, p[:units]])
    )  # fmt: skip


def _rows(rows: list[np.ndarray]) -> list[list[float | None]]:
    """Rows of different lengths as JSON has them, to three digits: more a square of colour cannot show."""
    return [nullable(np.round(np.asarray(row, np.float64), 3)) for row in rows]
