"""An exercise as the tables of a question: what is given as numbers, what is asked as a platform has it."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree.ElementTree import Element, SubElement

from mlpviz.exchange.paper.digits import number_text, style_of
from mlpviz.practice.exercise import Exercise
from mlpviz.practice.laid_out import LaidBlock, bands_of, facts_of, laid_out
from mlpviz.practice.paper import cells_to_leave_empty
from mlpviz.text.numbers import NumberStyle

Field = Callable[[Element, str], None]
"""Puts what is asked into a cell of a table: the cell, and the name of what is asked."""


def title_of(exercise: Exercise) -> str:
    """The name of a question, another one for each variant."""
    name = exercise.document.name or "A network"
    return f"{name}, level {exercise.level}, exercise {exercise.seed}" if exercise.topic else name


def question_body(exercise: Exercise, parent: Element, field: Field) -> None:
    """Add the whole question to an element, as HTML that QTI has too."""
    SubElement(parent, "p").text = exercise.question or "Compute the empty fields."
    for fact in facts_of(exercise):
        SubElement(parent, "p").text = fact
    bands = bands_of(exercise.document)
    hidden = {place for place, empty in cells_to_leave_empty(exercise).items() if empty.any()}
    blocks = laid_out(exercise)
    for number, (name, said) in enumerate(bands):
        own = [
            block
            for block in blocks
            if block.band == number and (block.asked or block.is_given or block.seen or block.place not in hidden)
        ]
        if own:
            SubElement(parent, "h4").text = " · ".join(filter(None, (name, said)))
        for block in own:
            _table(parent, block, field, style_of(exercise), is_whole=block.place not in hidden or bool(block.asked))


def _table(parent: Element, block: LaidBlock, field: Field, style: NumberStyle, *, is_whole: bool) -> None:
    SubElement(parent, "p").text = f"{block.symbol} ="
    body = SubElement(SubElement(parent, "table"), "tbody")
    for row in range(block.block.rows):
        line = SubElement(body, "tr")
        for column in range(block.block.columns):
            cell = SubElement(line, "td")
            if name := block.asked.get((row, column)):
                field(cell, name)
            elif is_whole or block.is_given or (row, column) in block.seen:
                cell.text = number_text(float(block.numbers[row, column]), style)
