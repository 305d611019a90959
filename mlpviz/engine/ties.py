"""Tied parameters: places of the flat vector that hold one and the same number, which is learned once.

Every place keeps its part of the gradient, ∂L/∂θ as if it were a number of its own. Their sum is the derivative of the
loss with respect to the shared number, and it is what an update uses: of each group the first place is stepped, and the
others take its number. Networks without ties never come here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine.parameters import Array, Slot

Place = tuple[int, ...]
"""One number of a layer, all from 0: (layer, row, column) of a weight, (layer, unit) of a bias."""

Indices = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Sharing:
    """Which of P parameters share a number, in groups ordered by their first places.

    `first` (P,) is the first place of the group of each parameter, itself if it shares nothing. `order` (T,) are the
    places that share a number, group by group, and `starts` (G,) where each group begins in it.
    """

    first: Indices
    order: Indices
    starts: Indices

    @classmethod
    def of(cls, size: int, pairs: Iterable[tuple[Indices, Indices]]) -> Sharing | None:
        """From arrays of places that are equal, entry by entry; None if no two places share a number."""
        first = np.arange(size)
        found = [(np.asarray(one).ravel(), np.asarray(other).ravel()) for one, other in pairs]
        before = None
        # labels sink along the pairs until every group has that of its first place
        while before is None or not np.array_equal(before, first):
            before = first.copy()
            for one, other in found:
                low = np.minimum(first[one], first[other])
                np.minimum.at(first, one, low)
                np.minimum.at(first, other, low)
            first = first[first]
        counts = np.bincount(first, minlength=size)
        shared = np.flatnonzero(counts[first] > 1)
        if not shared.size:
            return None
        order = shared[np.argsort(first[shared], kind="stable")]
        starts = np.flatnonzero(np.diff(first[order], prepend=-1))
        for array in (first, order, starts):
            array.flags.writeable = False
        return cls(first, order, starts)

    @property
    def heads(self) -> Indices:
        """(G,): the first place of each group."""
        return self.order[self.starts]

    @property
    def learned(self) -> Indices:
        """The places that are stepped: those that share nothing, and the first one of each group."""
        return np.flatnonzero(self.first == np.arange(self.first.size))

    def uses(self, index: int) -> Indices:
        """All places of the number at this place."""
        return np.flatnonzero(self.first == self.first[index])

    def sums(self, grad: Array) -> Array:
        """(..., G): the gradient of each shared number, the sum over its places of grad (..., P)."""
        with np.errstate(all="ignore"):  # a sum of infinities is what it is
            return np.add.reduceat(grad[..., self.order], self.starts, axis=-1)

    def summed(self, grad: Array) -> Array:
        """The gradient (..., P) with the sum of its group at every place."""
        whole = grad.copy()
        counts = np.diff(self.starts, append=self.order.size)
        whole[..., self.order] = np.repeat(self.sums(grad), counts, axis=-1)
        return whole

    def once(self, params: Array) -> Array:
        """The parameters (..., P) with 0 in all places of a group but the first: a sum has each number once."""
        return np.where(self.first == np.arange(self.first.size), params, params.dtype.type(0))

    def spread(self, flat: Any) -> Any:
        """A vector (..., P) with the number of the first place at every place of its group; a single number stays."""
        return flat[..., self.first] if isinstance(flat, np.ndarray) and flat.ndim else flat


class WeightUse(NamedTuple):
    """A layer (from 0) that uses a weight, and whether its own is the transpose of that of the layer asked about."""

    layer: int
    transposed: bool


def weight_uses(ties: Mapping[int, tuple[int, bool]], layer: int, layers: int) -> tuple[WeightUse, ...]:
    """All layers that use the weight of this one, itself too; `ties` are layer: (tied to, transposed), from 0."""
    if not ties:
        return (WeightUse(layer, False),)

    def root(of: int) -> tuple[int, bool]:
        turned = False
        while of in ties:
            of, turn = ties[of]
            turned ^= turn
        return of, turned

    own, own_turned = root(layer)
    found = ((each, *root(each)) for each in range(layers))
    return tuple(WeightUse(each, turned != own_turned) for each, first, turned in found if first == own)


def shared_places(
    slots: Sequence[Slot],
    weight_ties: Iterable[tuple[int, int, bool]],
    one_bias: Iterable[int],
    groups: Iterable[Sequence[Place]],
) -> Sharing | None:
    """The sharing of a network whose parameters lie in `slots`.

    A weight tie is (layer, the layer that it is tied to, whether transposed); the layers in `one_bias` have one bias
    for all units; `groups` are single places.
    """

    def grid(layer: int) -> Indices:
        slot = slots[layer]
        return np.arange(slot.weight.start, slot.weight.stop).reshape(slot.shape)

    def at(place: Place) -> Indices:
        layer, row, *column = place
        return grid(layer)[row, column[0]] if column else np.asarray(slots[layer].bias.start + row)

    pairs = [(grid(layer).T if transposed else grid(layer), grid(source)) for layer, source, transposed in weight_ties]
    for layer in one_bias:
        own = np.arange(slots[layer].bias.start, slots[layer].bias.stop)
        pairs.append((own, np.broadcast_to(own[:1], own.shape)))
    for first, *others in groups:
        pairs += [(at(other), at(first)) for other in others]
    return Sharing.of(slots[-1].stop, pairs)
