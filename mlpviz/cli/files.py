"""Reading and writing files on the command line: an error is one sentence with the name of the file."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mlpviz.exchange import largest, open_file
from mlpviz.exchange.format import Opened, Subject
from mlpviz.network import DocumentError

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[Any]
else:
    Commands = Any


def open_named(subject: Subject[Opened, Any], name: str) -> Opened:
    """What the file of this name holds, in whichever format it is. Raises DocumentError."""
    return open_file(subject, read_file(name, largest(subject)))


def read_file(name: str, limit: int) -> bytes:
    """The bytes of a file, or of standard input for `-`: at most `limit` + 1 of them. Raises DocumentError."""
    try:
        if name == "-":
            return sys.stdin.buffer.read(limit + 1)
        with Path(name).open("rb") as file:
            return file.read(limit + 1)
    except OSError as error:
        raise DocumentError(f"{one_line(name)}: {(error.strerror or 'cannot be read').lower()}") from None
    except ValueError:
        raise DocumentError("the file name cannot be read: it has a null character") from None


def check_writable(name: str) -> None:
    """Raise DocumentError if the file could not be written: better before an hour of training than after it."""
    path = Path(name)
    if "\0" in name:
        raise DocumentError("the file name cannot be written: it has a null character")
    if path.is_dir():
        raise DocumentError(f"{one_line(name)}: is a directory, expected a file")
    if not path.parent.is_dir() or not os.access(path.parent, os.W_OK):
        raise DocumentError(f"{one_line(name)}: cannot be written, expected a folder that exists and is writable")


def write_file(name: str, content: bytes) -> None:
    """Write all or nothing: an old file of this name stays until the new one is complete. Raises DocumentError."""
    path = Path(name)
    scratch = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        scratch.write_bytes(content)
        scratch.replace(path)
    except OSError as error:
        scratch.unlink(missing_ok=True)
        raise DocumentError(f"{one_line(name)}: {(error.strerror or 'cannot be written').lower()}") from None


def one_line(name: str) -> str:
    """The name of a file with `?` for what is not printable, such as a line break."""
    return "".join(character if character.isprintable() else "?" for character in name)
