"""Exercises as a QTI 2.1 package: an assessment item each, with a number to type for every asked cell."""

from __future__ import annotations

import io
from xml.etree.ElementTree import Element, SubElement, indent, tostring
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from mlpviz.exchange.format import Format, Saving
from mlpviz.exchange.platform_cells import PlatformCell, decimal, platform_cells
from mlpviz.exchange.platform_markup import question_body, title_of
from mlpviz.exchange.subjects import EXERCISES, Handout, handout_stem, unfit_for_platforms
from mlpviz.practice.exercise import Exercise

_QTI, _CP = "http://www.imsglobal.org/xsd/imsqti_v2p1", "http://www.imsglobal.org/xsd/imscp_v1p1"
_SCHEMA = "http://www.w3.org/2001/XMLSchema-instance"
_NOISE = 1e-9
"""what float arithmetic may leave between equal numbers"""


def write(handout: Handout) -> bytes:
    """The zip file: a manifest, and a file for each exercise."""
    items = {f"item{number:04d}": exercise for number, exercise in enumerate(handout.exercises, start=1)}
    packed = io.BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as package:
        for name, content in {
            "imsmanifest.xml": _manifest(items),
            **{f"{name}.xml": _item(name, exercise) for name, exercise in items.items()},
        }.items():
            # of no date, so that the same exercises give the same file
            package.writestr(ZipInfo(name), content, ZIP_DEFLATED)
    return packed.getvalue()


def _manifest(items: dict[str, Exercise]) -> bytes:
    root = _root("manifest", _CP, identifier="mlpviz")
    meta = SubElement(root, "metadata")
    SubElement(meta, "schema").text = "QTIv2.1 Package"
    SubElement(meta, "schemaversion").text = "1.0.0"
    SubElement(root, "organizations")
    resources = SubElement(root, "resources")
    for name in items:
        own = SubElement(resources, "resource", identifier=name, type="imsqti_item_xmlv2p1", href=f"{name}.xml")
        SubElement(own, "file", href=f"{name}.xml")
    return _bytes(root)


def _item(name: str, exercise: Exercise) -> bytes:
    cells = {f"CELL{number}": cell for number, cell in enumerate(platform_cells(exercise).values(), start=1)}
    identifiers = {cell.name: identifier for identifier, cell in cells.items()}
    root = _root(
        "assessmentItem", _QTI, identifier=name, title=title_of(exercise), adaptive="false", timeDependent="false"
    )
    for identifier, cell in cells.items():
        declared = SubElement(
            root, "responseDeclaration", identifier=identifier, cardinality="single", baseType="float"
        )
        SubElement(SubElement(declared, "correctResponse"), "value").text = cell.number
    _outcome(root, "SCORE", "single", "float", "0")
    _outcome(root, "MAXSCORE", "single", "float", str(len(cells)))
    _outcome(root, "FEEDBACK", "multiple", "identifier")

    def field(parent: Element, name: str) -> None:
        SubElement(parent, "textEntryInteraction", responseIdentifier=identifiers[name], expectedLength="8")

    question_body(exercise, SubElement(SubElement(root, "itemBody"), "div"), field)
    processing = SubElement(root, "responseProcessing")
    for identifier, cell in cells.items():
        _process(processing, identifier, cell)
    for identifier, cell in cells.items():
        for number, wrong in enumerate(cell.wrong, start=1):
            SubElement(
                root, "modalFeedback", outcomeIdentifier="FEEDBACK", showHide="show",
                identifier=_mistake(identifier, number),
            ).text = f"{cell.words}: {wrong.sentence}"  # fmt: skip
    return _bytes(root)


def _outcome(root: Element, identifier: str, cardinality: str, base: str, value: str = "") -> None:
    found = SubElement(root, "outcomeDeclaration", identifier=identifier, cardinality=cardinality, baseType=base)
    if value:
        SubElement(SubElement(found, "defaultValue"), "value").text = value


def _process(parent: Element, identifier: str, cell: PlatformCell) -> None:
    """A point for the right number; for a wrong one that is known the feedback on its mistake."""
    condition = SubElement(parent, "responseCondition")
    right = SubElement(condition, "responseIf")
    _near(right, identifier, cell.number, cell.tolerance)
    scored = SubElement(SubElement(right, "setOutcomeValue", identifier="SCORE"), "sum")
    SubElement(scored, "variable", identifier="SCORE")
    SubElement(scored, "baseValue", baseType="float").text = "1"
    for number, wrong in enumerate(cell.wrong, start=1):
        made = SubElement(condition, "responseElseIf")
        _near(made, identifier, wrong.number, wrong.tolerance)
        told = SubElement(SubElement(made, "setOutcomeValue", identifier="FEEDBACK"), "multiple")
        SubElement(told, "variable", identifier="FEEDBACK")
        SubElement(told, "baseValue", baseType="identifier").text = _mistake(identifier, number)


def _near(parent: Element, identifier: str, number: str, tolerance: str) -> None:
    """Whether a number is in a span: not every reader of QTI takes the two tolerances that `equal` may have."""
    allowed = max(float(tolerance), _NOISE)
    both = SubElement(parent, "and")
    for comparison, end in (("gte", float(number) - allowed), ("lte", float(number) + allowed)):
        found = SubElement(both, comparison)
        SubElement(found, "variable", identifier=identifier)
        SubElement(found, "baseValue", baseType="float").text = decimal(end)


def _mistake(identifier: str, number: int) -> str:
    return f"{identifier}_MISTAKE{number}"


def _root(tag: str, namespace: str, **attributes: str) -> Element:
    place = f"{namespace} {namespace}.xsd"
    return Element(tag, {"xmlns": namespace, "xmlns:xsi": _SCHEMA, "xsi:schemaLocation": place, **attributes})


def _bytes(root: Element) -> bytes:
    indent(root)
    return tostring(root, encoding="UTF-8", xml_declaration=True)


FORMAT = Format(
    "exercise_qti",
    label="questions for QTI 2.1",
    sentence="A package with an item for each exercise: a number per field, its tolerance, and what mistakes give.",
    suffix=".zip",
    media_type="application/zip",
    saving=Saving(EXERCISES, write, lambda handout: f"{handout_stem(handout)}-qti", unfit_for_platforms),
    group="handout",
)
