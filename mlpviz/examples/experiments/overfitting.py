"""Experiments on underfitting, overfitting and regularisation."""

from __future__ import annotations

from typing import Any

from mlpviz.examples.experiments.experiment import Claim, Experiment
from mlpviz.examples.experiments.snippets import TWO_CLASSES, best, hidden, member_of, now, share_near_zero, short, toy
from mlpviz.runs import Run
from mlpviz.text.numbers import percent

_NOISY = {
    "data": toy("moons", samples=160, noise=0.45), **TWO_CLASSES, "split": {"test": 0.0, "validation": 0.5},
    "optimizer": {"key": "adam", "learning_rate": 0.03}, "batch_size": 16, "epochs": 300,
    "initializer": "xavier_normal",
}  # fmt: skip

_SIZES: dict[str, tuple[int, ...]] = {"1 unit": (1,), "4 units": (4,), "40-40 units": (40, 40)}


def _sizes(run: Run) -> Claim:
    train = {label: now(run, member_of(run, label), "train_loss") for label in _SIZES}
    validation = {label: now(run, member_of(run, label), "validation_loss") for label in _SIZES}
    big = member_of(run, "40-40 units")
    risen = validation["40-40 units"] / best(run, big)
    listed = ", ".join(f"{short(train[label], 2)} and {short(validation[label], 2)} with {label}" for label in _SIZES)
    return Claim(
        train["1 unit"] > train["4 units"] > train["40-40 units"]
        and risen > 1.5
        and validation["40-40 units"] > 1.3 * validation["4 units"],
        f"Training and validation loss: {listed}. "
        f"The largest network's validation loss is {short(risen, 2)} times its best.",
    )


_BIG = {**_NOISY, "layers": hidden(40, 40), "optimizer": {"key": "adam", "learning_rate": 0.01}, "epochs": 500}
_HOLDS: dict[str, dict[str, Any]] = {
    "nothing": {},
    "L1": {"penalty": {"key": "l1", "strength": 0.001}},
    "L2": {"penalty": {"key": "l2", "strength": 0.0003}},
    "dropout": {"layers": hidden(40, 40, dropout=0.5)},
    "early stopping": {"stopping": {"patience": 10}},
}


def _holds(run: Run) -> Claim:
    zeros = {label: share_near_zero(run, member_of(run, label)) for label in ("nothing", "L1", "L2")}
    loss = {label: plain_loss(run, member_of(run, label)) for label in _HOLDS}
    listed = ", ".join(f"{short(each, 2)} with {label}" for label, each in loss.items())
    sparse = zeros["L1"] > 3 * max(zeros["nothing"], zeros["L2"])
    return Claim(
        sparse and all(loss[label] < 0.8 * loss["nothing"] for label in _HOLDS if label != "nothing"),
        f"Validation loss at the end, without penalty: {listed}. Weights near zero: {percent(zeros['L1'], 0)} with L1, "
        f"{percent(zeros['L2'], 0)} with L2, {percent(zeros['nothing'], 0)} with nothing.",
    )


def plain_loss(run: Run, member: int) -> float:
    """The validation loss of a member at the end without its penalty, so that members can be compared."""
    validation = run.state(member).measured.validation
    assert validation is not None  # noqa: S101  # the experiments that ask have a validation set
    return float(validation.loss) - float(validation.penalty)


_FEW = {
    "data": toy("circles", samples=40, noise=0.4), **TWO_CLASSES, "split": {"test": 0.0, "validation": 0.5},
    "optimizer": {"key": "adam", "learning_rate": 0.01}, "batch_size": None, "epochs": 600,
    "initializer": "xavier_normal",
}  # fmt: skip


def _more(run: Run) -> Claim:
    few, many = (now(run, member, "train_metric") for member in range(2))
    judged = now(run, 1, "validation_metric")
    samples, parameters = len(run.members[1].sets.train.x), run.members[1].spec.size
    return Claim(
        few < 0.95 and many == 1.0 and judged < 0.9 and parameters > 10 * samples,
        f"{parameters} parameters learn all {samples} samples ({percent(many, 0)} right) and are right on "
        f"{percent(judged, 0)} of the others; {run.members[0].spec.size} parameters reach {percent(few, 0)}.",
    )


FITTING = (
    Experiment(
        key="overfitting",
        label="Underfit, good fit, overfit",
        question=(
            "Noisy moons and three networks: one unit, four units, two layers of forty. Which one would you trust on "
            "new points?"
        ),
        look="The gap between training and validation loss, and the islands on the decision map.",
        answer=(
            "One unit is too stiff: both losses stay high. Four units draw the border that the noise leaves visible. "
            "The large network goes on: it draws islands around single points, training loss falls towards 0, and "
            "validation loss rises, because those points were noise."
        ),
        choice="width",
        json_configs={label: {**_NOISY, "layers": hidden(*widths)} for label, widths in _SIZES.items()},
        claim=_sizes,
    ),
    Experiment(
        key="regularisation",
        label="L1, L2, dropout, early stopping",
        question="The large network of the last experiment again. What keeps it from learning the noise by heart?",
        look="The distribution of the weights: which remedy makes them small, which makes them zero?",
        answer=(
            "L1 pulls every weight towards 0 with the same force, so that most end there: sparse weights. L2 pulls "
            "large weights most: they all become small, few become 0. Dropout lets no unit rely on another one. Early "
            "stopping changes nothing in the network: it takes the weights from before validation loss began to rise."
        ),
        choice="regularisation",
        json_configs={label: {**_BIG, **changes} for label, changes in _HOLDS.items()},
        claim=_holds,
        source="Srivastava and others 2014; Prechelt 1998",
    ),
    Experiment(
        key="more_parameters_than_samples",
        label="More parameters than samples",
        question=(
            "20 samples, some of them on the wrong side, and a network of several hundred parameters. How many will it "
            "learn?"
        ),
        look="Training accuracy, and what it costs on the map.",
        answer=(
            "All of them: with more parameters than samples there is always a way through every point, noise included. "
            "Training accuracy of 100 % then says nothing about new points; only samples that it has not seen do. A "
            "network with fewer parameters than samples has to leave some points on the wrong side."
        ),
        choice="width",
        json_configs={"2 units": {**_FEW, "layers": hidden(2)}, "30-30 units": {**_FEW, "layers": hidden(30, 30)}},
        claim=_more,
        source="Zhang and others 2017, Understanding deep learning requires rethinking generalization",
    ),
)
