"""The product of the slopes through many layers: 0.25 to the tenth power is a millionth."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from mlpviz.engine.activations import ACTIVATIONS
from mlpviz.engine.parameters import Array
from mlpviz.exploration.figure import figure, line, point, upright
from mlpviz.exploration.setting import ChoiceSetting, ExplorationSetting, SliderSetting
from mlpviz.exploration.view import (
    ExplorationView,
    FigurePart,
    PointerTarget,
    TableCell,
    TablePart,
    Try,
    Values,
    number_cell,
)
from mlpviz.functions_page.activation_curves import ELEMENTWISE, slope_of
from mlpviz.functions_page.function_picture import FunctionPicture
from mlpviz.text.sentences import exact_number, sentence

MOST = 50


def factor(key: str, z: float, weight: float) -> float:
    """What one layer multiplies the gradient by on its way back: w · φ′(z)."""
    return weight * float(slope_of(ACTIVATIONS[key], np.array([z]))[0])


def products(each: float) -> Array:
    """The product (MOST + 1,) through 0, 1, … layers."""
    return np.power(each, np.arange(MOST + 1.0))


def _settings(_: Values) -> Iterator[ExplorationSetting]:
    yield SliderSetting(
        key="n", label="layers", low=1, high=MOST, step=1, is_whole=True, default=10, group="Network", plays=True
    )
    yield ChoiceSetting(key="f", label="function", options=ELEMENTWISE, default="sigmoid", group="Network")
    yield SliderSetting(key="z", label="z in every layer", low=-5, high=5, step=0.1, default=0.0, group="Network")
    yield SliderSetting(
        key="w",
        label="weight of every layer",
        low=0.1,
        high=10,
        step=0.02,
        is_log=True,
        default=1.0,
        group="Network",
        help="A chain of single units: the gradient is multiplied by this weight and by the slope, layer after layer.",
    )
    for number, default in ((2, "tanh"), (3, "relu")):
        yield ChoiceSetting(
            key=f"f{number}",
            label=f"overlay {number - 1}",
            options=(("", "none"), *ELEMENTWISE),
            default=default,
            group="Beside it",
        )


def _make(values: Values) -> ExplorationView:
    n, z, w = values["n"], values["z"], values["w"]
    keys = list(dict.fromkeys(key for key in (values["f"], values["f2"], values["f3"]) if key))
    layers = np.arange(MOST + 1.0)
    curves, rows = [], []
    for number, key in enumerate(keys):
        each = factor(key, z, w)
        size = np.abs(products(each))
        label = ACTIVATIONS[key].label
        curves.append(line(layers, np.where(size > 0, size, np.nan), label, number))
        rows.append([TableCell(label), number_cell(each), *(number_cell(each**count) for count in (2, 5, 10, n))])
    first = factor(keys[0], z, w)
    if first:
        curves.append(point(n, abs(first) ** n, "the point"))
    gone = [ACTIVATIONS[key].label for key in keys if factor(key, z, w) == 0]
    missing = (
        f" {' and '.join(gone)} let{'s' * (len(gone) == 1)} nothing through here: the product is 0." if gone else ""
    )
    return ExplorationView(
        parts=(
            FigurePart(
                key="product",
                title="What is left of a gradient",
                height=380,
                pointer=PointerTarget("n"),
                figure=figure(curves, x="layers", y="|product|", yaxis={"type": "log"}, shapes=[upright(n)]),
                text=sentence(
                    "At z = {z} {name} has the factor {each} in each layer; after {n} layers {left} is left.{missing}",
                    name=ACTIVATIONS[keys[0]].label,
                    z=exact_number(z),
                    each=exact_number(first),
                    n=n,
                    left=exact_number(first**n),
                    missing=missing,
                ),
            ),
            TablePart(
                key="products",
                title="The factor w · φ′(z), and its powers",
                head=("", "1 layer", "2 layers", "5 layers", "10 layers", f"{n} layers"),
                rows=rows,
                note="A factor below 1 makes the gradient vanish, one above 1 makes it explode; only 1 keeps it.",
            ),
        ),
        look_for=(
            "On the logarithmic axis a product of equal factors is a straight line: it falls, rises, or is "
            "level only at 1.",
            "The slope of a sigmoid is at most 0.25, so ten layers leave less than a millionth of the gradient.",
        ),
        tries=(
            Try("Ten sigmoids at their best", {"n": 10, "f": "sigmoid", "z": 0.0, "w": 1.0}),
            Try("Weights of 4 make it up at z = 0", {"n": 20, "f": "sigmoid", "z": 0.0, "w": 4.0}),
            Try("… and no longer at z = 2", {"n": 20, "f": "sigmoid", "z": 2.0, "w": 4.0}),
        ),
    )


SLOPE_PRODUCT = FunctionPicture("product", "slopes through many layers", _settings, _make)
