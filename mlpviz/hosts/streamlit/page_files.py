"""Where Streamlit finds the script of each page, and what its menu calls it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

_FOLDER = Path(__file__).parents[3] / "pages"
# not beside the router: there Streamlit would list them by itself, and run one alone when it is asked for by name


class PageFile(NamedTuple):
    """The script of a page, and its title in the menu."""

    script: Path
    title: str


PAGE_FILES = {
    "sheet": PageFile(_FOLDER / "step_through.py", "Step through"),
    "train": PageFile(_FOLDER / "train.py", "Train"),
    "check": PageFile(_FOLDER / "check.py", "Check"),
}
"""By the key of the page, in the order of the menu; the first is the one without a path."""
