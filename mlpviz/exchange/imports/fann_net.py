"""Networks of FANN, the Fast Artificial Neural Network library: its text files `.net`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from mlpviz.engine.hyperparameters import exact
from mlpviz.exchange.imports.findings import Reading
from mlpviz.exchange.imports.foreign import ForeignFile, Import, NotThisFormatError
from mlpviz.exchange.imports.neurons import Unit, active, layered
from mlpviz.exchange.imports.operations import Operation, Rescale
from mlpviz.network import DocumentError

_NAMES = (
    *("LINEAR", "THRESHOLD", "THRESHOLD_SYMMETRIC", "SIGMOID", "SIGMOID_STEPWISE", "SIGMOID_SYMMETRIC"),
    *("SIGMOID_SYMMETRIC_STEPWISE", "GAUSSIAN", "GAUSSIAN_SYMMETRIC", "GAUSSIAN_STEPWISE", "ELLIOT"),
    *("ELLIOT_SYMMETRIC", "LINEAR_PIECE", "LINEAR_PIECE_SYMMETRIC", "SIN_SYMMETRIC", "COS_SYMMETRIC", "SIN", "COS"),
)
_NEURONS, _LINKS = (
    "neurons (num_inputs, activation_function, activation_steepness)=",
    "connections (connected_to_neuron, weight)=",
)


class _Function(NamedTuple):
    after: tuple[Operation, ...]
    factor: float = 1.0


def recognises(file: ForeignFile) -> bool:
    """The first line names the version of FANN's files."""
    return file.content[:5] == b"FANN_"


def read(file: ForeignFile, reading: Reading) -> Sequence[Operation]:
    """The layers of the network. Raises DocumentError."""
    lines = file.text().splitlines()
    fields = dict(
        line.split("=", 1) for line in lines if "=" in line and not line.startswith(("neurons", "connections"))
    )
    version = lines[0].strip()
    if version.startswith("FANN_FIX"):
        raise DocumentError(f"{file.name} is in fixed point, whose decimal point is elsewhere: save it with fann_save")
    if fields.get("network_type", "0").strip() not in ("0", "FANN_NETTYPE_LAYER"):
        raise DocumentError(f"{file.name} is a shortcut network, whose connections leave out layers: not held here")
    sizes = _integers(fields.get("layer_sizes", ""))
    units = _tuples(lines, _NEURONS, 3)
    links = _tuples(lines, _LINKS, 2)
    if len(sizes) < 2 or sum(sizes) != len(units) or sum(int(unit[0]) for unit in units) != len(links):
        raise NotThisFormatError("lists other numbers of units and connections than it says")
    reading.understand(f"Written by FANN in the form {version}; each layer but the last has a bias unit.")
    starts = np.cumsum([0, *sizes]).tolist()
    bias_units = {start + size - 1 for start, size in zip(starts, sizes, strict=False)}
    inputs = list(range(sizes[0] - 1))
    found: list[Unit] = []
    at = 0
    for index, (count, kind, steepness) in enumerate(units):
        own = links[at : at + int(count)]
        at += int(count)
        if index < sizes[0] or (index in bias_units and not own):
            continue
        function = _function(int(kind), steepness, reading)
        bias = sum(weight for source, weight in own if int(source) in bias_units)
        weights = {int(source): weight for source, weight in own if int(source) not in bias_units}
        found.append(Unit(index, weights, bias, function.after, function.factor))
    operations = layered(inputs, found)
    return _scaled(fields, operations, reading, len(inputs))


