"""The decimal sign of the person who types: a comma where the browser says so, else a point.

It holds while a message of that browser is carried out. Links and files have points, whoever opens them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_is_comma: ContextVar[bool] = ContextVar("_is_comma", default=False)


@contextmanager
def typed_with(sign: object) -> Iterator[None]:
    """Read numbers as somebody who writes this sign; anything but a comma is a point."""
    before = _is_comma.set(sign == ",")
    try:
        yield
    finally:
        _is_comma.reset(before)


def is_comma() -> bool:
    """Whether 1,000 is one with three decimals."""
    return _is_comma.get()
