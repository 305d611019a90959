"""Which traces of the figures the browser has already: a slider changes few of them, and only those travel again.

Each trace has a stamp of its content. The browser puts a trace that it got last in the place of one that is not sent,
by the stamp, and asks for all again where it lacks one: an answer may be lost.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, TypedDict


class FigureItem(TypedDict):
    """One figure for Plotly, with names of colours. `data` are the traces, None for one that was sent before.

    `stamps` are those of all traces, in the same order.
    """

    data: list[dict[str, Any] | None]
    stamps: list[str]
    layout: dict[str, Any]


class SentTraces:
    """The stamps of the traces that the last answer of a session had, by the keys of their figures."""

    __slots__ = ("_sent",)

    def __init__(self) -> None:
        self._sent: dict[str, frozenset[str]] = {}

    def forget(self) -> None:
        """The browser has nothing."""
        self._sent = {}

    def left(self, figures: Mapping[str, Mapping[str, Any]]) -> dict[str, FigureItem]:
        """What has yet to be sent of figures, each with its `data` and `layout`, by their keys; they are sent now."""
        found: dict[str, FigureItem] = {}
        for key, plain in figures.items():
            stamps = [_stamp(trace) for trace in plain["data"]]
            known = self._sent.get(key, frozenset())
            data = [None if stamp in known else trace for stamp, trace in zip(stamps, plain["data"], strict=True)]
            found[key] = {"data": data, "stamps": stamps, "layout": plain["layout"]}
        self._sent = {key: frozenset(item["stamps"]) for key, item in found.items()}
        return found


def _stamp(trace: Mapping[str, Any]) -> str:
    return hashlib.blake2b(json.dumps(trace).encode(), digest_size=8).hexdigest()
