"""The record of one picture of the Functions page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from mlpviz.exploration.setting import ExplorationSetting
from mlpviz.exploration.view import ExplorationView, Values


@dataclass(frozen=True)
class FunctionPicture:
    """What the menu "show" offers: a key, a label, its settings, and the view that it makes of them."""

    key: str
    label: str
    settings: Callable[[Values], Iterator[ExplorationSetting]]
    make: Callable[[Values], ExplorationView]
