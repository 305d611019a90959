"""Values that are read past later layers: added to them, or put beside them.

A value is the operations that lead from x to it, so an earlier value of the same line begins a later one.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, takewhile
from typing import NamedTuple

import numpy as np

from mlpviz.engine import ACTIVATIONS
from mlpviz.engine.parameters import Array
from mlpviz.exchange.imports.findings import Reading
from mlpviz.exchange.imports.operations import (
    Activate,
    AddEarlier,
    Dense,
    Dropout,
    Normalize,
    Operation,
    Rescale,
    check_width,
)
from mlpviz.network import DocumentError

Value = tuple[Operation, ...]

_CLOSED = (-1000.0, 1000.0)
"""biases for which most activations are exactly 0, value and slope"""


_NAMES = {
    Rescale: "scaling",
    Normalize: "a norm",
    Dropout: "dropout of the inputs",
    AddEarlier: "another sum or concatenation",
}


def added(values: Sequence[Value], reading: Reading, where: str) -> Value:
    """The sum of values, the first two first. `where` names the addition in the sentence of an error.

    Held are an earlier value of the same line, and a dense layer that begins there and ends in the sum, as where a
    shortcut changes the width. Raises DocumentError for two lines that are both longer.
    """
    first, *rest = values
    for second in rest:
        earlier, later = sorted((first, second), key=len)
        if _begins(earlier, later):
            first = (*later, AddEarlier(len(earlier)))
        else:
            first = _with_shortcut(earlier, later, reading, where)
    return first


def _with_shortcut(earlier: Value, later: Value, reading: Reading, where: str) -> Value:
    same = takewhile(lambda pair: pair[0] is pair[1], zip(earlier, later, strict=False))
    common = tuple(each for each, _ in same)
    shortcut, end = earlier[len(common) :], later[-1]
    if len(shortcut) != 1 or len(later) < len(common) + 2:
        raise DocumentError(f"{where} adds two lines of layers: held are sums with an earlier value of the same line")
    (dense,) = shortcut
    if not isinstance(dense, Dense) or not isinstance(end, Dense) or len(dense.weight) != len(end.weight):
        raise DocumentError(
            f"{where} adds a shortcut that is more than one dense layer, or one behind an activation: "
            "held are shortcuts of one dense layer that is added to another"
        )
    biases = [each.bias for each in (dense, end) if each.bias is not None]
    if len(biases) == 2:
        reading.leave_out(f"{where} adds two rows of biases, one here: an update moves their sum half as far.")
    together = side_by_side([common, later[:-1]], reading, where)
    return (*together, Dense(np.hstack([dense.weight, end.weight]), np.sum(biases, axis=0) if biases else None))


def side_by_side(values: Sequence[Value], reading: Reading, where: str) -> Value:
    """Values of one line beside each other, in the order given. Raises DocumentError for values of different lines.

    An earlier value travels beside the layers up to the later one, whose units are 0 in its place and add it.
    """
    line = sorted({len(each): each for each in values}.values(), key=len)
    if not all(_begins(each, line[-1]) for each in values):
        raise DocumentError(
            f"{where} puts two lines of layers side by side: held is an earlier value beside a later one of its line"
        )
    together, have = line[0], _width(line[0], line[-1][len(line[0]) :], where)
    places = {len(line[0]): np.arange(have)}
    for earlier, later in pairwise(line):
        source = places[len(earlier)]
        stages = _stages(later[len(earlier) :], len(source), where)
        if not stages:
            places[len(later)] = source
            continue
        kept = 1 + max(int(each.max()) for each in places.values())
        room = max(len(stage.dense.weight) for stage in stages)
        together = (*together, *_carried(len(together), (have, kept, room), source, stages, reading, where))
        have = kept + room
        places[len(later)] = np.arange(kept, kept + len(stages[-1].dense.weight))
    order = np.concatenate([places[len(each)] for each in values])
    if np.array_equal(order, np.arange(have)):
        return together
    return (*together, Dense(np.eye(have)[order], None, "in order", frozen=True))


class _Stage(NamedTuple):
    dense: Dense
    after: tuple[Activate | Dropout, ...]
    """one activation or none, then dropout"""


def _begins(earlier: Value, later: Value) -> bool:
    return len(earlier) <= len(later) and all(each is other for each, other in zip(earlier, later, strict=False))


def _width(before: Value, path: Value, where: str) -> int:
    """Of a value: what the next dense layer reads, or what the last one gives."""
    following = next((each.weight.shape[1] for each in path if isinstance(each, Dense)), None)
    width = following or next((len(each.weight) for each in reversed(before) if isinstance(each, Dense)), None)
    if width is None:
        raise DocumentError(f"{where} joins values, and the file does not say how many numbers they have")
    check_width(width)
    return width


def _stages(path: Value, width: int, where: str) -> list[_Stage]:
    """The path as dense layers, each with what follows. Raises DocumentError for norms and the like."""
    found: list[_Stage] = []
    for operation in path:
        match operation:
            case Dense():
                found.append(_Stage(operation, ()))
            case Activate(key) if ACTIVATIONS[key].elementwise and operation.alpha is None:
                if not found or found[-1].after:
                    found.append(_Stage(Dense(np.eye(width), None, "activation alone", frozen=True), ()))
                found[-1] = found[-1]._replace(after=(operation,))
            case Dropout() if found:
                found[-1] = found[-1]._replace(after=(*found[-1].after, operation))
            case _:
                between = (
                    ACTIVATIONS[operation.key].label if isinstance(operation, Activate) else _NAMES[type(operation)]
                )
                raise DocumentError(
                    f"{where} puts a value beside one that comes behind {between}: held are dense layers, dropout, and "
                    "activations of single numbers between the two"
                )
        width = len(found[-1].dense.weight)
    return found


def _carried(
    place: int, widths: tuple[int, int, int], source: Array, stages: list[_Stage], reading: Reading, where: str
) -> list[Operation]:
    """What the stages give for some of the numbers before, behind all of them, which pass, and then empty places.

    `place` is that of the value before. `widths` are its own, how many of it pass, and the room behind them.
    """
    have, kept, room = widths
    check_width(kept + room)
    found: list[Operation] = [Dense(np.eye(kept + room, have), None, "copies what passes", frozen=True)]
    for dense, after in stages:
        units = np.arange(kept, kept + len(dense.weight))
        weight = np.zeros((kept + room, kept + room))
        bias = np.full(kept + room, _closing(after, reading, where))
        weight[np.ix_(units, source)] = dense.weight
        bias[units] = 0.0 if dense.bias is None else dense.bias
        found += [Dense(weight, bias, "others pass beside", dense.frozen), *after, AddEarlier(place + 1)]
        source = units
    return found


def _closing(after: tuple[Activate | Dropout, ...], reading: Reading, where: str) -> float:
    """The z of units that give 0, and whose slope is 0 so that no update changes them, if the activation has it."""
    active = next((each for each in after if isinstance(each, Activate)), Activate("identity"))
    function = ACTIVATIONS[active.key].configure(**active.settings)
    for z in (*_CLOSED, 0.0):
        row = np.array([[z]])
        with np.errstate(all="ignore"):
            value = function.value(row)
            slope = function.vjp(row, value, np.ones_like(row))
        if value.item() == 0:
            if slope.item() != 0:
                reading.leave_out(
                    f"{where}: numbers pass beside units with {ACTIVATIONS[active.key].label}, whose weights of 0 an "
                    "update changes here, and there does not."
                )
            return z
    raise DocumentError(
        f"{where} lets numbers pass beside {ACTIVATIONS[active.key].label}, which is 0 nowhere: this is not held here"
    )
