"""What stays as it is on the training page while a run lives, as plain data: axes, samples, layers.

A `StaticFrame` is sent when `frame["run"]` is another than before, or another focus, axes or sample were chosen. What
changes is in `frame_schema.py`.
"""

from __future__ import annotations

from typing import Literal, TypedDict

import numpy as np
from numpy.typing import NDArray

from mlpviz.config.differences import differences_text
from mlpviz.runs import Run
from mlpviz.runs.member import Member
from mlpviz.train_page.frame_schema import VERSION, UnitMaps
from mlpviz.train_page.maps import Axis, MapView, input_maps, view_of
from mlpviz.train_page.network_drawing import INPUTS, PicturedSample, pictured
from mlpviz.train_page.view_options import DEFAULT_VIEW, ViewOptions


class MapSamples(TypedDict):
    """Points on the map in units of the table, at most `ViewOptions.samples` per part; target is a class or a value."""

    part: Literal["train", "validation", "test"]
    rows: list[int]
    x: list[float]
    y: list[float | None]
    target: list[float]


class StaticLayer(TypedDict):
    """A layer of the network in focus, for headings: widths, the label of its activation, its parameters."""

    layer: int
    inputs: int
    outputs: int
    activation: str
    parameters: int


class StaticMember(TypedDict):
    """The label of a member in the comparison, its number of parameters and its layers."""

    label: str
    parameters: int
    layers: list[StaticLayer]


class StaticFrame(TypedDict):
    """What stays. `axes` is one axis for a curve and two for a plane; `metric` is accuracy, r2 or empty.

    `inputs` are the names of what the network reads, `input_maps` what the first of them are over the plane or along x.
    `choice` names what differs between the members (empty for one member); `features` are all that an axis could show;
    `held` is the sentence on features that the map holds at their mean, empty when there are none.
    """

    version: int
    run: str
    task: Literal["classes", "values"]
    class_names: list[str]
    features: list[str]
    inputs: list[str]
    input_maps: UnitMaps
    pictured: PicturedSample | None
    axes: list[Axis]
    held: str
    samples: list[MapSamples]
    image_shape: list[int] | None
    metric: str
    loss: str
    choice: str
    compared: str
    lanes: list[StaticMember]


def static_frame(run: Run, options: ViewOptions = DEFAULT_VIEW) -> StaticFrame:
    """The static frame of a run with the present focus, axes and sample."""
    member = run.members[run.focus]
    table, view = member.built.table, view_of(member, options.axes)
    names = [axis["name"] for axis in view.axes]
    note = ""
    if table.x.shape[1] > len(view.axes):
        note = f"The map shows {' and '.join(names)}; all other features are held at their mean."
    return StaticFrame(
        version=VERSION,
        run=run.key,
        task=table.task,
        class_names=list(table.class_names),
        features=list(table.feature_names),
        inputs=list(member.built.features.names(table.feature_names)),
        input_maps=input_maps(member, view, options.curve // 4 if len(view.axes) == 1 else options.unit_map, INPUTS),
        pictured=pictured(member, options.sample),
        axes=list(view.axes),
        held=note,
        samples=_map_samples(member, view, options.samples),
        image_shape=None if table.image_shape is None else list(table.image_shape),
        metric=member.built.metric,
        loss=member.spec.loss.label,
        choice=run.choice,
        compared=_compared(run),
        lanes=[_static_member(each) for each in run.members],
    )


def _compared(run: Run) -> str:
    """What the members differ in, and which loss their table shows; empty for one network."""
    if len(run.members) < 2:
        return ""
    configs = [run.state(number).config for number in range(len(run.members))]
    differ = differences_text(configs)
    said = f"The networks differ in: {differ}." if differ else "The networks differ in their samples alone."
    part = "training" if run.members[0].sets.validation is None else "validation"
    penalised = any(config.penalty is not None for config in configs)
    return f"{said} Loss is {run.members[0].spec.loss.label} of the {part} samples" + (
        ", with the penalty." if penalised else "."
    )


def _static_member(member: Member) -> StaticMember:
    spec = member.spec
    return StaticMember(
        label=member.label,
        parameters=spec.size,
        layers=[
            StaticLayer(
                layer=place, inputs=layer.inputs, outputs=layer.outputs, activation=layer.activation.label,
                parameters=slot.stop - slot.weight.start,
            )
            for place, (layer, slot) in enumerate(zip(spec.layers, spec.slots, strict=True))
        ],
    )  # fmt: skip


def _map_samples(member: Member, view: MapView, most: int) -> list[MapSamples]:
    table, split = member.built.table, member.built.folds[member.fold].split
    found: list[MapSamples] = []
    for part, rows in (("train", split.train), ("validation", split.validation), ("test", split.test)):
        chosen: NDArray[np.int64] = rows[:most]
        x = table.x[chosen, view.axes[0]["feature"]]
        target = table.target[chosen] if table.task == "classes" else table.target[chosen, 0]
        y = target if len(view.axes) == 1 else table.x[chosen, view.axes[1]["feature"]]
        found.append(
            MapSamples(part=part, rows=chosen.tolist(), x=x.tolist(), y=y.tolist(), target=target.tolist())  # type: ignore[typeddict-item]
        )
    return found
