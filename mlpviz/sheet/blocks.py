"""Which blocks of numbers a network's sheet has: every tensor of a Trace, as units x samples on screen.

Layers count from 0 (the input) to L; a block is named "tensor.layer", such as "z.3". The numbers are in `values.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np

from mlpviz.engine import LayerSpec, NetworkSpec, Penalty
from mlpviz.engine.optimizers import OPTIMIZERS, Optimizer
from mlpviz.engine.tensor_names import LayerTensors, layer_tensors
from mlpviz.network import Document
from mlpviz.network.optimizer_state import configured_optimizer
from mlpviz.network.parameter_groups import configured_penalty, has_groups, held
from mlpviz.sheet.quantities import QUANTITIES, Quantity

_NOISE = 1e-12
"""How far the sum of a target may be from 1."""


class LayerUpdate(NamedTuple):
    """How the update of a layer differs from that of the others: frozen tensors, own rate, own weight decay."""

    frozen: tuple[str, ...] = ()
    has_own_rate: bool = False
    weight_decay: float | None = None


class Shape(NamedTuple):
    """What the blocks of a sheet depend on besides the network: samples, how targets are given, mode, update.

    `updates` is empty where all layers are updated alike, `labels` where no layer has one.
    """

    samples: int
    target_is_classes: bool = False
    target_sums_to_one: bool = True
    training: bool = True
    optimizer: Optimizer = OPTIMIZERS["sgd"]
    penalty: Penalty | None = None
    penalizes_biases: bool = False
    updates: tuple[LayerUpdate, ...] = ()
    labels: tuple[str, ...] = ()

    def penalty_of(self, tensor: str) -> Penalty | None:
        """The penalty on a tensor of a layer, None where there is none."""
        return self.penalty if tensor == "weight" or self.penalizes_biases else None

    def update_of(self, number: int) -> LayerUpdate:
        """How the update of layer `number` (from 1) differs."""
        return self.updates[number - 1] if self.updates else LayerUpdate()

    def optimizer_of(self, number: int) -> Optimizer:
        """The optimizer with the weight decay of layer `number` (from 1)."""
        decay = self.update_of(number).weight_decay
        return self.optimizer if decay is None else self.optimizer.configure(weight_decay=decay)


def shape_of(document: Document) -> Shape:
    """The part of the sheet's layout that the network itself does not fix."""
    target = document.read_target
    sums_to_one = target is None or bool(np.abs(target.sum(axis=-1) - 1.0).max() <= _NOISE)
    return Shape(
        document.samples,
        document.has_class_numbers,
        sums_to_one,
        document.training,
        configured_optimizer(document.optimizer),
        configured_penalty(document.penalty),
        document.penalize_biases,
        _updates(document),
        tuple(layer.label for layer in document.layers) if any(layer.label for layer in document.layers) else (),
    )


def _updates(document: Document) -> tuple[LayerUpdate, ...]:
    """How the update of each layer differs; empty where all are updated alike."""
    if not has_groups(document.layers):
        return ()
    return tuple(
        LayerUpdate(frozen, layer.learning_rate is not None, layer.weight_decay)
        for layer, frozen in zip(document.layers, _frozen(document), strict=True)
    )


def _frozen(document: Document) -> list[tuple[str, ...]]:
    """The tensors of each layer that no update changes; a tied one also where it is frozen in another layer."""
    if document.spec.sharing is None:
        return [layer.frozen for layer in document.layers]
    views = document.spec.views(held(document.layers, document.spec))
    return [tuple(name for name, view in own._asdict().items() if view is not None and view.all()) for own in views]


@dataclass(frozen=True)
class Block:
    """One matrix on the sheet. `rows` x `columns` as on screen; `layer` counts from 0 = input.

    `line` is its place in its column from the top, `row_noun` and `column_noun` what its rows and columns stand for.
    """

    quantity: Quantity
    layer: int
    rows: int
    columns: int
    line: int
    row_noun: str
    column_noun: str

    @cached_property
    def key(self) -> str:
        """The name, such as "z.3"."""
        return f"{self.quantity.key}.{self.layer}"


