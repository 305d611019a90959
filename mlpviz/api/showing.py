"""`show`: a network as a widget of a notebook, or in the app, which runs in a process of its own."""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
import webbrowser
from dataclasses import dataclass
from html import escape
from importlib.util import find_spec
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mlpviz.api.files import read
from mlpviz.api.keras_models import from_keras
from mlpviz.api.network import Network
from mlpviz.api.sklearn_models import from_sklearn
from mlpviz.api.torch_models import from_torch
from mlpviz.app.ports import HIGHEST, HOST, answers_in_time, free_port, is_free
from mlpviz.network import Document, DocumentError

if TYPE_CHECKING:
    from mlpviz.api.widgets import SheetWidget


@dataclass(frozen=True, repr=False)
class App:
    """The app that `show` started: in a notebook it is a frame; `stop` ends it, as the end of the program does."""

    url: str
    process: subprocess.Popen[bytes]
    height: int

    def stop(self) -> None:
        """End the server."""
        self.process.terminate()
        self.process.wait()

    def __repr__(self) -> str:
        return f"mlpviz at {self.url}"

    def _repr_html_(self) -> str:
        return f'<iframe src="{escape(self.url)}" width="100%" height="{self.height}" style="border: 0"></iframe>'


def show(
    network: Any,
    x: Any = None,
    y: Any = None,
    *,
    loss: Any = None,
    port: int | None = None,
    height: int = 900,
    opens_browser: bool | None = None,
) -> App | SheetWidget:
    """Show a network, a file, or a model with samples `x`: in a notebook as a widget, elsewhere in the app.

    In a script and at Python's own prompt a browser opens, unless `opens_browser` says otherwise; a script waits there
    until Ctrl+C. A notebook without anywidget, or asked for a `port`, gets the app in a frame of this `height`. Raises
    DocumentError for what is no network, RuntimeError if the app does not start.
    """
    shown = network_of(network, x, y, loss)
    if shows_widgets() and port is None and not opens_browser:
        from mlpviz.api.widgets import SheetWidget  # anywidget is an extra

        return SheetWidget(shown)
    return show_app(shown.document.to_json(), "", port=port, height=height, opens_browser=opens_browser)


def show_app(document: str | None, path: str, *, port: int | None, height: int, opens_browser: bool | None) -> App:
    """Start the app on a document in JSON, and open this path of it. Raises RuntimeError if it does not start."""
    frame = is_notebook()
    opens = not frame if opens_browser is None else opens_browser
    if port is not None and not (isinstance(port, int) and 1 <= port <= HIGHEST):
        raise RuntimeError(f"port is {port!r}, expected a whole number from 1 to {HIGHEST:,}")
    if port is not None and not is_free(port):
        raise RuntimeError(f"port {port} is not free: another program listens there, or this one must not")
    app = _started(document, path, port or free_port(), height)
    if opens:
        webbrowser.open(app.url)
        if not frame and not hasattr(sys, "ps1") and not sys.flags.interactive:
            print(f"{app}; stop it with Ctrl+C")
            _wait(app)
    return app


def network_of(given: Any, x: Any = None, y: Any = None, loss: Any = None) -> Network:
    """The network that is meant: one of ours, a document, the name of a file, or a model. Raises DocumentError."""
    if isinstance(given, Network):
        return given
    if isinstance(given, Document):
        return Network(given)
    if isinstance(given, str | PathLike):
        return read(given)
    if x is None:
        raise DocumentError("a model needs samples: show(model, x, y)")
    # by name, since none of these libraries is imported only to ask
    origins = {base.__module__.split(".")[0] for base in type(given).__mro__}
    for library, function in (("keras", from_keras), ("torch", from_torch), ("sklearn", from_sklearn)):
        if library in origins:
            return function(given, x, y, loss)
    raise DocumentError(f"a {type(given).__name__} is no network: expected one of mlpviz, PyTorch, Keras or sklearn")


def is_notebook() -> bool:
    """Whether a cell of a notebook runs this: of Jupyter and what speaks to its kernels, or of marimo."""
    ipython, marimo = sys.modules.get("IPython"), sys.modules.get("marimo")
    shell = None if ipython is None else ipython.get_ipython()
    return (shell is not None and hasattr(shell, "kernel")) or (marimo is not None and marimo.running_in_notebook())


def shows_widgets() -> bool:
    """Whether this is a notebook with anywidget."""
    return is_notebook() and find_spec("anywidget") is not None


def _started(document: str | None, path: str, port: int, height: int) -> App:
    ours = str(Path(__file__).parents[2])  # where this very mlpviz is, for a process that starts elsewhere
    modules = os.pathsep.join(filter(None, (ours, os.environ.get("PYTHONPATH"))))
    process = subprocess.Popen(  # noqa: S603  # our own program
        [sys.executable, "-m", "mlpviz", "open", *(["-"] if document else []), "--no-browser", "--port", str(port)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": modules},
    )
    atexit.register(process.terminate)
    stdin, stderr = process.stdin, process.stderr
    if stdin is None or stderr is None:
        raise RuntimeError("the app could not be started: it has no standard input")
    stdin.write((document or "").encode())
    stdin.close()
    if answers_in_time(port, lambda: process.poll() is None):
        return App(f"http://{HOST}:{port}/{path}", process, height)
    process.terminate()
    said = stderr.read().decode(errors="replace").strip().splitlines()
    raise RuntimeError(f"the app could not be started: {said[-1] if said else 'it does not answer'}")


def _wait(app: App) -> None:
    try:
        app.process.wait()
    except KeyboardInterrupt:
        app.stop()
