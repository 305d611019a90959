"""The format of a saved run: configs, weights, curves, and all that the next step depends on.

One network, the folds of a cross-validation, or up to eight networks side by side. It is a file of `tensor_file.py`
with these names, in which a member is called a lane and an engine run a course:

    lanes.0.layers.0.weight, .bias, .gamma, .beta, .mean, .var      the network of the first member, as in PyTorch
    lanes.0.curves                    (n, 11) float64
    courses.0.slots.m, .seen, ...     the state of members that learn together, (P,) or (R, P)
    courses.0.average                 their averaged weights, if there are any
    data                              the bytes of the CSV file that the config names
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, Field, ValidationError

from mlpviz.config.config import TrainingConfig
from mlpviz.engine import NetworkSpec
from mlpviz.engine.parameters import Array
from mlpviz.engine.training import Snapshot
from mlpviz.runs.snapshot_json import Count, HyperparameterValues, SnapshotState, to_json_and_arrays
from mlpviz.runs.tensor_file import Arrays, pack, unpack
from mlpviz.schema.errors import DocumentError, echo, first_error
from mlpviz.schema.fields import STRICT, Text
from mlpviz.schema.json_io import read_json
from mlpviz.schema.limits import TRAINING_LIMITS

VERSION = 2
"""Version 1 is the JSON of `results_json.py`."""

_KEY = "mlpviz"
"""the text of the file that holds the head"""
_DATA = "data"
_BEFORE_AVERAGES = 9
"""columns of the curves in files of before"""
_WHOLE = "the run"


class EngineRunState(BaseModel):
    """The state of one engine run; JSON calls it a course.

    `planned` epochs; `stops`: early stopping still applies; `turned`: hyperparameters that were changed live.
    """

    model_config = STRICT

    planned: Count
    stops: bool
    seconds: Annotated[float, Field(strict=True, allow_inf_nan=False, ge=0)] = 0.0
    turned: HyperparameterValues = Field(default_factory=dict)
    snapshot: SnapshotState


class Head(BaseModel):
    """What is no array. `choice` is what the members differ in, empty for one, fold for a cross-validation."""

    model_config = STRICT

    version: Annotated[int, Field(strict=True, ge=VERSION, le=VERSION)] = VERSION
    choice: Text = ""
    labels: Annotated[list[Text], Field(min_length=1, max_length=TRAINING_LIMITS.folds)]
    setups: Annotated[list[TrainingConfig], Field(min_length=1, max_length=TRAINING_LIMITS.folds)]
    courses: Annotated[list[EngineRunState], Field(min_length=1, max_length=TRAINING_LIMITS.folds)]


@dataclass(frozen=True, eq=False)
class SavedCheckpoint:
    """The head of the file, its arrays, and the CSV file in it."""

    head: Head
    arrays: Arrays
    content: bytes | None = None

    def to_bytes(self) -> bytes:
        """The file."""
        head = self.head.model_dump(exclude={"setups"}, exclude_defaults=True, by_alias=True) | {"version": VERSION}
        head |= {"setups": [setup.to_json_value() for setup in self.head.setups]}
        text = json.dumps(head, allow_nan=False)
        arrays = dict(self.arrays)
        if self.content is not None:
            arrays[_DATA] = np.frombuffer(self.content, np.uint8)
        return pack(arrays, {_KEY: text})

    @classmethod
    def parse(cls, content: bytes) -> Self:
        """The run in the bytes of a file. Raises DocumentError: one sentence that names the place."""
        if len(content) > TRAINING_LIMITS.run:
            raise DocumentError(
                f"{_WHOLE} has {len(content) / 1e6:.0f} MB, at most {TRAINING_LIMITS.run / 1e6:.0f} MB are allowed"
            )
        arrays, texts = unpack(content, _WHOLE)
        found = read_json(texts.get(_KEY, ""), _WHOLE, TRAINING_LIMITS.text)
        if not isinstance(found, Mapping):
            raise DocumentError(f"{_WHOLE} is {echo(found)}, expected an object")
        version = found.get("version")
        if isinstance(version, int) and version > VERSION:
            raise DocumentError(f"made by a newer mlpviz (version {echo(version)}); this one reads version {VERSION}")
        setups = found.get("setups")
        if isinstance(setups, list) and all(isinstance(setup, Mapping) for setup in setups):
            # TrainingConfig has its own sentences for what is wrong in it
            found = {**found, "setups": [TrainingConfig.parse(setup) for setup in setups[: TRAINING_LIMITS.folds + 1]]}
        try:
            head = Head.model_validate(found)
        except ValidationError as error:
            raise first_error(error, _KNOWN, _WHOLE) from None
        if len(set(head.labels)) != len(head.labels) or len(head.labels) != len(head.setups):
            raise DocumentError(f"{_WHOLE} has {len(head.labels)} labels, expected one of its own for each setup")
        data = arrays.pop(_DATA, None)
        return cls(head, arrays, None if data is None else data.tobytes())

    def under(self, prefix: str) -> dict[str, NDArray[Any]]:
        """The arrays whose names begin so, by the rest of their names."""
        return {name.removeprefix(prefix): array for name, array in self.arrays.items() if name.startswith(prefix)}

    def network(self, member: int, spec: NetworkSpec, dtype: Any) -> tuple[Array, Array]:
        """Parameters (P,) and running statistics (B,) of a member. Raises DocumentError for one that does not fit."""
        params, buffers = np.empty(spec.size, dtype), spec.initial_buffers().astype(dtype)
        for name, place in _named(member, spec, params, buffers).items():
            found = self.arrays.get(name)
            if found is None:
                raise DocumentError(f"{_WHOLE} has no {name}, which the network of the setup needs")
            if found.shape != place.shape:
                shape = " x ".join(map(str, place.shape))
                raise DocumentError(f"{name} does not fit the network of the setup, expected {shape} numbers")
            place[...] = found
        return params, buffers

    def curves(self, member: int, columns: int) -> NDArray[np.float64]:
        """The curves of a member (n, columns); NaN where nothing was measured."""
        found = self.arrays.get(f"lanes.{member}.curves")
        if found is not None and found.ndim == 2 and found.shape[1] == _BEFORE_AVERAGES:
            found = np.pad(found.astype(np.float64), ((0, 0), (0, columns - _BEFORE_AVERAGES)), constant_values=np.nan)
        if found is None or found.ndim != 2 or found.shape[1] != columns or not np.isfinite(found[:, :2]).all():
            raise DocumentError(f"lanes.{member}.curves does not fit, expected rows of {columns} numbers")
        return found.astype(np.float64)


def member_arrays(
    member: int, spec: NetworkSpec, params: Array, buffers: Array, curves: NDArray[np.float64]
) -> dict[str, NDArray[Any]]:
    """The arrays of one member: parameters (P,) and running statistics (B,) by layer, and curves.

    Without averaged weights the curves have the columns that files of before have.
    """
    if np.isnan(curves[:, _BEFORE_AVERAGES:]).all():
        curves = curves[:, :_BEFORE_AVERAGES]
    return {**_named(member, spec, params, buffers), f"lanes.{member}.curves": curves}


def engine_run_arrays(engine_run: int, snapshot: Snapshot) -> tuple[SnapshotState, dict[str, NDArray[Any]]]:
    """The snapshot of an engine run as JSON, and its arrays."""
    state, arrays = to_json_and_arrays(snapshot)
    return state, {f"courses.{engine_run}.{name}": array for name, array in arrays.items()}


def _named(member: int, spec: NetworkSpec, params: Array, buffers: Array) -> dict[str, Any]:
    """Views into the flat vectors by their names in the file."""
    found: dict[str, Any] = {}
    for layer, (views, running) in enumerate(zip(spec.views(params), spec.buffer_views(buffers), strict=True)):
        named = {**views._asdict(), **(running._asdict() if running is not None else {})}
        found |= {f"lanes.{member}.layers.{layer}.{name}": array for name, array in named.items() if array is not None}
    return found


_KNOWN: Mapping[str, Sequence[str]] = {
    "": tuple(Head.model_fields),
    "courses": tuple(EngineRunState.model_fields),
    "snapshot": tuple(field.alias or name for name, field in SnapshotState.model_fields.items()),
}
