"""How files are read and written on the command line; what fails is one sentence with the name of the file."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mlpviz.network import DocumentError

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[Any]
else:
    Commands = Any


def read_file(name: str, longest: int) -> bytes:
    """The bytes of the file, `-` for standard input, never many more than it may have. Raises DocumentError."""
    try:
        if name == "-":
            return sys.stdin.buffer.read(longest + 1)
        with Path(name).open("rb") as file:
            return file.read(longest + 1)
    except OSError as error:
        raise DocumentError(f"{shown(name)}: {(error.strerror or 'cannot be read').lower()}") from None
    except ValueError:
        raise DocumentError("the file name cannot be read: it has a null character") from None


def check_writable(name: str) -> None:
    """Raises DocumentError if the file could not be written: better before an hour of training than after it."""
    path = Path(name)
    if "\0" in name:
        raise DocumentError("the file name cannot be written: it has a null character")
    if path.is_dir():
        raise DocumentError(f"{shown(name)}: is a directory, expected a file")
    if not path.parent.is_dir() or not os.access(path.parent, os.W_OK):
        raise DocumentError(f"{shown(name)}: cannot be written, expected a folder that exists and is writable")


def write_file(name: str, text: str) -> None:
    """Write the whole text or nothing: a file that was there stays until the new one is complete."""
    path = Path(name)
    scratch = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        scratch.write_text(text, encoding="utf-8")
        scratch.replace(path)
    except OSError as error:
        scratch.unlink(missing_ok=True)
        raise DocumentError(f"{shown(name)}: {(error.strerror or 'cannot be written').lower()}") from None


def shown(name: str) -> str:
    """The name of a file as one line."""
    return "".join(character if character.isprintable() else "?" for character in name)
