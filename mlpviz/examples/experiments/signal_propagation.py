"""Experiments on activations, first weights and vanishing gradients."""

from __future__ import annotations

from typing import Any

import numpy as np

from mlpviz.examples.experiments.experiment import Claim, Experiment
from mlpviz.examples.experiments.snippets import TWO_CLASSES, column, hidden, member_of, now, short, toy
from mlpviz.runs import Run
from mlpviz.text.numbers import percent

_CIRCLES = {
    "data": toy("circles", samples=200), **TWO_CLASSES, "split": {"test": 0.2, "validation": 0.2},
    "batch_size": 16, "optimizer": {"key": "sgd", "learning_rate": 0.1}, "epochs": 250,
    "initializer": "xavier_normal",
}  # fmt: skip

_ACTIVATIONS = ("identity", "sigmoid", "tanh", "relu")


def _activations(run: Run) -> Claim:
    right = {key: now(run, member_of(run, key), "train_metric") for key in _ACTIVATIONS}
    loss = {key: now(run, member_of(run, key), "train_loss") for key in _ACTIVATIONS}
    holds = right["identity"] < 0.75 and min(right["tanh"], right["relu"]) > 0.95 and loss["sigmoid"] > 3 * loss["tanh"]
    listed = ", ".join(f"{percent(share, 0)} with {key}" for key, share in right.items())
    return Claim(holds, f"Right on the training samples: {listed}.")


_STARTS: dict[str, Any] = {
    "zeros": "zeros",
    "far too large": {"key": "normal", "std": 20.0},
    "Xavier": "xavier_normal",
    "He": "kaiming_normal",
}


def _starts(run: Run) -> Claim:
    right = {label: now(run, member_of(run, label), "train_metric") for label in _STARTS}
    loss = {label: now(run, member_of(run, label), "train_loss") for label in _STARTS}
    good = max(loss["Xavier"], loss["He"])
    listed = ", ".join(f"{short(loss[label])} from {label}" for label in _STARTS)
    return Claim(
        right["zeros"] < 0.7 and min(right["Xavier"], right["He"]) > 0.95 and loss["far too large"] > 2 * good,
        f"Training loss at the end: {listed}.",
    )


_TEN: dict[str, Any] = {
    "data": toy("circles", samples=200), **TWO_CLASSES, "split": {"test": 0.2, "validation": 0.2},
    "batch_size": 20, "optimizer": {"key": "sgd", "learning_rate": 0.05, "momentum": 0.9}, "epochs": 250,
    "initializer": "xavier_normal",
}  # fmt: skip

_REMEDIES: dict[str, dict[str, Any]] = {
    "sigmoid": {"layers": hidden(*[10] * 10, activation="sigmoid")},
    "ReLU and He": {"layers": hidden(*[10] * 10, activation="relu"), "initializer": "kaiming_normal"},
    "batch norm": {"layers": hidden(*[10] * 10, activation="sigmoid", norm="batch_norm")},
    "residual connections": {
        "layers": [
            {"units": 10, "activation": "sigmoid"},
            *[{"units": 10, "activation": "sigmoid", "skip": 1}] * 9,
            {"units": None, "activation": "identity"},
        ]
    },
}


def first_gradient(run: Run, member: int) -> float:
    """The norm of the gradient of the first layer's parameters, before the first step."""
    return float(run.state(member).monitor.stats_history.norms[0, 0])


def _vanishing(run: Run) -> Claim:
    norms = {label: first_gradient(run, member_of(run, label)) for label in _REMEDIES}
    ratio = norms["sigmoid"] / norms["ReLU and He"]
    others = min(norms["batch norm"], norms["residual connections"]) / norms["sigmoid"]
    start = column(run, member_of(run, "sigmoid"), "train_loss")[0]
    stuck = now(run, member_of(run, "sigmoid"), "train_loss")
    learned = now(run, member_of(run, "ReLU and He"), "train_loss")
    return Claim(
        ratio < 1e-4 and others > 100 and stuck > 0.9 * min(start, np.log(2.0)) and learned < 0.5 * stuck,
        f"At the start the first layer's gradient is {short(ratio, 2)} of that with ReLU and He; batch norm and "
        f"residual connections make it at least {short(others, 2)} times as large. "
        f"Loss at the end: {short(stuck)} and {short(learned)}.",
    )


SIGNALS = (
    Experiment(
        key="activations",
        label="Activation functions compared",
        question=(
            "A ring around a ring: which activation lets 8 hidden units close the border, and which one is fastest?"
        ),
        look="The maps of the units, and how soon each curve falls.",
        answer=(
            "With the identity all layers together are one linear layer: the border stays straight. Sigmoid, tanh and "
            "ReLU can all close it. Sigmoid is slowest: its slope is at most ¼, and its outputs are never negative, so "
            "that all weights of a unit are pushed the same way. tanh has slope 1 at 0; ReLU has it for every positive "
            "z."
        ),
        choice="activation",
        json_configs={key: {**_CIRCLES, "layers": hidden(8, activation=key)} for key in _ACTIVATIONS},
        claim=_activations,
    ),
    Experiment(
        key="initialisation",
        label="Good and bad first weights",
        question=(
            "The same network begins with zeros, with weights that are far too large, and by the rules of Xavier and "
            "He. Which one learns?"
        ),
        look="The activations per layer: alike, all at −1 and 1, or spread; and the warnings.",
        answer=(
            "With zeros all units of a layer are alike, get the same gradient and stay alike: the layer is one unit. "
            "With weights far too large every tanh is saturated, its slope almost 0, and the gradient with it. Xavier "
            "and He choose the variance so that activations and gradients keep their size from layer to layer: 2 / (in "
            "+ out) for tanh, 2 / in for ReLU, which throws half away."
        ),
        choice="initializer",
        json_configs={
            label: {**_CIRCLES, "layers": hidden(12, 12), "initializer": start} for label, start in _STARTS.items()
        },
        claim=_starts,
        source="Glorot and Bengio 2010; He, Zhang, Ren and Sun 2015",
    ),
    Experiment(
        key="vanishing_gradients",
        label="Ten layers of sigmoid",
        question=(
            "Ten hidden layers of sigmoid units don't learn at all. What do ReLU with He, batch norm, and residual "
            "connections change?"
        ),
        look="The gradients per layer, from the last layer back to the first.",
        answer=(
            "On its way back the gradient is multiplied by the slope of each layer's sigmoid, at most ¼: after ten "
            "layers at most a millionth is left, and the first layers stay as they were. ReLU passes 1 where it is "
            "open, and He keeps the sizes. Batch norm brings every z back to where the sigmoid is steep and scales it "
            "up. Residual connections give the gradient a way around each layer, on which it is not multiplied by "
            "anything."
        ),
        choice="remedy",
        json_configs={label: {**_TEN, **changes} for label, changes in _REMEDIES.items()},
        claim=_vanishing,
        source="Hochreiter 1991; Ioffe and Szegedy 2015; He, Zhang, Ren and Sun 2016",
    ),
)
