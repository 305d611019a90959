"""Exercises as questions of Moodle: a cloze question each, with a number to type for every asked cell."""

from __future__ import annotations

from html import escape
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from mlpviz.exchange.format import Format, Saving
from mlpviz.exchange.platform_cells import PlatformCell, platform_cells
from mlpviz.exchange.platform_markup import question_body, title_of
from mlpviz.exchange.subjects import EXERCISES, Handout, handout_stem, unfit_for_platforms
from mlpviz.practice.exercise import Exercise


def write(handout: Handout) -> bytes:
    """The question bank: a category with a question for each exercise."""
    quiz = Element("quiz")
    category = SubElement(SubElement(quiz, "question", type="category"), "category")
    # a slash would begin a category below it
    SubElement(category, "text").text = f"$course$/top/{handout.title.replace('/', ' ')}"
    for exercise in handout.exercises:
        _add(quiz, exercise)
    indent(quiz)
    return tostring(quiz, encoding="UTF-8", xml_declaration=True)


def _add(quiz: Element, exercise: Exercise) -> None:
    question = SubElement(quiz, "question", type="cloze")
    SubElement(SubElement(question, "name"), "text").text = title_of(exercise)
    SubElement(SubElement(question, "questiontext", format="html"), "text").text = _text(exercise)
    SubElement(SubElement(question, "generalfeedback", format="html"), "text").text = ""
    SubElement(question, "penalty").text = "0.3333333"
    SubElement(question, "hidden").text = "0"
    SubElement(question, "idnumber").text = exercise.fingerprint


def _text(exercise: Exercise) -> str:
    """The HTML of a question. Its cloze fields are put in last, so that no text of a user is taken for one."""
    cells, fields = platform_cells(exercise), list[str]()

    def field(cell: Element, name: str) -> None:
        cell.text = f"\ue000{len(fields)}\ue000"
        fields.append(_cloze(cells[name]))

    body = Element("div")
    question_body(exercise, body, field)
    text = _without_braces(tostring(body, encoding="unicode", method="html"))
    for number, cloze in enumerate(fields):
        text = text.replace(f"\ue000{number}\ue000", cloze)
    return text


def _cloze(cell: PlatformCell) -> str:
    right = f"={cell.number}:{cell.tolerance}#{_feedback('Right.')}"
    wrong = [f"%0%{each.number}:{each.tolerance}#{_feedback(each.sentence)}" for each in cell.wrong]
    return f"{{1:NUMERICAL:{'~'.join([right, *wrong])}}}"


def _feedback(text: str) -> str:
    """A sentence as feedback, which Moodle decodes once before it is HTML. It knows no way to write ~ but this."""
    return _without_braces(escape(escape(text, quote=False), quote=False)).replace("~", "&#126;")


def _without_braces(text: str) -> str:
    return text.replace("{", "&#123;").replace("}", "&#125;")


FORMAT = Format(
    "exercise_moodle",
    label="questions for Moodle",
    sentence="A cloze question for each exercise: a number per field, its tolerance, and what mistakes give.",
    suffix=".xml",
    media_type="application/xml",
    saving=Saving(EXERCISES, write, lambda handout: f"{handout_stem(handout)}-moodle", unfit_for_platforms),
    group="handout",
)
