"""Whether a config fits its data: features, loss, outputs, batches, size of the network.

Each failure is one sentence naming the field. What does not depend on the data is in `validate.py`.
"""

from __future__ import annotations

from collections.abc import Sequence

from mlpviz.config.config import TrainingConfig
from mlpviz.data import DataError, Table
from mlpviz.data.features import Features
from mlpviz.data.splits import RowSplit
from mlpviz.engine import LOSSES, NetworkSpec
from mlpviz.schema.errors import DocumentError, counted, field_name, given, keys
from mlpviz.schema.limits import TRAINING_LIMITS
from mlpviz.text.sentences import Mention, Sentence, sentence


def outputs_of(config: TrainingConfig, table: Table) -> int:
    """O, how many outputs the data ask of the network. Raises DocumentError if loss or last layer do not fit them."""
    needed, why = _needed(config, table)
    last = len(config.layers) - 1
    units = config.layers[last].units
    if units not in (None, needed):
        problem = sentence("is {units}, expected {needed}: {why}", units=units, needed=needed, why=why)
        raise DocumentError.at(("layers", last, "units"), problem)
    wanted = config.loss.entry.outputs
    if wanted not in (None, needed):
        has = counted(wanted, "number")
        problem = sentence("has {has}, expected {needed}: {why}", has=has, needed=needed, why=why)
        raise DocumentError.at(("loss", "weight"), problem)
    given = dict(config.loss.entry.settings)
    for name in ("term_weight", "pos_weight"):
        if given.get(name) and len(given[name]) != needed:
            has = counted(len(given[name]), "number")
            problem = sentence("has {has}, expected {needed}: {why}", has=has, needed=needed, why=why)
            raise DocumentError.at(("loss", name), problem)
    return needed


def _needed(config: TrainingConfig, table: Table) -> tuple[int, Sentence | str]:
    kind = config.loss.entry.target
    if table.task == "values":
        if kind != "values":
            problem = sentence(
                "is {loss}, expected one of {fitting}: the data have values, not classes",
                loss=Mention(config.loss.key, "entry"),
                fitting=keys(key for key, loss in LOSSES.items() if loss.target == "values"),
            )
            raise DocumentError.at(("loss",), problem)
        return table.outputs, f"the data have {counted(table.outputs, 'value')} per sample"
    if table.outputs < 2:
        raise DocumentError("data: one class only, expected at least two")
    if config.one_hot:
        return table.outputs, f"the data have {counted(table.outputs, 'class')}, one output each"
    if kind == "classes":
        problem = sentence("{start}: one output per class", start=_not_one_hot())
        raise DocumentError.at(("one_hot",), problem, config.loss.key)
    if table.outputs > 2:
        classes = counted(table.outputs, "class")
        problem = sentence("{start} for {classes}", start=_not_one_hot(), classes=classes)
        raise DocumentError.at(("one_hot",), problem)
    why = "with {one_hot} {off} a single output tells two classes apart"
    return 1, sentence(why, one_hot=field_name("one_hot"), off=given(False))


def _not_one_hot() -> Sentence:
    return sentence("is {given}, expected {other}", given=given(False), other=given(True))


def features_of(config: TrainingConfig, table: Table) -> Features:
    """What the network reads of the table. Raises DocumentError if the table has not what a formula asks for."""
    if config.features is not None and table.image_shape is not None:
        problem = sentence("is a list, expected {none}: pictures are read pixel by pixel", none=given(None))
        raise DocumentError.at(("features",), problem)
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
            layer = field_name("layers", norm)
            problem = sentence(
                "leaves 1 training sample, expected at least 2 for the batch norm of {layer}", layer=layer
            )
            raise DocumentError.at(("split",), problem)
        size = largest_batch(config, samples)
        if samples % size == 1:
            raise DocumentError.at(
                ("batch_size",),
                sentence(
                    "is {size}, expected another one: {samples} leave a last batch of 1, "
                    "too few for the batch norm of {layer}",
                    size=given(config.batch_size),
                    samples=counted(samples, "training sample"),
                    layer=field_name("layers", norm),
                ),
            )


def largest_batch(config: TrainingConfig, training: int) -> int:
    """Samples of the largest batch of so many training samples."""
    return min(config.batch_size or training, training)


def check_work(config: TrainingConfig, spec: NetworkSpec, splits: Sequence[RowSplit]) -> None:
    """Raises DocumentError if one batch, or what is measured after an epoch, would take a server's memory or time."""
    limits = TRAINING_LIMITS
    most = min(limits.batch_numbers // spec.units, limits.batch_work // spec.size)
    for split in splits:
        batch = largest_batch(config, len(split.train))
        if batch > most:
            problem = sentence(
                "is {size}, expected at most {most}: with {units} and {parameters} parameters one pass over {batch} "
                "would take too much memory or time",
                size=given(config.batch_size),
                most=f"{max(most, 1):,}",
                units=counted(spec.units, "unit"),
                parameters=f"{spec.size:,}",
                batch=counted(batch, "sample"),
            )
            raise DocumentError.at(("batch_size",), problem)
        measured = len(split.validation) + len(split.test)
        if measured * spec.size > limits.measured_work:
            problem = sentence(
                "leaves {measured} to measure after each epoch, expected at most {most} with {parameters} parameters",
                measured=counted(measured, "sample"),
                most=f"{limits.measured_work // spec.size:,}",
                parameters=f"{spec.size:,}",
            )
            raise DocumentError.at(("split",), problem)
