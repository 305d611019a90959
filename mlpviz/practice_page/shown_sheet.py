"""An exercise with empty fields as the browser gets it: bands, what was typed with its verdicts, and help."""

from __future__ import annotations

from typing import TypedDict

from mlpviz.practice.check import Checked
from mlpviz.practice.laid_out import bands_of
from mlpviz.practice.mistakes.mistake import say
from mlpviz.practice_page.hints import Hint, hint_of
from mlpviz.practice_page.session import PracticeSession
from mlpviz.practice_page.shown_blocks import ShownBlock
from mlpviz.text.sentences import Sentence


class ShownAnswer(TypedDict):
    """What stands in a field. `state` is empty until its verdict is told, which `said` has of the field one is at.

    `revealed`: the right number is said too.
    """

    text: str
    state: str
    said: Sentence | str
    revealed: bool


class ShownWork(TypedDict):
    """What somebody did with an exercise. `bands` are pairs of name and description: of the input, a layer, the loss.

    `hidden` are the controls that the learner does without.
    """

    fingerprint: str
    bands: list[list[str]]
    answers: dict[str, ShownAnswer]
    hint: Hint | None
    hidden: list[str]


class ShownSheet(ShownWork):
    """The same with blocks that are drawn as matrices, one beside the other."""

    blocks: list[ShownBlock]


def shown_work(session: PracticeSession) -> ShownWork:
    """What was done with the exercise of a session."""
    exercise = session.exercise
    return {
        "fingerprint": exercise.fingerprint,
        "bands": bands_of(exercise.document),
        "answers": shown_answers(session),
        "hint": hint_of(session),
        "hidden": list(exercise.hidden),
    }


def shown_answers(session: PracticeSession) -> dict[str, ShownAnswer]:
    """What was typed, by the names of the cells."""
    checked = session.checked
    found: dict[str, ShownAnswer] = {}
    for name, text in session.texts.items():
        told = session.is_told(name)
        found[name] = {
            "text": text,
            "state": checked.verdicts[name].state if told else "",
            "revealed": told and session.is_revealed(name),
            # a sentence needs a look at what a number was made from, which takes longer than all verdicts
            "said": _said(session, checked, name) if told and name == session.at else "",
        }
    return found


def _said(session: PracticeSession, checked: Checked, name: str) -> Sentence:
    said = checked.sentence(name)
    if not session.is_revealed(name):
        return said
    return say("{said} With the right numbers it is {right}.", said=said, right=checked.verdicts[name].right)
