"""Experiments on optimization: learning rate, batch size, optimizers, unscaled features."""

from __future__ import annotations

from typing import Any

import numpy as np

from mlpviz.examples.experiments.experiment import Claim, Experiment
from mlpviz.examples.experiments.snippets import TWO_CLASSES, column, hidden, member_of, now, short, toy
from mlpviz.runs import Run
from mlpviz.text.numbers import percent

_SINE = {
    "data": toy("sine", samples=100, noise=0.05), "loss": "mse", "split": {"test": 0.0, "validation": 0.2},
    "layers": hidden(16), "batch_size": 20, "epochs": 150, "initializer": "xavier_normal",
}  # fmt: skip

_RATES = {"too small": 0.0005, "right": 0.1, "too large": 8.0}


def _rates(run: Run) -> Claim:
    small, right = (now(run, member_of(run, label), "train_loss") for label in ("too small", "right"))
    large = member_of(run, "too large")
    start, end = column(run, large, "train_loss")[0], now(run, large, "train_loss")
    exploded = run.status_of(large)[0] == "failed" or not np.isfinite(end) or end > 2 * start
    became = "no number any more" if not np.isfinite(end) else short(end)
    return Claim(
        small > 3 * right and exploded,
        f"Training loss: {short(small)} when too small, {short(right)} when right, {became} when too large.",
    )


_MOONS = {
    "data": toy("moons", samples=200, noise=0.15), **TWO_CLASSES, "split": {"test": 0.2, "validation": 0.2},
    "layers": hidden(8), "epochs": 60, "initializer": "xavier_normal",
}  # fmt: skip
_XOR = {**_MOONS, "data": toy("xor", samples=200), "batch_size": 16}

_BATCHES: dict[str, int | None] = {"single sample": 1, "mini-batch of 16": 16, "full batch": None}


def roughness(run: Run, member: int) -> float:
    """How often the validation loss rises from one epoch to the next, as a share of the epochs."""
    change = np.diff(column(run, member, "validation_loss"))
    return float((change > 0).sum() / max(1, len(change)))


def _batches(run: Run) -> Claim:
    members = [member_of(run, label) for label in _BATCHES]
    steps = [int(run.state(member).newest_row[1]) for member in members]
    loss = [now(run, member, "train_loss") for member in members]
    single, _, full = (roughness(run, member) for member in members)
    listed = ", ".join(
        f"{label} {short(each)} in {n} steps" for label, each, n in zip(_BATCHES, loss, steps, strict=True)
    )
    return Claim(
        loss[0] < loss[1] < loss[2] and single > full + 0.1 and steps[0] > 10 * steps[1] > 100 * steps[2] / 10,
        f"Training loss after as many epochs: {listed}. The validation loss rose in {percent(single, 0)} of the epochs "
        f"with single samples and in {percent(full, 0)} with the full batch.",
    )


_WAYS: dict[str, Any] = {
    "SGD": {"key": "sgd", "learning_rate": 0.01},
    "momentum": {"key": "sgd", "learning_rate": 0.01, "momentum": 0.9},
    "RMSprop": {"key": "rmsprop", "learning_rate": 0.01},
    "Adam": {"key": "adam", "learning_rate": 0.01},
    "Adadelta": {"key": "adadelta", "learning_rate": 1.0},
}


def _ways(run: Run) -> Claim:
    loss = {label: now(run, member_of(run, label), "train_loss") for label in _WAYS}
    listed = ", ".join(f"{short(each)} with {label}" for label, each in loss.items())
    holds = loss["momentum"] < 0.8 * loss["SGD"] and max(loss["RMSprop"], loss["Adam"]) < 0.3 * loss["SGD"]
    return Claim(holds, f"Training loss after as many epochs: {listed}.")


_SCALINGS = {"unscaled": "none", "standard": "standard", "min–max": "min_max"}


def _scalings(run: Run) -> Claim:
    right = {label: now(run, member_of(run, label), "validation_metric") for label in _SCALINGS}
    listed = ", ".join(f"{percent(share, 0)} {label}" for label, share in right.items())
    return Claim(
        right["standard"] > 0.9 and right["min–max"] > 0.9 and right["unscaled"] < right["standard"] - 0.15,
        f"Right on the validation samples: {listed}.",
    )


STEPS = (
    Experiment(
        key="learning_rate",
        label="Learning rate: too small, right, too large",
        question="The same network takes steps of three lengths. Which curve belongs to which?",
        look="The loss on a logarithmic axis, and the tape of warnings.",
        answer=(
            "Too small: the loss falls, but it would need many times the epochs. Right: it falls fast and settles. Too "
            "large: each step jumps over the valley to a place that is steeper, the next step is longer still, and the "
            "numbers explode. Turn the learning rate while it runs to find the border."
        ),
        choice="learning_rate",
        json_configs={
            label: {**_SINE, "optimizer": {"key": "sgd", "learning_rate": rate}} for label, rate in _RATES.items()
        },
        claim=_rates,
    ),
    Experiment(
        key="batch_size",
        label="Single samples, mini-batches, full batch",
        question="All three see every sample once per epoch. Why do their curves differ?",
        look="How smooth each curve is, and how far it gets per epoch.",
        answer=(
            "A step per sample means as many steps per epoch as samples: fast progress, but each follows one sample's "
            "gradient, so the curve trembles. The full batch takes one step per epoch in the exact direction: smooth "
            "and slow. Mini-batches are in between, and they fill the arithmetic units of a computer."
        ),
        choice="batch_size",
        json_configs={
            label: {**_MOONS, "optimizer": {"key": "sgd", "learning_rate": 0.1}, "batch_size": size}
            for label, size in _BATCHES.items()
        },
        claim=_batches,
    ),
    Experiment(
        key="optimizers",
        label="Momentum, RMSprop, Adam, Adadelta",
        question="Five optimizers begin at the same weights and see the same batches. Which one is fastest, and why?",
        look="The curves in the first epochs; then how the weights per layer grow.",
        answer=(
            "SGD follows the gradient. Momentum adds up gradients that agree, up to tenfold with 0.9. RMSprop divides "
            "every parameter's step by the recent size of its gradient, so that flat directions get long steps. Adam "
            "does both. Adadelta needs no learning rate: it measures its own steps, and begins with very small ones."
        ),
        choice="optimizer",
        json_configs={label: {**_XOR, "optimizer": way} for label, way in _WAYS.items()},
        claim=_ways,
        source="Polyak 1964; Tieleman and Hinton 2012; Kingma and Ba 2015; Zeiler 2012",
    ),
    Experiment(
        key="unscaled_features",
        label="Unscaled features",
        question="Wine has one feature around 750 and one around 0.1. What does a network make of that?",
        look="The weights and activations of the first layer.",
        answer=(
            "The gradient of a first-layer weight is proportional to its feature, so the largest feature decides every "
            "step: its unit saturates, and a learning rate that suits it is far too small for the others. Brought to "
            "one scale, all features get a say from the first step on. The scale is measured on the training samples "
            "only."
        ),
        choice="scaling",
        json_configs={
            label: {
                "data": toy("wine"), "loss": "cross_entropy", "layers": hidden(12), "batch_size": 16, "epochs": 60,
                "split": {"test": 0.2, "validation": 0.25, "stratified": True}, "scaling": scaling,
                "optimizer": {"key": "sgd", "learning_rate": 0.05}, "initializer": "xavier_normal",
            }
            for label, scaling in _SCALINGS.items()
        },
        claim=_scalings,
    ),
)  # fmt: skip
