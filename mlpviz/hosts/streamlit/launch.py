"""Start the app: Streamlit's server with our scripts and settings, from whichever folder, and a browser."""

from __future__ import annotations

import threading
import webbrowser
from contextlib import suppress

from click import Abort
from streamlit import config
from streamlit.web.cli import main

from mlpviz.app.ports import HOST, answers_in_time, free_port
from mlpviz.hosts.streamlit.scripts import SCRIPTS
from mlpviz.hosts.streamlit.settings import settings
from mlpviz.network import Document
from mlpviz.sheet_page.page import SHEET


def serve(
    document: Document | None = None, port: int | None = None, *, address: str = HOST, opens_browser: bool = True
) -> None:
    """Serve the app until Ctrl+C, by default to this machine alone; an address without a link opens the document.

    Without a port it is 8501, or the next one that is free.
    """
    settings()  # what cannot be read is said before anything starts
    if document is not None:
        SHEET.first = document
    port = port or free_port()
    options = ["--server.address", address, "--server.port", str(port)]
    if opens_browser:
        threading.Thread(target=_open_browser, args=(port,), daemon=True, name="open-browser").start()
    else:
        options += ["--server.headless", "true"]
    with suppress(Abort):  # Ctrl+C, which is how people stop it
        main(["run", str(SCRIPTS / "app.py"), *options], standalone_mode=False)


def _open_browser(port: int) -> None:
    """Open the app once it answers; Streamlit 1.67 does so for a script, not for a server such as ours."""
    # headless is Streamlit's word for a machine without a screen
    if answers_in_time(port) and not config.get_option("server.headless"):
        webbrowser.open(f"http://{HOST}:{port}/")
