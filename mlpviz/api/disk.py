"""Files by their names, for the command line and for Python: an error is one sentence with the name of the file."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from mlpviz.exchange import largest, open_file
from mlpviz.exchange.format import Opened, Subject
from mlpviz.exchange.imports import LARGEST, ForeignFile, ImportedNetwork, format_of, read_network
from mlpviz.exchange.subjects import NETWORK
from mlpviz.network import Document, DocumentError


def open_named(subject: Subject[Opened, Any], name: str) -> Opened:
    """What the file of this name holds, in whichever format it is. Raises DocumentError."""
    return open_file(subject, read_file(name, largest(subject)))


def open_network(name: str) -> Document:
    """The network in a document, or in a file of another tool with what was guessed. Raises DocumentError."""
    if name != "-":
        file = _foreign(name)
        if format_of(file) is not None:
            return read_network(file).document
    return open_named(NETWORK, name)


def open_import(name: str, answers: Mapping[str, str] = MappingProxyType({})) -> ImportedNetwork | Document:
    """The network in a file of another tool, with answers to what the file leaves open, or a document of ours.

    Raises DocumentError.
    """
    file = _foreign(name)
    ours = format_of(file) is None and not answers and file.content.lstrip()[:1] == b"{"
    return open_named(NETWORK, name) if ours else read_network(file, answers)


def _foreign(name: str) -> ForeignFile:
    path = Path(name)
    return ForeignFile(one_line(path.name), read_file(name, LARGEST), _Folder(path))


class _Folder(Mapping[str, bytes]):
    """The other files of a folder by their names, read when they are asked for."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def _files(self) -> Iterator[Path]:
        try:
            yield from (
                each for each in sorted(self._path.parent.iterdir()) if each.is_file() and each.name != self._path.name
            )
        except OSError:
            return

    def __iter__(self) -> Iterator[str]:
        return (each.name for each in self._files())

    def __len__(self) -> int:
        return sum(1 for _ in self._files())

    def __getitem__(self, name: str) -> bytes:
        path = self._path.parent / name
        if Path(name).name != name or not path.is_file():
            raise KeyError(name)
        return read_file(str(path), LARGEST)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and Path(name).name == name and (self._path.parent / name).is_file()


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
