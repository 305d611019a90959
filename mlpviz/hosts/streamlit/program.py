"""What the browser runs: a program for each page, built from `mlpviz/web`, at an address of its own."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from starlette.routing import Mount

from mlpviz.hosts.program import BUILT, WEB
from mlpviz.hosts.streamlit.base_path import below_base
from mlpviz.hosts.streamlit.kept_files import KeptFiles


@cache
def _version() -> str:
    """A name for the program as it is now, so that browsers keep it until there is another one."""
    found = hashlib.sha256(version("plotly").encode())
    for file in sorted(BUILT.glob("*.js")):
        found.update(file.read_bytes())
    return found.hexdigest()[:16]


def with_addresses(source: str, page: str) -> str:
    """A source in which HOST and PAGE are addresses: of the program of the host, and of that of a page.

    They are below the place from which Streamlit's own program comes.
    """
    for place, name in {"HOST": "streamlit", "PAGE": page}.items():
        source = source.replace(place, f"mlpviz/web/{_version()}/{BUILT.name}/{name}.js")
    return source


def loader(page: str) -> str:
    """The source of a component: it fetches the program of its page."""
    return with_addresses((WEB / "hosts/streamlit_loader.js").read_text(encoding="utf-8"), page)


def plotly_route() -> Mount:
    """Where Plotly's program is served, of which Python has a copy: beside ours, under the same version."""
    # the package without its modules: these take time to import, and only pages with figures need them
    found = find_spec("plotly")
    folder = Path((found and found.origin) or "").parent / "package_data"
    return Mount(below_base("mlpviz/web/{version}/plotly"), KeptFiles(directory=folder, check_dir=False))


def program_route() -> Mount:
    """Where the program is served."""
    return Mount(below_base("mlpviz/web/{version}"), KeptFiles(directory=WEB))
