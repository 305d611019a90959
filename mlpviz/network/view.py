"""What the reader of a document looks at: step, sample, granularity, selection, a second selection.

Only its form is checked: what it names may be gone after an edit.
"""

from __future__ import annotations

import re
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from mlpviz.schema.errors import echo
from mlpviz.schema.limits import DOCUMENT_LIMITS

Granularity = Literal["layer", "unit", "product"]
Numbers = Literal["2", "3", "4", "6", "8", "f"]
Sizes = Literal["k"]
Present = Literal["p"]

_SELECTION = re.compile(r"[a-z][a-z_]{0,19}(?: [0-9]{1,4}){0,3}")
_MAX_STEP = 10_000_000  # more products than the largest network has in one pass
_LONGEST = 120  # characters; two selections with long names fit


def _selection(text: str) -> str:
    if not _SELECTION.fullmatch(text):
        raise ValueError(f"is {echo(text)}, expected a tensor, layer, row and column such as 'grad_a 5 1 2'")
    return text


class View(BaseModel):
    """What is shown of a document; every field may be left out.

    `step` counts from 0 (nothing computed yet), `sample` from 1. `selection` is a tensor, then layer, row and
    column from 1 as on screen: "grad_a 5 1 2". `numbers`: significant digits, or "f" for fractions. `second` is
    the other selected number where two are varied together, written like a selection. `sizes`: "k" colours each kind
    of number on one scale across all layers and shows the norm of each block; None scales each block by itself.
    `present`: "p" is large type for a room, without tools.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    step: Annotated[int, Field(ge=0, le=_MAX_STEP)] | None = None
    sample: Annotated[int, Field(ge=1, le=DOCUMENT_LIMITS.samples)] | None = None
    granularity: Granularity | None = None
    selection: Annotated[str, AfterValidator(_selection)] | None = None
    numbers: Numbers | None = None
    second: Annotated[str, AfterValidator(_selection)] | None = None
    sizes: Sizes | None = None
    present: Present | None = None

    def to_text(self) -> str:
        """A short form for a URL, its parts with dots between them, as in layer.12.2.grad_a-5-1-2."""
        cells = [(cell or "").replace(" ", "-") for cell in (self.selection, self.second)]
        parts = (self.granularity, self.step, self.sample, cells[0], self.numbers, cells[1], self.sizes, self.present)
        return ".".join("" if part is None else str(part) for part in parts).rstrip(".")


def parse_view(text: object) -> View | None:
    """The view that `View.to_text` wrote, or None for anything else: the document opens all the same."""
    if not isinstance(text, str) or not text or len(text) > _LONGEST or not text.isascii():
        return None
    granularity, step, sample, selection, numbers, second, sizes, present, *rest = (*text.split("."), *[""] * 7)
    if any(rest) or (granularity and granularity not in get_args(Granularity)):
        return None
    if numbers and numbers not in get_args(Numbers):
        return None
    if sizes and sizes not in get_args(Sizes):
        return None
    if present and present not in get_args(Present):
        return None
    if not all(part == "" or part.isdigit() for part in (step, sample)):
        return None
    try:
        return View(
            step=int(step) if step else None,
            sample=int(sample) if sample else None,
            granularity=granularity or None,  # type: ignore[arg-type]  # one of the words, as was just seen
            selection=selection.replace("-", " ") or None,
            numbers=numbers or None,  # type: ignore[arg-type]  # one of the words, as was just seen
            second=second.replace("-", " ") or None,
            sizes=sizes or None,  # type: ignore[arg-type]  # one of the words, as was just seen
            present=present or None,  # type: ignore[arg-type]  # one of the words, as was just seen
        )
    except ValidationError:
        return None
