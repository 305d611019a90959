"""What every walk through a page shares: numbers to try, the browser's side of a page, and what must hold after a move.

A walk does what a person can do, in valid ways only, through the page's own function from message to answer, and draws
all of it from one seeded generator, so that a fault comes again with its seed.
"""

import json
import math
from typing import ClassVar

import numpy as np

from mlpviz.app.faults import FAULTS
from mlpviz.app.message_bytes import to_bytes
from mlpviz.app.page import answered
from tests.support.messages import read_message

EXTREME = (
    0.0, -0.0, 5e-324, -2.2250738585072014e-308, 1e-300, -1e-160, 1e-16, 0.1 + 0.2, 1 - 2**-53, 1 + 2**-52,
    1e8, -1e16, 2.0**53 + 2, 1e150, -1e154, 1e300, -1e300,
)  # fmt: skip
"""Numbers at the ends of what the fields take, and ones whose last bit counts."""


class WalkError(AssertionError):
    """What a walk met; the message has the seed and the last moves."""


class Walker:
    """One person on one page. `moves`: type of event -> function (walker) giving the event, or None if not now."""

    moves: ClassVar = {}
    weights: ClassVar = {}
    """how often a move is tried, where not once"""

    def __init__(self, page, address, seed, extreme=0.1):
        self.page = page
        self.seed = seed
        self.random = np.random.default_rng(seed)
        self.extreme = extreme
        self.session = page.open(address)
        self.sequence = 0
        self.done = []
        self.is_extreme = False
        self.counts = {"moves": 0, "refused": 0}
        self.state = {}

    # --- drawing ---

    def one_of(self, choices):
        choices = list(choices)
        return choices[int(self.random.integers(len(choices)))]

    def number(self):
        if self.is_extreme:
            return float(self.one_of(EXTREME))
        return float(
            self.one_of([self.random.normal() * 2, self.random.integers(-3, 4), round(self.random.normal(), 2)])
        )

    def hyperparameter(self, kind, choices):
        """A value of this kind, as it is typed or chosen."""
        if kind == "bool":
            return bool(self.random.integers(2))
        if kind == "choice":
            return self.one_of(choices)
        if kind == "int":
            return int(self.random.integers(0, 6))
        if kind in ("floats", "ints"):
            values = [abs(self.number()) for _ in range(int(self.random.integers(1, 5)))]
            return values if kind == "floats" else [int(min(value, 1e6)) for value in values]
        return self.one_of([self.number(), abs(self.number()), float(self.random.random())])

    # --- asking ---

    def send(self, *events, **more):
        """The answer to these events, which must be JSON and must not have needed the place that catches faults."""
        self.sequence += 1
        request = {"page": self.page.key, "sequence": self.sequence, "events": list(events), **more}
        self.done.append(request)
        before = FAULTS.count
        answer = answered(self.page, self.session, json.loads(json.dumps(request)))
        self.require(not (places := not_finite(answer)), f"JSON cannot hold what is at {', '.join(places)}")
        answer = read_message(to_bytes(answer))
        self.require(FAULTS.count == before, "a fault was caught while answering; its log is above")
        self.require(answer["acknowledged"] == self.sequence, "the message was not acknowledged")
        return answer

    def require(self, holds, problem):
        if not holds:
            last = "\n".join(json.dumps(request, ensure_ascii=False)[:2000] for request in self.done[-12:])
            raise WalkError(f"{problem}\nseed {self.seed}, move {self.counts['moves']}, the last requests:\n{last}")

    def step(self):
        """One move, and the page's own questions after it."""
        self.is_extreme = bool(self.random.random() < self.extreme)
        names = list(self.moves)
        shares = np.array([self.weights.get(name, 1.0) for name in names])
        shares /= shares.sum()
        event = None
        while event is None:
            event = self.moves[self.random.choice(names, p=shares)](self)
        self.counts["moves"] += 1
        answer = self.send(event)
        if answer["said"]["error"]:
            self.counts["refused"] += 1
        self.take(answer)
        self.look_around()

    def take(self, answer):
        """Keep what the browser keeps."""

    def look_around(self):
        """Ask what the page asks by itself, and require what must hold at any time."""


def same_bits(one, other):
    """Whether two values of JSON are the same, with the sign of each zero and all bits of each number."""
    if isinstance(one, float) and isinstance(other, float):
        return one.hex() == other.hex()
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same_bits(one[key], other[key]) for key in one)
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(same_bits, one, other))
    return type(one) is type(other) and one == other


def not_finite(value, place=""):
    """The places of numbers in a message that are infinite or NaN."""
    if isinstance(value, dict):
        return [found for name, item in value.items() for found in not_finite(item, f"{place}.{name}")]
    if isinstance(value, list | tuple):
        return [found for index, item in enumerate(value) for found in not_finite(item, f"{place}[{index}]")]
    return [place] if isinstance(value, float) and not math.isfinite(value) else []
