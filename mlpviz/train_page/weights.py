"""The weights of a network for its drawing, as far as it is drawn: as lines, and of a picture as pictures."""

from __future__ import annotations

import numpy as np

from mlpviz.runs import CheckpointView
from mlpviz.schema.json_arrays import Grid, grid, nullable

INPUTS = 12
"""Features that the drawing shows at most."""

DIGITS = 4
"""More than a line's thickness can show, and enough for the readout."""


def weights_of(moment: CheckpointView, units: int) -> list[list[list[float | None]]]:
    """Per layer the rows of the weight that lie between drawn units, at most `units` per layer."""
    found = []
    for layer, view in enumerate(moment.spec.views(moment.params)):
        shown = view.weight[:units, : units if layer else INPUTS]
        found.append(nullable(shown.round(DIGITS)))
    return found


def biases_of(moment: CheckpointView, units: int) -> list[list[float | None] | None]:
    """Per layer the biases of the drawn units; None where a layer has none."""
    views = moment.spec.views(moment.params)
    return [None if view.bias is None else nullable(view.bias[:units].round(DIGITS)) for view in views]


def pictures_of(moment: CheckpointView, shape: tuple[int, int], units: int) -> list[Grid]:
    """What the first units look for in a picture: their weights, one Grid (height, width) each."""
    weight = moment.spec.views(moment.params)[0].weight[:units]
    return [grid(row.reshape(shape)) for row in np.asarray(weight, np.float64)]
