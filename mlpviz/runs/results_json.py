"""A finished training as a file: config, curves and weights, as JSON that can be read back.

It has no optimizer slots: a run goes on from such a file as from new weights.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal, NamedTuple

import numpy as np
from pydantic import BaseModel, Field, ValidationError

from mlpviz.config.build import PreparedTraining, network
from mlpviz.config.config import TrainingConfig
from mlpviz.engine import NetworkSpec
from mlpviz.engine.parameters import Array
from mlpviz.engine.training import Evaluation, Snapshot
from mlpviz.schema.errors import DocumentError, counted, echo, first_error
from mlpviz.schema.fields import STRICT, Number
from mlpviz.schema.json_io import read_json, write_json
from mlpviz.schema.limits import TRAINING_LIMITS

Measured = Annotated[float, Field(strict=True, allow_inf_nan=False)] | None
"""A loss or metric; null where it is not finite or was not measured."""

Numbers = list[Number]


class LayerWeights(BaseModel):
    """The numbers of one layer: weight (O, I), and bias, gamma, beta, running mean and var (O,), null for none.

    alpha (1,) or (O,) is there where the activation learns it.
    """

    model_config = STRICT

    weight: Annotated[list[Annotated[Numbers, Field(min_length=1)]], Field(min_length=1)]
    bias: Numbers | None = None
    gamma: Numbers | None = None
    beta: Numbers | None = None
    alpha: Numbers | None = None
    mean: Numbers | None = None
    var: Numbers | None = None


class CurvePoint(BaseModel):
    """One whole epoch on the curves; `loss` is the mean over its batches, the others were measured after the epoch.

    All losses include the penalty; `penalty` is that part of the measured ones, null where nothing is penalised.
    """

    model_config = STRICT

    epoch: Annotated[int, Field(strict=True, ge=0)]
    step: Annotated[int, Field(strict=True, ge=0)]
    loss: Measured = None
    learning_rate: Measured = None
    train_loss: Measured = None
    train_metric: Measured = None
    validation_loss: Measured = None
    validation_metric: Measured = None
    test_loss: Measured = None
    test_metric: Measured = None
    penalty: Measured = None
    average_loss: Measured = None
    average_metric: Measured = None

    @classmethod
    def of(cls, snapshot: Snapshot) -> CurvePoint:
        """The point of a snapshot at a whole epoch."""
        measures = {"train": snapshot.train, "validation": snapshot.validation, "test": snapshot.test}
        measures["average"] = snapshot.average_measure
        found = {
            f"{part}_{name}": number for part, m in measures.items() for name, number in _loss_and_metric(m).items()
        }
        return cls(
            epoch=snapshot.epoch,
            step=snapshot.step,
            loss=_finite(snapshot.loss),
            learning_rate=_finite(snapshot.learning_rate),
            penalty=_finite(snapshot.penalty) or None,
            **found,
        )


class TrainedFold(BaseModel):
    """The result of one training: why it ended, its curves, and the network at its end."""

    model_config = STRICT

    stopped: Annotated[str, Field(strict=True, max_length=200)]
    curves: list[CurvePoint]
    weights: Annotated[list[LayerWeights], Field(min_length=1, max_length=TRAINING_LIMITS.layers)]

    @classmethod
    def of(cls, spec: NetworkSpec, curves: Sequence[CurvePoint], last: Snapshot, stopped: str) -> TrainedFold:
        """The training of this network that ended with this snapshot."""
        layers = []
        for views, running in zip(spec.views(last.params), spec.buffer_views(last.buffers), strict=True):
            named = {**views._asdict(), **(running._asdict() if running is not None else {})}
            layers.append(LayerWeights(**{name: _listed(array) for name, array in named.items()}))
        return cls(stopped=stopped, curves=list(curves), weights=layers)


class TrainedRun(NamedTuple):
    """What the command line has trained: the results, the last snapshot of each fold, and the CSV file it was given."""

    built: PreparedTraining
    results: ResultsFile
    snapshots: Sequence[Snapshot]
    content: bytes | None = None


class ResultsFile(BaseModel):
    """A config with the result of its training: one fold, or one per fold of a cross-validation. Version 1."""

    model_config = STRICT

    version: Annotated[int, Field(strict=True, ge=1, le=TRAINING_LIMITS.version)] = TRAINING_LIMITS.version
    setup: TrainingConfig
    metric: Literal["accuracy", "r2", ""]
    folds: Annotated[list[TrainedFold], Field(min_length=1, max_length=TRAINING_LIMITS.folds)]

    @classmethod
    def of(cls, built: PreparedTraining, folds: Sequence[TrainedFold]) -> ResultsFile:
        """The file of these folds, perhaps fewer than the config asks for."""
        return cls(setup=built.config, metric=built.metric, folds=list(folds))

    @classmethod
    def parse(cls, source: str | bytes) -> ResultsFile:
        """The run in a JSON text. Raises DocumentError: one sentence that names the place and what was expected."""
        found = read_json(source, "the run", TRAINING_LIMITS.run)
        if not isinstance(found, Mapping):
            raise DocumentError(f"the run is {echo(found)}, expected an object")
        setup = TrainingConfig.parse(found["setup"]) if isinstance(found.get("setup"), Mapping) else None
        try:
            run = cls.model_validate({**found, "setup": setup} if setup is not None else found)
        except ValidationError as error:
            raise first_error(error, _KNOWN, "the run") from None
        for number in range(len(run.folds)):
            run.params(number)
        return run

    def to_json(self) -> str:
        """JSON text, one line per field and fold."""
        found = self.model_dump(exclude={"setup"}, exclude_none=True)
        return write_json({"version": self.version, "setup": self.setup.to_json_value(), **found}, 1, ("folds",))

    def spec(self) -> NetworkSpec:
        """The network, with as many inputs and outputs as the weights have. Raises DocumentError if they cannot fit."""
        weights = self.folds[0].weights
        return network(self.setup, len(weights[0].weight[0]), len(weights[-1].weight))

    def params(self, fold: int = 0) -> tuple[Array, Array]:
        """The parameters (P,) and running statistics (B,) of a fold (from 0), for `spec`.

        Raises DocumentError naming the layer whose weights do not fit the network of the config.
        """
        spec, weights = self.spec(), self.folds[fold].weights
        if len(weights) != len(spec.layers):
            raise DocumentError.at(
                ("folds", fold, "weights"), f"has {counted(len(weights), 'layer')}, expected {len(spec.layers)}"
            )
        params, buffers = np.empty(spec.size), spec.initial_buffers()
        for index, (given, views, running) in enumerate(
            zip(weights, spec.views(params), spec.buffer_views(buffers), strict=True)
        ):
            named = {**views._asdict(), **dict(zip(("mean", "var"), running or (None, None), strict=True))}
            for name, place in named.items():
                _fill(place, getattr(given, name), ("folds", fold, "weights", index, name))
        return params, buffers


def _fill(place: Array | None, given: Any, path: tuple[int | str, ...]) -> None:
    if place is None or given is None:
        if (place is None) != (given is None):
            raise DocumentError.at(path, "is missing" if given is None else "is given, but the network has none")
        return
    rows = given if place.ndim == 2 else [given]
    if any(len(row) != place.shape[-1] for row in rows) or len(rows) != (len(place) if place.ndim == 2 else 1):
        shape = " x ".join(map(str, place.shape))
        raise DocumentError.at(path, f"does not fit the network of the setup, expected {shape} numbers")
    place[...] = given


def _listed(array: Array | None) -> Any:
    # float32 as the shortest decimal that gives it back, not as all the digits of its double
    if array is None or array.dtype == np.float64:
        return None if array is None else array.tolist()
    return np.array([float(str(number)) for number in array.ravel()]).reshape(array.shape).tolist()


def _loss_and_metric(measure: Evaluation | None) -> dict[str, float | None]:
    return {} if measure is None else {"loss": _finite(measure.loss), "metric": _finite(measure.metric)}


def _finite(number: Any) -> float | None:
    return float(number) if number is not None and np.isfinite(number) else None


_KNOWN = {
    "": tuple(ResultsFile.model_fields),
    "folds": tuple(TrainedFold.model_fields),
    "curves": tuple(CurvePoint.model_fields),
    "weights": tuple(LayerWeights.model_fields),
}
