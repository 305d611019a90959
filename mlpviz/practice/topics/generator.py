"""An exercise from a topic, a level and a seed: the same three give the same exercise, to the last number."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from itertools import combinations, islice
from typing import NamedTuple

import numpy as np

from mlpviz.practice.blanks import places_asked, whole_blocks
from mlpviz.practice.diagnosis import mistakes_about
from mlpviz.practice.exercise import Exercise
from mlpviz.practice.rules import WorkedSheet
from mlpviz.practice.topics.backwards import BACKWARDS, BackwardsTopic, find_backwards
from mlpviz.practice.topics.catalogue import TOPICS
from mlpviz.practice.topics.changed import CHANGED, find_changed
from mlpviz.practice.topics.topic import DRAWS, LEVELS, Topic, TopicLevel, drawn_sheets
from mlpviz.practice.workings import Place
from mlpviz.schema.errors import DocumentError, echo
from mlpviz.schema.spelling import likely, question

EVERY_TOPIC: Mapping[str, Topic | BackwardsTopic] = {**TOPICS, **BACKWARDS, **CHANGED}
"""What can be practised: what comes out, what gives a number, and which one was changed."""
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


def with_own_topic(exercise: Exercise) -> Exercise:
    """An exercise from a file, without a topic that gives another one: its links would open that one."""
    try:
        if not exercise.topic or _fingerprint(exercise) == exercise.fingerprint:
            return exercise
    except DocumentError:
        pass  # a topic of which there is none
    return exercise.model_copy(update={"topic": "", "level": 0, "seed": 0})


def _fingerprint(exercise: Exercise) -> str:
    return generate(exercise.topic, exercise.level, exercise.seed).fingerprint


def _best(rng: np.random.Generator, topic: Topic, level: TopicLevel, made: dict[str, object]) -> Exercise:
    best, score = None, -1.0
    for sheet in islice(drawn_sheets(rng, topic, level), _CANDIDATES):
        asked = places_asked(sheet.blocks, level.asks)
        told = told_apart(sheet, asked)
        if told.apart / max(1, told.pairs) > score:
            best, score = (sheet, asked), told.apart / max(1, told.pairs)
        if score == 1.0:
            break
    if best is None:
        raise RuntimeError(f"no exercise of {topic.key} with small numbers in {DRAWS:,} draws")
    sheet, asked = best
    given = {"question": topic.question, "asked": whole_blocks(asked), "document": sheet.document, **made}
    return Exercise.parse(given, sheet)


def told_apart(sheet: WorkedSheet, places: Iterable[Place]) -> Told:
    """How well the numbers of a sheet tell mistakes apart: over these blocks, with the right numbers too."""
    apart = pairs = 0
    for place in places:
        made = made_by_mistakes(sheet, place)
        giving: dict[bytes, list[int]] = {}
        for number, ways in enumerate(made):
            for way in ways:
                giving.setdefault(way, []).append(number)
        alike = {pair for numbers in giving.values() for pair in combinations(numbers, 2)}
        every = len(made) * (len(made) - 1) // 2
        apart, pairs = apart + every - len(alike), pairs + every
    return Told(apart, pairs)


def made_by_mistakes(sheet: WorkedSheet, place: Place) -> list[set[bytes]]:
    """What each mistake that has a place in a block makes of the right numbers, in each of its ways; then these."""
    right = sheet.right.of(*place)
    with np.errstate(all="ignore"):
        made = [
            [way.numbers for way in mistake.wrong(sheet.right, place, right)]
            for mistake in mistakes_about(place.tensor)
        ]
        made.append([right])
        # rounded, so that equal ones are equal also where they are computed in another order; at once, for speed
        rounded = np.rint(np.array([numbers for ways in made for numbers in ways]) * 1e6) + 0.0
    texts = (each.tobytes() for each in rounded)
    return [{next(texts) for _ in ways} for ways in made if ways]
