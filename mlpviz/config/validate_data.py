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
from mlpviz.schema.errors import DocumentError, counted, field_name, given, keys
from mlpviz.text.sentences import Mention, Sentence, sentence


def outputs_of(setup: TrainingConfig, table: Table) -> int:
    """O, how many outputs the data ask of the network. Raises DocumentError if loss or last layer do not fit them."""
    asked, why = _asked(setup, table)
    last = len(setup.layers) - 1
    units = setup.layers[last].units
    if units not in (None, asked):
        problem = sentence("is {units}, expected {asked}: {why}", units=units, asked=asked, why=why)
        raise DocumentError.at(("layers", last, "units"), problem)
    wanted = setup.loss.entry.outputs
    if wanted not in (None, asked):
        has = counted(wanted, "number")
        problem = sentence("has {has}, expected {asked}: {why}", has=has, asked=asked, why=why)
        raise DocumentError.at(("loss", "weight"), problem)
    return asked


def _asked(setup: TrainingConfig, table: Table) -> tuple[int, Sentence | str]:
    kind = setup.loss.entry.target
    if table.task == "values":
        if kind != "values":
            problem = sentence(
                "is {loss}, expected one of {fitting}: the data have values, not classes",
                loss=Mention(setup.loss.key, "entry"),
                fitting=keys(key for key, loss in LOSSES.items() if loss.target == "values"),
            )
            raise DocumentError.at(("loss",), problem)
        return table.outputs, f"the data have {counted(table.outputs, 'value')} per sample"
    if table.outputs < 2:
        raise DocumentError("data: one class only, expected at least two")
    if setup.one_hot:
        return table.outputs, f"the data have {counted(table.outputs, 'class')}, one output each"
    if kind == "classes":
        problem = sentence("{start}: one output per class", start=_not_one_hot())
        raise DocumentError.at(("one_hot",), problem, setup.loss.key)
    if table.outputs > 2:
        classes = counted(table.outputs, "class")
        problem = sentence("{start} for {classes}", start=_not_one_hot(), classes=classes)
        raise DocumentError.at(("one_hot",), problem)
    why = "with {one_hot} {off} a single output tells two classes apart"
    return 1, sentence(why, one_hot=field_name("one_hot"), off=given(False))


def _not_one_hot() -> Sentence:
    return sentence("is {given}, expected {other}", given=given(False), other=given(True))


def features_of(setup: TrainingConfig, table: Table) -> Features:
    """What the network reads of the table. Raises DocumentError if the table has not what a formula asks for."""
    if setup.features is not None and table.image_shape is not None:
        problem = sentence("is a list, expected {none}: pictures are read pixel by pixel", none=given(None))
        raise DocumentError.at(("features",), problem)
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
            layer = field_name("layers", norm)
            problem = sentence(
                "leaves 1 training sample, expected at least 2 for the batch norm of {layer}", layer=layer
            )
            raise DocumentError.at(("split",), problem)
        size = min(setup.batch_size or samples, samples)
        if samples % size == 1:
            raise DocumentError.at(
                ("batch_size",),
                sentence(
                    "is {size}, expected another one: {samples} leave a last batch of 1, "
                    "too few for the batch norm of {layer}",
                    size=given(setup.batch_size),
                    samples=counted(samples, "training sample"),
                    layer=field_name("layers", norm),
                ),
            )
