"""The weights of a network for its drawing, as far as it is drawn."""

from __future__ import annotations

from mlpviz.figures.plain import nullable
from mlpviz.runs import Moment

INPUTS = 12
"""Features that the drawing shows at most."""

DIGITS = 4
"""More than a line's thickness can show, and enough for the readout."""


def weights_of(moment: Moment, units: int) -> list[list[list[float | None]]]:
    """Per layer the rows of the weight that lie between drawn units, at most `units` per layer."""
    found = []
    for layer, view in enumerate(moment.spec.views(moment.params)):
        shown = view.weight[:units, : units if layer else INPUTS]
        found.append(nullable(shown.round(DIGITS)))
    return found
