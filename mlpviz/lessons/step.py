"""One step of a lesson, as its file has it."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from mlpviz.schema.fields import STRICT, Name

Said = Annotated[str, Field(strict=True, max_length=600)]
"""A text of a lesson; {z 2 1 1} in it is the number of that cell."""


class LessonStep(BaseModel):
    """One step. `network` and `show` stay as they were in the step before where they are left out.

    `show` are parts of the sheet as for exercises, such as z.1 or forward; `point` blocks or cells that light up. A
    question is one of `cells`, `sign`, `compare`, `largest`, `zeros`, `ratio` (see `asking.py`), with `ask` above it;
    `help` is said after a wrong answer, `then` after the right one.
    """

    model_config = STRICT

    say: Said
    network: Name = ""
    show: tuple[Name, ...] | None = None
    point: tuple[Name, ...] = ()
    ask: Said = ""
    cells: tuple[Name, ...] = ()
    sign: Name = ""
    compare: tuple[Name, Name] | None = None
    largest: tuple[Name, ...] = ()
    zeros: Name = ""
    ratio: tuple[Name, Name] | None = None
    help: Said = ""
    then: Said = ""
