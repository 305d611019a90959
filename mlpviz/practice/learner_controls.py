"""What a teacher can take away from the page of an exercise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator, Field

from mlpviz.engine.registry import Registry
from mlpviz.schema.errors import echo
from mlpviz.schema.fields import HyperparameterName


@dataclass(frozen=True)
class Control:
    """Something on the page beside the fields that an exercise can do without; `label` completes "the learner gets".

    `sentence` says what an exercise is without it.
    """

    key: str
    label: str
    sentence: str


CONTROLS: Registry[Control] = Registry(
    "control of an exercise",
    (
        Control("at_once", "a verdict on each field at once", "Fields are checked when the learner asks."),
        Control("help", "help for each block", "No formula, no lit numbers, no first product."),
        Control("others", "other exercises", "No choice of topic, level or network."),
        Control("solution", "the solved sheet at the end", "Nothing leads to the sheet."),
    ),
)  # fmt: skip


def _known(key: str) -> str:
    if key not in CONTROLS:
        raise ValueError(f"is {echo(key)}, expected one of {', '.join(CONTROLS)}")
    return key


Hidden = Annotated[tuple[Annotated[HyperparameterName, AfterValidator(_known)], ...], Field(max_length=len(CONTROLS))]
"""The keys of the controls that an exercise does without."""
