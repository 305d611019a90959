"""One weight or one bias of a run set by hand, at the moment that is shown.

What was learned before stays as it was: learning goes on in a branch. Refuses to draw.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from mlpviz.engine.training import Snapshot
from mlpviz.engine.training.snapshot import frozen
from mlpviz.runs.course import Course
from mlpviz.runs.errors import RunError
from mlpviz.runs.run import Run


def set_parameter(run: Run, layer: int, unit: int, source: int | None, value: float) -> None:
    """Set the weight of `unit` in `layer` for what `source` gives it, or its bias (None), in the lane in focus.

    All count from 0. Raises RunError for a place that the network has not, or a value that is no finite number.
    """
    spec = run.lanes[run.focus].spec
    if not 0 <= layer < len(spec.layers):
        raise RunError(f"there is no layer {layer + 1}, expected 1 to {len(spec.layers)}")
    slot = spec.slots[layer]
    outputs, inputs = slot.shape
    if not 0 <= unit < outputs:
        raise RunError(f"layer {layer + 1} has no unit {unit + 1}, expected 1 to {outputs}")
    if source is None and not slot.has_bias:
        raise RunError(f"layer {layer + 1} has no bias")
    if source is not None and not 0 <= source < inputs:
        raise RunError(f"layer {layer + 1} reads no unit {source + 1}, expected 1 to {inputs}")
    if not np.isfinite(value):
        raise RunError(f"the value is {value}, expected a finite number")
    at = slot.bias.start + unit if source is None else slot.weight.start + unit * inputs + source
    number, place = run.place_of(run.focus)

    def change(course: Course, snapshot: Snapshot) -> Snapshot:
        if course is not run.courses[number]:
            return snapshot
        params = np.array(snapshot.params)
        params[(place, at) if params.ndim > 1 else at] = value
        # what early stopping holds for the best was another network
        return course.measured(replace(snapshot, params=frozen(params), best=None))

    run.amend(change)
