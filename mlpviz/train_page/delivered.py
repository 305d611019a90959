"""What the browser has of a training page already: an answer brings what is new."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mlpviz.figures.training_wanted import NOTHING_SEEN, Seen


@dataclass
class Delivered:
    """What was sent: `frames` counts them, `seen` is what grows from frame to frame."""

    frames: int = 0
    seen: Seen = NOTHING_SEEN
    still: tuple[Any, ...] | None = None
    """which data that stay during a run"""
    form: tuple[Any, ...] | None = None
    """what the form of the settings was made of"""
    card: Any = None
    """what the card of the experiment shows"""

    def clear(self) -> None:
        """The browser holds nothing of it any more."""
        self.seen, self.still, self.form = NOTHING_SEEN, None, None

    def is_new_form(self, form: tuple[Any, ...]) -> bool:
        """Whether a form made of these parts is another one than the browser has; it is taken for sent then."""
        # setups are frozen: the same object is the same setup, and comparing data sets takes time
        if self.form is not None and all(one is other for one, other in zip(form, self.form, strict=True)):
            return False
        self.form = form
        return True
