"""The pages in Streamlit's menu: the script of each page, and its title."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from mlpviz.hosts.pages import PAGES
from mlpviz.hosts.streamlit.scripts import SCRIPTS

_FOLDER = SCRIPTS / "pages"
# not beside the router: there Streamlit would list them by itself, and run one alone when it is asked for by name


class MenuEntry(NamedTuple):
    """The script of a page, and its title in the menu."""

    script: Path
    title: str


MENU = {page.key: MenuEntry(_FOLDER / f"{page.path}.py", page.title) for page in PAGES.values()}
"""By the key of the page, in the order of the menu; Streamlit shows the first without its path too."""
