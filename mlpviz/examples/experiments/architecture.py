"""Experiments on the shape of a network: hidden layers, depth and width, how many units a curve needs."""

from __future__ import annotations

from mlpviz.examples.experiments.experiment import Claim, Experiment
from mlpviz.examples.experiments.snippets import TWO_CLASSES, hidden, member_of, now, short, toy
from mlpviz.runs import Run
from mlpviz.text.numbers import percent

_XOR = {
    "data": toy("xor", samples=200), **TWO_CLASSES, "split": {"test": 0.2, "validation": 0.2},
    "optimizer": {"key": "adam", "learning_rate": 0.03}, "batch_size": 16, "epochs": 120,
}  # fmt: skip


def _xor(run: Run) -> Claim:
    without, two, four = (now(run, member, "train_metric") for member in range(3))
    return Claim(
        without < 0.8 and four > 0.97 and two > without,
        f"Right on the training samples: {percent(without, 0)} without a hidden layer, {percent(two, 0)} with 2 units, "
        f"{percent(four, 0)} with 4.",
    )


_SPIRALS = {
    "data": toy("spirals", samples=300), **TWO_CLASSES, "split": {"test": 0.2, "validation": 0.2},
    "optimizer": {"key": "adam", "learning_rate": 0.01}, "batch_size": 16, "epochs": 300,
    "initializer": "xavier_normal",
}  # fmt: skip


def _spirals(run: Run) -> Claim:
    wide, deep = (now(run, member, "validation_metric") for member in range(2))
    sizes = [member.spec.size for member in run.members]
    return Claim(
        deep > wide + 0.1 and abs(sizes[0] - sizes[1]) < 0.1 * max(sizes),
        f"Right on the validation samples: {percent(wide, 0)} wide ({sizes[0]} parameters), "
        f"{percent(deep, 0)} deep ({sizes[1]}).",
    )


_UNITS = (1, 3, 10, 50)


def _units(run: Run) -> Claim:
    fits = [now(run, member_of(run, _counted(units)), "train_metric") for units in _UNITS]
    listed = ", ".join(f"{short(fit)} with {units}" for units, fit in zip(_UNITS, fits, strict=True))
    rising = fits[0] < fits[1] < fits[2]
    return Claim(rising and fits[0] < 0.5 and fits[3] > 0.98, f"R² on the training samples: {listed} hidden units.")


def _counted(units: int) -> str:
    return f"{units} unit{'' if units == 1 else 's'}"


SHAPES = (
    Experiment(
        key="xor_hidden",
        label="XOR needs a hidden layer",
        question="Opposite corners belong together. Can a network without a hidden layer tell them apart?",
        look="The decision map: how many straight borders can each network draw?",
        answer=(
            "Without a hidden layer the border is one straight line, and no line has both corners of a class on its "
            "own side: at best three of four corners are right. Each hidden unit adds a line of its own, and the last "
            "layer joins them: two can be enough, four find it more easily."
        ),
        choice="hidden units",
        json_configs={
            "no hidden layer": {**_XOR, "layers": hidden()},
            "2 units": {**_XOR, "layers": hidden(2)},
            "4 units": {**_XOR, "layers": hidden(4)},
        },
        claim=_xor,
        source="Minsky and Papert 1969; Goodfellow, Bengio and Courville 2016, section 6.1",
    ),
    Experiment(
        key="wide_or_deep",
        label="Wide or deep, on spirals",
        question=(
            "Two networks have as many parameters: one layer of 65 units, or three layers of 10. Which one learns the "
            "spirals?"
        ),
        look="The maps of the units: what do those of the third layer respond to that those of the first can't?",
        answer=(
            "A unit of the first layer sees a straight border. Later layers fold borders into curves, and each fold "
            "uses all the folds before it, so that depth makes shapes that width has to add up one by one. The wide "
            "network could represent the spirals too; it takes many more units and much longer to find them."
        ),
        choice="shape",
        json_configs={
            "wide: 65": {**_SPIRALS, "layers": hidden(65)},
            "deep: 10-10-10": {**_SPIRALS, "layers": hidden(10, 10, 10)},
        },
        claim=_spirals,
        source="Telgarsky 2016 on the benefits of depth",
    ),
    Experiment(
        key="universal_approximation",
        label="How many units does a curve need?",
        question="One hidden layer of tanh units learns the cardinal sine. What do 1, 3, 10 and 50 units make of it?",
        look="The fitted curves: each unit adds one bend.",
        answer=(
            "A tanh unit is a step; the last layer adds steps of different heights, places and slopes. With enough of "
            "them any continuous curve on an interval comes out as closely as you like: the universal approximation "
            "theorem. It says that the weights exist, not that training finds them, nor how many units it takes."
        ),
        choice="units",
        json_configs={
            _counted(units): {
                "data": toy("sinc", samples=120), "loss": "mse", "split": {"test": 0.0, "validation": 0.2},
                "optimizer": {"key": "adam", "learning_rate": 0.02}, "batch_size": 16, "epochs": 400,
                "layers": hidden(units), "scaling": "standard",
            }
            for units in _UNITS
        },
        claim=_units,
        source="Cybenko 1989; Hornik, Stinchcombe and White 1989",
    ),
)  # fmt: skip
