"""Forward passes side by side, in each of which one number is moved: what central differences are made of.

A number of layer 5 changes nothing in the layers before, so its passes join those of the layers before at layer 5,
with the arrays of the plain pass. Where a matrix is the same in all passes, all of them are one product.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine import norm_dropout_skip
from mlpviz.engine.norm_dropout_skip import PassMode
from mlpviz.engine.parameters import Array, LayerViews
from mlpviz.engine.pass_inputs import PinMasks
from mlpviz.engine.passes import Forward, forward_pass
from mlpviz.engine.spec import NetworkSpec
from mlpviz.engine.tensor_names import Tensor

PARAMETERS = LayerViews._fields


class Move(NamedTuple):
    """Passes in each of which `offset` (R,) is added to one of the `entries` (R,) of a flattened tensor.

    `name` is that of the tensor in LayerTrace, or x or shared: a number that is shared moves in all of its places.
    `layer` is the first that the moves change, -1 for x.
    """

    name: str
    layer: int
    entries: NDArray[np.intp]
    offset: Array

    def of(self, shape: tuple[int, ...]) -> Array:
        """What is added to a tensor of this shape: (R, *shape)."""
        found = np.zeros((len(self.entries), math.prod(shape)))
        found[np.arange(len(found)), self.entries] = self.offset
        return found.reshape(len(found), *shape)


class MovedLayer(NamedTuple):
    """The inputs of φ (R, N, O) in the passes that have joined by this layer, which are the first R of all."""

    activation_input: Array
    normalised: Array | None


_Placed = list[tuple[Move, slice]]
"""moves, and which passes are theirs"""


class MovedPasses:
    """The plain pass of a network, and passes beside it in which a number is moved."""

    def __init__(self, spec: NetworkSpec, params: Array, x: Array, pinned: PinMasks, mode: PassMode) -> None:
        self.spec, self.params, self.pinned, self.mode = spec, params, pinned, mode
        self.views = spec.views(params)
        self.plain: Forward = forward_pass(spec, self.views, x, pinned, mode)

    def joins(self, address: Tensor) -> int:
        """The first layer that a moved number changes; -1 for x."""
        if address.field != "grad_shared" or self.spec.sharing is None:
            return -1 if address.layer is None else address.layer
        first = int(self.spec.sharing.heads.min())
        return next(index for index, slot in enumerate(self.spec.slots) if first < slot.stop)

    def cost(self, address: Tensor) -> int:
        """How many numbers one pass holds, about."""
        behind = self.spec.layers[max(0, self.joins(address)) :]
        own = {"grad_shared": self.params.size, "grad_weight": behind[0].inputs * behind[0].outputs}
        inner = self.spec.inputs * (address.layer is None) + sum([layer.outputs for layer in behind])
        return 3 * len(self.plain.a[0]) * inner + own.get(address.field, 0)

    def run(self, moves: Sequence[Move]) -> tuple[Array, list[MovedLayer]]:
        """The outputs y (R, N, O) of the passes of all moves, and what they have in each layer.

        The moves come in the order of the layers that they join.
        """
        stop, joined = 0, [0] * (1 + len(self.spec.layers))
        here: list[_Placed] = [[] for _ in joined]
        for move in moves:
            rows = slice(stop, stop + len(move.entries))
            stop = joined[move.layer + 1] = rows.stop
            for index in range(move.layer, len(self.spec.layers) if move.name == "shared" else move.layer + 1):
                here[index + 1].append((move, rows))
        joined = np.maximum.accumulate(joined).tolist()
        x = self.plain.a[0]
        inputs = [np.concatenate([np.empty((0, *x.shape)), *(x + move.of(x.shape) for move, _ in here[0])])]
        layers = []
        for index in range(len(self.spec.layers)):
            a, found = self._layer(index, inputs, joined[index + 1], here[index + 1])
            inputs.append(a)
            layers.append(found)
        return inputs[-1], layers

    def _layer(self, index: int, inputs: list[Array], joined: int, here: _Placed) -> tuple[Array, MovedLayer]:
        """The output (R, N, O) of one layer for the passes that have joined by now."""
        extra, norm = self.spec.extras[index], self.spec.layers[index].norm
        z = self._z(index, inputs[index], joined, here)
        activation, shape = self.spec.activations[index], z.shape[1:]
        shapes = dict.fromkeys(("normalised", "n", "h", "a"), shape)
        if norm is not None:
            shapes |= dict.fromkeys(("mean", norm.spread), (1, shape[1]) if norm.axis == -2 else (shape[0], 1))
        offsets: dict[str, Array] = {}
        for move, rows in here:
            if move.name in shapes:
                offsets[move.name] = np.zeros((joined, *shapes[move.name]))
                offsets[move.name][rows] = move.of(shapes[move.name])
        if extra is None:
            a, found = activation.value(z), MovedLayer(z, None)
        else:
            vectors = (self._vector(index, name, joined, here) for name in ("bias", "gamma", "beta", "alpha"))
            view, skipped = LayerViews(self.views[index].weight, *vectors), None
            if (source := extra.skip_source) >= 0:
                more = np.broadcast_to(
                    self.plain.a[source], (joined - len(inputs[source]), *self.plain.a[source].shape)
                )
                skipped = np.concatenate([inputs[source], more])
            a, cache = norm_dropout_skip.forward(extra, index, view, activation, z, skipped, self.mode, offsets)
            found = MovedLayer(z if cache.n is None else cache.n, cache.normalised)
        if index in self.pinned:
            mask, values = self.pinned[index]
            a = np.where(mask, values, a)
        return (a + offsets["a"] if "a" in offsets else a), found

    def _z(self, index: int, before: Array, joined: int, here: _Placed) -> Array:
        """z (R, N, O): the passes `before` have inputs of their own, those that join the input of the plain pass."""
        weight, plain = self.views[index].weight, self.plain.a[index]
        z = np.empty((joined, len(plain), len(weight)))
        z[: len(before)] = (before.reshape(-1, weight.shape[1]) @ weight.T).reshape(len(before), *z.shape[1:])
        z[len(before) :] = plain @ weight.T
        for rows, own in self._own(index, "weight", here):
            if rows.start < len(before):
                z[rows] = before[rows] @ own.mT
            else:
                z[rows] = (own.reshape(-1, weight.shape[1]) @ plain.T).reshape(*own.shape[:2], len(plain)).mT
        bias = self._vector(index, "bias", joined, here)
        if bias is not None:
            z += bias[..., None, :]
        for move, rows in here:
            if move.name == "z":
                z[rows] += move.of(z.shape[1:])
        return z

    def _vector(self, index: int, name: str, joined: int, here: _Placed) -> Array | None:
        """A bias, gamma, beta or alpha (O,) of a layer, or (R, O) if it is moved in some of the passes."""
        base: Array | None = getattr(self.views[index], name)
        own = self._own(index, name, here)
        if base is None or not own:
            return base
        found = np.tile(base, (joined, 1))
        for rows, moved in own:
            found[rows] = moved
        return found

    def _own(self, index: int, name: str, here: _Placed) -> list[tuple[slice, Array]]:
        """The passes that have a parameter tensor of their own in a layer, and these tensors (R, ...)."""
        base, found, sharing = getattr(self.views[index], name), [], self.spec.sharing
        for move, rows in here:
            if move.name == name:
                found.append((rows, base + move.of(base.shape)))
            elif move.name == "shared" and sharing is not None and base is not None:
                first = sharing.first[getattr(self.spec.slots[index], name)]
                uses = first == sharing.heads[move.entries][:, None]
                if uses.any():
                    found.append((rows, base + (uses * move.offset[:, None]).reshape(-1, *base.shape)))
        return found
