"""Softmax: logits and a temperature become probabilities, and the Jacobian says who takes from whom."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from mlpviz.engine.activations.softmax import SOFTMAX
from mlpviz.engine.losses import LOSSES
from mlpviz.engine.parameters import Array
from mlpviz.exploration.figure import BY_SIZE, MUTED, NEGATIVE, POSITIVE, figure, line, point, upright
from mlpviz.exploration.setting import ExplorationSetting, SliderSetting
from mlpviz.exploration.view import (
    ExplorationView,
    FactsPart,
    FigurePart,
    PointerTarget,
    TableCell,
    TablePart,
    Try,
    Values,
    number_cell,
)
from mlpviz.functions_page.example_network import on_sheet, unit
from mlpviz.functions_page.function_picture import FunctionPicture
from mlpviz.sheet.rules.rule import mathml
from mlpviz.text.numbers import percent
from mlpviz.text.sentences import exact_number, sentence

MOST = 5
LOWEST, HIGHEST = 0.05, 20.0
"""of the temperature"""
FIRST = (2.0, 1.0, 0.0, -1.0, -2.0)


def jacobian(logits: Array, temperature: float = 1.0) -> Array:
    """∂p_k/∂z_j (K, K) of softmax(z / T): row k, column j, through the vector-Jacobian product of the engine."""
    scaled = logits / temperature
    rows = np.broadcast_to(scaled, (len(logits), len(logits)))
    return SOFTMAX.vjp(rows, SOFTMAX.value(rows), np.eye(len(logits))) / temperature


def _settings(values: Values) -> Iterator[ExplorationSetting]:
    yield SliderSetting(key="k", label="classes", low=2, high=MOST, step=1, is_whole=True, default=3, group="Softmax")
    for number in range(values["k"]):
        yield SliderSetting(
            key=f"z{number + 1}",
            label=f"logit {number + 1}",
            low=-10,
            high=10,
            step=0.1,
            default=FIRST[number],
            group="Softmax",
        )
    yield SliderSetting(
        key="temperature",
        label="temperature",
        low=LOWEST,
        high=HIGHEST,
        step=0.02,
        is_log=True,
        default=1.0,
        group="Softmax",
        help="What every logit is divided by before: small makes the answer sure, large makes it undecided.",
        plays=True,
    )


def _make(values: Values) -> ExplorationView:
    logits = np.array([values[f"z{number + 1}"] for number in range(values["k"])])
    temperature = values["temperature"]
    scaled = logits / temperature
    p = SOFTMAX.value(scaled)
    matrix = jacobian(logits, temperature)
    names = [f"class {number + 1}" for number in range(len(logits))]
    colours = [POSITIVE if z >= 0 else NEGATIVE for z in logits]
    largest = float(np.abs(matrix).max()) or 1.0
    best = int(np.argmax(logits))
    entropy = float(-(p * np.log(np.where(p > 0, p, 1.0))).sum())
    sets = {f"z{number + 1}": float(z) for number, z in enumerate(logits)}
    return ExplorationView(
        parts=(
            FigurePart(
                key="probabilities",
                title="The probabilities",
                height=260,
                figure=figure(
                    [{"type": "bar", "x": names, "y": p, "name": "p", "marker": {"color": POSITIVE}}],
                    x="",
                    y="p",
                    yaxis={"range": [0, 1]},
                    showlegend=False,
                ),
                text=sentence(
                    "{name} has the largest logit and gets {share}; the others share the rest. Together they are 1.",
                    name=names[best].capitalize(),
                    share=percent(float(p[best])),
                ),
            ),
            FigurePart(
                key="logits",
                title="The logits",
                height=260,
                figure=figure(
                    [
                        {"type": "bar", "x": names, "y": logits, "name": "z", "marker": {"color": colours}},
                        {
                            "type": "scatter",
                            "x": names,
                            "y": scaled,
                            "name": "z / T",
                            "mode": "markers",
                            "marker": {"color": MUTED, "size": 11, "symbol": "diamond"},
                        },
                    ],
                    x="",
                    y="z",
                ),
                text=sentence(
                    "Divided by the temperature {t} they are {scaled}.",
                    t=exact_number(temperature),
                    scaled=", ".join(str(exact_number(float(one))) for one in scaled),
                ),
            ),
            _curve(logits, temperature),
            _map(logits, temperature),
            TablePart(
                key="jacobian",
                title="Jacobian: ∂p of the row by ∂z of the column",
                head=("", *(f"z {number + 1}" for number in range(len(logits)))),
                rows=[
                    [TableCell(f"p {row + 1}"), *(number_cell(float(one), float(one) / largest) for one in entries)]
                    for row, entries in enumerate(matrix)
                ],
                note="Each column adds up to 0: what one probability gains the others lose.",
            ),
            FactsPart(
                title="Softmax",
                formulas=(
                    mathml(r"p_k = \frac{e^{z_k / T}}{\sum_j e^{z_j / T}}"),
                    mathml(r"\frac{\partial p_k}{\partial z_j} = \frac{1}{T} \, p_k \cdot ([j = k] - p_j)"),
                ),
                facts=(
                    (
                        "entropy",
                        sentence(
                            "{e} nats of at most {most}: {how}.",
                            e=exact_number(round(entropy, 6)),
                            most=exact_number(round(float(np.log(len(p))), 6)),
                            how="sure"
                            if entropy < 0.1
                            else "undecided"
                            if entropy > 0.9 * np.log(len(p))
                            else "between sure and undecided",
                        ),
                    ),
                    ("argmax", f"{names[best].capitalize()}, at every temperature."),
                    ("constant", "The same number added to every logit changes no probability."),
                ),
            ),
        ),
        look_for=(
            "A low temperature makes one probability 1 and the others 0, as argmax does; a high one makes them "
            "all alike.",
            "Where p is near 0 or 1 every number of the Jacobian is near 0: a sure softmax hardly passes "
            "gradient back.",
        ),
        tries=(
            Try("Almost argmax: temperature 0.1", {**sets, "temperature": 0.1}),
            Try("Undecided: temperature 20", {**sets, "temperature": 20.0}),
            Try("A tie of two", {"k": 3, "z1": 2.0, "z2": 2.0, "z3": -2.0, "temperature": 1.0}),
        ),
        loads=(
            on_sheet(
                lambda: unit(SOFTMAX, scaled.tolist(), LOSSES["cross_entropy_probs"], best), "softmax of these logits"
            ),
        ),
    )


def _curve(logits: Array, temperature: float) -> FigurePart:
    """Every probability while the first logit moves: the pointer on it sets that logit."""
    z = np.linspace(-10, 10, 161)
    rows = np.tile(logits, (len(z), 1))
    rows[:, 0] = z
    p = SOFTMAX.value(rows / temperature)
    return FigurePart(
        key="moved",
        title="What the first logit does to all",
        height=260,
        pointer=PointerTarget("z1"),
        figure=figure(
            [line(z, p[:, number], f"p {number + 1}", number) for number in range(len(logits))],
            x="logit 1",
            y="p",
            shapes=[upright(float(logits[0]))],
            yaxis={"range": [0, 1]},
        ),
        text=sentence(
            "As the first logit grows from −10 to 10, its probability goes from {low} to {high}.",
            low=percent(float(p[0, 0])),
            high=percent(float(p[-1, 0])),
        ),
    )


def _map(logits: Array, temperature: float) -> FigurePart:
    """The first probability for every first logit and temperature: the pointer on it sets both."""
    z, temperatures = np.linspace(-10, 10, 81), np.logspace(np.log10(LOWEST), np.log10(HIGHEST), 53)
    rows = np.tile(logits, (len(temperatures), len(z), 1))
    rows[:, :, 0] = z
    p = SOFTMAX.value(rows / temperatures[:, None, None])[:, :, 0]
    bar = {"title": {"text": "p 1"}, "thickness": 12, "outlinewidth": 0}
    marker = point(float(logits[0]), temperature, "the point")
    surface = {
        "type": "heatmap",
        "x": z,
        "y": temperatures,
        "z": p.astype(np.float32),
        "zmin": 0,
        "zmax": 1,
        "colorscale": BY_SIZE,
        "colorbar": bar,
        "name": "p 1",
    }
    return FigurePart(
        key="map",
        title="The first probability, by logit and temperature",
        height=260,
        pointer=PointerTarget("z1", "temperature"),
        figure=figure([surface, marker], x="logit 1", y="temperature", yaxis={"type": "log"}, hovermode="closest"),
        text=sentence(
            "The border between 0 and 1 is sharp at the bottom, where the temperature is {low}, and wide at the top, "
            "where it is {high}.",
            low=exact_number(LOWEST),
            high=exact_number(HIGHEST),
        ),
    )


SOFTMAX_PICTURE = FunctionPicture("softmax", "softmax and temperature", _settings, _make)
