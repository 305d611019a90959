"""From the layers of a document to what the engine takes: the architecture, the flat parameters, buffers and masks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain

import numpy as np

from mlpviz.engine import Activation, LayerSpec, Loss, NetworkSpec, Norm
from mlpviz.engine.dropout import SlopesOf
from mlpviz.engine.losses.loss import ClassTargets
from mlpviz.engine.parameters import Array
from mlpviz.engine.ties import Place
from mlpviz.network.layer import Layer
from mlpviz.schema.fields import Row
from mlpviz.schema.parameter_fields import Ties, counted_from_zero
from mlpviz.schema.registry_choice import RegistryChoice


def widths_of(layers: Sequence[Layer]) -> tuple[int, ...]:
    """I, then the units of each layer."""
    return (len(layers[0].weight[0]), *(len(layer.weight) for layer in layers))


def spec_of(layers: Sequence[Layer], loss: RegistryChoice[Loss], targets: ClassTargets, ties: Ties) -> NetworkSpec:
    """The architecture. The same object for equal ones: an edit of a number keeps the layout of the parameters."""
    plans = tuple(
        (
            layer.activation, layer.bias is not None, layer.norm, layer.dropout, layer.skip,
            None if layer.tied_to is None else layer.tied_to - 1, layer.transposed, layer.one_bias,
        )
        for layer in layers
    )  # fmt: skip
    return _spec(widths_of(layers), plans, loss, targets, counted_from_zero(ties))


def params_of(layers: Sequence[Layer], size: int) -> Array:
    """All parameters (P,), in the order of `NetworkSpec.slots`."""
    return _flat((row for layer in layers for row in _parameters(layer)), size)


def buffers_of(layers: Sequence[Layer], size: int) -> Array:
    """The running statistics of batch norm (B,), in the order of `NetworkSpec.buffer_views`."""
    names = ("running_mean", "running_var")
    return _flat((layer.numbers_of(name) for layer in layers for name in names if name in layer.norm_tensors), size)


def masks_of(layers: Sequence[Layer], samples: int) -> dict[int | SlopesOf, Array]:
    """The dropout masks (N, O) by layer, counted from 0, and the slopes that were drawn."""
    masks: dict[int | SlopesOf, Array] = {i: np.array(layer.mask) for i, layer in enumerate(layers) if layer.dropout}
    for index, layer in enumerate(layers):
        if layer.activation.entry.alpha == "draw":
            masks[SlopesOf(index)] = np.array(layer.slopes_of(samples))
    return masks


def _parameters(layer: Layer) -> Iterator[Row]:
    yield from layer.weight
    if layer.bias is not None:
        yield layer.bias
    for name in layer.norm.entry.parameters if layer.norm is not None else ():
        yield layer.numbers_of(name)
    if layer.activation.entry.learns:
        yield layer.numbers_of("alpha")


def _flat(rows: Iterator[Row], count: int) -> Array:
    return np.fromiter(chain.from_iterable(rows), dtype=float, count=count)


_LayerPlan = tuple[RegistryChoice[Activation], bool, RegistryChoice[Norm] | None, float, int, int | None, bool, bool]
"""A layer apart from its numbers: activation, whether it has a bias, norm, dropout, skip, and how it is tied."""


@lru_cache(maxsize=256)
def _spec(
    widths: tuple[int, ...],
    plans: tuple[_LayerPlan, ...],
    loss: RegistryChoice[Loss],
    targets: ClassTargets,
    ties: tuple[tuple[Place, ...], ...],
) -> NetworkSpec:
    layers = (
        LayerSpec(
            inputs,
            outputs,
            plan[0].entry,
            plan[1],
            None if plan[2] is None else plan[2].entry,
            plan[3],
            plan[4],
            plan[5],
            plan[6],
            plan[7],
        )
        for inputs, outputs, plan in zip(widths, widths[1:], plans, strict=False)
    )
    return NetworkSpec(tuple(layers), loss.entry.reading(targets), ties)
