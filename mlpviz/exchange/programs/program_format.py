"""The record of a format that is a Python program of a network."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from mlpviz.exchange.format import Format, Saving
from mlpviz.exchange.network_json import stem
from mlpviz.exchange.programs.program_line import ProgramLine, text_of
from mlpviz.exchange.subjects import NETWORK
from mlpviz.network import Document, DocumentError

MOST_PARAMETERS = 50_000
"""weights and biases of a network that is written as a program, which takes seconds and has each of them twice"""


def check_length(document: Document) -> None:
    """Raises DocumentError for a network whose program would be too long."""
    if document.spec.size > MOST_PARAMETERS:
        raise DocumentError(
            f"the network has {document.spec.size:,} weights and biases, a program of it at most "
            f"{MOST_PARAMETERS:,}: save NumPy arrays, safetensors or ONNX instead"
        )


def program_format(key: str, lines: Callable[[Document], Iterable[ProgramLine]], **facts: Any) -> Format:
    """The format whose file has these lines; `facts` are other fields of the record.

    `lines` raises DocumentError for what its program cannot hold, and where nothing could be asserted.
    """

    def write(document: Document) -> bytes:
        check_length(document)
        return text_of(lines(document)).encode()

    return Format(
        key, suffix=".py", media_type="text/x-python", saving=Saving(NETWORK, write, stem), group="code", **facts
    )
