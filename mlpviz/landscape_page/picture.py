"""The record of one picture of the Loss landscape page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from mlpviz.exploration.setting import Setting
from mlpviz.exploration.view import Values, View
from mlpviz.network import Document


@dataclass(frozen=True)
class LandscapePicture:
    """What the menu "show" offers: a key, a label, its settings, and the view that it makes of them."""

    key: str
    label: str
    settings: Callable[[Values, Document | None], Iterator[Setting]]
    make: Callable[[Values, Document | None], View]
