"""PMML: neural networks as XML, by sklearn2pmml, Nyoka, R's pmml, KNIME and others."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from xml.etree.ElementTree import Element

import numpy as np

from mlpviz.exchange.imports.archives import xml_in
from mlpviz.exchange.imports.findings import Reading
from mlpviz.exchange.imports.foreign import ForeignFile, Import, NotThisFormatError
from mlpviz.exchange.imports.neurons import Unit, active, layered
from mlpviz.exchange.imports.one_or_two_outputs import one_probability
from mlpviz.exchange.imports.operations import Activate, Dense, Operation, Rescale, check_width
from mlpviz.exchange.imports.pmml_fields import DerivedFields, Scaled, line_of, number
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
    derived = DerivedFields(
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


def _inputs(model: Element, derived: DerivedFields, reading: Reading) -> tuple[list[Hashable], list[Operation]]:
    names: list[Hashable] = []
    lines: list[Scaled] = []
    listed = list(model.iter("NeuralInput"))
    check_width(len(listed))
    for each in listed:
        inner = each.find("DerivedField")
        if inner is None:
            raise NotThisFormatError("has an input without a field")
        names.append(str(each.get("id")))
        lines.append(line_of(inner, derived))
    if not names:
        raise NotThisFormatError("has no inputs")
    reading.understand(f"Inputs in this order: {', '.join(line.field for line in lines)}.")
    factor, shift = (np.array([getattr(line, name) for line in lines]) for name in ("factor", "shift"))
    scaled = bool((factor != 1).any() or shift.any())
    return names, [Rescale(factor, shift, "input scaling")] if scaled else []


def _units(groups: Sequence[Element], usual: str, model: Element) -> tuple[list[Unit], list[str]]:
    found: list[Unit] = []
    names: list[str] = []
    for group in groups:
        function = group.get("activationFunction", usual)
        neurons = group.findall("Neuron")
        names = [str(neuron.get("id")) for neuron in neurons]
        for neuron in neurons:
            weights = {str(con.get("from")): number(con.get("weight")) for con in neuron.findall("Con")}
            bias = number(neuron.get("bias", "0"))
            if function == "threshold":
                limit = number(group.get("threshold", model.get("threshold", "0")))
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


def _outputs(model: Element, names: Sequence[str], derived: DerivedFields, reading: Reading) -> list[Operation]:
    lines = dict.fromkeys(names, Scaled(""))
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
            line = line_of(field, derived)
            lines[name] = Scaled(line.field, 1 / line.factor, -line.shift / line.factor) if line.factor else line
    if classes:
        reading.understand(
            f"Classes in the order of the outputs: {', '.join(classes.get(name, '?') for name in names)}."
        )
    factor, shift = (np.array([getattr(lines[name], what) for name in names]) for what in ("factor", "shift"))
    return [Rescale(factor, shift, "output scaling")] if (factor != 1).any() or shift.any() else []


IMPORT = Import(
    "pmml",
    "PMML",
    "A NeuralNetwork in layers with logistic, tanh, rectifier, identity, Elliott, Gauss or threshold units, linear "
    "scaling of inputs and outputs, softmax.",
    (".pmml", ".xml"),
    recognises,
    read,
)
