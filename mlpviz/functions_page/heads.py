"""The same outputs under four heads: regression, yes or no, one class of several, and several labels at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from mlpviz.engine.activations import ACTIVATIONS, Activation
from mlpviz.engine.losses import LOSSES, Loss
from mlpviz.engine.parameters import Array
from mlpviz.exploration.figure import MARK, POSITIVE, figure
from mlpviz.exploration.setting import ChoiceSetting, ExplorationSetting, SliderSetting
from mlpviz.exploration.view import (
    ExplorationView,
    FactsPart,
    FigurePart,
    TableCell,
    TablePart,
    Try,
    Values,
    number_cell,
)
from mlpviz.functions_page.example_network import on_sheet, unit
from mlpviz.functions_page.function_picture import FunctionPicture
from mlpviz.sheet.rules.rule import mathml
from mlpviz.text.sentences import Sentence, exact_number, in_series, sentence

FIRST = (2.0, 0.5, -1.0)
OUTPUTS = len(FIRST)


@dataclass(frozen=True)
class OutputHead:
    """A last activation with its loss, and what its outputs are asked for. `classes`: one of them is right."""

    key: str
    label: str
    activation: Activation
    loss: Loss
    classes: bool
    sentence: str


HEADS = {
    head.key: head
    for head in (
        OutputHead(
            "classes",
            "one class of three",
            ACTIVATIONS["softmax"],
            LOSSES["cross_entropy_probs"],
            True,
            "Softmax makes probabilities that add up to 1; the answer is the largest (argmax), the target is one-hot.",
        ),
        OutputHead(
            "labels",
            "three labels, each yes or no",
            ACTIVATIONS["sigmoid"],
            LOSSES["bce"],
            False,
            "A sigmoid for each output: every label has a probability of its own, and yes is from 0.5 on.",
        ),
        OutputHead(
            "regression",
            "three numbers",
            ACTIVATIONS["identity"],
            LOSSES["mse"],
            False,
            "The outputs are the answer as they are: any numbers, compared with the numbers of the target.",
        ),
    )
}


def one_hot(number: int) -> Array:
    """The target row (1, O) of a class, counted from 0."""
    return np.eye(OUTPUTS)[[number]]


@dataclass(frozen=True)
class Answered:
    """What a head makes of z (O,): its activations, the terms of its loss, L, and ∂L/∂a and ∂L/∂z (O,)."""

    a: Array
    target: Array
    terms: Array
    loss: float
    grad_a: Array
    grad_z: Array


def answered_by(head: OutputHead, z: Array, target: Array) -> Answered:
    """The numbers of one sample by the engine; `target` is a row (1, O)."""
    rows = z[None]
    a = head.activation.value(rows)
    divisor = head.loss.divisor(1, OUTPUTS, target)
    terms = np.broadcast_to(head.loss.terms(a, target), a.shape) / divisor
    grad_a = head.loss.grad(a, target) / divisor
    grad_z = head.activation.vjp(rows, a, grad_a)
    return Answered(a[0], target[0], terms[0], float(terms.sum()), grad_a[0], grad_z[0])


def _settings(values: Values) -> Iterator[ExplorationSetting]:
    yield ChoiceSetting(
        key="head", label="head", options=tuple((key, head.label) for key, head in HEADS.items()), group="Head"
    )
    for number, default in enumerate(FIRST):
        yield SliderSetting(
            key=f"z{number + 1}",
            label=f"z {number + 1}",
            low=-5,
            high=5,
            step=0.1,
            default=default,
            group="Outputs of the network",
        )
    if HEADS[values["head"]].classes:
        names = tuple((str(number), f"class {number + 1}") for number in range(OUTPUTS))
        yield ChoiceSetting(key="class", label="right class", options=names, group="Target")
        return
    whole = values["head"] == "labels"
    for number in range(OUTPUTS):
        if whole:
            yield ChoiceSetting(
                key=f"label{number + 1}",
                label=f"label {number + 1}",
                options=(("1", "yes"), ("0", "no")),
                group="Target",
            )
        else:
            yield SliderSetting(
                key=f"t{number + 1}",
                label=f"target {number + 1}",
                low=-5,
                high=5,
                step=0.1,
                default=1.0,
                group="Target",
            )


def _target(head: OutputHead, values: Values) -> Array:
    if head.classes:
        return one_hot(int(values["class"]))
    prefix = "label" if head.key == "labels" else "t"
    return np.array([[float(values[f"{prefix}{number + 1}"]) for number in range(OUTPUTS)]])


def _make(values: Values) -> ExplorationView:
    head = HEADS[values["head"]]
    z = np.array([values[f"z{number + 1}"] for number in range(OUTPUTS)])
    target = _target(head, values)
    found = answered_by(head, z, target)
    names = [f"output {number + 1}" for number in range(OUTPUTS)]
    largest = float(np.abs(found.grad_z).max()) or 1.0
    answer = _answer(head, found.a)
    chosen = {f"z{number + 1}": float(one) for number, one in enumerate(z)}
    return ExplorationView(
        parts=(
            FigurePart(
                key="outputs",
                title="What the head says, and the target",
                height=300,
                figure=figure(
                    [
                        {"type": "bar", "x": names, "y": found.a, "name": "a", "marker": {"color": POSITIVE}},
                        {
                            "type": "scatter",
                            "x": names,
                            "y": found.target,
                            "name": "target",
                            "mode": "markers",
                            "marker": {"color": MARK, "size": 13, "symbol": "diamond"},
                        },
                    ],
                    x="",
                    y="a",
                ),
                text=sentence("{answer} The loss is {loss}.", answer=answer, loss=exact_number(found.loss)),
            ),
            TablePart(
                key="numbers",
                title="From z to the gradient",
                head=("", *names),
                rows=[
                    [TableCell("z"), *map(number_cell, z.tolist())],
                    [TableCell("a"), *map(number_cell, found.a.tolist())],
                    [TableCell("target"), *map(number_cell, found.target.tolist())],
                    [TableCell("answer"), *map(number_cell, answers(head, found.a).tolist())],
                    [TableCell("ℓ"), *map(number_cell, found.terms.tolist())],
                    [TableCell("∂L/∂z"), *(number_cell(one, one / largest) for one in found.grad_z.tolist())],
                ],
                note="With the loss that belongs to it, every head has the same gradient on z but for a factor: the "
                "answer minus the target.",
            ),
            FactsPart(
                title=f"{head.activation.label} and {head.loss.label}",
                formulas=(mathml(head.loss.latex),),
                facts=(("head", head.sentence),),
            ),
        ),
        look_for=(
            "The gradient on z is the difference of answer and target: outputs that are too large are pushed "
            "down, the others up.",
            "One-hot: the target has a 1 at the right class and 0 elsewhere. Argmax: the answer is the place "
            "of the largest output.",
        ),
        tries=(
            Try("One class of three, and wrong", {"head": "classes", **chosen, "class": str(int(np.argmin(z)))}),
            Try("The same outputs as three labels", {"head": "labels", **chosen}),
            Try("The same outputs as numbers", {"head": "regression", **chosen}),
        ),
        loads=(
            on_sheet(
                lambda: unit(
                    head.activation, z.tolist(), head.loss, int(values["class"]) if head.classes else target[0].tolist()
                ),
                f"the head with {head.activation.label} and {head.loss.label}",
            ),
        ),
    )


def answers(head: OutputHead, a: Array) -> Array:
    """What is said in the end (O,): the one-hot row of the largest, yes or no, or the numbers themselves."""
    if head.classes:
        return one_hot(int(np.argmax(a)))[0]
    return (a >= 0.5).astype(float) if head.key == "labels" else a


def _answer(head: OutputHead, a: Array) -> Sentence:
    if head.classes:
        best = int(np.argmax(a))
        return sentence("The answer is class {n}, with probability {p}.", n=best + 1, p=exact_number(float(a[best])))
    if head.key == "labels":
        yes = [str(number + 1) for number in np.flatnonzero(a >= 0.5)]
        return sentence("The answer is yes for {which}.", which=" and ".join(yes) if yes else "none")
    return sentence("The answer is {numbers}.", numbers=in_series([exact_number(one) for one in a.tolist()]))


HEADS_PICTURE = FunctionPicture("heads", "heads: class, labels, numbers", _settings, _make)
