"""Cross-entropy beside MSE on one probability: why MSE learns slowly where it is very wrong."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from mlpviz.engine.activations import ACTIVATIONS
from mlpviz.engine.losses import LOSSES
from mlpviz.engine.parameters import Array
from mlpviz.exploration.figure import figure, line, point, upright
from mlpviz.exploration.setting import ChoiceSetting, ExplorationSetting, SliderSetting
from mlpviz.exploration.view import ExplorationView, FactsPart, FigurePart, PointerTarget, Try, Values
from mlpviz.functions_page.example_network import on_sheet, unit
from mlpviz.functions_page.function_picture import FunctionPicture
from mlpviz.sheet.rules.rule import mathml
from mlpviz.text.sentences import exact_number, sentence

SIGMOID, CROSS_ENTROPY, MSE = ACTIVATIONS["sigmoid"], LOSSES["bce_with_logits"], LOSSES["mse"]


def cross_entropy(z: Array, t: float) -> tuple[Array, Array]:
    """Loss and ∂L/∂z (n,) of binary cross-entropy on the logits z (n,)."""
    target = np.array([[t]])
    return CROSS_ENTROPY.terms(z[:, None, None], target)[:, 0, 0], CROSS_ENTROPY.grad(z[:, None, None], target)[:, 0, 0]


def squared(z: Array, t: float) -> tuple[Array, Array]:
    """Loss and ∂L/∂z (n,) of the squared error behind a sigmoid."""
    target, logits = np.array([[t]]), z[:, None, None]
    p = SIGMOID.value(logits)
    return MSE.terms(p, target)[:, 0, 0], SIGMOID.vjp(logits, p, MSE.grad(p, target))[:, 0, 0]


def _settings(_: Values) -> Iterator[ExplorationSetting]:
    yield SliderSetting(
        key="z", label="logit z", low=-10, high=10, step=0.1, default=-5.0, group="One output", plays=True
    )
    yield ChoiceSetting(
        key="t", label="target", options=(("1", "1: it is this class"), ("0", "0: it is not")), group="One output"
    )


def _make(values: Values) -> ExplorationView:
    place, t = values["z"], float(values["t"])
    z, at = np.linspace(-10, 10, 241), np.array([values["z"]])
    kinds = (("cross-entropy", cross_entropy), ("MSE behind a sigmoid", squared))
    losses = [line(z, function(z, t)[0], name, number) for number, (name, function) in enumerate(kinds)]
    gradients = [line(z, function(z, t)[1], name, number) for number, (name, function) in enumerate(kinds)]
    for _, function in kinds:
        cost, gradient = function(at, t)
        losses.append(point(place, float(cost[0]), "the point"))
        gradients.append(point(place, float(gradient[0]), "the point"))
    (ce_loss, ce_gradient), (mse_loss, mse_gradient) = (
        tuple(float(part[0]) for part in function(at, t)) for _, function in kinds
    )
    p = float(SIGMOID.value(at)[0])
    times = sentence(" It is {n} times as large.", n=exact_number(ce_gradient / mse_gradient)) if mse_gradient else ""
    return ExplorationView(
        parts=(
            FigurePart(
                key="loss",
                title="The loss",
                pointer=PointerTarget("z"),
                figure=figure(losses, x="logit z", y="L", shapes=[upright(place)]),
                text=sentence(
                    "At z = {z} the probability is p = {p}; with the target {t} cross-entropy is {ce} and the "
                    "squared error {mse}.",
                    z=exact_number(place),
                    p=exact_number(p),
                    t=exact_number(t),
                    ce=exact_number(ce_loss),
                    mse=exact_number(mse_loss),
                ),
            ),
            FigurePart(
                key="gradient",
                title="Its gradient ∂L/∂z",
                pointer=PointerTarget("z"),
                figure=figure(gradients, x="logit z", y="∂L/∂z", shapes=[upright(place)]),
                text=sentence(
                    "The gradient of cross-entropy is {ce}, that of the squared error {mse}.{times}",
                    ce=exact_number(ce_gradient),
                    mse=exact_number(mse_gradient),
                    times=times,
                ),
            ),
            FactsPart(
                title="Why",
                formulas=(
                    mathml(r"\text{cross-entropy:} \quad \frac{\partial L}{\partial z} = p - t"),
                    mathml(r"\text{MSE:} \quad \frac{\partial L}{\partial z} = 2 (p - t) \cdot p (1 - p)"),
                ),
                facts=(
                    (
                        "the factor",
                        sentence(
                            "p (1 − p) = {f} is the slope of the sigmoid: near 0 where it is saturated, right "
                            "or wrong.",
                            f=exact_number(p * (1 - p)),
                        ),
                    ),
                    (
                        "cross-entropy",
                        "Its logarithm has the slope 1/p, which takes the slope of the sigmoid away again.",
                    ),
                ),
            ),
        ),
        look_for=(
            "Very wrong, on the far side: the gradient of cross-entropy stays near 1, that of MSE vanishes "
            "with the slope of the sigmoid.",
            "Where the answer is right both gradients are near 0: there is nothing to learn.",
        ),
        tries=(
            Try("Sure and wrong", {"z": -8.0, "t": "1"}),
            Try("Undecided", {"z": 0.0, "t": "1"}),
            Try("Sure and right", {"z": 8.0, "t": "1"}),
        ),
        loads=(on_sheet(lambda: unit(SIGMOID, [place], LOSSES["mse"], [t]), "MSE behind a sigmoid"),),
    )


PROBABILITY = FunctionPicture("probability", "cross-entropy beside MSE", _settings, _make)
