"""`serve`: the app for many people, from several processes behind one address."""

from __future__ import annotations

import argparse
import os
import secrets
import shutil
import sys
import tempfile
from pathlib import Path

from mlpviz.api.disk import open_network
from mlpviz.app.ports import FIRST, HIGHEST, HOST, is_free, spare_ports
from mlpviz.cli.commands import Commands
from mlpviz.hosts.streamlit.settings import settings
from mlpviz.hosts.workers.proxies import PROXIES, Proxy
from mlpviz.hosts.workers.supervisor import Child, GivenUpError, supervise
from mlpviz.network import DocumentError

_MOST = 64
"""workers: more than a machine has processors gain nothing"""
_NONE = "none"
_SECRET = "STREAMLIT_SERVER_COOKIE_SECRET"  # noqa: S105  # the name of a setting
"""by which a worker knows what another one, or the one before it, has signed"""


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    purpose = "serve the app to a class: to other machines, and from several processes (docs/serving.md)"
    command = commands.add_parser("serve", help=purpose, description=purpose)
    command.add_argument("file", metavar="FILE", nargs="?", help="a network that the app opens with, as for open")
    command.add_argument(
        "--address",
        default=HOST,
        help=f"of this machine, where to listen: {HOST} (nobody else), its own, or 0.0.0.0 (all that it has)",
    )
    command.add_argument("--port", metavar="N", type=int, default=FIRST, help=f"where to listen; left out: {FIRST}")
    command.add_argument(
        "--workers", metavar="N", type=int, default=1, help="processes that share the visitors: one per processor"
    )
    command.add_argument(
        "--proxy",
        choices=(*PROXIES, _NONE),
        help="what stands before several workers; left out: the first of these that is installed; "
        "none: yours, which finds them at the port and the next ones",
    )
    command.set_defaults(run=serve)


def serve(options: argparse.Namespace) -> int:
    """Serve the app until Ctrl+C, or a signal to end."""
    port, workers = options.port, options.workers
    if not 1 <= port <= HIGHEST:
        raise DocumentError(f"--port is {port}, expected a number from 1 to {HIGHEST:,}")
    if not 1 <= workers <= _MOST:
        raise DocumentError(f"--workers is {workers}, expected a number from 1 to {_MOST}")
    settings()  # what cannot be read is said before anything starts
    if options.file == "-":
        raise DocumentError("serve reads a file, not standard input, which a worker that starts again has no more")
    document = None if options.file is None else open_network(options.file)
    if not is_free(port, options.address):
        raise DocumentError(
            f"nothing can listen at port {port} of {options.address}: choose another --port or --address"
        )
    if workers == 1 and options.proxy is None:
        from mlpviz.hosts.streamlit.launch import serve as serve_one  # as for open

        serve_one(document, port, address=options.address, opens_browser=False)
        return 0
    try:
        if options.proxy == _NONE:
            _behind_another(options, list(range(port, port + workers)))
        else:
            _behind_ours(options, spare_ports(workers))
    except GivenUpError as error:
        raise DocumentError(str(error)) from None
    return 0


def _behind_another(options: argparse.Namespace, ports: list[int]) -> None:
    for port in ports:
        if port > HIGHEST or not is_free(port):
            raise DocumentError(f"nothing can listen at port {port}: choose another --port")
    supervise(_workers(options.file, ports), on_start=lambda: _say(f"workers at {HOST}:{ports[0]} to {ports[-1]}"))


def _behind_ours(options: argparse.Namespace, ports: list[int]) -> None:
    proxy, program = _installed(options.proxy)
    with tempfile.TemporaryDirectory(prefix="mlpviz-") as folder:
        file = Path(folder, "settings")
        file.write_text(proxy.settings(options.address, options.port, ports), encoding="utf-8")
        # whatever it keeps goes with the folder
        environment = os.environ | {"XDG_DATA_HOME": folder, "XDG_CONFIG_HOME": folder}
        command = proxy.command(program, Path(folder), file)
        front = Child(proxy.label, command, environment, options.port)
        where = f"http://{options.address}:{options.port}/, {len(ports)} workers behind {proxy.label}"
        supervise(_workers(options.file, ports), [front], on_start=lambda: _say(where))


def _workers(file: str | None, ports: list[int]) -> list[Child]:
    environment = {_SECRET: secrets.token_hex(32)} | os.environ
    opened = [sys.executable, "-m", "mlpviz", "open", *([] if file is None else [file]), "--no-browser", "--port"]
    return [Child(f"worker {place}", [*opened, str(port)], environment, port) for place, port in enumerate(ports, 1)]


def _installed(asked: str | None) -> tuple[Proxy, str]:
    """The proxy that was asked for, or the first that is here, and the path of its program."""
    for proxy in PROXIES.values() if asked is None else [PROXIES[asked]]:
        # Debian keeps servers where the search path of most people does not look
        program = shutil.which(proxy.program, path=os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin")))
        if program is not None:
            return proxy, program
    names = " or ".join(proxy.label for proxy in PROXIES.values()) if asked is None else PROXIES[asked].label
    raise DocumentError(
        f"several workers need {names} before them, which is not installed here: install it, or use --workers 1, "
        "or --proxy none with a proxy of your own"
    )


def _say(where: str) -> None:
    print(f"mlpviz: {where}. Stop it with Ctrl+C.", flush=True)
