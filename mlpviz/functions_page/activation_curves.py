"""Activation functions as curves: the value, the slope, and a point with its tangent that a person moves."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from mlpviz.engine.activations import ACTIVATIONS, Activation
from mlpviz.engine.activations.activation import Z
from mlpviz.engine.losses import LOSSES
from mlpviz.engine.parameters import Array
from mlpviz.exploration.figure import MARK, figure, line, point, upright
from mlpviz.exploration.setting import ChoiceSetting, ExplorationSetting, SliderSetting
from mlpviz.exploration.view import ExplorationView, FactsPart, FigurePart, PointerTarget, Try, Values
from mlpviz.functions_page.curve import beside, broken, grid, stretches
from mlpviz.functions_page.example_network import on_sheet, unit
from mlpviz.functions_page.function_picture import FunctionPicture
from mlpviz.functions_page.hyperparameter_settings import settings_of, values_of
from mlpviz.sheet.rules.rule import mathml
from mlpviz.text.sentences import Sentence, exact_number, in_series, joined, sentence

ELEMENTWISE = tuple((each.key, each.label) for each in ACTIVATIONS.values() if each.elementwise)
"""Those that have a curve; softmax has a picture of its own."""

FLAT = 0.01
"""a slope nearer to 0 lets so little gradient through that a unit counts as saturated"""
_FAR = 1e4
"""|z| up to which the range of a function is looked for"""


def _settings(values: Values) -> Iterator[ExplorationSetting]:
    yield ChoiceSetting(key="f", label="function", options=ELEMENTWISE, default="relu", group="Function")
    yield from settings_of(ACTIVATIONS[values["f"]].hyperparameters, "f", "Function")
    yield SliderSetting(key="z", label="z", low=-10, high=10, step=0.05, default=1.0, group="Function", plays=True)
    none = (("", "none"), *ELEMENTWISE)
    for number in (2, 3, 4):
        yield ChoiceSetting(key=f"f{number}", label=f"overlay {number - 1}", options=none, group="Beside it")
    yield SliderSetting(
        key="reach",
        label="range of z",
        low=1,
        high=10,
        step=0.5,
        default=5.0,
        group="Beside it",
        help="How far the axes reach on both sides of 0.",
    )


def chosen(values: Values) -> list[Activation]:
    """The activations of the settings, the one with the point first; one that is chosen twice stands once."""
    first = ACTIVATIONS[values["f"]].configure(**values_of(values, "f"))
    others = [ACTIVATIONS[key] for number in (2, 3, 4) if (key := values[f"f{number}"])]
    return [first, *{each.key: each for each in others if each.key != first.key}.values()]


def slope_of(activation: Activation, z: Array) -> Array:
    """φ'(z) as numbers (n,), of an elementwise activation."""
    assert activation.slope is not None  # noqa: S101  # those without are not offered
    return np.asarray(activation.slope(z, activation.value(z)), dtype=float)


def _make(values: Values) -> ExplorationView:
    activations, place, reach = chosen(values), values["z"], max(values["reach"], abs(values["z"]))
    first = activations[0]
    at = np.array([place])
    value, slope = float(first.value(at)[0]), float(slope_of(first, at)[0])
    curves, slopes = [], []
    for number, each in enumerate(activations):
        z = grid(-reach, reach, each.kinks)
        curves.append(line(z, broken(z, each.value(z), each.kinks), each.label, number))
        slopes.append(line(z, broken(z, slope_of(each, z), each.kinks), each.label, number))
    half = reach / 4
    tangent = np.array([place - half, place + half])
    curves.append(
        line(
            tangent,
            value + slope * (tangent - place),
            "tangent",
            0,
            hoverinfo="skip",
            line={"color": MARK, "width": 1.5},
        )
    )
    curves.append(point(place, value, "the point"))
    slopes.append(point(place, slope, "slope at the point"))
    numbers = sentence(
        "At z = {z} {name} gives a = {a} with slope {slope}.",
        z=exact_number(place),
        name=first.label,
        a=exact_number(value),
        slope=exact_number(slope),
    )
    return ExplorationView(
        parts=(
            FigurePart(
                key="value",
                title="a = φ(z)",
                pointer=PointerTarget("z"),
                figure=figure(curves, x="z", y="a", shapes=[upright(place)]),
                text=joined(" ", (numbers, first.sentence)),
            ),
            FigurePart(
                key="slope",
                title="Slope φ′(z)",
                pointer=PointerTarget("z"),
                figure=figure(slopes, x="z", y="φ′", shapes=[upright(place)]),
                text=_slopes_in_words(first, reach),
            ),
            *(_facts(each) for each in activations),
        ),
        look_for=(
            "Drag the point: the tangent has the slope that the gradient is multiplied by on its way back.",
            "Where the curve is flat the slope is near 0 and hardly any gradient comes back: the unit is saturated.",
        ),
        tries=(
            Try(
                "Sigmoid and tanh: how much steeper is tanh at 0?",
                {"f": "sigmoid", "f2": "tanh", "f3": "", "f4": "", "z": 0.0},
            ),
            Try(
                "The kink of ReLU, and three smooth ones",
                {"f": "relu", "f2": "gelu", "f3": "silu", "f4": "elu", "z": 0.0},
            ),
            Try("A saturated sigmoid", {"f": "sigmoid", "f2": "", "f3": "", "f4": "", "z": 8.0, "reach": 10.0}),
        ),
        loads=(on_sheet(lambda: unit(first, [place], LOSSES["sum"]), f"one unit with {first.label}"),),
    )


