"""Texts in tables for a spreadsheet: none begins a formula."""

from __future__ import annotations

import re

_MINUS = re.compile(r"-(?![0-9.]+(?:e-?[0-9]+)?$)")
"""that begins something else than a number"""


def plain_text(text: str) -> str:
    """A text that a spreadsheet shows as it is; it may come from a stranger's file."""
    return f"'{text}" if text.startswith(("=", "+", "@", "\t", "\r")) or _MINUS.match(text) else text
