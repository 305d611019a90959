"""Which of the passes beside a trace say nothing about a slope, because a number has moved too far or over a kink."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine.moved_passes import MovedLayer, MovedPasses
from mlpviz.engine.parameters import Array
from mlpviz.engine.trace import Trace

_FAR, _FAR_NORMALISED = 4.0, 0.25
"""An h is too large that moves an input of φ by more than this times its size (at least 1), or ẑ by more than this."""

Flags = NDArray[np.bool_]


class Sides:
    """On which sides of kinks, bends and corners the numbers of the plain pass lie."""

    def __init__(self, passes: MovedPasses, trace: Trace) -> None:
        self._passes, self._trace = passes, trace
        self._corner = self._corner_of(passes.plain.a[-1])
        self._visible = [self._visible_in(index) for index in range(len(trace.layers))]

    def left(self, y: Array, layers: Sequence[MovedLayer], *, with_bends: bool) -> tuple[Flags, Flags, Flags, Flags]:
        """Which passes (R,) have a number on another side of a kink, leave a kink, go too far, leave a bend.

        A side is another than that of the plain pass. What leaves a kink crosses no other.
        Too far is where such steps may agree and all be wrong. Where the slope bends the error falls with h only, so
        a pass over a bend goes too far, if `with_bends`; an entry at the bend itself has no other h, and leaves it.
        """
        crossed, over_others, far, bent = np.zeros((4, len(y)), dtype=bool)
        plain = self._passes.plain
        for index, (layer, before) in enumerate(zip(layers, plain.activation_inputs, strict=True)):
            now, joined = layer.activation_input, len(layer.activation_input)
            if not joined:
                continue
            activation = self._passes.spec.activations[index]
            for kink in activation.kinks:
                left = ((now > kink) != (before > kink)) | ((now < kink) != (before < kink))
                visible = self._visible[index]
                left = left if visible is None else left & visible
                crossed[:joined] |= _any(left)
                over_others[:joined] |= _any(left & (before != kink))
            own = None if layer.normalised is None else plain.caches[index].normalised
            if own is None:
                over = np.abs(now - before) > _FAR * np.maximum(1.0, np.abs(before))
            else:
                over = np.abs(layer.normalised - own) > _FAR_NORMALISED
            for bend in activation.bends:
                bent[:joined] |= _any((now != bend) & (before == bend))
                if with_bends:
                    over |= ((now > bend) != (before > bend)) & (before != bend)
            far[:joined] |= _any(over)
        off = crossed & ~over_others & ~far
        side = self._corner_of(y)
        if side is not None and self._corner is not None:
            crossed |= _any(side != self._corner)
        return crossed, off, far, bent

    def _visible_in(self, index: int) -> Flags | None:
        """(N, O), where a kink of a layer can be seen: neither a pin nor a drop hides it; None for everywhere."""
        if not self._passes.spec.activations[index].elementwise:
            return None
        pinned, dropped = self._passes.pinned.get(index), self._trace.layers[index].mask
        if pinned is None:
            return None if dropped is None else dropped != 0.0
        return ~pinned[0] if dropped is None else ~pinned[0] & (dropped != 0.0)

    def _corner_of(self, y: Array) -> Array | None:
        """-1, 0 or 1 as each y (..., N, O) lies below, at or above the corner of the loss; None if it has none."""
        corner, target = self._trace.spec.loss.corner, self._trace.target
        return None if corner is None or target is None else np.sign(corner(y, target))


def _any(found: Flags) -> Flags:
    """(R,): whether one of (R, N, O) is true."""
    which: Flags = np.logical_or.reduce(found.reshape(len(found), -1), axis=1)
    return which
