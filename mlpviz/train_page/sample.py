"""The one picture that a network which reads pictures is shown with: what it is, and what every unit makes of it.

Refuses to choose it; the page does.
"""

from __future__ import annotations

import numpy as np

from mlpviz.engine import evaluate
from mlpviz.runs import CheckpointView
from mlpviz.runs.member import Member
from mlpviz.runs.predictions import read, scaled
from mlpviz.schema.json_arrays import grid, json_number, nullable
from mlpviz.train_page.frame_schema import PicturedAnswer
from mlpviz.train_page.static_frame import PicturedSample


def pictured(member: Member, row: int) -> PicturedSample | None:
    """The sample of this row (from 0, counted round); None where samples are no pictures."""
    table = member.built.table
    if table.image_shape is None:
        return None
    row %= table.samples
    split = member.built.folds[member.fold].split
    part = next((name for name in ("train", "validation", "test") if row in getattr(split, name)), "")
    x = np.asarray(table.x[row], np.float64)
    return PicturedSample(
        row=row, part=part, true=table.class_names[int(table.target[row])],
        picture=grid(x.reshape(table.image_shape), 0.0, max(1.0, float(x.max()))),
    )  # fmt: skip


def shown(member: Member, moment: CheckpointView, row: int, units: int) -> PicturedAnswer | None:
    """What the network makes of that sample at this moment; None where samples are no pictures."""
    table = member.built.table
    if table.image_shape is None:
        return None
    x = scaled(member, table.x[row % table.samples][None])
    outputs = evaluate(moment.spec, moment.params, x, moment.buffers).a[1:]
    answer = read(member, moment.spec, outputs[-1])
    # the outputs are read as probabilities, however large they are themselves
    seen = [a[0, :units] for a in outputs[:-1]]
    if answer.probabilities is None or answer.classes is None:
        return PicturedAnswer(guess="", probability=None, activations=_rows([*seen, outputs[-1][0, :units]]))
    p = answer.probabilities[0]
    guess = int(answer.classes[0])
    return PicturedAnswer(
        guess=table.class_names[guess], probability=json_number(p[guess]), activations=_rows([*seen, p[:units]])
    )  # fmt: skip


def _rows(rows: list[np.ndarray]) -> list[list[float | None]]:
    """Rows of different lengths as JSON has them, to three digits: more a square of colour cannot show."""
    return [nullable(np.round(np.asarray(row, np.float64), 3)) for row in rows]
