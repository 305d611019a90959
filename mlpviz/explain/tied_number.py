"""The card of a number that is used in several places, or that could be one with a second number that is selected."""

from __future__ import annotations

from typing import Any

from mlpviz.engine import NetworkSpec
from mlpviz.explain.update_breakdown import uses_sentence
from mlpviz.network import Document
from mlpviz.sheet.cell import Cell, cell_words, places_of, selected_cell
from mlpviz.text.numbers import DEFAULT, NumberStyle
from mlpviz.text.sentences import Sentence, sentence


def tie_card(
    document: Document, focus: str | None, second: str | None, style: NumberStyle = DEFAULT
) -> dict[str, Any] | None:
    """What is to be said of ties of the selected weight or bias, and the edits that tie or untie it.

    `actions` are {"label", "event"}; `sentence` may be empty. None for another cell, and where there is nothing to say.
    """
    one, other = selected_cell(document, focus), selected_cell(document, second)
    if one is None or one.tensor not in ("weight", "bias"):
        return None
    trace = document.trace()
    said: Sentence | str = uses_sentence(trace, one, style)
    actions: list[dict[str, Any]] = []
    if other is not None and other.tensor == one.tensor and other != one:
        if _index(document, other) not in places_of(trace, one):
            said = sentence("{one} and {other} are two numbers.", one=cell_words(one), other=cell_words(other))
            event = {"type": "tie_numbers", "first": _argument(one), "second": _argument(other)}
            actions.append({"label": f"Make them one number, {cell_words(one)}", "event": event})
    elif any(_place(one) in group for group in document.ties):
        event = {"type": "untie_number", "number": _argument(one)}
        actions.append({"label": "Let it be a number of its own", "event": event})
    if not said and not actions:
        return None
    how = _how(document.spec, one) if not actions else ""
    return {
        "focus": focus,
        "second": second,
        "sentence": sentence("{said}{how}", said=said, how=how),
        "actions": actions,
    }


def _index(document: Document, cell: Cell) -> int:
    return min(places_of(document.trace(), cell))


def _place(cell: Cell) -> tuple[int, ...]:
    found = (cell.layer, cell.row + 1, cell.column + 1)
    return found if cell.tensor == "weight" else found[:2]


def _argument(cell: Cell) -> list[Any]:
    return [cell.tensor, *_place(cell)]


def _how(spec: NetworkSpec, cell: Cell) -> str:
    """Where a tie of a whole layer is made and undone."""
    if cell.tensor == "bias":
        return f" The menu of layer {cell.layer} says so: one bias for all units."
    uses = [use.layer + 1 for use in spec.weight_uses(cell.layer - 1)]
    return f" The menu of layer {uses[-1]} says so: it has the weight of another layer." if len(uses) > 1 else ""
