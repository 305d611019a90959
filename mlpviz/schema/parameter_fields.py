"""The types of fields that say which parameters are frozen, and which of them are one number."""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BeforeValidator, Field

from mlpviz.engine.ties import Place
from mlpviz.schema.errors import echo
from mlpviz.schema.fields import Count
from mlpviz.schema.limits import DOCUMENT_LIMITS
from mlpviz.schema.spelling import read_word

ParameterName = Literal["weight", "bias", "gamma", "beta", "alpha"]
"""A tensor of a layer that an optimizer changes."""


def _in_order(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in get_args(ParameterName) if name in names)


_SpelledParameter = Annotated[
    ParameterName, BeforeValidator(read_word({"weight": ("W", "weights", "kernel"), "bias": ("b", "biases")}))
]
Frozen = Annotated[tuple[_SpelledParameter, ...], Field(max_length=5), AfterValidator(_in_order)]


def _as_list(value: Any) -> Any:
    if not isinstance(value, list | tuple):
        raise ValueError(f"is {echo(value)}, expected a list")
    return value


TiedPlace = Annotated[tuple[Count, ...], Field(min_length=2, max_length=3, fail_fast=True), BeforeValidator(_as_list)]
"""One number, all from 1 as on screen: [layer, row, column] of a weight, [layer, unit] of a bias."""

_Group = Annotated[
    tuple[TiedPlace, ...],
    Field(min_length=2, max_length=DOCUMENT_LIMITS.tied_places, fail_fast=True),
    BeforeValidator(_as_list),
]


def _once(ties: tuple[tuple[Place, ...], ...]) -> tuple[tuple[Place, ...], ...]:
    seen: dict[Place, int] = {}
    for number, group in enumerate(ties):
        for place in group:
            if place in seen:
                where = "twice" if seen[place] == number else f"in tie {seen[place] + 1} too"
                raise ValueError(f"has {list(place)} {where}, expected each place once")
            seen[place] = number
    return ties


Ties = Annotated[
    tuple[_Group, ...],
    Field(max_length=DOCUMENT_LIMITS.ties, fail_fast=True),
    BeforeValidator(_as_list),
    AfterValidator(_once),
]
"""Groups of places that hold one number each."""


def counted_from_zero(ties: tuple[tuple[Place, ...], ...]) -> tuple[tuple[Place, ...], ...]:
    """The places as the engine counts them."""
    return tuple(tuple(tuple(number - 1 for number in place) for place in group) for group in ties)
