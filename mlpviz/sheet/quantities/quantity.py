"""What a quantity of the sheet is, and the phases that quantities belong to. Refuses to know any particular one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Phase = Literal["given", "forward", "loss", "backward", "update"]

PHASES: tuple[Phase, ...] = ("forward", "loss", "backward", "update")
"""The phases of a step, in the order of computation."""

PHASE_LABELS: dict[Phase, str] = {
    "given": "Given",
    "forward": "Forward",
    "loss": "Loss",
    "backward": "Backward",
    "update": "Update",
}


@dataclass(frozen=True)
class Quantity:
    """One kind of number on the sheet.

    `key` is its name in the engine; `symbol` its name on screen; `rows` and `columns` say what these stand for in
    the block on screen, where samples are columns. `column` is the group of the sheet that shows it, `line` the place
    in it from the top: blocks of one line stand beside each other. `editable`: a number of the document; "pin": may be
    held at a value; "toggle": 0 or 1.
    """

    key: str
    symbol: str
    phase: Phase
    column: str
    rows: str
    columns: str
    sentence: str
    numpy: str = ""
    torch: str = ""
    editable: bool | Literal["pin", "toggle"] = False
    line: int = 0
