"""The numbers of the sheet of an exercise for the browser: those that may be seen, and no others."""

from __future__ import annotations

from typing import Any

import numpy as np

from mlpviz.engine.parameters import Array
from mlpviz.practice_page.exercise_sheet import SheetOfExercise
from mlpviz.practice_page.seen_numbers import Seen, SeenNumbers
from mlpviz.practice_page.session import PracticeSession
from mlpviz.sheet_page.bulk import MOST, Bulk
from mlpviz.sheet_page.cards import answers_of
from mlpviz.text.numbers import DEFAULT


def scene_of(session: PracticeSession, sheet: SheetOfExercise, now: SeenNumbers, *, is_new: bool) -> dict[str, Any]:
    """The numbers for the browser: `v` has 0 for what is not seen, and `unseen` where that is.

    `unseen` are pairs of the first place and the one behind the last, by the places of the browser
    (`web/sheet/model.js`): those of large blocks come after all others. Their numbers are in `bulk`.
    """
    document, structure = sheet.exercise.document, sheet.structure
    keys = [*(each["key"] for each in structure["blocks"]), *sheet.factors]
    large = [key for key in keys if now.numbers[key].size > MOST]
    listed, seen = now.masked(key for key in keys if key not in large)
    parts = {key: now.masked([key]) for key in large}
    bulk = _bulk(session.bulk, {key: numbers for key, (numbers, _) in parts.items()}, is_new=is_new)
    return {
        "structure": structure["id"],
        "hidden": [[key, *array.shape] for key, array in sheet.factors.items()],
        "v": listed,
        "unseen": _runs(~np.concatenate([seen, *(each for _, each in parts.values())])),
        "bulk": bulk,
        "style": {**vars(DEFAULT)},
        "partials": None,
        "norms": None,
        "pins": [[pin.layer, pin.unit - 1, pin.sample - 1] for pin in document.pins],
        "name": document.name,
        "version": sheet.exercise.fingerprint,
        "answers": _answers(session, now),
    }


def _runs(wanted: Seen) -> Any:
    """Where an array of truths is true: first and behind the last, first and behind the last, ..."""
    return np.flatnonzero(np.diff(np.concatenate([[False], wanted, [False]]))).astype(np.int32)


def _bulk(bulk: Bulk, blocks: dict[str, Array], *, is_new: bool) -> dict[str, Any]:
    found = bulk.message(blocks, blocks if is_new else ())
    lacking = [key for key, message in found.items() if message.keys() == {"stamp"}]
    return dict(bulk.message(blocks, lacking)) if lacking else dict(found)


def _answers(session: PracticeSession, now: SeenNumbers) -> dict[str, Any] | None:
    """The cards that were asked for, as far as all that they name is seen."""
    question = session.question
    if question is None or question.focus is None:
        return None
    document = session.exercise.document
    tensor, layer, *_ = question.focus.split()
    told = now.explained - now.withheld
    last = len(document.layers)
    needs = {
        "why": {f"{tensor}.{layer}"},
        # also that of a gradient says what the number becomes
        "update": {f"new_{tensor.removeprefix('grad_').removeprefix('new_')}.{layer}"},
        # it has both ways back to z
        "loss": {f"{tensor}.{layer}", *(f"{each}.{last}" for each in ("loss", "grad_a", "grad_z"))},
    }
    cards = tuple(card for card in question.cards if needs.get(card, {""}) <= told)
    if "why" in cards and document.spec.sharing is not None and not session.is_done:
        cards = tuple(card for card in cards if card != "why")  # it says what the gradient of the other uses is
    return answers_of(document, question._replace(cards=cards)) if cards else None
