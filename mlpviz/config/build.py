"""From a config and its samples to the arguments of a training run. Pure: the same config gives the same bits.

`mlpviz.engine.training.train` trains.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlpviz.config.config import TrainingConfig
from mlpviz.config.layer_updates import groups_of
from mlpviz.config.load import load_table
from mlpviz.config.row_splits import redrawn, split_rows
from mlpviz.config.start_weights import start_parameters
from mlpviz.config.validate_data import check_batches, check_size, check_work, features_of, outputs_of
from mlpviz.data import DataError, Table
from mlpviz.data.features import Features
from mlpviz.data.scaling import Scaling
from mlpviz.data.splits import RowSplit
from mlpviz.engine import LayerSpec, NetworkSpec, SpecError, initial_parameters
from mlpviz.engine.classify import Decision, class_decision
from mlpviz.engine.losses import one_hot
from mlpviz.engine.metrics import METRICS, confusion
from mlpviz.engine.network_outputs import network_outputs
from mlpviz.engine.parameters import Array
from mlpviz.engine.training import DataSplits, EarlyStopping, Plan, PlanError, Snapshot, train
from mlpviz.schema.errors import DocumentError
from mlpviz.schema.parameter_fields import counted_from_zero


@dataclass(frozen=True, eq=False)
class Fold:
    """The samples of one training run: row numbers of the table, the measured scaling, and arrays for the engine."""

    split: RowSplit
    scaling: Scaling
    target_scaling: Scaling | None
    sets: DataSplits


@dataclass(frozen=True, eq=False)
class PreparedTraining:
    """Network, first parameters (P,), plan, and the samples of each fold.

    `features` make the inputs of the network `x` (N, F), before scaling, of the table. Without k-fold cross-validation
    there is one fold. `notes` are sentences on constant features.
    """

    config: TrainingConfig
    table: Table
    features: Features
    x: NDArray[Any]
    spec: NetworkSpec
    params: Array
    plan: Plan
    folds: tuple[Fold, ...]
    notes: tuple[str, ...]

    @property
    def decision(self) -> Decision | None:
        """How outputs become classes; None for values."""
        return decision(self.spec, self.table)

    @property
    def metric(self) -> str:
        """The key of the metric that the plan measures: accuracy, r2, or empty."""
        return "" if self.plan.metric is None else "r2" if self.decision is None else "accuracy"

    @property
    def sets(self) -> DataSplits:
        """The samples of the only, or first, fold."""
        return self.folds[0].sets

    @property
    def scaling(self) -> Scaling:
        """How features were scaled in the only, or first, fold."""
        return self.folds[0].scaling

    def rng(self) -> np.random.Generator:
        """A new random generator of the run, always in its first state: orders, masks, validation samples."""
        return np.random.default_rng(_streams(self.config)[1])

    def redraw(self, rng: np.random.Generator) -> DataSplits:
        """Sets with another choice of validation samples, scaled as before."""
        fold = self.folds[0]
        classes = self.table.target if self.config.split.stratified else None
        split = redrawn(fold.split, rng, classes)
        return _sets(self.config, self.table, self.x, self.spec, split, fold.scaling, fold.target_scaling)

    def confusion(self, params: Array, buffers: Array, fold: int = 0) -> NDArray[np.intp] | None:
        """Test samples of a fold counted by true class (row) and predicted class (column); None without them."""
        part, reads = self.folds[fold].sets.test, self.decision
        if part is None or part.target is None or reads is None:
            return None
        y = network_outputs(self.spec, params, part.x, buffers)
        return confusion(reads.predicted(y), reads.true(part.target), reads.classes)

    def run(self, start: Array | Snapshot | None = None, fold: int = 0, **more: Any) -> Iterator[Snapshot]:
        """Train one fold (from 0), from the first parameters or on from a snapshot; `more` goes to `train`.

        Raises PlanError and SpecError as the engine does.
        """
        redraw = self.redraw if self.config.split.redraw else None
        begin = self.params if start is None else start
        return train(self.spec, begin, self.folds[fold].sets, self.plan, self.rng(), redraw=redraw, **more)


def prepare(config: TrainingConfig, table: Table | None = None) -> PreparedTraining:
    """The prepared training; `table` are the samples of its data, if they are loaded already.

    Raises DocumentError: one sentence that names the field and the allowed values.
    """
    table = load_table(config.data) if table is None else table
    outputs = outputs_of(config, table)
    features = features_of(config, table)
    spec = network(config, features.count, outputs)
    splits = split_rows(config, table)
    check_batches(config, [len(split.train) for split in splits])
    check_work(config, spec, splits)
    try:
        plan = plan_of(config, spec, table)
        x = features.of(table.x)
        folds = tuple(_fold(config, table, x, spec, split) for split in splits)
    except (DataError, SpecError, PlanError) as error:
        raise DocumentError(str(error)) from None
    weights, _ = _streams(config)
    params = initial_parameters(spec, config.initializer.entry, np.random.default_rng(weights))
    if config.start is not None:
        params = start_parameters(spec, config.start, params)
    if spec.sharing is not None:
        params = np.array(spec.sharing.spread(params))
    params.flags.writeable = False
    note = folds[0].scaling.note(features.names(table.feature_names))
    return PreparedTraining(config, table, features, x, spec, params, plan, folds, (note,) if note else ())


def network(config: TrainingConfig, inputs: int, outputs: int) -> NetworkSpec:
    """The network for data with so many features and outputs. Raises DocumentError if the layers do not fit."""
    widths = [inputs, *(outputs if layer.units is None else layer.units for layer in config.layers)]
    check_size(sum((before + 1) * after for before, after in pairwise(widths)))
    try:
        spec = NetworkSpec(
            tuple(
                LayerSpec(
                    before,
                    after,
                    layer.activation.entry,
                    layer.bias,
                    None if layer.norm is None else layer.norm.entry,
                    layer.dropout,
                    layer.skip,
                    None if layer.tied_to is None else layer.tied_to - 1,
                    layer.transposed,
                    layer.one_bias,
                )
                for before, after, layer in zip(widths, widths[1:], config.layers, strict=False)
            ),
            config.loss.entry,
            counted_from_zero(config.ties),
        )
    except SpecError as error:
        raise DocumentError(f"layers: {error}") from None
    check_size(spec.size)
    return spec


def plan_of(config: TrainingConfig, spec: NetworkSpec, table: Table) -> Plan:
    """The engine's plan of the training."""
    stopping = config.stopping
    return Plan(
        optimizer=config.optimizer.entry,
        schedule=None if config.schedule is None else config.schedule.entry,
        schedule_counts=config.schedule_counts,
        batch_size=config.batch_size,
        epochs=config.epochs,
        shuffle=config.shuffle,
        penalties=() if config.penalty is None else (config.penalty.entry,),
        penalize_biases=config.penalize_biases,
        groups=groups_of(config.layers, spec),
        clipping=None if config.clipping is None else config.clipping.entry,
        average=None if config.average is None else config.average.entry,
        stopping=None if stopping is None else EarlyStopping(**stopping.model_dump()),
        metric=_metric(spec, table),
        dtype=np.dtype(config.dtype),
    )


