"""The record of one picture of the Loss landscape page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from mlpviz.exploration.setting import ExplorationSetting
from mlpviz.exploration.subject import Subject
from mlpviz.exploration.view import ExplorationView, Values


@dataclass(frozen=True)
class LandscapePicture:
    """What the menu "show" offers: a key, a label, its settings, and the view that it makes of them."""

    key: str
    label: str
    settings: Callable[[Values, Subject], Iterator[ExplorationSetting]]
    make: Callable[[Values, Subject], ExplorationView]
