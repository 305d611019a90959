"""The command line: `mlpviz`, or `python -m mlpviz`, with a command; a FILE of `-` is standard input.

Without a command it opens the app. The exit code is 0 for success, 1 when a check disagrees or a number is not finite,
2 for bad input, 130 after Ctrl-C. An error is one line on standard error.
"""

from __future__ import annotations

import argparse
import errno
import os
import re
import sys
from collections.abc import Collection, Sequence
from typing import Any, ClassVar, NoReturn

from mlpviz import __version__
from mlpviz.cli import (
    convert,
    export,
    fetch,
    listing,
    open_app,
    page,
    practise,
    serve,
    site,
    trace_check,
    train,
    worksheet,
)
from mlpviz.data import DataError
from mlpviz.network import DocumentError
from mlpviz.schema.errors import echo
from mlpviz.schema.spelling import likely, question

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # else a terminal whose encoding has no ∂ raises an error
    try:
        if sys.stdout is None:
            raise DocumentError("standard output is closed")
        parser, commands = _parser()
        options = parser.parse_args(open_app.completed(sys.argv[1:] if arguments is None else arguments, commands))
        code: int = options.run(options)
        sys.stdout.flush()
    except (DocumentError, DataError) as error:
        print(f"mlpviz: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # the reader (`| head`) closed the pipe; without this Python prints another error when it exits
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        if error.errno not in _FULL:
            raise
        print(f"mlpviz: the output cannot be written: {(error.strerror or '').lower()}", file=sys.stderr)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else Python writes what is left, and fails
        return 2
    except KeyboardInterrupt:
        print("\nmlpviz: stopped", file=sys.stderr)
        return 130
    return code


class _Parser(argparse.ArgumentParser):
    options: ClassVar[set[str]] = set()
    """of all commands"""

    def add_argument(self, *names: Any, **settings: Any) -> argparse.Action:
        self.options.update(name for name in names if str(name).startswith("--"))
        return super().add_argument(*names, **settings)

    def error(self, message: str) -> NoReturn:
        # one line, as for other bad input, instead of the whole usage
        self.exit(2, f"mlpviz: {self._asked(message)}; see mlpviz --help\n")

    def _asked(self, message: str) -> str:
        """The message of argparse, with the question for the likely one of the words that were to choose from."""
        if found := re.search(r"invalid choice: '([^']*)' \(choose from (.*)\)", message):
            words = re.findall(r"[\w-]+", found.group(2))
            meant = str(question(likely(found.group(1), words), "name"))
            listed = meant or f", expected one of {', '.join(words)}"
            what = message[: found.start()].removeprefix("argument ").removesuffix(": ")
            what = "the command" if what == _COMMAND else what
            return f"{what} is {echo(found.group(1))}{listed}"
        if found := re.fullmatch(r"unrecognized arguments: (--[\w-]+).*", message):
            return f"unknown option {found.group(1)}{question(likely(found.group(1), self.options), 'name')!s}"
        if found := re.fullmatch(r"argument (--[\w-]+): invalid int value: '(.*)'", message):
            return f"{found.group(1)} is {echo(found.group(2))}, expected a whole number"
        return message


_COMMAND = "COMMAND"
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF)
"""what standard output may answer; no other OSError is expected here, since files say theirs as DocumentError"""
_EXAMPLES = """examples:
  mlpviz                                        the app in the browser
  mlpviz network.json                           a network on the score sheet; also model.keras, model.onnx, ...
  mlpviz trace network.json                     every number of one pass, as JSON
  mlpviz export network.json --as pytorch       a program that asserts these numbers
  mlpviz COMMAND --help                         what a command takes
"""


def _parser() -> tuple[_Parser, Collection[str]]:
    """The parser, and the names of all commands."""
    parser = _Parser(
        prog="mlpviz",
        description="See, edit and check every number of a small neural network.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"mlpviz {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar=_COMMAND)
    for module in (
        open_app,
        serve,
        site,
        page,
        trace_check,
        train,
        convert,
        export,
        practise,
        worksheet,
        listing,
        fetch,
    ):
        module.add(commands)
    return parser, commands.choices
