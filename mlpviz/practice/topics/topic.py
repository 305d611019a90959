"""What a topic is: what is asked at each of its levels, how its networks are drawn, and how large numbers may be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from mlpviz.engine.parameters import Array
from mlpviz.network import Document
from mlpviz.practice.rules import WorkedSheet
from mlpviz.sheet.quantities import Phase

LEVELS = 3

DRAWS = 20_000
"""until numbers come out small: a topic for which this is not enough is wrong"""


@dataclass(frozen=True)
class Bounds:
    """How large each number of a sheet may be, and how many decimals it may have; of every block but the `free` ones.

    `free` are tensors whose numbers are no numbers for the head, and are not asked for.
    """

    forward: float = 50.0
    loss: float = 200.0
    backward: float = 50.0
    update: float = 60.0
    decimals: int = 3
    free: tuple[str, ...] = ()

    def largest(self, phase: Phase) -> float:
        """The largest number of a phase."""
        return {"forward": self.forward, "loss": self.loss, "backward": self.backward, "update": self.update}[phase]

    def hold(self, numbers: Array, phase: Phase) -> bool:
        """Whether numbers of a phase are within the bounds, with few decimals, and none is what is left over for 0."""
        whole, size = numbers * 10.0**self.decimals, np.abs(numbers)
        is_short = (np.abs(whole - np.round(whole)) < 1e-6) & ((size > 1e-9) | (size == 0.0))
        return bool(size.max() <= self.largest(phase) and is_short.all())


Draw = Callable[[np.random.Generator], dict[str, Any] | None]
"""The fields of a document, or None for what came out of no use."""


@dataclass(frozen=True)
class TopicLevel:
    """One level of a topic: the parts of the sheet that are asked for, and the networks.

    `is_gated`: at least one ReLU is open and at least one closed.
    """

    asks: tuple[str, ...]
    draw: Draw
    bounds: Bounds = field(default_factory=Bounds)
    is_gated: bool = False


@dataclass(frozen=True)
class Topic:
    """Something to practise, at three levels. `question` is what stands above the sheet."""

    key: str
    label: str
    sentence: str
    question: str
    levels: tuple[TopicLevel, TopicLevel, TopicLevel]


def drawn_sheets(rng: np.random.Generator, topic: Topic, level: TopicLevel) -> Iterator[WorkedSheet]:
    """The sheets among `DRAWS` drawn networks on which every number is as the level promises."""
    for _ in range(DRAWS):
        fields = level.draw(rng)
        if fields is None:
            continue
        sheet = WorkedSheet(Document.parse({"name": topic.label.capitalize(), **fields}))
        if _fits(sheet, level):
            yield sheet


def _fits(sheet: WorkedSheet, level: TopicLevel) -> bool:
    """Whether every number of both passes and of the update is as the level promises."""
    by_phase: dict[Phase, list[Array]] = {}
    for place, block in sheet.blocks.items():
        numbers, phase = sheet.right.of(*place), block.quantity.phase
        if place.tensor not in level.bounds.free:
            by_phase.setdefault(phase, []).append(numbers.ravel())
        # statistics may have no gradient; what is learned and what it is learned from has one
        if phase == "backward" and place.tensor in _NEVER_ZERO and not numbers.any():
            return False
    if not all(level.bounds.hold(np.concatenate(numbers), phase) for phase, numbers in by_phase.items()):
        return False
    return has_gates(sheet) if level.is_gated else True


_NEVER_ZERO = ("grad_a", "grad_z", "grad_n", "grad_h", "grad_weight", "grad_bias", "grad_gamma", "grad_beta", "grad_x")


def has_gates(sheet: WorkedSheet) -> bool:
    """Whether at least one ReLU is open and at least one closed, and none reads exactly 0."""
    gates = [
        np.sign(sheet.right.activation_input(number)).ravel()
        for number, phi in enumerate(sheet.document.spec.activations, start=1)
        if phi.kinks
    ]
    signs = set(np.concatenate(gates).tolist()) if gates else set()
    return signs == {-1.0, 1.0}
