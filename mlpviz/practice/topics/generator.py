"""An exercise from a topic, a level and a seed: the same three give the same exercise, to the last number."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from itertools import combinations
from typing import NamedTuple

import numpy as np

from mlpviz.engine.parameters import Array
from mlpviz.network import Document
from mlpviz.practice.blanks import blanks
from mlpviz.practice.diagnosis import mistakes_about
from mlpviz.practice.exercise import Exercise
from mlpviz.practice.rules import WorkedSheet
from mlpviz.practice.topics.backwards import BACKWARDS, BackwardsTopic, find_backwards
from mlpviz.practice.topics.catalogue import TOPICS
from mlpviz.practice.topics.changed import CHANGED, find_changed
from mlpviz.practice.topics.topic import LEVELS, Topic, TopicLevel, fits
from mlpviz.practice.workings import Place
from mlpviz.schema.errors import DocumentError, echo
from mlpviz.schema.spelling import likely, question

EVERY_TOPIC: Mapping[str, Topic | BackwardsTopic] = {**TOPICS, **BACKWARDS, **CHANGED}
"""What can be practised: what comes out, what gives a number, and which one was changed."""
_DRAWS = 20_000
"""until numbers come out small: a topic for which this is not enough is wrong"""
_CANDIDATES = 3
"""of which the one is taken that tells most mistakes apart"""


class Told(NamedTuple):
    """How many pairs of mistakes, and of a mistake and the right numbers, differ in the asked blocks; of how many."""

    apart: int
    pairs: int


def generate(topic: str, level: int, seed: int) -> Exercise:
    """The exercise of a topic, level and seed. Raises DocumentError for a topic or level that there is not."""
    if topic not in EVERY_TOPIC:
        keys = tuple(EVERY_TOPIC)
        meant = str(question(likely(topic, keys), "name")) or f", expected one of {', '.join(keys)}"
        raise DocumentError(f"the topic is {echo(topic)}{meant}")
    if not 1 <= level <= LEVELS:
        raise DocumentError(f"the level is {echo(level)}, expected a number from 1 to {LEVELS}")
    if not 0 <= seed < 2**32:
        raise DocumentError(f"the seed is {echo(seed)}, expected a number from 0 to {2**32 - 1}")
    rng = np.random.default_rng([seed, level, zlib.crc32(topic.encode())])
    made: dict[str, object] = {"topic": topic, "level": level, "seed": seed}
    if topic in BACKWARDS:
        return find_backwards(rng, BACKWARDS[topic], made)
    if topic in CHANGED:
        return find_changed(rng, CHANGED[topic], CHANGED[topic].levels[level - 1], made)
    entry = TOPICS[topic]
    return _best(rng, entry, entry.levels[level - 1], made)


def _best(rng: np.random.Generator, topic: Topic, level: TopicLevel, made: dict[str, object]) -> Exercise:
    best, score, candidates = None, -1.0, 0
    for _ in range(_DRAWS):
        fields = level.draw(rng)
        if fields is None:
            continue
        document = Document.parse({"name": topic.label.capitalize(), **fields})
        if not fits(WorkedSheet(document), level):
            continue
        asked = blanks(document, level.asks)
        exercise = Exercise.parse({"question": topic.question, "asked": asked, "document": document, **made})
        told = told_apart(exercise)
        if told.apart / max(1, told.pairs) > score:
            best, score = exercise, told.apart / max(1, told.pairs)
        candidates += 1
        if score == 1.0 or candidates == _CANDIDATES:
            break
    if best is None:
        raise RuntimeError(f"no exercise of {topic.key} with small numbers in {_DRAWS:,} draws")
    return best


def told_apart(exercise: Exercise) -> Told:
    """How well the numbers of an exercise tell mistakes apart: over all asked blocks, with the right numbers too."""
    apart = pairs = 0
    for place in dict.fromkeys(cell.place for cell in exercise.cells.values()):
        made = [*made_by_mistakes(exercise.sheet, place).values(), {_text(exercise.sheet.right.of(*place))}]
        for one, other in combinations(made, 2):
            pairs += 1
            apart += one.isdisjoint(other)
    return Told(apart, pairs)


def made_by_mistakes(sheet: WorkedSheet, place: Place) -> dict[str, set[bytes]]:
    """What each mistake that has a place in a block makes of the right numbers, in each of its ways."""
    right = sheet.right.of(*place)
    with np.errstate(all="ignore"):
        made = {
            mistake.key: {_text(way.numbers) for way in mistake.wrong(sheet.right, place, right)}
            for mistake in mistakes_about(place.tensor)
        }
    return {key: ways for key, ways in made.items() if ways}


def _text(numbers: Array) -> bytes:
    """Numbers so that equal ones are equal, also where they are computed in another order."""
    return np.asarray(np.round(numbers, 6) + 0.0).tobytes()
