"""Records that are found by being in a module of their package."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from typing import TypeVar

Record = TypeVar("Record")


def records_in(package: str, name: str, kind: type[Record]) -> Iterator[Record]:
    """The record under this name in each module of the package that has one, in the order of the modules' names."""
    for module in iter_modules(import_module(package).__path__):
        found = getattr(import_module(f"{package}.{module.name}"), name, None)
        if isinstance(found, kind):
            yield found