def _slopes_in_words(activation: Activation, reach: float) -> Sentence:
    z = grid(-reach, reach, activation.kinks)
    slopes = slope_of(activation, z)
    return sentence(
        "Between z = {low} and {high} the slope of {name} goes from {least} to {most}.",
        low=exact_number(-reach),
        high=exact_number(reach),
        name=activation.label,
        least=exact_number(round(float(slopes.min()), 6)),
        most=exact_number(round(float(slopes.max()), 6)),
    )


def _facts(activation: Activation) -> FactsPart:
    formulas = (
        mathml(rf"a = {activation.formula.latex({Z: 'z'})}"),
        mathml(rf"\frac{{\mathrm{{d}} a}}{{\mathrm{{d}} z}} = {activation.derivative.latex({Z: 'z'})}"),
    )
    facts: list[tuple[str, Sentence | str]] = [("range", _range_in_words(activation))]
    facts.append(("saturates", _flat_in_words(activation)))
    facts += [("kink", _kink_in_words(activation, kink)) for kink in activation.kinks]
    if activation.bends:
        places = in_series([exact_number(bend) for bend in activation.bends])
        facts.append(("bend", sentence("At z = {places} the slope is continuous, but it bends.", places=places)))
    if activation.source:
        facts.append(("source", activation.source))
    return FactsPart(title=activation.label, formulas=formulas, facts=facts)


def range_of(activation: Activation) -> tuple[float, float]:
    """The least and the largest value; infinite where it still grows far out."""
    z = np.concatenate([np.linspace(-30, 30, 60_001), [-_FAR, _FAR], activation.kinks])
    values = activation.value(z)
    low, high = float(values.min()), float(values.max())
    far, farther = (activation.value(scale * np.array([-_FAR, _FAR])) for scale in (1, 100))
    for near, beyond in zip(far.tolist(), farther.tolist(), strict=True):
        if beyond > near + 1 and beyond > high:
            high = np.inf
        if beyond < near - 1 and beyond < low:
            low = -np.inf
    return low, high


def _range_in_words(activation: Activation) -> Sentence:
    low, high = range_of(activation)
    return sentence(
        "From {low} to {high}.",
        low=exact_number(round(low, 9) if np.isfinite(low) else low),
        high=exact_number(round(high, 9) if np.isfinite(high) else high),
    )


def _flat_in_words(activation: Activation) -> Sentence:
    z = grid(-30, 30, activation.kinks, 6001)
    found = stretches(z, np.abs(slope_of(activation, z)) < FLAT)
    wide = [(low, high) for low, high in found if high - low > 0.05]
    if not wide:
        return sentence("Nowhere: its slope is never below {flat}.", flat=exact_number(FLAT))
    if activation.is_flat:
        return sentence("Everywhere: its slope is 0.")
    parts = []
    for low, high in wide:
        if high >= 30:
            parts.append(sentence("from z = {low} on", low=exact_number(round(low, 2))))
        elif low <= -30:
            parts.append(sentence("up to z = {high}", high=exact_number(round(high, 2))))
        else:
            parts.append(
                sentence("from z = {low} to {high}", low=exact_number(round(low, 2)), high=exact_number(round(high, 2)))
            )
    return sentence("Slope below {flat}: {places}.", flat=exact_number(FLAT), places=in_series(parts))


def _kink_in_words(activation: Activation, kink: float) -> Sentence:
    left, right = beside(lambda z: slope_of(activation, z), kink)
    at = float(slope_of(activation, np.array([kink]))[0])
    below, above = beside(activation.value, kink)
    jumps = (
        sentence(" The value itself jumps from {below} to {above}.", below=_rounded(below), above=_rounded(above))
        if abs(above - below) > 1e-6
        else ""
    )
    return sentence(
        "At z = {kink} the slope goes from {left} to {right}; PyTorch takes {at} there.{jumps}",
        kink=exact_number(kink),
        left=_rounded(left),
        right=_rounded(right),
        at=_rounded(at),
        jumps=jumps,
    )


def _rounded(value: float) -> Sentence:
    return exact_number(round(value, 6))


ACTIVATION_CURVES = FunctionPicture("activation", "activation functions", _settings, _make)
