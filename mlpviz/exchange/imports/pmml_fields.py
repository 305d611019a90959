"""The derived fields of PMML: which field of the data one is, times a factor, plus a shift."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from mlpviz.exchange.imports.foreign import NotThisFormatError
from mlpviz.network import DocumentError
from mlpviz.schema.errors import echo


@dataclass(frozen=True)
class Scaled:
    """A field of the data times a factor plus a shift."""

    field: str
    factor: float = 1.0
    shift: float = 0.0


class DerivedFields(dict[str, Element]):
    """Derived fields by their names, and what those that were asked compute: they may refer to each other."""

    def __init__(self, fields: Mapping[str, Element]) -> None:
        super().__init__(fields)
        self.lines: dict[str, Scaled] = {}

    def line(self, name: str, depth: int) -> Scaled:
        """What the field of this name computes. Raises DocumentError."""
        if name not in self.lines:
            self.lines[name] = line_of(self[name], self, depth + 1)
        return self.lines[name]


def line_of(field: Element, derived: DerivedFields, depth: int = 0) -> Scaled:
    """What a derived field computes, which must be a field times a factor plus a shift. Raises DocumentError."""
    if depth > 20:
        raise NotThisFormatError("has fields that are derived from themselves")
    children = [child for child in field if child.tag not in ("Extension", "Interval", "Value")]
    if len(children) != 1:
        raise NotThisFormatError("has a derived field without one expression")
    return _expression(children[0], derived, depth)


def _expression(node: Element, derived: DerivedFields, depth: int) -> Scaled:
    match node.tag:
        case "FieldRef":
            name = str(node.get("field"))
            return (
                derived.line(name, depth)
                if name in derived and depth < 20 and not _is_itself(derived[name], name)
                else Scaled(name)
            )
        case "Constant":
            return Scaled("", 0.0, number(node.text))
        case "NormContinuous":
            points = [(number(each.get("orig")), number(each.get("norm"))) for each in node.findall("LinearNorm")]
            name = str(node.get("field"))
            below = derived.line(name, depth) if name in derived else Scaled(name)
            if len(points) != 2 or points[0][0] == points[1][0]:
                raise DocumentError("a field is scaled in several pieces, which is not held here")
            (x1, y1), (x2, y2) = points
            slope = (y2 - y1) / (x2 - x1)
            return Scaled(below.field, below.factor * slope, below.shift * slope + y1 - x1 * slope)
        case "NormDiscrete":
            return Scaled(f"{node.get('field')} = {node.get('value')}")
        case "Apply":
            parts = [_expression(child, derived, depth + 1) for child in node if child.tag != "Extension"]
            if len(parts) == 2:
                return _applied(str(node.get("function")), *parts)
    raise DocumentError(f"an input is computed by {echo(node.get('function') or node.tag)}, expected scaling only")


def _applied(function: str, left: Scaled, right: Scaled) -> Scaled:
    field = left.field or right.field
    if left.factor and right.factor:
        raise DocumentError("an input is computed of two fields, expected scaling only")
    match function:
        case "+":
            return Scaled(field, left.factor + right.factor, left.shift + right.shift)
        case "-":
            return Scaled(field, left.factor - right.factor, left.shift - right.shift)
        case "*":
            constant, line = (left, right) if not left.factor else (right, left)
            return Scaled(field, line.factor * constant.shift, line.shift * constant.shift)
        case "/" if not right.factor and right.shift:
            return Scaled(field, left.factor / right.shift, left.shift / right.shift)
    raise DocumentError(f"an input is computed by {echo(function)}, expected + − × or ÷ with a constant")


def _is_itself(field: Element, name: str) -> bool:
    reference = field.find("FieldRef")
    return reference is not None and reference.get("field") == name


def number(text: str | None) -> float:
    """The number in a text of the file. Raises NotThisFormatError."""
    try:
        return float(text or "")
    except ValueError:
        raise NotThisFormatError(f"has {echo(text)} where a number was expected") from None
