"""A submission: what somebody typed into the cells of an exercise, as a file; nothing else in it is believed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import BaseModel, Field

from mlpviz.practice.asked import CELLS
from mlpviz.practice.exercise import VERSION, Exercise
from mlpviz.schema.errors import DocumentError, echo
from mlpviz.schema.fields import STRICT, Name, Text, whole_number
from mlpviz.schema.json_io import parse_model, write_json
from mlpviz.schema.spelling import likely, question

LONGEST = 1_000_000
"""bytes of a submission"""


class Submission(BaseModel):
    """The `fingerprint` of an exercise, and texts by the names of its cells: {"z 1 1 1": "3*4-5"}."""

    model_config = STRICT

    version: Annotated[int, whole_number(1, VERSION)] = VERSION
    exercise: Name
    answers: Annotated[dict[Name, Text], Field(max_length=CELLS)]


def submission_text(exercise: Exercise, texts: Mapping[str, str]) -> str:
    """A submission as JSON: what was typed into the cells of an exercise, by their names."""
    answers = {name: texts[name] for name in exercise.fields if name in texts}
    return write_json({"version": VERSION, "exercise": exercise.fingerprint, "answers": answers}, None, ())


def read_submission(exercise: Exercise, source: str | bytes) -> dict[str, str]:
    """What was typed, by the names of the cells.

    Raises DocumentError: what is no submission, one to another exercise, or one with cells that are not asked for.
    """
    found = parse_model(
        Submission, source, whole="the submission", version=VERSION,
        known={"": tuple(Submission.model_fields)}, tags={}, longest=LONGEST,
    )  # fmt: skip
    if found.exercise != exercise.fingerprint:
        raise DocumentError(f"answers the exercise {echo(found.exercise)}, expected {exercise.fingerprint}")
    for name in found.answers:
        if name not in exercise.fields:
            meant = str(question(likely(name, exercise.fields), "name"))
            raise DocumentError(f"answers the cell {echo(name)}, which is not asked for{meant}")
    return found.answers
