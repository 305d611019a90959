"""The numbers of a sheet as somebody works them out: block by block, each from those before, any of them given instead.

Arrays are as in a Trace, rows are samples; layers count from 1 as on the sheet, 0 is the input. What a block is made
of stands in the rules; `worked_blocks` says which blocks there are, in the order of computation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from copy import copy
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine import NetworkSpec, Norm, Trace
from mlpviz.engine.optimizers import OptimizerStep
from mlpviz.engine.optimizers.optimizer import OptimizerSlot
from mlpviz.engine.parameters import Array, BufferViews, LayerViews
from mlpviz.engine.pass_inputs import pin_masks
from mlpviz.engine.tensor_names import LayerTensors, layer_tensors
from mlpviz.network import Document
from mlpviz.network.optimizer_state import configured_optimizer
from mlpviz.sheet.blocks import Block, blocks_of, shape_of
from mlpviz.sheet.quantities import QUANTITIES, Quantity


class Place(NamedTuple):
    """A block: the name of its tensor in a trace, and its layer from 1; 0 for the input."""

    tensor: str
    layer: int


class GivenNumbers(NamedTuple):
    """Numbers that stand in a block in place of the computed ones: where, and which."""

    where: NDArray[np.bool_]
    numbers: Array


Rule = Callable[["Workings", int], Array]
"""A block of a layer (from 1), computed from the blocks before."""


class Workings:
    """Every number of one pass and update, computed by rules in the order of the blocks."""

    def __init__(self, document: Document) -> None:
        trace: Trace = document.trace()
        self.document, self.trace = document, trace
        self.spec: NetworkSpec = trace.spec
        self.views: tuple[LayerViews, ...] = self.spec.views(trace.params)
        self.parts: tuple[LayerTensors, ...] = tuple(layer_tensors(layer, trace.training) for layer in self.spec.layers)
        self.pinned = pin_masks(self.spec, trace.samples, trace.pins)
        self.numbers: dict[Place, Array] = {}
        self.given: Mapping[Place, GivenNumbers] = {}
        self.step: OptimizerStep | None = None
        self.after: tuple[OptimizerStep, tuple[LayerViews, ...]] | None = None
        """the parameters after a step, by layer"""
        self.products: dict[Place, Any] = {}
        """what the catalogue of mistakes has made of these numbers, and keeps"""

    @property
    def last(self) -> int:
        """The number of the last layer."""
        return len(self.spec.layers)

    def of(self, tensor: str, layer: int) -> Array:
        """The numbers of a block that was computed."""
        return self.numbers[tensor, layer]  # type: ignore[index]  # a Place is such a pair, and takes longer to make

    def inputs(self, layer: int) -> Array:
        """What a layer reads (N, I): x, or the a of the layer before."""
        return self.trace.x if layer == 1 else self.of("a", layer - 1)

    def activation_input(self, layer: int) -> Array:
        """What φ reads (N, O): n after a norm, else z."""
        return self.of(self.parts[layer - 1].activation_input, layer)

    def activation_output(self, layer: int) -> Array:
        """What φ gives (N, O), before dropout, skip and pins."""
        if self.parts[layer - 1].has_h:
            return self.of("h", layer)
        a = self.of("a", layer)
        if layer - 1 not in self.pinned:
            return a
        phi = self.spec.activations[layer - 1]
        return np.where(self.pinned[layer - 1][0], phi.value(self.activation_input(layer), *self.alpha(layer)), a)

    def norm(self, layer: int) -> Norm:
        """The norm of a layer that has one. Raises LookupError."""
        found = self.spec.layers[layer - 1].norm
        if found is None:
            raise LookupError(f"layer {layer} has no norm")
        return found

    def buffers(self, layer: int) -> BufferViews:
        """The running statistics of a layer that has some, before the pass. Raises LookupError."""
        found = self.spec.buffer_views(self.trace.buffers)[layer - 1]
        if found is None:
            raise LookupError(f"layer {layer} has no running statistics")
        return found

    def alpha(self, layer: int) -> tuple[Array, ...]:
        """The further argument of the functions of φ: the slopes that it has learned or drawn, else none."""
        return self.trace.layers[layer - 1].alpha_arguments

    def divisor(self) -> Any:
        """What the terms of the loss are divided by."""
        return self.spec.loss.divisor(self.trace.samples, self.spec.outputs, self.trace.target)

    def work(self, places: Iterable[Place], rules: Mapping[str, Rule]) -> None:
        """Compute these blocks in their order; given numbers take the places of computed ones."""
        with np.errstate(all="ignore"):
            for place in places:
                self.put(place, rules[place.tensor](self, place.layer))

    def put(self, place: Place, computed: Array) -> None:
        """Keep a block, with the numbers that are given for it in their places."""
        given = self.given.get(place)
        self.numbers[place] = computed if given is None else np.where(given.where, given.numbers, computed)

    def copy(self) -> Workings:
        """The same numbers, to go on from with other given ones."""
        found = copy(self)
        found.numbers, found.step, found.products = dict(self.numbers), None, {}
        return found


def on_screen(block: Block, array: Array) -> Array:
    """An array of a trace as the sheet shows it: units x samples, outputs x inputs, a column for a vector."""
    if array.ndim == 2:
        return array if block.quantity.columns == "from unit" else array.T
    return array.reshape(block.rows, block.columns)


def as_in_trace(block: Block, array: Array, like: Array) -> Array:
    """The inverse of `on_screen`, in the shape of an array of the same block."""
    if like.ndim == 2 and block.quantity.columns != "from unit":
        return array.T
    return array.reshape(like.shape)


def worked_blocks(document: Document) -> dict[Place, Block]:
    """Every block that can be asked for, in the order of computation; the memory of the optimizer before the update."""
    blocks = blocks_of(document.spec, shape_of(document))
    found = {Place(block.quantity.key, block.layer): block for block in blocks.values()}
    worked = {place: block for place, block in found.items() if block.quantity.phase != "given"}
    update = {place: block for place, block in worked.items() if block.quantity.phase == "update"}
    first = {place: block for place, block in worked.items() if place not in update}
    return first | _memory(document, update) | update


def _memory(document: Document, update: Mapping[Place, Block]) -> dict[Place, Block]:
    """A block for each slot of the optimizer and each parameter that it steps."""
    optimizer = configured_optimizer(document.optimizer)
    if optimizer.combines:
        return {}
    found: dict[Place, Block] = {}
    for slot in optimizer.slots_in_use:
        for place, block in update.items():
            name = place.tensor.removeprefix("new_")
            if slot.per_parameter and not slot.after and name in LayerViews._fields:
                symbol = f"new {slot_word(slot)} of {QUANTITIES[name].symbol}"
                quantity = Quantity(
                    slot_tensor(slot.name, name), symbol, "update", block.quantity.column,
                    block.quantity.rows, block.quantity.columns, "",
                )  # fmt: skip
                found[Place(quantity.key, place.layer)] = replace(block, quantity=quantity)
    return found


def slot_word(slot: OptimizerSlot) -> str:
    """What a slot is called above its numbers: by its letter, if that is its name too, such as m of Adam."""
    return slot.name if len(slot.name) == 1 else slot.label


def slot_tensor(slot: str, parameter: str) -> str:
    """The name of the block of a slot: velocity of weight gives slot.velocity.weight."""
    return f"slot.{slot}.{parameter}"
