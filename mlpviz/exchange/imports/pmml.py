"""PMML: neural networks as XML, by sklearn2pmml, Nyoka, R's pmml, KNIME and others."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

import numpy as np

from mlpviz.exchange.imports.archives import xml_in
from mlpviz.exchange.imports.findings import Reading
from mlpviz.exchange.imports.foreign import ForeignFile, Import, NotThisFormatError
from mlpviz.exchange.imports.neurons import Unit, active, layered
from mlpviz.exchange.imports.one_or_two_outputs import one_probability
from mlpviz.exchange.imports.operations import Activate, Dense, Operation, Rescale, check_width
from mlpviz.network import DocumentError
from mlpviz.schema.errors import echo

_FUNCTIONS = {
    "logistic": active("sigmoid"),
    "tanh": active("tanh"),
    "identity": (),
    "rectifier": active("relu"),
    "Elliott": active("softsign"),
    "Gauss": active("gaussian"),
}


@dataclass(frozen=True)
class _Scaled:
    """A field of the data times a factor plus a shift."""

    field: str
    factor: float = 1.0
    shift: float = 0.0


class _Derived(dict[str, Element]):
    """Derived fields by their names, and what those that were asked compute: they may refer to each other."""

    def __init__(self, fields: Mapping[str, Element]) -> None:
        super().__init__(fields)
        self.lines: dict[str, _Scaled] = {}

    def line(self, name: str, depth: int) -> _Scaled:
        """What the field of this name computes. Raises DocumentError."""
        if name not in self.lines:
            self.lines[name] = _line(self[name], self, depth + 1)
        return self.lines[name]


def recognises(file: ForeignFile) -> bool:
    """An XML text whose root is PMML."""
    return b"<PMML" in file.head()


def read(file: ForeignFile, reading: Reading) -> Sequence[Operation]:
    """The operations of the neural network. Raises DocumentError."""
    root = xml_in(file.content, file.name)
    model = root.find(".//NeuralNetwork")
    if model is None:
        kinds = [child.tag for child in root if child.tag.endswith("Model") or child.tag.endswith("Network")]
        raise DocumentError(f"{file.name} holds {', '.join(kinds) or 'no model'}, expected a NeuralNetwork")
    derived = _Derived(
        {
            str(each.get("name")): each
            for where in (root, model)
            for each in where.iter("DerivedField")
            if each.get("name")
        }
    )
    inputs, first = _inputs(model, derived, reading)
    groups = model.findall("NeuralLayer")
    if not groups:
        raise NotThisFormatError("has a neural network without layers")
    usual = model.get("activationFunction", "")
    units, last = _units(groups, usual, model)
    two, units = _without_two_outputs(units)
    operations: list[Operation] = [*first, *layered(inputs, units)]
    operations = _joined(operations)
    normalization = groups[-1].get("normalizationMethod", model.get("normalizationMethod", "none"))
    if normalization == "softmax":
        operations.append(Activate("softmax"))
    elif normalization == "simplemax":
        operations = _simplemax(operations)
    elif normalization != "none":
        raise DocumentError(f"the outputs are normalized by {echo(normalization)}, which is not held here")
    if two:
        return one_probability(operations, reading)
    return [*operations, *_outputs(model, last, derived, reading)]


def _inputs(model: Element, derived: _Derived, reading: Reading) -> tuple[list[Hashable], list[Operation]]:
    names: list[Hashable] = []
    lines: list[_Scaled] = []
    listed = list(model.iter("NeuralInput"))
    check_width(len(listed))
    for each in listed:
        inner = each.find("DerivedField")
        if inner is None:
            raise NotThisFormatError("has an input without a field")
        names.append(str(each.get("id")))
        lines.append(_line(inner, derived))
    if not names:
        raise NotThisFormatError("has no inputs")
    reading.understand(f"Inputs in this order: {', '.join(line.field for line in lines)}.")
    factor, shift = (np.array([getattr(line, name) for line in lines]) for name in ("factor", "shift"))
    scaled = bool((factor != 1).any() or shift.any())
    return names, [Rescale(factor, shift, "input scaling")] if scaled else []


def _line(field: Element, derived: _Derived, depth: int = 0) -> _Scaled:
    """What a derived field computes, which must be a field times a factor plus a shift."""
    if depth > 20:
        raise NotThisFormatError("has fields that are derived from themselves")
    children = [child for child in field if child.tag not in ("Extension", "Interval", "Value")]
    if len(children) != 1:
        raise NotThisFormatError("has a derived field without one expression")
    return _expression(children[0], derived, depth)


def _expression(node: Element, derived: _Derived, depth: int) -> _Scaled:
    match node.tag:
        case "FieldRef":
            name = str(node.get("field"))
            return (
                derived.line(name, depth)
                if name in derived and depth < 20 and not _is_itself(derived[name], name)
                else _Scaled(name)
            )
        case "Constant":
            return _Scaled("", 0.0, _number(node.text))
        case "NormContinuous":
            points = [(_number(each.get("orig")), _number(each.get("norm"))) for each in node.findall("LinearNorm")]
            name = str(node.get("field"))
            below = derived.line(name, depth) if name in derived else _Scaled(name)
            if len(points) != 2 or points[0][0] == points[1][0]:
                raise DocumentError("a field is scaled in several pieces, which is not held here")
            (x1, y1), (x2, y2) = points
            slope = (y2 - y1) / (x2 - x1)
            return _Scaled(below.field, below.factor * slope, below.shift * slope + y1 - x1 * slope)
        case "NormDiscrete":
            return _Scaled(f"{node.get('field')} = {node.get('value')}")
        case "Apply":
            parts = [_expression(child, derived, depth + 1) for child in node if child.tag != "Extension"]
            if len(parts) == 2:
                return _applied(str(node.get("function")), *parts)
    raise DocumentError(f"an input is computed by {echo(node.get('function') or node.tag)}, expected scaling only")


def _applied(function: str, left: _Scaled, right: _Scaled) -> _Scaled:
    field = left.field or right.field
    if left.factor and right.factor:
        raise DocumentError("an input is computed of two fields, expected scaling only")
    match function:
        case "+":
            return _Scaled(field, left.factor + right.factor, left.shift + right.shift)
        case "-":
            return _Scaled(field, left.factor - right.factor, left.shift - right.shift)
        case "*":
            constant, line = (left, right) if not left.factor else (right, left)
            return _Scaled(field, line.factor * constant.shift, line.shift * constant.shift)
        case "/" if not right.factor and right.shift:
            return _Scaled(field, left.factor / right.shift, left.shift / right.shift)
    raise DocumentError(f"an input is computed by {echo(function)}, expected + − × or ÷ with a constant")


def _is_itself(field: Element, name: str) -> bool:
    reference = field.find("FieldRef")
    return reference is not None and reference.get("field") == name


def _units(groups: Sequence[Element], usual: str, model: Element) -> tuple[list[Unit], list[str]]:
    found: list[Unit] = []
    names: list[str] = []
    for group in groups:
        function = group.get("activationFunction", usual)
        neurons = group.findall("Neuron")
        names = [str(neuron.get("id")) for neuron in neurons]
        for neuron in neurons:
            weights = {str(con.get("from")): _number(con.get("weight")) for con in neuron.findall("Con")}
            bias = _number(neuron.get("bias", "0"))
            if function == "threshold":
                limit = _number(group.get("threshold", model.get("threshold", "0")))
                # PMML: 1 if z is above the limit
                found.append(Unit(str(neuron.get("id")), weights, bias - limit, active("step")))
            elif function in _FUNCTIONS:
                found.append(Unit(str(neuron.get("id")), weights, bias, _FUNCTIONS[function]))
            else:
                raise DocumentError(f"the network has the activation {echo(function)}, which is not held here")
    return found, names


def _without_two_outputs(units: list[Unit]) -> tuple[bool, list[Unit]]:
    """Whether the last units are 1 − p and p of one unit before them, and the units without these two."""
    if len(units) < 3:
        return False, units
    first, second = units[-2:]
    sources = {*first.weights, *second.weights}
    is_pair = (
        len(sources) == 1
        and not first.after
        and not second.after
        and list(first.weights.values()) == [-1.0]
        and first.bias == 1.0
        and list(second.weights.values()) == [1.0]
        and second.bias == 0.0
    )
    return (True, units[:-2]) if is_pair else (False, units)


def _joined(operations: Sequence[Operation]) -> list[Operation]:
    """Without layers that only pass one number on: jpmml writes the last activation as a unit of weight 1."""
    found: list[Operation] = []
    for operation in operations:
        last = found[-1] if found else None
        if (
            isinstance(operation, Dense)
            and isinstance(last, Dense)
            and operation.weight.shape[0] == operation.weight.shape[1]
            and np.array_equal(operation.weight, np.eye(len(operation.weight)))
            and (operation.bias is None or not operation.bias.any())
        ):
            continue
        found.append(operation)
    return found


def _simplemax(operations: list[Operation]) -> list[Operation]:
    """Outputs over their sum: σ(z) / Σ σ(z) is the softmax of ln σ(z)."""
    if not (isinstance(operations[-1], Activate) and operations[-1].key == "sigmoid"):
        raise DocumentError("outputs over their sum are held after a sigmoid only")
    return [*operations[:-1], Activate("logsigmoid"), Activate("softmax")]


def _outputs(model: Element, names: Sequence[str], derived: _Derived, reading: Reading) -> list[Operation]:
    lines = dict.fromkeys(names, _Scaled(""))
    classes: dict[str, str] = {}
    for each in model.iter("NeuralOutput"):
        field = each.find("DerivedField")
        if field is None:
            continue
        name = str(each.get("outputNeuron"))
        discrete = field.find("NormDiscrete")
        if discrete is not None:
            classes[name] = str(discrete.get("value"))
        elif field.find("NormContinuous") is not None:
            # the norm leads from the target to the output: undone here
            line = _line(field, derived)
            lines[name] = _Scaled(line.field, 1 / line.factor, -line.shift / line.factor) if line.factor else line
    if classes:
        reading.understand(
            f"Classes in the order of the outputs: {', '.join(classes.get(name, '?') for name in names)}."
        )
    factor, shift = (np.array([getattr(lines[name], what) for name in names]) for what in ("factor", "shift"))
    return [Rescale(factor, shift, "output scaling")] if (factor != 1).any() or shift.any() else []


def _number(text: str | None) -> float:
    try:
        return float(text or "")
    except ValueError:
        raise NotThisFormatError(f"has {echo(text)} where a number was expected") from None


IMPORT = Import(
    "pmml",
    "PMML",
    "A NeuralNetwork in layers with logistic, tanh, rectifier, identity, Elliott, Gauss or threshold units, linear "
    "scaling of inputs and outputs, softmax.",
    (".pmml", ".xml"),
    recognises,
    read,
)
