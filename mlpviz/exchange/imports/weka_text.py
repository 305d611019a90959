"""Weka's MultilayerPerceptron as it prints itself, with the scaling from an ARFF file of its training data."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from mlpviz.exchange.imports.findings import Reading
from mlpviz.exchange.imports.foreign import ForeignFile, Import, NotThisFormatError
from mlpviz.exchange.imports.neurons import Unit, active, layered
from mlpviz.exchange.imports.operations import Activate, Operation, Rescale
from mlpviz.schema.errors import echo

_NUMBER = re.compile(r"[-+]?[0-9.eE+-]+|NaN|[-+]?Infinity")
_ATTRIBUTE = re.compile(r"\s*@attribute\s+('[^']*'|\S+)\s+(\{[^}]*\}|\S+)", re.IGNORECASE)


class _Attribute(NamedTuple):
    name: str
    values: tuple[str, ...]
    """of a nominal attribute; empty for numbers"""
    low: float
    high: float


def recognises(file: ForeignFile) -> bool:
    """A text that begins with a node and its threshold."""
    return re.search(rb"(Sigmoid|Linear) Node \d+\s+Inputs\s+Weights\s+Threshold", file.head()) is not None


def read(file: ForeignFile, reading: Reading) -> Sequence[Operation]:
    """The layers, with the scaling of the ARFF file that is chosen together. Raises DocumentError."""
    units, classes = _units(file.text())
    inputs = list(dict.fromkeys(source for unit in units for source in unit.weights if not isinstance(source, int)))
    data = _training_data(file, inputs, list(classes.values()), reading)
    if data:
        order = [name for name in _columns(data) if name in inputs]
        inputs = order + [name for name in inputs if name not in order]
    reading.understand(f"Inputs in this order: {', '.join(map(str, inputs))}.")
    outputs = list(classes)
    by_name = {unit.name: unit for unit in units}
    ordered = [unit for unit in units if unit.name not in classes]
    ordered += [by_name[name] for name in outputs if name in by_name]
    # Weka lists outputs first; the order of the classes is that of the nodes
    operations = list(layered(inputs, ordered))
    numeric = not any(classes.values())
    if not numeric:
        if not (isinstance(operations[-1], Activate) and operations[-1].key == "sigmoid"):
            raise NotThisFormatError("has classes without sigmoid nodes")
        reading.understand(
            f"Classes in the order of the outputs: {', '.join(classes.values())}. Weka divides their sigmoids by their "
            "sum, which is the softmax of ln σ(z): two layers here."
        )
        operations = [*operations[:-1], Activate("logsigmoid"), Activate("softmax")]
    return _scaled(operations, inputs, data, numeric, reading)


def _units(text: str) -> tuple[list[Unit], dict[int, str]]:
    units: list[Unit] = []
    classes: dict[int, str] = {}
    for block in re.split(r"\n(?=Sigmoid Node|Linear Node|Class )", "\n" + text.replace("\r", "")):
        head = re.match(r"\s*(Sigmoid|Linear) Node (\d+)", block)
        if head:
            bias = 0.0
            weights: dict[int | str, float] = {}
            for line in block.splitlines()[1:]:
                name, _, value = line.strip().replace("\t", " ").rpartition(" ")
                name = name.rstrip()
                if not _NUMBER.fullmatch(value):
                    continue
                if name == "Threshold":
                    bias = _number(value)
                elif name.startswith("Node ") and name[5:].isdecimal():
                    weights[int(name[5:])] = _number(value)
                elif name.startswith("Attrib "):
                    weights[name[7:]] = _number(value)
            units.append(Unit(int(head[2]), weights, bias, active("sigmoid") if head[1] == "Sigmoid" else ()))
            continue
        named = re.match(r"\s*Class (.*)\n[ \t]*Input[ \t]*\n[ \t]*Node (\d+)", block)
        if named:
            classes[int(named[2])] = named[1].strip()
    if not units or not classes:
        raise NotThisFormatError("has no nodes, or does not say which are the outputs")
    return units, classes


def _training_data(
    file: ForeignFile, inputs: Sequence[object], classes: Sequence[str], reading: Reading
) -> list[_Attribute]:
    found = {name: _attributes(content) for name, content in file.beside.items() if name.lower().endswith(".arff")}
    fitting = {
        name: attributes
        for name, attributes in found.items()
        if attributes and set(map(str, inputs)) <= set(_columns(attributes)) and _fits(attributes[-1], classes)
    }
    if not fitting:
        reading.leave_out(
            "Weka scales attributes to −1 to 1 by the training data, and the printed model does not have that: choose "
            "the ARFF file of the training data together with it. Until then x is what the network reads after scaling."
        )
        return []
    likely = max(
        fitting,
        key=lambda name: (
            file.stem.lower().startswith(name.rsplit(".", 1)[0].lower()),
            name.rsplit(".", 1)[0] == _relation(file.beside[name]),
            "test" not in name.lower(),
        ),
    )
    choices = {name: name for name in fitting} | {"none": "none: x is scaled already"}
    chosen = reading.guess(
        "training data", "Which file has the training data, whose range Weka scales by?", choices, likely
    )
    return [] if chosen == "none" else fitting[chosen]


def _fits(attribute: _Attribute, classes: Sequence[str]) -> bool:
    named = [name for name in classes if name]
    return list(attribute.values) == named if named else not attribute.values


def _columns(attributes: Sequence[_Attribute]) -> list[str]:
    """Names after Weka made nominal attributes binary: one with two values stays one, others are name=value."""
    found: list[str] = []
    for attribute in attributes[:-1]:
        found += (
            [attribute.name]
            if len(attribute.values) < 3
            else [f"{attribute.name}={value}" for value in attribute.values]
        )
    return found


def _relation(content: bytes) -> str:
    found = re.search(rb"@relation\s+(\S+)", content, re.IGNORECASE)
    return found[1].decode("utf-8", "replace").strip("'\"") if found else ""


def _attributes(content: bytes) -> list[_Attribute]:
    """Attributes of an ARFF file with the range of their numbers; empty if it is none."""
    head, _, data = content.decode("utf-8", "replace").partition("@data")
    if not data:
        head, _, data = content.decode("utf-8", "replace").partition("@DATA")
    rows = [line.split(",") for line in data.splitlines() if line.strip() and not line.lstrip().startswith("%")]
    found: list[_Attribute] = []
    # line by line: a brace that never closes is looked for on its line only
    matches = (_ATTRIBUTE.match(line) for line in head.splitlines())
    for index, each in enumerate(match for match in matches if match):
        name, kind = each[1].strip("'"), each[2]
        if kind.startswith("{"):
            found.append(_Attribute(name, tuple(value.strip().strip("'") for value in kind[1:-1].split(",")), 0.0, 1.0))
            continue
        try:
            column = [float(row[index]) for row in rows if row[index].strip() != "?"]
        except (ValueError, IndexError):
            return []
        found.append(_Attribute(name, (), min(column, default=0.0), max(column, default=0.0)))
    return found


def _scaled(
    operations: list[Operation], inputs: Sequence[object], data: Sequence[_Attribute], numeric: bool, reading: Reading
) -> list[Operation]:
    if not data:
        return operations
    ranges: Mapping[str, tuple[float, float]] = {
        name: (attribute.low, attribute.high) for attribute in data for name in _columns([attribute, attribute])
    }
    low, high = (np.array([ranges[str(name)][end] for name in inputs]) for end in (0, 1))
    half, middle = (high - low) / 2, (high + low) / 2
    factor = np.where(half == 0, 1.0, 1 / np.where(half == 0, 1.0, half))
    reading.understand("Attributes are scaled from their range in the training data to −1 to 1.")
    found: list[Operation] = [Rescale(factor, -middle * factor, "input scaling"), *operations]
    if numeric:
        target = data[-1]
        half_range = (target.high - target.low) / 2 or 1.0
        found.append(Rescale(np.array([half_range]), np.array([(target.high + target.low) / 2]), "output scaling"))
    return found


def _number(text: str) -> float:
    try:
        return float(text.replace("Infinity", "inf"))
    except ValueError:
        raise NotThisFormatError(f"has {echo(text)} where a number was expected") from None


IMPORT = Import(
    "weka_text",
    "Weka (printed model)",
    "A MultilayerPerceptron as Weka prints it; the scaling comes from the ARFF file of the training data, which is "
    "chosen together with it.",
    (".txt",),
    recognises,
    read,
)
