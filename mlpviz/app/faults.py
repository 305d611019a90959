"""What nobody expected: the one place that catches an exception while a page answers, logs it, and says it.

Errors of what a person gave are no faults: they are DocumentError and the like, and have sentences of their own.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar

import numpy as np

T = TypeVar("T")

_logger = logging.getLogger(__name__)


class FaultCounter:
    """How many faults this process has had; the tests hold it to 0."""

    count = 0


FAULTS = FaultCounter()


class NotHereError(ImportError):
    """A part of the program that a page brings later did not come; the text is a sentence for a person."""


def attempt(what: str, make: Callable[[], T], otherwise: Callable[[str], T]) -> T:
    """What `make` gives; where it raises anything, what `otherwise` gives for a sentence that says so.

    `what` begins the sentence, such as "The review".
    """
    try:
        # infinity and NaN are numbers of the page, which it explains: no reason for a warning in the log
        with np.errstate(all="ignore"):
            return make()
    except NotHereError as error:
        return otherwise(str(error))
    except Exception:
        FAULTS.count += 1
        _logger.exception("%s failed", what)
        return otherwise(fault_sentence(what))


def fault_sentence(what: str) -> str:
    """The sentence for a person."""
    return f"{what} failed: a fault of this program, which its log has now. All else goes on."
