"""Help for a block in three stages: its formula, the numbers that belong into it, and the first product."""

from __future__ import annotations

from typing import TypedDict

from mlpviz.network.optimizer_state import configured_optimizer
from mlpviz.practice.asked import AskedCell
from mlpviz.practice.laid_out import memory_key, shown_values
from mlpviz.practice.workings import Place
from mlpviz.practice_page.session import PracticeSession
from mlpviz.sheet.blocks import blocks_of, shape_of
from mlpviz.sheet.rules import Ref, Rule, mathml, rule_of
from mlpviz.text.sentences import Sentence, exact_number, joined, parenthesised, sentence


class Hint(TypedDict):
    """The help that is open. `formulas` are MathML, `lit` the keys of the blocks whose numbers belong into them."""

    block: str
    stage: int
    formulas: list[str]
    said: Sentence | str
    lit: list[str]
    product: Sentence | str


def hint_of(session: PracticeSession) -> Hint | None:
    """The help that is open, or None."""
    place = session.hinted
    if place is None or "help" in session.exercise.hidden:
        return None
    block, stage = session.exercise.sheet.blocks[place], session.hints[place]
    document = session.exercise.document
    is_update = block.quantity.phase == "update" and not place.tensor.startswith("new_running")
    rule = Rule("") if is_update else rule_of(block, document.spec, shape_of(document))
    formulas = _lines_of_the_step(session) if is_update else [mathml(rule.formula)] if rule.formula else []
    return {
        "block": block.key,
        "stage": stage,
        "formulas": formulas,
        "said": rule.sentence or block.quantity.sentence,
        "lit": (_of_the_step(session, place) if is_update else _blocks_in(rule, session)) if stage > 1 else [],
        "product": _first_product(session, place, rule) if stage > 2 else "",
    }


def _lines_of_the_step(session: PracticeSession) -> list[str]:
    """The lines of the optimizer in letters, each symbol becoming its formula."""
    optimizer = configured_optimizer(session.exercise.document.optimizer)
    return [
        mathml(rf"{line.symbol.latex()} \leftarrow {line.formula.latex()}")
        for whole in optimizer.lines
        for line in whole.in_order()
    ]


def _of_the_step(session: PracticeSession, place: Place) -> list[str]:
    """The blocks that a step reads for one tensor: its numbers, their gradient, and what is remembered of them."""
    tensor = place.tensor.rpartition(".")[2].removeprefix("new_")
    blocks = session.exercise.sheet.blocks
    own = [one for one in blocks if one.tensor.startswith("slot.") and one.tensor.endswith(f".{tensor}")]
    memory = [memory_key(blocks[one].key) for one in own if one.layer == place.layer]
    return [f"{tensor}.{place.layer}", f"grad_{tensor}.{place.layer}", *memory]


def _blocks_in(rule: Rule, session: PracticeSession) -> list[str]:
    document = session.exercise.document
    known = blocks_of(document.spec, shape_of(document))
    refs: list[Ref] = [*rule.factors, *rule.plus, *rule.refs, *(ref for each in rule.details for ref in each.sources)]
    # the targets as the loss reads them are no block of their own
    keys = dict.fromkeys(block.replace("one_hot.", "target.") for block, _, _ in refs)
    return [key for key in keys if key in known]


def _first_product(session: PracticeSession, place: Place, rule: Rule) -> Sentence | str:
    exercise = session.exercise
    names = list(exercise.fields)
    own = [name for name in names if exercise.fields[name].place == place]
    # cells stand in the order of computation; where one was changed, all are there
    if exercise.changed is None and not all(map(session.is_solved, names[: names.index(own[0])])):
        return "First work out the fields before this block: its first term is made of their numbers."
    if not rule.factors:
        return "There is no sum here: put the numbers that are lit into the formula."
    cell = exercise.fields[next((name for name in own if not session.is_solved(name)), own[0])]
    values = shown_values(exercise)
    numbers = [
        exact_number(float(values[key][_at(row, cell, rule), _at(column, cell, rule)]))
        for key, row, column in rule.factors
    ]
    where = f"row {cell.row + 1}, column {cell.column + 1}"
    return sentence(
        "The sum of {where} begins with {product}.", where=where, product=joined(" · ", map(parenthesised, numbers))
    )


def _at(index: int | str, cell: AskedCell, rule: Rule) -> int:
    """The number of a row or column of a reference, for the first term of the sum of a cell."""
    if isinstance(index, int):
        return index
    if index == "r":
        return cell.row
    if index == "c":
        return cell.column
    return cell.row * rule.count if index == "rk" else 0  # k, or what is counted by it
