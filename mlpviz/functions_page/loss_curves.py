"""Losses as curves over one output: what it costs, its gradient, and a point that a person moves."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from mlpviz.engine.activations import ACTIVATIONS
from mlpviz.engine.losses import LOSSES, Loss
from mlpviz.engine.parameters import Array
from mlpviz.exploration.figure import MARK, figure, line, point, upright
from mlpviz.exploration.setting import ChoiceSetting, ExplorationSetting, SliderSetting
from mlpviz.exploration.view import ExplorationView, FactsPart, FigurePart, PointerTarget, Try, Values
from mlpviz.functions_page.curve import beside, broken, grid
from mlpviz.functions_page.example_network import on_sheet, unit
from mlpviz.functions_page.function_picture import FunctionPicture
from mlpviz.functions_page.hyperparameter_settings import settings_of, values_of
from mlpviz.sheet.rules.rule import mathml
from mlpviz.text.sentences import Sentence, exact_number, joined, sentence

DRAWN = {key: loss for key, loss in LOSSES.items() if loss.target not in ("none", "gradients")}
"""Without those that compare an output with nothing: their curves are straight lines."""

_OF_ALL_LOSSES = ("sample_weight", "term_weight", "factor", "weight", "ignore_index", "reduction", "pos_weight")
_NEAR_END = 0.001


def domain(loss: Loss) -> tuple[float, float]:
    """The least and the largest output that is drawn: probabilities, their logarithms, or any numbers."""
    if loss.reads_probabilities:
        return _NEAR_END, 1 - _NEAR_END
    if any(ACTIVATIONS[key].gives == "logarithms of probabilities" for key in loss.last_activations):
        return -6.0, -_NEAR_END
    return -5.0, 5.0


def outputs_of(loss: Loss) -> int:
    """How many outputs it takes to draw it: two where one is compared with another."""
    return 2 if loss.target == "classes" or loss.row_numbers else 1


def target_of(loss: Loss, t: float) -> Array:
    """The target row (1, O) for the number of the setting; of a class the rest goes to the second output."""
    return np.array([[t] if outputs_of(loss) == 1 else [t, 1.0 - t]])


def loss_at(loss: Loss, y: Array, other: float, t: float) -> tuple[Array, Array]:
    """L of one sample and ∂L/∂y of its first output, for each y (n,); a second output has the value `other`."""
    rows = np.stack([y, np.full_like(y, other)], axis=-1)[:, None, : outputs_of(loss)]
    target = target_of(loss, t)
    with np.errstate(all="ignore"):
        divisor = loss.divisor(1, rows.shape[-1], target)
        total = np.broadcast_to(loss.terms(rows, target), rows.shape[:2] + loss.terms(rows, target).shape[2:])
        return total.sum(axis=(1, 2)) / divisor, (loss.grad(rows, target) / divisor)[:, 0, 0]


def corners(loss: Loss, low: float, high: float, other: float, t: float) -> tuple[float, ...]:
    """The outputs at which the gradient jumps."""
    if loss.corner is None:
        return ()
    y = np.linspace(low, high, 4001)
    rows = np.stack([y, np.full_like(y, other)], axis=-1)[:, None, : outputs_of(loss)]
    with np.errstate(all="ignore"):
        found = np.asarray(loss.corner(rows, target_of(loss, t))).reshape(len(y), -1)
    places = []
    for values in found.T:
        for at in np.flatnonzero(np.sign(values[1:]) != np.sign(values[:-1])):
            one, two = values[at], values[at + 1]
            place = y[at] if one == two else y[at] - one * (y[at + 1] - y[at]) / (two - one)
            if np.isfinite(place):
                places.append(round(float(place), 9))
    return tuple(sorted(set(places)))


def _settings(values: Values) -> Iterator[ExplorationSetting]:
    options = tuple((key, loss.label) for key, loss in DRAWN.items())
    yield ChoiceSetting(key="loss", label="loss", options=options, default="mse", group="Loss")
    loss = DRAWN[values["loss"]]
    names = [each.name for each in loss.hyperparameters if each.name not in _OF_ALL_LOSSES]
    yield from settings_of(loss.hyperparameters, "loss", "Loss", names)
    low, high = domain(loss)
    step = 0.001 if high - low < 2 else 0.05
    yield SliderSetting(
        key="y",
        label="output",
        low=low,
        high=high,
        step=step,
        default=round(low + 0.7 * (high - low), 3),
        group="Loss",
        plays=True,
    )
    if loss.target == "classes":
        classes = (("1", "the class of this output"), ("0", "the class of the other output"))
        yield ChoiceSetting(key="class", label="target", options=classes, group="Loss")
    elif loss.target == "signs":
        yield ChoiceSetting(key="class", label="target", options=(("1", "1"), ("-1", "−1")), group="Loss")
    else:
        ends = (0.0, 1.0) if loss.target == "probabilities" else (-5.0, 5.0)
        yield SliderSetting(
            key="t",
            label="target",
            low=ends[0],
            high=ends[1],
            step=(ends[1] - ends[0]) / 100,
            default=1.0,
            group="Loss",
        )
    if outputs_of(loss) == 2:
        yield SliderSetting(
            key="other",
            label="other output",
            low=low,
            high=high,
            step=step,
            default=round((low + high) / 2, 3),
            group="Loss",
        )
    alike = [
        (key, each.label)
        for key, each in DRAWN.items()
        if key != loss.key
        and domain(each) == (low, high)
        and each.target == loss.target
        and outputs_of(each) == outputs_of(loss)
    ]
    for number in (2, 3):
        if len(alike) >= number - 1:
            yield ChoiceSetting(
                key=f"loss{number}", label=f"overlay {number - 1}", options=(("", "none"), *alike), group="Beside it"
            )


def _make(values: Values) -> ExplorationView:
    first = DRAWN[values["loss"]].configure(**values_of(values, "loss"))
    others = [DRAWN[key] for number in (2, 3) if (key := values.get(f"loss{number}"))]
    losses = list({each.key: each for each in [first, *others]}.values())
    place, other = values["y"], values.get("other", 0.0)
    t = float(values["class"]) if "class" in values else values["t"]
    low, high = domain(first)
    value, gradient = (float(part[0]) for part in loss_at(first, np.array([place]), other, t))
    curves, slopes = [], []
    for number, each in enumerate(losses):
        kinks = corners(each, low, high, other, t)
        y = grid(low, high, kinks)
        costs, gradients = loss_at(each, y, other, t)
        curves.append(line(y, costs, each.label, number))
        slopes.append(line(y, broken(y, gradients, kinks), each.label, number))
    half = (high - low) / 8
    ends = np.array([max(low, place - half), min(high, place + half)])
    tangent = {"color": MARK, "width": 1.5}
    curves.append(line(ends, value + gradient * (ends - place), "tangent", 0, hoverinfo="skip", line=tangent))
    curves.append(point(place, value, "the point"))
    slopes.append(point(place, gradient, "gradient at the point"))
    said = sentence(
        "With the output {y} and the target {t}, {name} is {value}, and its gradient is {gradient}: an output "
        "that is 0.01 "
        "larger costs about {more} more.",
        y=exact_number(place),
        t=_target_text(first, t),
        name=first.label,
        value=exact_number(value),
        gradient=exact_number(gradient),
        more=exact_number(0.01 * gradient),
    )
    target = int(t != 1.0) if first.reads_numbers else target_of(first, t)[0].tolist()
    outputs = [place, other][: outputs_of(first)]
    return ExplorationView(
        parts=(
            FigurePart(
                key="loss",
                title="The loss of one sample",
                pointer=PointerTarget("y"),
                figure=figure(curves, x="output", y="L", shapes=[upright(place)]),
                text=joined(" ", (said, first.sentence)),
            ),
            FigurePart(
                key="gradient",
                title="Its gradient ∂L/∂a",
                pointer=PointerTarget("y"),
                figure=figure(slopes, x="output", y="∂L/∂a", shapes=[upright(place)]),
                text=sentence(
                    "The gradient of {name} at the point is {g}; the update moves the output {where}.",
                    name=first.label,
                    g=exact_number(gradient),
                    where=_where(gradient),
                ),
            ),
            *(_facts(each, corners(each, low, high, other, t), other, t) for each in losses),
        ),
        look_for=(
            "Where the loss is steep a wrong output is pulled hard; where it is flat the pull is weak, however "
            "wrong it is.",
            "A corner in the loss is a jump in its gradient: there PyTorch takes one of the two sides, or 0.",
        ),
        tries=(
            Try(
                "An outlier: squared, absolute and Huber",
                {"loss": "mse", "loss2": "mae", "loss3": "huber", "y": 4.0, "t": -2.0},
            ),
            Try("Sure and wrong: binary cross-entropy", {"loss": "bce_with_logits", "y": -5.0, "t": 1.0}),
            Try("Far enough on the right side: the hinge", {"loss": "hinge", "y": 1.5, "class": "1"}),
        ),
        loads=(
            on_sheet(
                lambda: unit(ACTIVATIONS["identity"], outputs, first, target), f"the loss {first.label} of this output"
            ),
        ),
    )


def _target_text(loss: Loss, t: float) -> Sentence | str:
    if loss.target != "classes":
        return exact_number(t)
    return "this class" if t == 1.0 else "the other class"


def _where(gradient: float) -> str:
    if not np.isfinite(gradient):
        return "nowhere: it is no number"
    return "not at all" if gradient == 0 else "down" if gradient > 0 else "up"


def _facts(loss: Loss, kinks: tuple[float, ...], other: float, t: float) -> FactsPart:
    formulas = (mathml(loss.latex), mathml(rf"\frac{{\partial L}}{{\partial a}} = {loss.grad_formula().latex()}"))
    facts: list[tuple[str, Sentence | str]] = []
    for kink in kinks:
        left, right = beside(lambda y: loss_at(loss, y, other, t)[1], kink)
        at = float(loss_at(loss, np.array([kink]), other, t)[1][0])
        facts.append(
            (
                "corner",
                sentence(
                    "At the output {kink} the gradient goes from {left} to {right}; PyTorch takes {at} there.",
                    kink=exact_number(kink),
                    left=exact_number(round(left, 6)),
                    right=exact_number(round(right, 6)),
                    at=exact_number(round(at, 6)),
                ),
            )
        )
    facts.append(("reads", _reads(loss)))
    if loss.source:
        facts.append(("source", loss.source))
    return FactsPart(title=loss.label, formulas=formulas, facts=facts)


def _reads(loss: Loss) -> str:
    if not loss.last_activations:
        return "Any outputs."
    names = " or ".join(ACTIVATIONS[key].label for key in loss.last_activations)
    return f"What {names} gives."


LOSS_CURVES = FunctionPicture("loss", "losses", _settings, _make)
