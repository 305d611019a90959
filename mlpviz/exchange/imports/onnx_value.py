"""A tensor of an ONNX graph that depends on x, and a node that reads some of them: what is known while it is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from mlpviz.engine.parameters import Array
from mlpviz.exchange.imports.findings import Reading
from mlpviz.exchange.imports.operations import Dense, Operation, check_count
from mlpviz.exchange.imports.recognized import recognized, scales_by_unit
from mlpviz.network import DocumentError


@dataclass(frozen=True)
class GraphValue:
    """A tensor that depends on x: operations from x to a base, then a function of the base number by number.

    `of_base` is None for the base itself. `one_minus` is set for 1 - p, `both` for p beside 1 - p.
    """

    operations: tuple[Operation, ...] = ()
    width: int | None = None
    of_base: Callable[[Array], Array] | None = None
    one_minus: bool = False
    steps: int = 1
    """how often a node is computed for `of_base`: a node whose result is read twice counts twice"""
    both: bool = False
    of_rows: bool = False
    """whether `of_base` makes its numbers of whole rows"""

    @cached_property
    def scaled_by_unit(self) -> GraphValue:
        """The value, closed if it is another scaling for each unit, which no activation is part of."""
        if self.of_base is None or self.of_rows or not scales_by_unit(self.of_base, self.width):
            return self
        return self.closed

    @cached_property
    def closed(self) -> GraphValue:
        """The value as a base, the same one each time: its function recognized as an activation or as scaling."""
        if self.of_base is None:
            return self
        if self.of_rows:
            raise DocumentError("the model has a function of whole rows between its layers that is no norm known here")
        return GraphValue((*self.operations, *recognized(self.of_base, self.width)), self.width)

    @property
    def last(self) -> Operation | None:
        """The operation that the value ends in, if nothing follows it."""
        return self.operations[-1] if self.of_base is None and self.operations else None

    def then(self, operation: Operation, width: int | None = None) -> GraphValue:
        """What the operation makes of the value; the width changes if it is given."""
        return GraphValue((*self.closed.operations, operation), self.width if width is None else width)

    def ending(self, operation: Operation) -> GraphValue:
        """The value with another last operation."""
        return GraphValue((*self.operations[:-1], operation), self.width)


def joined(operations: tuple[Operation, ...]) -> GraphValue:
    """The value that two lines of operations give as one."""
    width = next((len(each.weight) for each in reversed(operations) if isinstance(each, Dense)), None)
    return GraphValue(operations, width)


def are_of_different_lines(values: Sequence[GraphValue]) -> bool:
    """Whether values are functions of different bases."""
    return len({tuple(map(id, each.operations)) for each in values}) > 1


class GraphRoom:
    """How many numbers there may still be: nodes make new arrays of those in the file."""

    def __init__(self) -> None:
        self._count = 0

    def counted(self, array: Array) -> Array:
        """The array, if there is room for it. Raises DocumentError."""
        self._count += array.size
        check_count(self._count)
        return array


@dataclass(frozen=True)
class GraphNode:
    """One node that reads x in some way: for each of its inputs either a value or a constant."""

    kind: str
    attributes: Mapping[str, Any]
    inputs: Sequence[str]
    values: Sequence[GraphValue | None]
    constants: Sequence[Array | None]
    reading: Reading
    room: GraphRoom

    @property
    def read(self) -> list[GraphValue]:
        """The values that it reads."""
        return [each for each in self.values if each is not None]

    @property
    def source(self) -> GraphValue:
        """The first of them."""
        return self.read[0]

    @property
    def constant(self) -> Array | None:
        """The first constant that it reads."""
        return next((each for each in self.constants if each is not None), None)

    def constant_at(self, place: int) -> Array | None:
        """The constant in this place, if there is one."""
        return self.constants[place] if place < len(self.constants) else None
