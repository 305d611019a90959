"""Servers of our own for the benchmarks and the browser tests: Streamlit with one script, or the files of a folder."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[1]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-quic",
    "--no-first-run",
    "--disable-sync",
    "--disable-component-update",
]
"""for Chromium: nothing but the page, also in a container"""

_PATIENCE = 60.0
"""seconds until a server that does not answer counts as failed"""


class Server(NamedTuple):
    """A running server; `url` is its address without a slash at the end."""

    process: subprocess.Popen[bytes]
    port: int

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    def stop(self) -> None:
        """End the process and wait until it is gone, so that the port is free again."""
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def start(
    script: str = "app.py",
    port: int | None = None,
    environment: Mapping[str, str] | None = None,
    root: Path = ROOT,
) -> Server:
    """A server for one script of a checkout that answers already; `environment` is added to ours.

    Raises RuntimeError if it ends or does not answer in time.
    """
    port = port or free_port()
    options = ("--server.headless", "true", "--server.port", str(port), "--server.address", "127.0.0.1")
    return _started([sys.executable, "-m", "streamlit", "run", script, *options], port, environment, root)


def start_workers(workers: int, root: Path = ROOT) -> Server:
    """So many workers behind the proxy that is installed, as `mlpviz serve` starts them. Raises RuntimeError."""
    port = free_port()
    return _started(
        [sys.executable, "-m", "mlpviz", "serve", "--workers", str(workers), "--port", str(port)], port, {}, root
    )


def _started(command: list[str], port: int, environment: Mapping[str, str] | None, root: Path) -> Server:
    process = subprocess.Popen(
        command,
        cwd=root,
        env={**os.environ, **(environment or {})},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    server = Server(process, port)
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{server.url}/_stcore/health"):  # noqa: S310  # our own server
                return server
        except OSError:
            time.sleep(0.1)
    server.stop()
    raise RuntimeError(f"{' '.join(command[2:4])} did not start on port {port}")


@contextmanager
def served(script: str = "app.py", environment: Mapping[str, str] | None = None) -> Iterator[Server]:
    """A server that ends with the block."""
    server = start(script, environment=environment)
    try:
        yield server
    finally:
        server.stop()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """A plain web space with the files of a folder; gives its address without a slash at the end."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
