"""What may be done beside a sentence, as a button: a pasted matrix that fits transposed can be transposed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple


class Offer(NamedTuple):
    """The words of the button, and the event of the page that it stands for."""

    label: str
    event: Mapping[str, Any]
