"""The Loss landscape page: which pictures there are, and the page that shows the chosen one."""

from __future__ import annotations

from collections.abc import Iterator

from mlpviz.engine.registry import Registry
from mlpviz.exploration.exploration import Exploration
from mlpviz.exploration.page import ExplorationPage
from mlpviz.exploration.setting import ChoiceSetting, ExplorationSetting
from mlpviz.exploration.subject import Subject
from mlpviz.exploration.view import ExplorationView, Values
from mlpviz.landscape_page.classic_picture import CLASSIC
from mlpviz.landscape_page.line_picture import LINE
from mlpviz.landscape_page.networks import TRAINING
from mlpviz.landscape_page.picture import LandscapePicture
from mlpviz.landscape_page.plane_choice import MAIN
from mlpviz.landscape_page.plane_picture import PLANE
from mlpviz.landscape_page.starts_picture import STARTS_PICTURE

PICTURES: Registry[LandscapePicture] = Registry("picture of a landscape", (CLASSIC, PLANE, LINE, STARTS_PICTURE))
"""In the order of the menu."""


def _settings(values: Values, subject: Subject) -> Iterator[ExplorationSetting]:
    yield ChoiceSetting(key="show", label="show", options=tuple((key, each.label) for key, each in PICTURES.items()))
    yield from PICTURES[values["show"]].settings(values, subject)


def _make(values: Values, subject: Subject) -> ExplorationView:
    return PICTURES[values["show"]].make(values, subject)


LANDSCAPE = ExplorationPage(
    Exploration(
        key="landscape",
        path="landscape",
        title="Loss landscape",
        purpose="walk over the loss of a network or of a classic function, and race optimizers downhill",
        settings=_settings,
        make=_make,
        reads="sheet",
        of_moment={"show": PLANE.key, "network": TRAINING, "plane": MAIN, "zoom": 1.0, "px": 0.0, "py": 0.0},
    )
)
