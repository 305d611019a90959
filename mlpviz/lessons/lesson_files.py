"""Lessons from their files: TOML, one file each, in the order of their names."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

from mlpviz.engine.registry import Registry
from mlpviz.lessons.lesson import LONGEST, Lesson, LessonNetwork, ThenPractise
from mlpviz.lessons.step import LessonStep
from mlpviz.network import DocumentError
from mlpviz.schema.json_io import parse_model

VERSION = 1
_NUMBER = re.compile(r"^\d+_")
_KNOWN = {
    "": tuple(Lesson.model_fields),
    "practise": tuple(ThenPractise.model_fields),
    "networks": tuple(LessonNetwork.model_fields),
    "steps": tuple(LessonStep.model_fields),
}


def read_lesson(name: str, text: str) -> Lesson:
    """The lesson in the text of a file; its key is the `name` of the file without the number in front and the suffix.

    The steps are checked when they are first asked for (`Lesson.shown`).
    Raises DocumentError: one sentence that names the file, the place and what was expected.
    """
    if len(text) > LONGEST:
        raise DocumentError(f"{name} has {len(text):,} characters, at most {LONGEST:,} are allowed")
    try:
        found = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise DocumentError(f"{name} is not TOML: {error}") from None
    key = _NUMBER.sub("", name.removesuffix(".toml"))
    try:
        return parse_model(Lesson, {"key": key, **found}, whole="the lesson", version=VERSION, known=_KNOWN, tags={})
    except DocumentError as error:
        raise DocumentError(f"{name}: {error}") from None


def _all() -> list[Lesson]:
    folder = files("mlpviz.lessons").joinpath("texts")
    found = sorted((each for each in folder.iterdir() if each.name.endswith(".toml")), key=lambda each: each.name)
    return [read_lesson(each.name, each.read_text(encoding="utf-8")) for each in found]


LESSONS: Registry[Lesson] = Registry("lesson", _all())
"""Every lesson, in the order in which they build on each other."""
