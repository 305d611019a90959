"""The data of a figure as CSV and JSON: every trace with its numbers, in the order in which they are drawn."""

from __future__ import annotations

import base64
import csv
import io
import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from mlpviz.exploration.view import FigurePart
from mlpviz.text.spreadsheet_text import plain_text

AXES = ("x", "y", "z")


def to_csv(part: FigurePart) -> bytes:
    """One row per point: the trace and its x, y and z; a map has a row per cell."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["trace", *AXES])
    for name, arrays in traces_of(part).items():
        for row in _rows(arrays):
            writer.writerow(
                [plain_text(name), *(plain_text(value) if isinstance(value, str) else value for value in row)]
            )
    return out.getvalue().encode()


def to_json(part: FigurePart) -> bytes:
    """The traces by their names, each with its arrays; what is not finite is null."""
    found = {
        name: {axis: _finite(values.tolist()) for axis, values in arrays.items()}
        for name, arrays in traces_of(part).items()
    }
    return json.dumps({"title": part.title, "traces": found}, ensure_ascii=False, indent=1).encode()


def traces_of(part: FigurePart) -> dict[str, dict[str, np.ndarray[Any, Any]]]:
    """The arrays of each trace by its name, those of the same name numbered."""
    found: dict[str, dict[str, np.ndarray[Any, Any]]] = {}
    for trace in part.figure.to_dict()["data"]:
        name = base = trace.get("name") or trace["type"]
        number = 1
        while name in found:
            number += 1
            name = f"{base} ({number})"
        found[name] = {axis: decoded(trace[axis]) for axis in AXES if trace.get(axis) is not None}
    return found


def decoded(values: Any) -> np.ndarray[Any, Any]:
    """An array of a figure, which Plotly packs in base64 if it was one of NumPy."""
    if not isinstance(values, Mapping):
        return np.asarray(values)
    flat = np.frombuffer(base64.b64decode(values["bdata"]), dtype=values["dtype"])
    shape = values.get("shape")
    return flat.reshape([int(side) for side in str(shape).split(",")]) if shape else flat


def _rows(arrays: Mapping[str, np.ndarray[Any, Any]]) -> list[Sequence[Any]]:
    z = arrays.get("z")
    if z is not None and z.ndim == 2:
        x = arrays.get("x", np.arange(z.shape[1]))
        y = arrays.get("y", np.arange(z.shape[0]))
        if x.ndim == 1 and y.ndim == 1:
            x, y = np.meshgrid(x, y)
        return list(zip(x.ravel().tolist(), y.ravel().tolist(), z.ravel().tolist(), strict=True))
    columns = [arrays[axis].tolist() if axis in arrays else None for axis in AXES]
    length = max((len(column) for column in columns if column is not None), default=0)
    return [["" if column is None else column[row] for column in columns] for row in range(length)]


def _finite(values: Any) -> Any:
    if isinstance(values, list):
        return [_finite(value) for value in values]
    return None if isinstance(values, float) and not math.isfinite(values) else values
