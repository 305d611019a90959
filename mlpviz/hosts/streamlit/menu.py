"""The pages in Streamlit's menu: the script of each page, and its title."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from mlpviz.hosts.pages import EXPLORATIONS, PAGES
from mlpviz.hosts.streamlit.scripts import SCRIPTS

_FOLDER = SCRIPTS / "pages"
# not beside the router: there Streamlit would list them by itself, and run one alone when it is asked for by name


class MenuEntry(NamedTuple):
    """The script of a page, its title in the menu, and the heading under which it stands there, if under one."""

    script: Path
    title: str
    group: str = ""


MENU = {
    page.key: MenuEntry(_FOLDER / f"{page.path}.py", page.title, "Explore" if page.key in EXPLORATIONS else "")
    for page in PAGES.values()
}
"""By the key of the page, in the order of the menu; Streamlit shows the first without its path too."""
