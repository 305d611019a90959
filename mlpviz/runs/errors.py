"""The error of a run that is asked for what it cannot do."""

from __future__ import annotations


class RunError(ValueError):
    """One sentence for the user: what was asked, and what is possible. The run stays as it was."""
