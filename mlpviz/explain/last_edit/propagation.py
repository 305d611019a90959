"""Where a change ended in the forward pass, sample by sample: at which slope of 0, pin, mask or zero weight.

Compares two traces of one architecture; gradients have no part in it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine import Trace
from mlpviz.explain.comparison import differ
from mlpviz.sheet.values import derivatives_of


class Blocked(NamedTuple):
    """One end of a change. `layer` counts from 1 (0: x), sample and unit from 0.

    `cause`: "zero input" (a changed weight of this unit reads a 0), "zero weight" (every weight that reads this unit
    is 0), "cancel" (inputs changed, their sum did not), "norm" (z changed, what a norm makes of it did not),
    "scale" (the same, by a γ of 0), "gate" (what φ reads changed where the slope is 0), "pin", "dropout", "flat" (it
    changed, a did not, though the slope is not 0). `letter` names the number that still changed, which
    is `before` and `after`: a of a zero weight, n of a gate behind a norm, else z, also where nothing arrived.
    """

    sample: int
    layer: int
    unit: int
    cause: str
    letter: str
    before: float
    after: float


class Propagation(NamedTuple):
    """How far a change got in one sample: to the output, or to its `stops`; neither where nothing changed."""

    sample: int
    output: bool
    stops: tuple[Blocked, ...]


def propagation(before: Trace, after: Trace) -> tuple[Propagation, ...]:
    """One answer per sample, for two traces of the same widths and as many samples."""
    return tuple(_reach(before, after, sample) for sample in range(after.samples))


def _reach(before: Trace, after: Trace, sample: int) -> Propagation:
    stops: list[Blocked] = []
    for number, (old, new) in enumerate(zip(before.layers, after.layers, strict=True), start=1):
        z_old, z_new = old.z[sample], new.z[sample]
        moved = differ(z_old, z_new)
        stops += _at_weights(before, after, number, sample, moved)
        read_old, read_new = old.activation_input[sample], new.activation_input[sample]
        reads = differ(read_old, read_new)
        for unit in np.flatnonzero(moved & ~reads):
            is_off = all(layer.gamma is not None and layer.gamma[unit] == 0.0 for layer in (old, new))
            cause = "scale" if is_off else "norm"
            stops.append(Blocked(sample, number, int(unit), cause, "z", float(z_old[unit]), float(z_new[unit])))
        for unit in np.flatnonzero(reads & ~differ(old.a[sample], new.a[sample])):
            cause, numbers = _cause(before, after, number, sample, int(unit)), (read_old[unit], read_new[unit])
            stops.append(Blocked(sample, number, int(unit), cause, new.input_letter, *map(float, numbers)))
    output = bool(differ(before.output[sample], after.output[sample]).any())
    return Propagation(sample, output, tuple(stops))


def _at_weights(before: Trace, after: Trace, number: int, sample: int, moved: NDArray[np.bool_]) -> list[Blocked]:
    """The changes that ended between the inputs of a layer and its z."""
    old, new = before.layers[number - 1], after.layers[number - 1]
    a_old, a_new = before.inputs_of(number - 1)[sample], after.inputs_of(number - 1)[sample]
    changed = differ(a_old, a_new)
    weights = differ(old.weight, new.weight)
    dead = (old.weight == 0) & (new.weight == 0)
    extra = after.spec.extras[number - 1]
    # a skip carries on what no weight reads
    unread = changed & dead.all(axis=0) if extra is None or not extra.feeds_skip else np.zeros_like(changed)
    stops = [
        Blocked(
            sample,
            number - 1,
            int(unit),
            "zero weight",
            "a" if number > 1 else "x",
            float(a_old[unit]),
            float(a_new[unit]),
        )
        for unit in np.flatnonzero(unread)
    ]
    for unit in np.flatnonzero(~moved):
        place = (sample, number, int(unit))
        numbers = (float(old.z[sample, unit]), float(new.z[sample, unit]))
        idle = (a_old == 0) & (a_new == 0)
        arrives = (changed & ~dead[unit]) | (weights[unit] & ~idle)
        if arrives.any():
            stops.append(Blocked(*place, "cancel", "z", *numbers))
        elif (weights[unit] & idle).any():
            stops.append(Blocked(*place, "zero input", "z", *numbers))
    return stops


def _cause(before: Trace, after: Trace, number: int, sample: int, unit: int) -> str:
    if any((pin.layer, pin.sample, pin.unit) == (number - 1, sample, unit) for pin in after.pins):
        return "pin"
    mask = after.layers[number - 1].mask
    if mask is not None and mask[sample, unit] == 0:
        return "dropout"
    slopes = [derivatives_of(trace, number, sample) for trace in (before, after)]
    return "gate" if all(slope.ndim == 1 and slope[unit] == 0 for slope in slopes) else "flat"
