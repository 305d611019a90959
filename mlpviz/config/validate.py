"""Whether the fields of a config agree with each other, as far as the data do not decide it.

Each failure is one sentence naming the field. What depends on the data is in `validate_data.py`.
"""

from __future__ import annotations

from collections.abc import Sequence

from mlpviz.config.sections import LayerConfig, SplitConfig, StoppingConfig
from mlpviz.config.sources import Source
from mlpviz.engine import Loss, Optimizer, Schedule
from mlpviz.engine.optimizers.optimizer import momentum_name
from mlpviz.schema.errors import DocumentError, counted, echo, field_name, given
from mlpviz.schema.registry_choice import RegistryChoice
from mlpviz.text.sentences import Mention, sentence


def validate_layers(layers: Sequence[LayerConfig], loss: RegistryChoice[Loss], batch_size: int | None) -> None:
    """Raises DocumentError at the first layer that does not fit its place, the loss or the batch size."""
    last = len(layers) - 1
    for index, layer in enumerate(layers):
        if layer.units is None and index < last:
            problem = sentence("is {given}, expected a whole number in every layer but the last", given=given(None))
            raise DocumentError.at(("layers", index, "units"), problem)
        if layer.skip > index + 1:
            raise DocumentError.at(("layers", index, "skip"), f"is {layer.skip}, expected 0 to {index + 1}")
        if batch_size == 1 and layer.norm is not None and layer.norm.entry.running:
            place = field_name("layers", index)
            problem = sentence("is 1, expected at least 2 for the batch norm of {layer}", layer=place)
            raise DocumentError.at(("batch_size",), problem)
    if loss.entry.sample_weight:
        raise DocumentError.at(("loss", "sample_weight"), "is a list, expected none: batches change their samples")
    if loss.entry.target == "gradients":
        key = Mention(loss.key, "entry")
        problem = sentence("is {loss}, which belongs to one pass; there is nothing to learn", loss=key)
        raise DocumentError.at(("loss",), problem)
    if loss.entry.target == "none":
        key = Mention(loss.key, "entry")
        problem = sentence("is {loss}, which looks at no target, so there is nothing to learn", loss=key)
        raise DocumentError.at(("loss",), problem)
    output = layers[-1]
    if loss.entry.needs_activation and (output.dropout or output.skip):
        field = "dropout" if output.dropout else "skip"
        raise DocumentError.at(
            ("layers", last, field), f"is {echo(getattr(output, field))}, expected 0 in the last layer", loss.key
        )


def validate_source(data: Source) -> None:
    """Raises DocumentError if the fields of the source contradict each other."""
    if data.kind == "formula" and data.low >= data.high:
        raise DocumentError.at(("data", "high"), f"is {echo(data.high)}, expected more than low, {echo(data.low)}")
    if data.kind == "csv" and data.file is None and data.content is None:
        raise DocumentError.at(("data",), "has neither file nor content, expected one of them")
    if data.kind == "points":
        _check_points(data.x, data.classes, data.values)


def _check_points(
    x: tuple[tuple[float, ...], ...],
    classes: tuple[int, ...] | None,
    values: tuple[tuple[float, ...], ...] | None,
) -> None:
    if (classes is None) == (values is None):
        raise DocumentError.at(
            ("data",),
            f"has {'neither classes nor' if classes is None else 'both classes and'} values, expected one of them",
        )
    named = {"x": x, "values": values or ()}
    for name, rows in named.items():
        for index, row in enumerate(rows):
            if len(row) != len(rows[0]):
                raise DocumentError.at(
                    ("data", name, index), f"has {counted(len(row), 'number')}, expected {len(rows[0])} like the first"
                )
    given = len(classes if classes is not None else values or ())
    if given != len(x):
        field = "classes" if classes is not None else "values"
        raise DocumentError.at(("data", field), f"has {given} entries, expected {len(x)} like x")
    if classes is not None and len(set(classes)) < 2:
        raise DocumentError.at(("data", "classes"), f"is {classes[0]} everywhere, expected at least two classes")


def validate_split(split: SplitConfig, stopping: StoppingConfig | None) -> None:
    """Raises DocumentError if the split contradicts itself, or lacks what early stopping watches."""
    if split.redraw and split.folds is not None:
        problem = sentence("is {given}, expected {other} with folds", given=given(True), other=given(False))
        raise DocumentError.at(("split", "redraw"), problem)
    if split.redraw and not split.validation:
        raise DocumentError.at(("split", "validation"), "is 0, expected more to draw it again each epoch")
    watched = stopping is not None and stopping.watch == "validation"
    if watched and not split.validation and split.folds is None:
        share = field_name("split", "validation")
        problem = sentence("is validation, expected train with a {share} of 0", share=share)
        raise DocumentError.at(("stopping", "watch"), problem)


def validate_schedule(
    schedule: RegistryChoice[Schedule] | None, counts: str, optimizer: RegistryChoice[Optimizer]
) -> None:
    """Raises DocumentError if a schedule that observes the loss counts steps, or moves a momentum that is not there."""
    moves = schedule is not None and schedule.entry.momentum is not None and schedule.entry.momentum(0) is not None
    if moves and not momentum_name(optimizer.entry):
        said = "is {given}, expected {other}: {optimizer} has neither momentum nor β₁"
        name = Mention(optimizer.key, "entry")
        problem = sentence(said, given=given(True), other=given(False), optimizer=name)
        raise DocumentError.at(("schedule", "cycle_momentum"), problem)
    if schedule is not None and schedule.entry.observe is not None and counts == "steps":
        key = Mention(schedule.key, "entry")
        problem = sentence("is steps, expected epochs for the schedule {schedule}", schedule=key)
        raise DocumentError.at(("schedule_counts",), problem)
