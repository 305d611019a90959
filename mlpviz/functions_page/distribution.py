"""What an activation does to a distribution of z: the histogram before and after, and what is left of its spread."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from mlpviz.engine.activations import ACTIVATIONS
from mlpviz.engine.parameters import Array
from mlpviz.exploration.figure import NEGATIVE, POSITIVE, figure
from mlpviz.exploration.setting import ChoiceSetting, ExplorationSetting, SliderSetting
from mlpviz.exploration.view import ExplorationView, FigurePart, TableCell, TablePart, Try, Values, number_cell
from mlpviz.functions_page.activation_curves import ELEMENTWISE, FLAT, slope_of
from mlpviz.functions_page.function_picture import FunctionPicture
from mlpviz.functions_page.hyperparameter_settings import settings_of, values_of
from mlpviz.text.numbers import percent
from mlpviz.text.sentences import Sentence, exact_number, sentence

SAMPLES, BINS = 20_000, 60


def drawn(mean: float, deviation: float, seed: int) -> Array:
    """Normally distributed z (SAMPLES,), the same for the same seed."""
    return mean + deviation * np.random.default_rng(seed).standard_normal(SAMPLES)


def histogram(values: Array, name: str, colour: str) -> dict[str, Any]:
    """The share of the values in each of the bins between their ends."""
    counts, edges = np.histogram(values, bins=BINS)
    return {
        "type": "bar",
        "x": (edges[1:] + edges[:-1]) / 2,
        "y": counts / len(values),
        "name": name,
        "marker": {"color": colour},
        "width": edges[1] - edges[0],
    }


def _settings(values: Values) -> Iterator[ExplorationSetting]:
    yield ChoiceSetting(key="f", label="function", options=ELEMENTWISE, default="relu", group="Function")
    yield from settings_of(ACTIVATIONS[values["f"]].hyperparameters, "f", "Function")
    yield SliderSetting(key="mean", label="mean of z", low=-5, high=5, step=0.1, default=0.0, group="Distribution")
    yield SliderSetting(
        key="std",
        label="standard deviation",
        low=0.1,
        high=10,
        step=0.02,
        is_log=True,
        default=1.0,
        group="Distribution",
        help="How far the z spread around their mean.",
        plays=True,
    )
    yield SliderSetting(
        key="seed", label="seed", low=0, high=99, step=1, is_whole=True, default=0, group="Distribution"
    )


def _make(values: Values) -> ExplorationView:
    activation = ACTIVATIONS[values["f"]].configure(**values_of(values, "f"))
    z = drawn(values["mean"], values["std"], values["seed"])
    a, slope = np.asarray(activation.value(z), dtype=float), slope_of(activation, z)
    zeros, flat = float(np.mean(a == 0)), float(np.mean(np.abs(slope) < FLAT))
    square, kept = float(np.mean(a**2)), float(np.mean(slope**2))

    def row(name: str, before: float, after: float) -> list[TableCell]:
        return [TableCell(name), number_cell(before), number_cell(after)]

    return ExplorationView(
        parts=(
            FigurePart(
                key="before",
                title="z before",
                height=240,
                figure=figure([histogram(z, "z", NEGATIVE)], x="z", y="share", showlegend=False, bargap=0),
                text=sentence(
                    "{n} numbers with mean {mean} and standard deviation {std}.",
                    n=f"{SAMPLES:,}",
                    mean=exact_number(round(float(z.mean()), 4)),
                    std=exact_number(round(float(z.std()), 4)),
                ),
            ),
            FigurePart(
                key="after",
                title=f"a after {activation.label}",
                height=240,
                figure=figure([histogram(a, "a", POSITIVE)], x="a", y="share", showlegend=False, bargap=0),
                text=_after(activation.label, a, zeros, flat),
            ),
            TablePart(
                key="numbers",
                title="What is left",
                head=("", "z", "a"),
                rows=[
                    row("mean", float(z.mean()), float(a.mean())),
                    row("standard deviation", float(z.std()), float(a.std())),
                    row("mean square", float(np.mean(z**2)), square),
                    row("least", float(z.min()), float(a.min())),
                    row("largest", float(z.max()), float(a.max())),
                ],
                note=_gain(square, float(np.mean(z**2)), kept),
            ),
        ),
        look_for=(
            "How much narrower a is than z: the next layer has to make it wide again by larger weights.",
            "A pile at one value is where the slope is 0: these units pass no gradient back.",
        ),
        tries=(
            Try("ReLU on a centred distribution: half of it is 0", {"f": "relu", "mean": 0.0, "std": 1.0}),
            Try("Sigmoid on wide z: two piles at its ends", {"f": "sigmoid", "mean": 0.0, "std": 10.0}),
            Try("tanh on small z: almost nothing happens", {"f": "tanh", "mean": 0.0, "std": 0.2}),
        ),
    )


def _after(name: str, a: Array, zeros: float, flat: float) -> Sentence:
    return sentence(
        "{name} gives a mean of {mean} and a standard deviation of {std}; {zeros} of them are 0, and {flat} "
        "lie where its "
        "slope is below {least}.",
        name=name,
        mean=exact_number(round(float(a.mean()), 4)),
        std=exact_number(round(float(a.std()), 4)),
        zeros=percent(zeros),
        flat=percent(flat),
        least=exact_number(FLAT),
    )


def _gain(square: float, before: float, kept: float) -> Sentence:
    """What the weights of the next layer have to do so that the mean square stays, forward and backward."""
    if not square or not kept:
        return sentence("Nothing is left of it that larger weights could bring back.")
    return sentence(
        "Weights {gain} times as large keep the mean square forward, and {back} times as large that of the gradient.",
        gain=exact_number(round(float(np.sqrt(before / square)), 4)),
        back=exact_number(round(float(np.sqrt(1 / kept)), 4)),
    )


DISTRIBUTION = FunctionPicture("distribution", "what an activation does to a distribution", _settings, _make)
