"""Whether a setup fits its data: the features, the loss, the outputs, the split, the batches, the size of the network.

Each failure is one sentence naming the field. What can be judged without the data is looked at in `agreement.py`.
"""

from __future__ import annotations

from collections.abc import Sequence

from mlpviz.config.config import TrainingConfig
from mlpviz.config.limits import LIMITS
from mlpviz.data import DataError, Table
from mlpviz.data.features import Features
from mlpviz.engine import LOSSES
from mlpviz.schema.errors import DocumentError, counted


def outputs_of(setup: TrainingConfig, table: Table) -> int:
    """O, how many outputs the data ask of the network. Raises DocumentError if loss or last layer do not fit them."""
    asked, why = _asked(setup, table)
    last = len(setup.layers) - 1
    units = setup.layers[last].units
    if units not in (None, asked):
        raise DocumentError.at(("layers", last, "units"), f"is {units}, expected {asked}: {why}")
    wanted = setup.loss.entry.outputs
    if wanted not in (None, asked):
        raise DocumentError.at(("loss", "weight"), f"has {counted(wanted, 'number')}, expected {asked}: {why}")
    return asked


def _asked(setup: TrainingConfig, table: Table) -> tuple[int, str]:
    kind = setup.loss.entry.target
    if table.task == "values":
        if kind != "values":
            fitting = ", ".join(key for key, loss in LOSSES.items() if loss.target == "values")
            raise DocumentError.at(
                ("loss",), f"is {setup.loss.key}, expected one of {fitting}: the data have values, not classes"
            )
        return table.outputs, f"the data have {counted(table.outputs, 'value')} per sample"
    if table.outputs < 2:
        raise DocumentError("data: one class only, expected at least two")
    if setup.one_hot:
        return table.outputs, f"the data have {counted(table.outputs, 'class')}, one output each"
    if kind == "classes":
        raise DocumentError.at(("one_hot",), "is false, expected true: one output per class", setup.loss.key)
    if table.outputs > 2:
        raise DocumentError.at(("one_hot",), f"is false, expected true for {counted(table.outputs, 'class')}")
    return 1, "with one_hot false a single output tells two classes apart"


def features_of(setup: TrainingConfig, table: Table) -> Features:
    """What the network reads of the table. Raises DocumentError if the table has not what a formula asks for."""
    if setup.features is not None and table.image_shape is not None:
        raise DocumentError.at(("features",), "is a list, expected null: pictures are read pixel by pixel")
    columns = table.x.shape[1]
    for index, text in enumerate(setup.features or ()):
        try:
            Features(columns, (text,)).check(table.x)
        except DataError as error:
            raise DocumentError.at(("features", index), f"cannot be had: {error}") from None
    return Features(columns, setup.features)


def check_size(parameters: int) -> None:
    """Raises DocumentError for a network with more parameters than are allowed."""
    if parameters > LIMITS.parameters:
        raise DocumentError(
            f"layers have {parameters:,} parameters together, at most {LIMITS.parameters:,} are allowed"
        )


def check_batches(setup: TrainingConfig, training: Sequence[int]) -> None:
    """Raises DocumentError if batch norm would meet a batch of one, for any of these numbers of training samples."""
    norm = next((i for i, layer in enumerate(setup.layers) if layer.norm and layer.norm.entry.running), None)
    if norm is None:
        return
    for samples in training:
        if samples == 1:
            raise DocumentError.at(
                ("split",), f"leaves 1 training sample, expected at least 2 for the batch norm of layers[{norm}]"
            )
        size = min(setup.batch_size or samples, samples)
        if samples % size == 1:
            raise DocumentError.at(
                ("batch_size",),
                f"is {setup.batch_size}, expected another one: {counted(samples, 'training sample')} leave a last "
                f"batch of 1, too few for the batch norm of layers[{norm}]",
            )
