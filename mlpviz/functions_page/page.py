"""The Functions page: which pictures there are, and the page that shows the chosen one."""

from __future__ import annotations

from collections.abc import Iterator

from mlpviz.engine.registry import Registry
from mlpviz.exploration.exploration import Exploration
from mlpviz.exploration.page import ExplorationPage
from mlpviz.exploration.setting import ChoiceSetting, ExplorationSetting
from mlpviz.exploration.subject import Subject
from mlpviz.exploration.view import ExplorationView, Values
from mlpviz.functions_page.activation_curves import ACTIVATION_CURVES
from mlpviz.functions_page.distribution import DISTRIBUTION
from mlpviz.functions_page.function_picture import FunctionPicture
from mlpviz.functions_page.heads import HEADS_PICTURE
from mlpviz.functions_page.loss_curves import LOSS_CURVES
from mlpviz.functions_page.probability import PROBABILITY
from mlpviz.functions_page.slope_product import SLOPE_PRODUCT
from mlpviz.functions_page.softmax_picture import SOFTMAX_PICTURE

PICTURES: Registry[FunctionPicture] = Registry(
    "picture of functions",
    (ACTIVATION_CURVES, LOSS_CURVES, SOFTMAX_PICTURE, PROBABILITY, DISTRIBUTION, SLOPE_PRODUCT, HEADS_PICTURE),
)
"""In the order of the menu."""


def _settings(values: Values, _: Subject) -> Iterator[ExplorationSetting]:
    yield ChoiceSetting(key="show", label="show", options=tuple((key, each.label) for key, each in PICTURES.items()))
    yield from PICTURES[values["show"]].settings(values)


def _make(values: Values, _: Subject) -> ExplorationView:
    return PICTURES[values["show"]].make(values)


FUNCTIONS = ExplorationPage(
    Exploration(
        key="functions",
        path="functions",
        title="Functions",
        purpose="move along activations and losses, and see slopes and gradients",
        settings=_settings,
        make=_make,
    )
)
