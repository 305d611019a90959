"""The sentences of a check: how right a number is, what it was made from, and which mistake gives it."""

from __future__ import annotations

from collections.abc import Sequence

from mlpviz.practice.asked import AskedCell
from mlpviz.practice.exercise import Exercise
from mlpviz.practice.mistakes import Mistake
from mlpviz.practice.mistakes.mistake import say
from mlpviz.sheet.blocks import Block
from mlpviz.text.numbers import format_number, is_exact
from mlpviz.text.sentences import Sentence, joined

_MOST = 3
"""mistakes that one sentence names"""


def block_words(block: Block) -> str:
    """The name of a block: ∂L/∂W of layer 3."""
    symbol = block.quantity.symbol.partition(" = ")[0]
    return f"{symbol} of layer {block.layer}" if block.layer and block.quantity.key != "loss" else symbol


def cell_words(block: Block, cell: AskedCell) -> str:
    """The name of a cell: z of layer 2, unit 1, sample 3."""
    places = [(block.row_noun, cell.row), (block.column_noun, cell.column)]
    return ", ".join([block_words(block), *(f"{noun} {number + 1}" for noun, number in places if noun)])


def state_text(state: str, right: float, unreadable: str) -> Sentence:
    """What is said of a cell for which its state says it all."""
    if state == "unreadable":
        return say("This {problem}. It is not counted as wrong.", problem=unreadable)
    if state == "rounded":
        return say(
            "Right, rounded: half a unit of the last digit is allowed. The sheet goes on with {right}.", right=right
        )
    if state == "coarse":
        asked = "all digits of this number" if is_exact(right) else f"at least {_digits(right)} digits"
        return say("Rounded too far: right so far, but {asked} are asked for.", asked=asked)
    return say("Right." if state == "right" else "Nothing is typed here yet.")


def _digits(right: float) -> int:
    """How many digits the sheet shows of a number."""
    digits = format_number(abs(right)).partition("e")[0].replace(".", "").lstrip("0")
    return len(digits)


def carried_text(exercise: Exercise, source: AskedCell | None, number: float | None) -> Sentence:
    """What is said of a number that is rightly computed from an earlier one of the learner's own."""
    if source is None or number is None:
        return say("Right method, with your earlier numbers.")
    words = cell_words(exercise.sheet.blocks[source.place], source)
    return say("Right method, with your {words} = {number}.", words=words, number=number)


def trivial_text() -> Sentence:
    """What is said where the learner's earlier numbers leave nothing to compute."""
    return say("Not counted: your earlier numbers make all of this 0, so there is nothing left to compute.")


def explained_text(typed: float, right: float, said: Sequence[tuple[Mistake, Sentence]]) -> Sentence:
    """What is said of a wrong number: the mistake that gives it, or each of those that do."""
    if not said:
        is_near = abs(typed - right) <= 0.01 * abs(right)
        asked = "this number is asked for exactly" if is_exact(right) else f"{_digits(right)} digits are asked for"
        return say("Not right, though near: {asked}.", asked=asked) if is_near else say("Not right.")
    ways = [say("you {label}: {said}", label=mistake.label, said=each) for mistake, each in said[:_MOST]]
    if len(said) == 1:
        return say("{typed} comes out if {way}.", typed=typed, way=ways[0])
    more = " There are more ways." if len(said) > _MOST else ""
    return say("{typed} comes out either if {ways}.{more}", typed=typed, ways=joined("; or if ", ways), more=more)
