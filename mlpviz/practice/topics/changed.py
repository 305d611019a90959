"""Which cell was changed: on a generated sheet one number stands as a mistake of the catalogue makes it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from mlpviz.engine.registry import Registry
from mlpviz.practice.asked import AskedCell
from mlpviz.practice.blanks import blanks
from mlpviz.practice.change import is_same
from mlpviz.practice.diagnosis import mistakes_about
from mlpviz.practice.exercise import Exercise
from mlpviz.practice.rules import WorkedSheet
from mlpviz.practice.topics.catalogue import EASY, HARD, MIDDLE
from mlpviz.practice.topics.dense import DenseRecipe
from mlpviz.practice.topics.topic import DRAWS, Bounds, Topic, TopicLevel, drawn_sheets
from mlpviz.practice.workings import Place, on_screen

_KINDS = ("rule", "slip")

CHANGED: Registry[Topic] = Registry(
    "question about a changed sheet",
    (
        Topic(
            "which_cell", "which cell was changed?", "All other numbers were computed before it was changed.",
            "One of these computed numbers was changed. Click it, and type what belongs there.",
            (
                TopicLevel(("forward",), DenseRecipe((2, 2, 1)), EASY),
                TopicLevel(("forward", "backward"), DenseRecipe((2, 2, 1), samples=2), MIDDLE, is_gated=True),
                TopicLevel(
                    ("forward", "loss", "backward"), DenseRecipe((3, 3, 2, 1), samples=2, bias=True, weight=2), HARD,
                    is_gated=True,
                ),
            ),
        ),
    ),
)  # fmt: skip
"""Topics of which `asks` are the parts of the sheet that are shown."""


def find_changed(rng: np.random.Generator, topic: Topic, level: TopicLevel, made: dict[str, object]) -> Exercise:
    """An exercise of a topic, its level and seed in `made`: a sheet with one wrong number that some mistake gives."""
    for sheet in drawn_sheets(rng, topic, level):
        given = blanks(sheet.document, level.asks)
        places = [Place(part["tensor"], part["layer"]) for part in given]
        place = places[int(rng.integers(len(places)))]
        block = sheet.blocks[place]
        cell = AskedCell(place, int(rng.integers(block.rows)), int(rng.integers(block.columns)))
        made_of = {kind: sorted(set(_made_by_mistakes(sheet, cell, level.bounds, kind))) for kind in _KINDS}
        # a wrong method is more to think about than a slip, such as a sign
        numbers = next((found for found in made_of.values() if found), [])
        if not numbers:
            continue
        asked = [{"tensor": place.tensor, "layer": place.layer, "cells": [[cell.row + 1, cell.column + 1]]}]
        return Exercise.parse(
            {"question": topic.question, "asked": asked, "given": given, "document": sheet.document,
             "changed": numbers[int(rng.integers(len(numbers)))], **made}
        )  # fmt: skip
    raise RuntimeError(f"no exercise of {topic.key} in {DRAWS:,} draws")


def _made_by_mistakes(sheet: WorkedSheet, cell: AskedCell, bounds: Bounds, kind: str) -> Iterator[float]:
    """What mistakes of a kind make of one cell, within the bounds of its level."""
    block, right = sheet.blocks[cell.place], sheet.right.of(*cell.place)
    own = float(on_screen(block, right)[cell.row, cell.column])
    with np.errstate(all="ignore"):
        for mistake in mistakes_about(cell.place.tensor):
            for way in mistake.wrong(sheet.right, cell.place, right) if mistake.kind == kind else ():
                number = float(on_screen(block, way.numbers)[cell.row, cell.column])
                if bounds.hold(np.array([number]), block.quantity.phase) and not is_same(own, number):
                    yield round(number, bounds.decimals) + 0.0
