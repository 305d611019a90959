"""`open [FILE]`, which `mlpviz` and `mlpviz FILE` mean too: the app in the browser, with a network on the sheet."""

from __future__ import annotations

import argparse
from collections.abc import Collection, Sequence

from mlpviz.api.disk import exists, is_example, open_network
from mlpviz.app.ports import HIGHEST, is_free
from mlpviz.cli.commands import Commands
from mlpviz.network import DocumentError

NAME = "open"


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    purpose = "open the app in the browser, with the network of a file on the sheet; the word open may be left out"
    command = commands.add_parser(NAME, help=purpose, description=purpose)
    command.add_argument(
        "file",
        metavar="FILE",
        nargs="?",
        help="a document, a network of another tool, an example by its name, or - for standard input",
    )
    command.add_argument("--port", metavar="N", type=int, help="where to listen; left out: 8501, or the next free one")
    command.add_argument("--no-browser", action="store_true", help="only serve, and say at which address")
    command.set_defaults(run=open_app)


def completed(arguments: Sequence[str], commands: Collection[str]) -> Sequence[str]:
    """The arguments with the word `open` where it was left out: before a file, before its options, or alone."""
    first = arguments[0] if arguments else "-"
    if first in commands or first in ("-h", "--help", "--version"):
        return arguments
    is_file = (
        first.startswith("-") or "." in first or "/" in first or "\\" in first or exists(first) or is_example(first)
    )
    return [NAME, *arguments] if is_file else arguments


def open_app(options: argparse.Namespace) -> int:
    """Serve the app until Ctrl+C."""
    if options.port is not None and not 1 <= options.port <= HIGHEST:
        raise DocumentError(f"--port is {options.port}, expected a number from 1 to {HIGHEST:,}")
    document = None if options.file is None else open_network(options.file)
    if options.port is not None and not is_free(options.port):
        raise DocumentError(f"--port is {options.port}, where another program listens or this one must not")
    from mlpviz.hosts.streamlit.launch import serve  # Streamlit takes half a second to import; other commands need none

    serve(document, options.port, opens_browser=not options.no_browser)
    return 0
