"""Which blocks of numbers a network's sheet has: every tensor of a Trace, as units x samples on screen.

Layers count from 0 (the input) to L; a block is named "tensor.layer", such as "z.3".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from mlpviz.content.quantities import QUANTITIES, Quantity
from mlpviz.engine import NetworkSpec, Trace
from mlpviz.engine.optimizers import gradient_descent
from mlpviz.engine.parameters import Array


class Shape(NamedTuple):
    """What the blocks of a sheet depend on besides the network: samples, and how targets are given."""

    samples: int
    target_is_classes: bool = False
    target_sums_to_one: bool = True


@dataclass(frozen=True)
class Block:
    """One matrix on the sheet. `rows` x `columns` as on screen; `layer` counts from 0 = input."""

    quantity: Quantity
    layer: int
    rows: int
    columns: int

    @property
    def key(self) -> str:
        """The name, such as "z.3"."""
        return f"{self.quantity.key}.{self.layer}"


def blocks_of(spec: NetworkSpec, shape: Shape) -> dict[str, Block]:
    """Every visible block, in the order of computation: given numbers, forward, loss, backward, update."""
    samples, last = shape.samples, len(spec.layers)
    blocks: list[Block] = []

    def add(tensor: str, layer: int, rows: int, columns: int) -> None:
        blocks.append(Block(QUANTITIES[tensor], layer, rows, columns))

    add("x", 0, spec.inputs, samples)
    for number, layer in enumerate(spec.layers, start=1):
        add("weight", number, layer.outputs, layer.inputs)
        if layer.bias:
            add("bias", number, layer.outputs, 1)
    for number, layer in enumerate(spec.layers, start=1):
        add("z", number, layer.outputs, samples)
        add("a", number, layer.outputs, samples)
    if spec.loss.target != "none":
        add("target", last, 1 if shape.target_is_classes else spec.outputs, samples)
    if spec.loss.probabilities:
        add("probabilities", last, spec.outputs, samples)
    add("loss_term", last, spec.outputs, samples)
    add("loss", last, 1, 1)
    for number, layer in reversed(list(enumerate(spec.layers, start=1))):
        add("grad_a", number, layer.outputs, samples)
        add("grad_z", number, layer.outputs, samples)
        add("grad_weight", number, layer.outputs, layer.inputs)
        if layer.bias:
            add("grad_bias", number, layer.outputs, 1)
    add("grad_x", 0, spec.inputs, samples)
    for number, layer in enumerate(spec.layers, start=1):
        add("new_weight", number, layer.outputs, layer.inputs)
        if layer.bias:
            add("new_bias", number, layer.outputs, 1)
    return {block.key: block for block in blocks}


def values_of(trace: Trace, learning_rate: float, target_classes: Array | None = None) -> dict[str, Array]:
    """The numbers of every block and of the hidden factors that rules refer to, as on screen: rows x columns.

    Hidden: `slope.l` (φ'(z), units x samples, 0 where pinned), `jacobian.l` (softmax: unit j and unit k of a sample in
    row j·O + k) with `unit.l` (the numbers of the units) and `unpinned.l` (a before pins), `one_hot.L` (the target as
    the loss reads it), `target_sum`, `learning_rate`, `samples`, `outputs`, `divisor`.
    """
    last = len(trace.layers)
    values: dict[str, Array] = {"x.0": trace.x.T}
    with np.errstate(all="ignore"):
        new = trace.spec.views(gradient_descent(trace.params, trace.grad, learning_rate))
    for number, layer in enumerate(trace.layers, start=1):
        values[f"weight.{number}"] = layer.weight
        values[f"z.{number}"] = layer.z.T
        values[f"a.{number}"] = layer.a.T
        values[f"grad_a.{number}"] = layer.grad_a.T
        values[f"grad_z.{number}"] = layer.grad_z.T
        values[f"grad_weight.{number}"] = layer.grad_weight
        values[f"new_weight.{number}"] = new[number - 1].weight
        if layer.bias is not None and layer.grad_bias is not None:
            values[f"bias.{number}"] = layer.bias[:, None]
            values[f"grad_bias.{number}"] = layer.grad_bias[:, None]
            values[f"new_bias.{number}"] = np.asarray(new[number - 1].bias)[:, None]
        values |= _slopes(trace, number)
    values["grad_x.0"] = trace.grad_x.T
    if trace.target is not None:
        values[f"target.{last}"] = trace.target.T if target_classes is None else target_classes[None, :]
        # what the loss reads: for class numbers the one-hot rows
        values[f"one_hot.{last}"] = trace.target.T
        values["target_sum.0"] = trace.target.sum(axis=-1)[None, :]
    if trace.probabilities is not None:
        values[f"probabilities.{last}"] = trace.probabilities.T
    values[f"loss_term.{last}"] = trace.loss_terms.T
    values[f"loss.{last}"] = trace.loss.reshape(1, 1)
    values["learning_rate.0"] = np.array([[learning_rate]])
    values["samples.0"] = np.array([[float(trace.samples)]])
    values["outputs.0"] = np.array([[float(trace.spec.outputs)]])
    values["divisor.0"] = np.array([[float(trace.spec.loss.divisor(trace.samples, trace.spec.outputs, trace.target))]])
    return values


def _slopes(trace: Trace, number: int) -> dict[str, Array]:
    layer, activation, a = trace.layers[number - 1], trace.spec.activations[number - 1], trace.unpinned[number - 1]
    pinned = [(pin.unit, pin.sample) for pin in trace.pins if pin.layer == number - 1]
    with np.errstate(all="ignore"):
        if activation.slope is not None:
            slope = np.array(activation.slope(layer.z, a).T, dtype=float)
            for unit, sample in pinned:
                slope[unit, sample] = 0.0
            return {f"slope.{number}": slope}
        samples, outputs = layer.z.shape
        # column k of the Jacobian is the gradient that a 1 at output k sends back: (O k, N, O j)
        ones = np.broadcast_to(np.eye(outputs)[:, None, :], (outputs, samples, outputs))
        jacobian = activation.vjp(layer.z, a, ones)
        for unit, sample in pinned:
            jacobian[unit, sample] = 0.0
        return {
            f"jacobian.{number}": jacobian.transpose(2, 0, 1).reshape(outputs * outputs, samples),
            f"unpinned.{number}": a.T,
            f"unit.{number}": np.arange(1.0, outputs + 1.0)[:, None],
        }


def derivatives_of(trace: Trace, number: int, sample: int) -> Array:
    """∂a/∂z of a layer (from 1) in one sample (from 0): (O,) slopes, or for softmax (O z, O a); 0 where a is pinned."""
    found = _slopes(trace, number)
    if f"slope.{number}" in found:
        return found[f"slope.{number}"][:, sample]
    outputs = trace.spec.layers[number - 1].outputs
    return found[f"jacobian.{number}"][:, sample].reshape(outputs, outputs)
