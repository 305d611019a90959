"""In which order the modules of a state dict are used: numbers in their names, widths, and what people call them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations

from mlpviz.exchange.imports.findings import Reading
from mlpviz.network import DOCUMENT_LIMITS, DocumentError

Shapes = Mapping[str, tuple[int, int]]
"""units and inputs of dense layers by their names"""

_FIRST = re.compile(r"^(in|inp|input|first|stem|enc|encoder|embed|embedding|features?|backbone)$")
_LAST = re.compile(r"^(out|output|last|final|head|heads|dec|decoder|cls|classifier|logits?|pred|predict|predictor)$")
_MOST_ORDERS = 8
_MOST_STEPS = 5_000


def order_of_layers(shapes: Shapes, reading: Reading) -> list[str]:
    """The names of the dense layers in the order of their use.

    Names that differ in a number stand in its order; one layer's units are the next one's inputs. Where several orders
    fit, it is asked; `shapes` are in the likely order apart from what names say.
    """
    if len(shapes) > DOCUMENT_LIMITS.layers:
        raise DocumentError(f"the file has {len(shapes)} dense layers, the sheet has {DOCUMENT_LIMITS.layers} at most")
    found: list[tuple[str, ...]] = []
    steps = iter(range(_MOST_STEPS))
    for order in _orders(shapes, (), steps):
        found.append(order)
        if len(found) == 20 * _MOST_ORDERS:
            break
    if not found:
        return sorted(shapes, key=_natural)  # it does not fit, which is said where the widths are checked
    listed = list(shapes)
    found.sort(key=lambda order: (_contrary(order, _stage), _contrary(order, listed.index)))
    if len(found) == 1:
        return list(found[0])
    question = "In which order are the layers used? The file does not say."
    choices = {", ".join(order): " → ".join(order) for order in found[:_MOST_ORDERS]}
    chosen = reading.guess("order", question, choices, ", ".join(found[0]))
    return list(next(order for order in found if ", ".join(order) == chosen))


def _orders(shapes: Shapes, before: tuple[str, ...], steps: Iterator[int]) -> Iterator[tuple[str, ...]]:
    if len(before) == len(shapes):
        yield before
        return
    left = [name for name in shapes if name not in before]
    for name in left:
        if next(steps, None) is None:
            return
        fits = not before or shapes[name][1] == shapes[before[-1]][0]
        if fits and not any(is_before(other, name) for other in left):
            yield from _orders(shapes, (*before, name), steps)


def is_before(name: str, other: str) -> bool | None:
    """Whether a number in the names puts the first before the second; None if they differ in something else."""
    for part, its in zip(_parts(name), _parts(other), strict=False):
        if part != its:
            return int(part) < int(its) if part.isdigit() and its.isdigit() else None
    longer = max(name, other, key=len)[min(len(name), len(other)) :]
    return len(name) < len(other) if longer.isdigit() else None


def place_after(name: str, width: int, order: Sequence[str], shapes: Shapes, reading: Reading, likely: int) -> int:
    """Behind which layer of the order a norm of this width comes; -1 for before the first. Asked where several fit.

    `likely` is where it stands if neither numbers nor widths say.
    """
    known = [is_before(each, name) for each in order]
    if None not in known:
        return sum(bool(each) for each in known) - 1
    fitting = [place for place, each in enumerate(order) if width in (1, shapes[each][0])]
    if order and shapes[order[0]][1] == width:
        fitting.insert(0, -1)
    if not fitting:
        raise DocumentError(f"{name} has {width} numbers, and no dense layer has as many units")
    same = [place for place in fitting if place >= 0 and _digits(order[place]) == _digits(name) != []]
    hidden = [place for place in fitting if 0 <= place < len(order) - 1] or fitting
    best = same[0] if len(same) == 1 else likely if likely in hidden else hidden[0]
    if len(fitting) == 1:
        return fitting[0]
    words = {"first" if place < 0 else order[place]: place for place in fitting}
    choices = {key: "before the first layer" if place < 0 else f"behind {key}" for key, place in words.items()}
    question = f"Where is {name}? The file does not say."
    return words[reading.guess(f"place of {name}", question, choices, "first" if best < 0 else order[best])]


def is_behind_activation(layer: str, norm: str, following: str | None) -> bool:
    """Whether numbers leave room for an activation between layer and norm, and none behind the norm."""
    numbers = [_parts(each or "") for each in (layer, norm, following)]
    if any(not each or not each[-1].isdigit() or each[:-1] != numbers[0][:-1] for each in numbers):
        return False
    first, second, third = (int(each[-1]) for each in numbers)
    return second - first > 1 and third - second == 1


def _parts(name: str) -> list[str]:
    return re.findall(r"\d+|\D+", name)


def _digits(name: str) -> list[str]:
    return re.findall(r"\d+", name)


def _natural(name: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdigit() else (-1, part) for part in _parts(name)]


def _stage(name: str) -> int:
    """0 for what people call the first layers, 2 for the last ones, else 1."""
    words = re.split(r"[^a-z]+", name.lower())
    return 0 if any(_FIRST.match(word) for word in words) else 2 if any(_LAST.match(word) for word in words) else 1


def _contrary(order: Sequence[str], rank: Callable[[str], int]) -> int:
    """How many pairs of the order stand against the rank."""
    ranks = [rank(name) for name in order]
    return sum(first > second for first, second in combinations(ranks, 2))
