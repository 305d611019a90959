"""Notebooks of our own for the benchmarks and the browser tests: JupyterLab and marimo, each on a folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.server import ROOT, free_port

_PATIENCE = 90.0
"""seconds until a server that does not answer counts as failed"""


@contextmanager
def _process(command: Sequence[str], folder: Path, url: str, environment: Mapping[str, str]) -> Iterator[str]:
    own = {"PYTHONPATH": str(ROOT), "HOME": str(folder), "OMP_NUM_THREADS": "1", **environment}
    with (folder / ".log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, env={**os.environ, **own}, stdout=log, stderr=log)
        try:
            until = time.monotonic() + _PATIENCE
            while not _answers(url):
                if process.poll() is not None or time.monotonic() > until:
                    raise RuntimeError((folder / ".log").read_text(errors="replace")[-2000:])
                time.sleep(0.1)
            yield url
        finally:
            process.terminate()
            process.wait()


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url):  # noqa: S310  # our own server
            return True
    except OSError:
        return False


def notebook_json(cells: Sequence[str]) -> str:
    """A notebook of Jupyter with these cells."""
    made: list[dict[str, Any]] = [
        {"cell_type": "code", "id": f"cell-{i}", "metadata": {}, "outputs": [], "execution_count": None, "source": text}
        for i, text in enumerate(cells)
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return json.dumps({"cells": made, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5})


@contextmanager
def jupyterlab(folder: Path, settings: Mapping[str, Any] | None = None) -> Iterator[str]:
    """A JupyterLab on a folder; gives its address, below which `/tree/NAME` opens a file. `settings`: by plugin."""
    own = folder / ".own"
    app_settings = own / "settings"
    app_settings.mkdir(parents=True)
    quiet = {"@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False}}
    (app_settings / "overrides.json").write_text(json.dumps({**quiet, **(settings or {})}))
    places = {f"JUPYTER_{name}_DIR": str(own / name.lower()) for name in ("CONFIG", "DATA", "RUNTIME")}
    port = free_port()
    options = (
        *("--no-browser", "--allow-root", "--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}"),
        *("--IdentityProvider.token=", "--ServerApp.disable_check_xsrf=True", f"--ServerApp.root_dir={folder}"),
        *(f"--LabServerApp.app_settings_dir={app_settings}", "--LabApp.extension_manager=readonly"),
    )
    environment = {**places, "IPYTHONDIR": str(own / "ipython")}
    command = (sys.executable, "-m", "jupyterlab", *options)
    with _process(command, folder, f"http://127.0.0.1:{port}/lab", environment) as url:
        yield url


@contextmanager
def marimo(folder: Path, cells: Sequence[str]) -> Iterator[str]:
    """A marimo notebook with these cells, which run when it is opened; gives its address."""
    body = "".join(f"\n\n@app.cell\ndef _():\n{_indented(cell)}\n    return\n" for cell in cells)
    (folder / "notebook.py").write_text(f"import marimo\n\napp = marimo.App(width='full')\n{body}")
    (folder / "pyproject.toml").write_text("[tool.marimo.runtime]\nauto_instantiate = true\n")
    port = free_port()
    options = ("--headless", "--no-token", "--skip-update-check", "--host", "127.0.0.1", "--port", str(port))
    command = (sys.executable, "-m", "marimo", "edit", "notebook.py", *options)
    with _process(command, folder, f"http://127.0.0.1:{port}", {}) as url:
        yield url


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.splitlines())
