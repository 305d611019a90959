"""What is said of a text that is no number."""

from __future__ import annotations

from mlpviz.schema.errors import echo
from mlpviz.schema.limits import MAGNITUDE
from mlpviz.text.numbers import format_number


class NumberTextError(ValueError):
    """A text that is no number; the message is the end of a sentence: is 'x', expected a number."""


def no_number(shown: str) -> NumberTextError:
    """The error for what nothing is known of."""
    return NumberTextError(f"is {echo(shown)}, expected a number")


def too_large(shown: str) -> NumberTextError:
    """The error for a number above `MAGNITUDE`."""
    return NumberTextError(f"is {echo(shown)}, expected a number of at most {format_number(MAGNITUDE)}")
