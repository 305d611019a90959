"""What a card says, as it is read: every sentence in it as its text."""

from __future__ import annotations

from typing import Any

from mlpviz.text.sentences import Sentence


def as_read(value: Any) -> Any:
    """The same value with the text of each sentence in its place."""
    if isinstance(value, Sentence):
        return str(value)
    if isinstance(value, dict):
        return {key: as_read(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_read(item) for item in value]
    if type(value) is tuple:
        return tuple(as_read(item) for item in value)
    return value
