"""The record of a format that is a Python program of a network."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from mlpviz.exchange.format import Format, Saving
from mlpviz.exchange.network_json import stem
from mlpviz.exchange.programs.program_line import ProgramLine, text_of
from mlpviz.exchange.subjects import NETWORK
from mlpviz.network import Document


def program_format(key: str, lines: Callable[[Document], Iterable[ProgramLine]], **facts: Any) -> Format:
    """The format whose file has these lines; `facts` are other fields of the record.

    `lines` raises DocumentError for what its program cannot hold, and where nothing could be asserted.
    """

    def write(document: Document) -> bytes:
        return text_of(lines(document)).encode()

    return Format(
        key, suffix=".py", media_type="text/x-python", saving=Saving(NETWORK, write, stem), group="code", **facts
    )
