"""Whether a config fits its data: features, loss, outputs, batches, size of the network.

Each failure is one sentence naming the field. What does not depend on the data is in `validate.py`.
"""

from __future__ import annotations

from collections.abc import Sequence

from mlpviz.config.config import TrainingConfig
from mlpviz.data import DataError, Table
from mlpviz.data.features import Features
from mlpviz.engine import LOSSES
from mlpviz.schema.errors import DocumentError, counted
from mlpviz.schema.limits import TRAINING_LIMITS


def outputs_of(config: TrainingConfig, table: Table) -> int:
    """O, the number of outputs that the data need. Raises DocumentError if loss or last layer do not fit it."""
    needed, why = _needed(config, table)
    last = len(config.layers) - 1
    units = config.layers[last].units
    if units not in (None, needed):
        raise DocumentError.at(("layers", last, "units"), f"is {units}, expected {needed}: {why}")
    wanted = config.loss.entry.outputs
    if wanted not in (None, needed):
        raise DocumentError.at(("loss", "weight"), f"has {counted(wanted, 'number')}, expected {needed}: {why}")
    return needed


def _needed(config: TrainingConfig, table: Table) -> tuple[int, str]:
    kind = config.loss.entry.target
    if table.task == "values":
        if kind != "values":
            fitting = ", ".join(key for key, loss in LOSSES.items() if loss.target == "values")
            raise DocumentError.at(
                ("loss",), f"is {config.loss.key}, expected one of {fitting}: the data have values, not classes"
            )
        return table.outputs, f"the data have {counted(table.outputs, 'value')} per sample"
    if table.outputs < 2:
        raise DocumentError("data: one class only, expected at least two")
    if config.one_hot:
        return table.outputs, f"the data have {counted(table.outputs, 'class')}, one output each"
    if kind == "classes":
        raise DocumentError.at(("one_hot",), "is false, expected true: one output per class", config.loss.key)
    if table.outputs > 2:
        raise DocumentError.at(("one_hot",), f"is false, expected true for {counted(table.outputs, 'class')}")
    return 1, "with one_hot false a single output tells two classes apart"


def features_of(config: TrainingConfig, table: Table) -> Features:
    """The inputs of the network. Raises DocumentError for a formula of a column that the table does not have."""
    if config.features is not None and table.image_shape is not None:
        raise DocumentError.at(("features",), "is a list, expected null: pictures are read pixel by pixel")
    columns = table.x.shape[1]
    for index, text in enumerate(config.features or ()):
        try:
            Features(columns, (text,)).check(table.x)
        except DataError as error:
            raise DocumentError.at(("features", index), f"cannot be had: {error}") from None
    return Features(columns, config.features)


def check_size(parameters: int) -> None:
    """Raises DocumentError for a network with more parameters than are allowed."""
    if parameters > TRAINING_LIMITS.parameters:
        raise DocumentError(
            f"layers have {parameters:,} parameters together, at most {TRAINING_LIMITS.parameters:,} are allowed"
        )


def check_batches(config: TrainingConfig, training: Sequence[int]) -> None:
    """Raises DocumentError if any of these numbers of training samples leaves batch norm a batch of one."""
    norm = next((i for i, layer in enumerate(config.layers) if layer.norm and layer.norm.entry.running), None)
    if norm is None:
        return
    for samples in training:
        if samples == 1:
            raise DocumentError.at(
                ("split",), f"leaves 1 training sample, expected at least 2 for the batch norm of layers[{norm}]"
            )
        size = min(config.batch_size or samples, samples)
        if samples % size == 1:
            raise DocumentError.at(
                ("batch_size",),
                f"is {config.batch_size}, expected another one: {counted(samples, 'training sample')} leave a last "
                f"batch of 1, too few for the batch norm of layers[{norm}]",
            )
