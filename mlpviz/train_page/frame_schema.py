"""What changes on the training page while a run learns, as plain data: the schema of a frame, and nothing else.

A `Frame` is a dictionary of JSON-able values. It is sent many times per second and carries only what is new of
everything that grows; what stays is in `static_frame.py`. JSON says lane for a member, moments for checkpoints.

Lists that grow say where they begin: `start` counts the rows sent before in the same `generation`. A browser whose own
list has another length or generation asks for everything: `cache=EMPTY_CACHE`. Numbers that are not finite are null.
Bytes are base64 of unsigned 8-bit numbers, row after row, the top row (largest y) first: byte b stands for
low + (high - low) * b / 255.

Everything but the curves, the branches and the warnings belongs to the checkpoint in `viewing`: the newest state, or
the one that was chosen on the timeline.
"""

from __future__ import annotations

from typing import Literal, TypedDict

from mlpviz.schema.json_arrays import Grid
from mlpviz.text.sentences import Sentence

Status = Literal["ready", "running", "paused", "done", "failed"]
"""Not begun; learning; can go on; the plan is done or early stopping ended it; a number was not finite."""

VERSION = 1


class PlaneMap(TypedDict):
    """The predictions of the network over a plane of two features, the others held at their training mean.

    `kind` classes: `winner` holds the class number per pixel (each byte is one), `strength` its probability from 0 to
    1. Of two classes there is no winner, and `strength` is the probability of class 1.
    `kind` values: no winner, and `strength` is the first output.
    """

    kind: Literal["classes", "values"]
    winner: Grid | None
    strength: Grid


class CurveMap(TypedDict):
    """The predictions of the network over one feature: y has one list per output."""

    kind: Literal["curve"]
    x: list[float]
    y: list[list[float | None]]


class UnitMaps(TypedDict):
    """What the units of one layer respond to: a Grid per unit over the plane, or a list over one feature.

    Where samples are pictures the first layer's grids are its weights, and the others are empty. Only the first units
    when a layer has more than `ViewOptions.units`; `width` is how many there are. `dead` are the numbers, from 0, of
    units whose activation is flat at every sample that was measured.
    """

    layer: int
    width: int
    dead: list[int]
    grids: list[Grid]
    curves: list[list[float | None]]


class Histogram(TypedDict):
    """How often numbers fall between low and high, in equal bins; `zeros` is the share that is 0 or nearly (1e-3)."""

    low: float
    high: float
    counts: list[int]
    zeros: float


class LayerNow(TypedDict):
    """The distributions of one layer. `dead_units` counts; `gradient_norm` is that of its parameters."""

    layer: int
    weights: Histogram
    activations: Histogram
    gradients: Histogram
    gradient_norm: float | None
    dead_units: int


class LayerHistory(TypedDict):
    """Distributions over time: rows since the last frame, at most a few hundred kept in all.

    `weights`, `activations`, `gradients`: row, layer, then the quantiles 0, 0.1, 0.25, 0.5, 0.75, 0.9, 1.
    `norms`: row, layer: the norm of the gradient of the layer's parameters; `dead`: row, layer: dead units.
    """

    generation: int
    start: int
    epoch: list[float]
    weights: list[list[list[float | None]]]
    activations: list[list[list[float | None]]]
    gradients: list[list[list[float | None]]]
    gradient_norm: list[float | None]
    norms: list[list[float | None]]
    dead: list[list[int]]


class Curves(TypedDict):
    """Rows of one branch since the last frame: one per epoch, thinned evenly when there are more than a thousand.

    `loss` is the mean over the batches; train and validation are measured after the epoch, with the penalty and without
    dropout. `penalty` is that part alone, null where nothing is penalised; `average_loss` and `average_metric` are
    those of the averaged weights. `metric` is accuracy from 0 to 1 or R².
    """

    branch: int
    generation: int
    start: int
    epoch: list[int]
    step: list[int]
    loss: list[float | None]
    train_loss: list[float | None]
    validation_loss: list[float | None]
    train_metric: list[float | None]
    validation_metric: list[float | None]
    learning_rate: list[float | None]
    penalty: list[float | None]
    average_loss: list[float | None]
    average_metric: list[float | None]


class Now(TypedDict):
    """The numbers of one member at this checkpoint; null for what was not measured."""

    loss: float | None
    train_loss: float | None
    validation_loss: float | None
    train_metric: float | None
    validation_metric: float | None
    learning_rate: float | None
    penalty: float | None
    gradient_norm: float | None
    dead_units: int


class Score(TypedDict):
    """One row of the table of a comparison. `best` is the best validation loss (training loss without validation)."""

    best: float | None
    best_metric: float | None
    best_epoch: int
    seconds: float


class PicturedAnswer(TypedDict):
    """The prediction for the pictured sample, and per layer the activations of the first units."""

    guess: str
    probability: float | None
    activations: list[list[float | None]]


class MemberFrame(TypedDict):
    """One network of the run; a run that compares has up to eight, any other has one.

    `diverged` is the epoch since which its numbers are not finite, null while they are.
    `map` is small for all members but the one in focus, and null where samples are pictures. `units`, `layers`, `bands`
    and of pictures `shown` are filled for that one only.
    """

    label: str
    status: Status
    sentence: str
    diverged: int | None
    epoch: int
    step: int
    now: Now
    score: Score
    curves: list[Curves]
    map: PlaneMap | CurveMap | None
    units: list[UnitMaps]
    layers: list[LayerNow]
    bands: LayerHistory | None
    shown: PicturedAnswer | None


class WarningLine(TypedDict):
    """One line of the log of warnings: an entry of `WARNINGS`, the epoch where it began, and a whole sentence.

    `over` says that it holds no more.
    """

    key: str
    level: Literal["note", "warning", "failure"]
    lane: int
    epoch: int
    sentence: Sentence | str
    over: bool


class BranchMark(TypedDict):
    """One branch of the run: branch 0 is the first; the others begin at `epoch` of their parent.

    `until` is its last epoch; all but the current one are drawn pale in the curves.
    """

    branch: int
    parent: int | None
    epoch: int
    until: int
    label: str


class Viewing(TypedDict):
    """The epoch that is shown of the current branch; `live` while that is the newest state."""

    epoch: int
    live: bool


class Frame(TypedDict):
    """Everything that changes. `goal` is the epoch at which a run of 1 or 10 epochs ends, else null.

    `within` says that the newest state is some steps after its last whole epoch.
    `share` goes from 0 to 1 over the plan; `left` is in seconds of clock time, null while unknown. `moments` are
    the epochs of the current branch that have a checkpoint, at most `ViewOptions.moments` of them, evenly spaced.
    """

    version: int
    run: str
    number: int
    status: Status
    sentence: str
    epoch: int
    step: int
    within: bool
    epochs: int
    goal: int | None
    share: float
    seconds: float
    left: float | None
    epochs_per_second: float | None
    hyperparameters: dict[str, float | bool | str | None]
    viewing: Viewing
    moments: list[int]
    branch: int
    branches: list[BranchMark]
    focus: int
    lanes: list[MemberFrame]
    warnings: list[WarningLine]