@lru_cache(maxsize=4096)
def _block(tensor: str, layer: int, rows: int, columns: int) -> Block:
    # most sheets have blocks like those of the sheet before
    quantity = QUANTITIES[tensor]
    return Block(quantity, layer, rows, columns, quantity.line, quantity.rows, quantity.columns)


def blocks_of(spec: NetworkSpec, shape: Shape) -> dict[str, Block]:
    """Every visible block, in the order of computation: given numbers, forward, loss, backward, update."""
    samples, last = shape.samples, len(spec.layers)
    blocks: list[Block] = []

    def add(tensor: str, layer: int, rows: int, columns: int) -> None:
        blocks.append(_block(tensor, layer, rows, columns))

    def of_units(number: int, *tensors: str) -> None:
        for tensor in tensors:
            add(tensor, number, spec.layers[number - 1].outputs, samples)

    def of_parameters(number: int, prefix: str = "") -> None:
        layer, parts = layers[number - 1]
        add(f"{prefix}weight", number, layer.outputs, layer.inputs)
        for tensor in ("bias",) * layer.bias + parts.parameters:
            if tensor == "alpha" and layer.activation.alpha == "layer":
                quantity = QUANTITIES[f"{prefix}alpha"]
                blocks.append(Block(quantity, number, 1, 1, quantity.line, "", ""))  # of no unit: all share it
            else:
                add(f"{prefix}{tensor}", number, layer.outputs, 1)

    def of_statistics(number: int, *tensors: str) -> None:
        layer, _ = layers[number - 1]
        for tensor in tensors:
            if layer.norm is not None and layer.norm.running:
                # one number for each row of z, so it is drawn beside z
                blocks.append(Block(QUANTITIES[tensor], number, layer.outputs, 1, 0, "unit", ""))
            else:
                blocks.append(Block(QUANTITIES[tensor], number, 1, samples, QUANTITIES[tensor].line, "", "sample"))

    layers: list[tuple[LayerSpec, LayerTensors]] = [
        (layer, layer_tensors(layer, shape.training)) for layer in spec.layers
    ]
    add("x", 0, spec.inputs, samples)
    for number, (layer, parts) in enumerate(layers, start=1):
        of_parameters(number)
        if layer.norm is not None and layer.norm.running:
            add("running_mean", number, layer.outputs, 1)
            add("running_var", number, layer.outputs, 1)
        if parts.drawn_slopes:
            of_units(number, "slopes")
        if parts.dropout:
            of_units(number, "mask")
    for number, (layer, parts) in enumerate(layers, start=1):
        of_units(number, "z")
        of_statistics(number, *parts.statistics)
        if parts.affine:
            of_units(number, "normalised")
        if parts.normed:
            of_units(number, "n")
        if parts.has_h:
            of_units(number, "h")
        if parts.dropout and layer.skip:
            of_units(number, "dropped")
        of_units(number, "a")
    if spec.loss.target != "none":
        add("target", last, 1 if shape.target_is_classes else spec.outputs, samples)
    if spec.loss.probabilities:
        add("probabilities", last, spec.outputs, samples)
    add("loss_term", last, spec.outputs, samples)
    add("loss", last, 1, 1)
    for number, (_, parts) in reversed(list(enumerate(layers, start=1))):
        of_units(number, "grad_a")
        if parts.dropout:
            of_units(number, "grad_h")
        if parts.normed:
            of_units(number, "grad_n")
        if parts.affine:
            of_units(number, "grad_normalised")
        of_statistics(number, *(f"grad_{name}" for name in reversed(parts.statistics)))
        of_units(number, "grad_z")
        of_parameters(number, "grad_")
    add("grad_x", 0, spec.inputs, samples)
    for number, (layer, parts) in enumerate(layers, start=1):
        of_parameters(number, "new_")
        if parts.running_statistics:
            add("new_running_mean", number, layer.outputs, 1)
            add("new_running_var", number, layer.outputs, 1)
    return {block.key: block for block in blocks}