def decision(spec: NetworkSpec, table: Table) -> Decision | None:
    """How outputs become classes; None for values."""
    if table.task == "values":
        return None
    # classes after any last activation: the largest output, or for one output whether it is above 0.5
    return class_decision(spec) or (Decision(spec.outputs) if spec.outputs > 1 else Decision(2, 0.5, 0.5))


def encoded(spec: NetworkSpec, table: Table) -> NDArray[np.float64]:
    """The targets of all rows for the loss, (N, O), before scaling.

    Classes are one-hot rows; for a single output they are 0 and 1, or -1 and 1 where the middle is 0.
    """
    reads = decision(spec, table)
    if reads is None:
        return np.array(table.target)
    signs = spec.loss.target == "signs"
    if spec.outputs > 1:
        rows = one_hot(table.target, spec.outputs)
        return 2.0 * rows - 1.0 if signs else rows
    return np.where(table.target > 0, 1.0, -1.0 if signs or reads.target == 0.0 else 0.0)[:, None]


def _fold(config: TrainingConfig, table: Table, x: NDArray[Any], spec: NetworkSpec, split: RowSplit) -> Fold:
    # if validation is drawn again each epoch, its rows are training rows in other epochs
    rows = np.concatenate([split.train, split.validation]) if config.split.redraw else split.train
    scaling = config.scaling.entry.fit(x[rows])
    target_scaling = config.target_scaling.entry.fit(table.target[rows]) if table.task == "values" else None
    return Fold(split, scaling, target_scaling, _sets(config, table, x, spec, split, scaling, target_scaling))


def _sets(
    config: TrainingConfig, table: Table, x: NDArray[Any], spec: NetworkSpec, split: RowSplit, scaling: Scaling,
    target_scaling: Scaling | None,
) -> DataSplits:  # fmt: skip
    target = encoded(spec, table)
    if target_scaling is not None:
        target = target_scaling.apply(target)

    def part(rows: NDArray[np.int64]) -> tuple[Any, Any] | None:
        return (scaling.apply(x[rows], config.dtype), target[rows]) if rows.size else None

    train = part(split.train)
    assert train is not None  # noqa: S101  # a split without training rows is an error before
    return DataSplits.of(spec, train, part(split.validation), part(split.test), np.dtype(config.dtype))


def _streams(config: TrainingConfig) -> list[np.random.SeedSequence]:
    """Two seed sequences from one seed: for the first weights, and for the run."""
    return np.random.SeedSequence(config.seed).spawn(2)


def _metric(spec: NetworkSpec, table: Table) -> Callable[[Array, Array], Any] | None:
    """Accuracy for classes, R² for values if it can be computed."""
    reads = decision(spec, table)
    if reads is None:
        return METRICS["r2"].of(spec) if METRICS["r2"].fits(spec) else None
    return lambda y, t: METRICS["accuracy"].value(confusion(reads.predicted(y), reads.true(t), reads.classes))
