"""A training of the network on the score sheet: its layers, its numbers, its samples, its loss and its optimizer."""

from __future__ import annotations

from typing import Any, get_args

from mlpviz.config import TrainingConfig
from mlpviz.exchange import open_file
from mlpviz.exchange.subjects import NETWORK
from mlpviz.network import Document, DocumentError
from mlpviz.network.optimizer_state import RATE
from mlpviz.runs import RunError
from mlpviz.schema.parameter_fields import ParameterName
from mlpviz.train_page.session import TrainSession

EPOCHS = 100


def training_of(document: Document) -> TrainingConfig:
    """The config that learns the samples of a document from its weights on, with full batches and no validation.

    A schedule begins anew with the training. One that counts epochs counts those, of one batch each.

    Raises DocumentError for targets that a training cannot have.
    """
    optimizer = document.optimizer.to_json_value()
    plain = {"key": optimizer} if isinstance(optimizer, str) else dict(optimizer)
    last = len(document.layers) - 1
    layers = [
        {
            "units": None if index == last else len(layer.weight),
            "activation": layer.activation.to_json_value(),
            "bias": layer.bias is not None,
            "norm": None if layer.norm is None else layer.norm.to_json_value(),
            "dropout": layer.dropout,
            "skip": layer.skip,
            "frozen": list(layer.frozen),
            "learning_rate": layer.learning_rate,
            "weight_decay": layer.weight_decay,
            "tied_to": layer.tied_to,
            "transposed": layer.transposed,
            "one_bias": layer.one_bias,
        }
        for index, layer in enumerate(document.layers)
    ]
    target, one_hot = _target(document)
    return TrainingConfig.parse(
        {
            "name": document.name,
            "data": {"kind": "points", "x": [list(row) for row in document.x], **target},
            "split": {"test": 0, "validation": 0},
            "one_hot": one_hot,
            "layers": layers,
            "start": _start(document),
            "loss": document.loss.to_json_value(),
            "optimizer": plain | {RATE: document.learning_rate},
            "schedule": None if document.schedule is None else document.schedule.to_json_value(),
            "schedule_counts": "steps" if document.schedule_every == 1 else "epochs",
            "penalty": None if document.penalty is None else document.penalty.to_json_value(),
            "penalize_biases": document.penalize_biases,
            "ties": [[list(place) for place in group] for group in document.ties],
            "epochs": EPOCHS,
            "shuffle": False,
        }
    )


def _start(document: Document) -> list[dict[str, Any]]:
    """The weights of a document as the field of a config, in JSON. Running statistics begin anew with the training."""
    return [
        {name: value for name in get_args(ParameterName) if (value := getattr(layer, name)) is not None}
        for layer in document.layers
    ]


def _target(document: Document) -> tuple[dict[str, Any], bool]:
    """The targets as points have them, and whether classes are one-hot rows."""
    target, outputs, loss = document.target, document.widths[-1], document.spec.loss
    if target is None:
        raise DocumentError("the network on the sheet has no target, so there is nothing to learn")
    if isinstance(target[0], int):
        return {"classes": list(target)}, True
    rows = [list(row) for row in target if isinstance(row, tuple)]
    if loss.target in ("values", "gradients"):
        return {"values": rows}, True
    low = -1.0 if loss.target == "signs" else 0.0
    if outputs == 1 and all(row[0] in (low, 1.0) for row in rows):
        return {"classes": [int(row[0] == 1.0) for row in rows]}, False
    if not all(sorted(row) == [low] * (outputs - 1) + [1.0] for row in rows):
        raise DocumentError(
            f"the targets on the sheet are {_OTHERWISE[loss.target]}: a training needs one class per sample"
        )
    numbers = loss.reading("numbers")
    if numbers.mean_over != loss.mean_over or numbers.ignored is not None:
        raise DocumentError(
            "the targets on the sheet are rows, and a training reads class numbers: with class weights or an ignored "
            "class that is another loss. Write the targets as class numbers first"
        )
    return {"classes": [row.index(1.0) for row in rows]}, True


_OTHERWISE = {
    "classes": "shares of classes",
    "probabilities": "shares of classes",
    "signs": "not 1 for one class and -1 for the others",
}


NO_STATE = "Other data may be chosen: the weights stay where they fit. The optimizer begins without a state."


def from_sheet(session: TrainSession) -> None:
    """Begin a run of the network that is on the score sheet now. Raises RunError without one."""
    if session.lent is None:
        raise RunError("there is no network on the score sheet")
    begin(session, session.lent, "The network of the score sheet")


def open_network(session: TrainSession, name: str, content: bytes) -> None:
    """Begin a run of the network in a file, with its weights and its samples. Raises DocumentError and RunError."""
    try:
        document = open_file(NETWORK, content)
    except DocumentError as error:
        # the places in it are those of a network, which the form of a training would call other names
        raise DocumentError(f"the network in {name}: {error}") from None
    begin(session, document, f"The network in {name}")


def begin(session: TrainSession, document: Document, whose: str) -> None:
    """Begin a run of this network. Raises DocumentError and RunError; then the old run stays."""
    session.start(training_of(document))
    session.said.notice = f"{whose}, with its weights, samples, loss and optimizer. {NO_STATE}"


def train_network(session: TrainSession, document: Document) -> None:
    """Begin a run of the sheet's network; the old one stays if that cannot be."""
    session.said.clear()
    try:
        begin(session, document, "The network of the score sheet")
    except (DocumentError, RunError) as error:
        session.said.error = f"Not done: {error}"
