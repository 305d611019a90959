"""The pages in Streamlit's menu: the script of each page, and its title."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

_FOLDER = Path(__file__).parents[3] / "pages"
# not beside the router: there Streamlit would list them by itself, and run one alone when it is asked for by name


class MenuEntry(NamedTuple):
    """The script of a page, and its title in the menu."""

    script: Path
    title: str


MENU = {
    "sheet": MenuEntry(_FOLDER / "step_through.py", "Step through"),
    "train": MenuEntry(_FOLDER / "train.py", "Train"),
    "check": MenuEntry(_FOLDER / "check.py", "Check"),
}
"""By the key of the page, in the order of the menu; the first is the one without a path."""
