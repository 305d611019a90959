"""What stays as it is on the training page while a run lives, as plain data: the schema, and nothing else.

A `Still` is a dictionary of JSON-able values: axes, samples, layers. What changes is in `training_frame.py`.

    still_of(run, wanted=WANTED) -> Still     when `frame["run"]` is another than before
"""

from __future__ import annotations

from typing import Literal, TypedDict

from mlpviz.schema.json_arrays import Grid
from mlpviz.train_page.frame_schema import UnitMaps


class Axis(TypedDict):
    """One axis of the map: a feature, its name, and its range in the units of the table (before scaling)."""

    feature: int
    name: str
    low: float
    high: float


class Samples(TypedDict):
    """Points on the map in the units of the table, at most `wanted.samples` per part; target is a class or a value."""

    part: Literal["train", "validation", "test"]
    rows: list[int]
    x: list[float]
    y: list[float | None]
    target: list[float]


class Pictured(TypedDict):
    """The sample that the drawing shows where samples are pictures: its row from 0, its part, its class."""

    row: int
    part: str
    true: str
    picture: Grid


class LayerStill(TypedDict):
    """A layer of the network in focus, for headings: widths, the label of its activation, its parameters."""

    layer: int
    inputs: int
    outputs: int
    activation: str
    parameters: int


class MemberStill(TypedDict):
    """What one lane is: its label in the comparison, and how many parameters it has."""

    label: str
    parameters: int
    layers: list[LayerStill]


class StaticFrame(TypedDict):
    """What stays. `axes` is one axis for a curve and two for a plane; `metric` is accuracy, r2 or empty.

    `inputs` are the names of what the network reads, `input_maps` what the first of them are over the plane or along x.
    `choice` names what differs between the lanes (empty for one lane); `features` are all that an axis could show;
    `held` is the sentence on features that the map holds at their mean, empty when there are none.
    """

    version: int
    run: str
    task: Literal["classes", "values"]
    class_names: list[str]
    features: list[str]
    inputs: list[str]
    input_maps: UnitMaps
    pictured: Pictured | None
    axes: list[Axis]
    held: str
    samples: list[Samples]
    image_shape: list[int] | None
    metric: str
    loss: str
    choice: str
    lanes: list[MemberStill]
