"""Questions backwards: which target, weight or input gives a number; generated so that one hand-sized number does."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mlpviz.engine.registry import Registry
from mlpviz.network import Document
from mlpviz.practice.asked import AskedCell
from mlpviz.practice.exercise import Exercise
from mlpviz.practice.goal import LARGEST, Goal, given_block, number_at, solutions, with_number
from mlpviz.practice.topics.dense import DenseRecipe
from mlpviz.practice.topics.topic import Draw
from mlpviz.practice.wording import cell_words
from mlpviz.practice.workings import Place, worked_blocks
from mlpviz.text.numbers import format_number

_DRAWS = 2_000
_KNOWN = 99
"""the largest known number"""


@dataclass(frozen=True)
class BackwardsLevel:
    """How networks are drawn; where the unknown number and the known one stand."""

    draw: Draw
    asked: Place
    known: Place


@dataclass(frozen=True)
class BackwardsTopic:
    """Something to find out backwards, at three levels; `noun` is what is asked for."""

    key: str
    label: str
    sentence: str
    noun: str
    levels: tuple[BackwardsLevel, BackwardsLevel, BackwardsLevel]


_ONE, _TWO, _THREE = DenseRecipe((2, 2), bias=True), DenseRecipe((2, 2, 1)), DenseRecipe((3, 3, 2, 1), weight=2)
_BATCH = DenseRecipe((2, 2, 1), samples=2)

BACKWARDS: Registry[BackwardsTopic] = Registry(
    "question backwards",
    (
        BackwardsTopic(
            "which_target", "which target?", "A gradient is known, and the target that makes it is not.", "target",
            (
                BackwardsLevel(_ONE, Place("target", 1), Place("grad_a", 1)),
                BackwardsLevel(_TWO, Place("target", 2), Place("grad_weight", 2)),
                BackwardsLevel(_THREE, Place("target", 3), Place("grad_a", 1)),
            ),
        ),
        BackwardsTopic(
            "which_weight", "which weight?", "What comes out is known, and one weight is not.", "weight",
            (
                BackwardsLevel(_ONE, Place("weight", 1), Place("z", 1)),
                BackwardsLevel(_TWO, Place("weight", 1), Place("a", 2)),
                BackwardsLevel(_THREE, Place("weight", 2), Place("grad_a", 3)),
            ),
        ),
        BackwardsTopic(
            "which_input", "which input?", "What comes out is known, and one input is not.", "input",
            (
                BackwardsLevel(_ONE, Place("x", 0), Place("z", 1)),
                BackwardsLevel(_BATCH, Place("x", 0), Place("a", 2)),
                BackwardsLevel(_THREE, Place("x", 0), Place("a", 3)),
            ),
        ),
    ),
)  # fmt: skip


def find_backwards(rng: np.random.Generator, topic: BackwardsTopic, made: dict[str, object]) -> Exercise:
    """An exercise of a topic, its level and seed in `made`: exactly one whole number gives the known one."""
    level = topic.levels[int(str(made["level"])) - 1]
    for _ in range(_DRAWS):
        fields = level.draw(rng)
        if fields is None:
            continue
        document = Document.parse({"name": topic.label.capitalize(), **fields})
        block, known = given_block(document, level.asked), worked_blocks(document)[level.known]
        if block is None:
            continue
        unknown = AskedCell(level.asked, int(rng.integers(block.rows)), int(rng.integers(block.columns)))
        seen = AskedCell(level.known, int(rng.integers(known.rows)), int(rng.integers(known.columns)))
        number = number_at(document, seen)
        empty = with_number(document, unknown, 0.0)
        goal = Goal(
            tensor=seen.place.tensor, layer=seen.place.layer, cell=(seen.row + 1, seen.column + 1), number=number
        )
        if not (number and abs(number) <= _KNOWN) or empty == document or number_at(empty, seen) == number:
            continue
        if len(solutions(empty, goal, unknown)) != 1:
            continue
        words = f"{cell_words(known, seen)} = {format_number(number)}"
        asked = [
            {"tensor": level.asked.tensor, "layer": level.asked.layer, "cells": [[unknown.row + 1, unknown.column + 1]]}
        ]
        return Exercise.parse(
            {"question": f"Which {topic.noun} gives {words}?", "asked": asked, "goal": goal.to_json_value(),
             "hidden": ["help"], "document": empty, **made}
        )  # fmt: skip
    raise RuntimeError(f"no exercise of {topic.key} with one number from {-LARGEST} to {LARGEST} in {_DRAWS:,} draws")
