"""Records that are found by being in a module of their package."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from typing import TypeVar

Record = TypeVar("Record")


def records_in(package: str, name: str, kind: type[Record]) -> Iterator[Record]:
    """The record under this name in each module of the package that has one, in the order of the modules' names.

    A module with several records has a tuple of them under the name with an S.
    """
    for module in iter_modules(import_module(package).__path__):
        found = vars(import_module(f"{package}.{module.name}"))
        several = found.get(f"{name}S")
        yield from (
            each
            for each in (found.get(name), *(several if isinstance(several, tuple) else ()))
            if isinstance(each, kind)
        )
