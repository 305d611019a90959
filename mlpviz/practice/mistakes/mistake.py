"""What a mistake is: one record, which is run on somebody's own numbers, and may be planted in a backward pass."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import numpy as np

from mlpviz.engine import NetworkSpec
from mlpviz.engine.parameters import Array
from mlpviz.practice.workings import Place, Workings
from mlpviz.text.sentences import Sentence, exact_number, parenthesised, sentence


class WrongNumbers(NamedTuple):
    """What a mistake makes of a block, shaped like it; `which`: of several ways to make it, such as one per sample."""

    numbers: Array
    which: int = 0


class WrongCell(NamedTuple):
    """One wrong cell of a block, about which something is said: `at` is its place in the array of a trace."""

    w: Workings
    place: Place
    at: tuple[int, ...]
    which: int

    @property
    def n(self) -> int:
        """The number of the layer."""
        return self.place.layer

    def number(self, tensor: str) -> float:
        """The number in the same place of another block of the layer."""
        return float(self.w.of(tensor, self.n)[self.at])

    def of(self, array: Array) -> float:
        """The number in the same place of an array."""
        return float(np.broadcast_to(array, self.w.of(*self.place).shape)[self.at])


def _nowhere(spec: NetworkSpec) -> NetworkSpec:
    return spec


@dataclass(frozen=True)
class Mistake:
    """One mistake: `label` is what somebody does who makes it, `sentence` what is wrong about that.

    `wrong(w, place, right)` gives what it makes of a block of one of the `tensors`, from the numbers before it, where
    the rule gives `right`; nothing where it has no place. `said(seen)` says it with the numbers of one cell.
    A "rule" is a wrong method and changes the whole block; a "slip" may happen in single cells. `plant(spec)` gives a
    network whose backward pass has it, or an equal network if there is no place for it. `training_only`: in evaluation
    mode there is no place for it.
    """

    key: str
    label: str
    sentence: str
    tensors: tuple[str, ...]
    wrong: Callable[[Workings, Place, Array], Iterable[WrongNumbers]]
    said: Callable[[WrongCell], Sentence]
    kind: Literal["rule", "slip"] = "rule"
    plant: Callable[[NetworkSpec], NetworkSpec] = _nowhere
    training_only: bool = False

    def fits(self, spec: NetworkSpec, training: bool = True) -> bool:
        """Whether it can be planted in the backward pass of this network in this mode."""
        return (training or not self.training_only) and self.plant(spec) != spec

    def is_about(self, tensor: str) -> bool:
        """Whether blocks of this tensor can have it."""
        return (tensor.partition(".")[0] if tensor.startswith("slot.") else tensor) in self.tensors


def say(template: str, **parts: Any) -> Sentence:
    """A sentence with numbers, which keep all of their digits; behind a sign a negative one is in parentheses."""
    found = {name: exact_number(part) if isinstance(part, float) else part for name, part in parts.items()}
    for name, part in parts.items():
        if isinstance(part, float) and any(f"{sign} {{{name}}}" in template for sign in "−·+"):
            found[name] = parenthesised(found[name])
    return sentence(template, **found)


class Products:
    """The products that a block adds up, shaped like it with one more axis, and their factors."""

    def __init__(self, first: Array, second: Array) -> None:
        self.first, self.second = first, second
        self.values: Array = first * second

    @property
    def number(self) -> int:
        """How many are added up."""
        return int(self.values.shape[-1])


SUMS = ("z", "grad_a", "grad_x", "grad_weight")
"""The tensors that are sums of products."""


def products_of(w: Workings, place: Place) -> Products | None:
    """What a cell of z, ∂L/∂a or ∂L/∂W adds up; None for ∂L/∂a of the last layer, and behind a skip. Made once."""
    if place not in w.products:
        w.products[place] = _products_of(w, place)
    return w.products[place]


def _products_of(w: Workings, place: Place) -> Products | None:
    n = place.layer
    if place.tensor == "z":
        return Products(w.views[n - 1].weight[None, :, :], w.inputs(n)[:, None, :])
    if place.tensor == "grad_weight":
        return Products(w.of("grad_z", n).T[:, None, :], w.inputs(n).T[None, :, :])
    if n == w.last or any(layer.skip and number - layer.skip == n for number, layer in enumerate(w.spec.layers, 1)):
        return None
    return Products(w.views[n].weight.T[None, :, :], w.of("grad_z", n + 1)[:, None, :])


def product_at(seen: WrongCell) -> dict[str, float]:
    """The two factors of the product that a mistake is about, in one cell."""
    products = products_of(seen.w, seen.place)
    if products is None:
        return {}
    factors = {"first": products.first, "second": products.second, "product": products.values}
    return {
        name: float(np.broadcast_to(array, products.values.shape)[seen.at][seen.which])
        for name, array in factors.items()
    }