def _function(kind: int, steepness: float, reading: Reading) -> _Function:
    """What FANN does with a sum: every function takes steepness · sum, its sigmoid twice that."""
    if not 0 <= kind < len(_NAMES):
        raise DocumentError(f"activation {kind} is no function of FANN 2.2")
    name, s = _NAMES[kind], steepness
    if s != 1 and name in ("LINEAR", "ELLIOT", "ELLIOT_SYMMETRIC", "LINEAR_PIECE_SYMMETRIC"):
        reading.understand(f"FANN_{name} takes {exact(s)} · z: the factor is multiplied into the weights.")
    width = np.ones(1)
    match name:
        case "LINEAR":
            return _Function((), s)
        case "THRESHOLD":
            return _Function(active("step", at_zero=1.0))
        case "SIGMOID":
            return _Function(active("scaled_sigmoid", steepness=2 * s) if s != 0.5 else active("sigmoid"))
        case "SIGMOID_STEPWISE":
            return _Function(active("stepwise_sigmoid", steepness=s))
        case "SIGMOID_SYMMETRIC":
            return _Function(active("scaled_tanh", amplitude=1.0, steepness=s) if s != 1 else active("tanh"))
        case "GAUSSIAN":
            return _Function(active("gaussian", steepness=s))
        case "GAUSSIAN_SYMMETRIC":
            return _Function((*active("gaussian", steepness=s), Rescale(2 * width, -width, "part of the activation")))
        case "ELLIOT":
            return _Function((*active("softsign"), Rescale(width / 2, width / 2, "part of the activation")), s)
        case "ELLIOT_SYMMETRIC":
            return _Function(active("softsign"), s)
        case "LINEAR_PIECE":
            return _Function(active("ramp", slope=s, offset=0.0))
        case "LINEAR_PIECE_SYMMETRIC":
            return _Function(active("hardtanh"), s)
        case _:
            raise DocumentError(f"the network has FANN_{name}, which is not held here")


def _scaled(
    fields: dict[str, str], operations: Sequence[Operation], reading: Reading, inputs: int
) -> Sequence[Operation]:
    if fields.get("scale_included", "0").strip() != "1":
        return operations
    rows = {
        name: np.array(_floats(value))
        for name, value in fields.items()
        if name.startswith("scale_") and name.endswith(("_in", "_out"))
    }
    try:
        # FANN: (x - mean) / deviation, then onto the new range from -1
        before = [rows[f"scale_{part}_in"] for part in ("mean", "deviation", "new_min", "factor")]
        after = [rows[f"scale_{part}_out"] for part in ("mean", "deviation", "new_min", "factor")]
    except KeyError:
        raise NotThisFormatError("says that it has scaling, and has none") from None
    reading.understand(
        "Scaling of inputs and outputs is in the file; it acts with fann_scale_input and fann_descale_output."
    )
    mean, deviation, low, factor = before
    first = Rescale(factor / deviation, low + factor * (1 - mean / deviation), "input scaling")
    mean, deviation, low, factor = after
    last = Rescale(deviation / factor, mean + deviation * (-low / factor - 1), "output scaling")
    if len(first.factor) != inputs:
        raise NotThisFormatError("has scaling for another number of inputs")
    return (first, *operations, last)


def _integers(text: str) -> list[int]:
    return [int(each) for each in re.findall(r"-?\d+", text)]


def _floats(text: str) -> list[float]:
    try:
        return [float(each) for each in text.split()]
    except ValueError:
        raise NotThisFormatError("has something that is no number in its scaling") from None


def _tuples(lines: Sequence[str], start: str, length: int) -> list[tuple[float, ...]]:
    line = next((line for line in lines if line.startswith(start)), None)
    if line is None:
        raise NotThisFormatError(f"has no line {start.split(' ')[0]}")
    found = []
    for inner in re.findall(r"\(([^()]*)\)", line[len(start) :]):
        try:
            numbers = tuple(float(each) for each in inner.split(","))
        except ValueError:
            raise NotThisFormatError(f"has {inner!r} where numbers were expected") from None
        if len(numbers) != length:
            raise NotThisFormatError(f"has {inner!r} where {length} numbers were expected")
        found.append(numbers)
    return found


IMPORT = Import(
    "fann_net",
    "FANN",
    "Layered networks of FANN 2 in floating point, with all functions but sine and cosine; steepness and scaling "
    "included.",
    (".net",),
    recognises,
    read,
)
