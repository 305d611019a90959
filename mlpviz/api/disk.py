"""Files by their names, for the command line and for Python: an error is one sentence with the name of the file."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from mlpviz.examples.networks import PRESETS
from mlpviz.exchange import largest, open_file
from mlpviz.exchange.format import Opened, Subject
from mlpviz.exchange.imports import LARGEST, ForeignFile, ImportedNetwork
from mlpviz.exchange.opening.network_file import open_network_file
from mlpviz.network import Document, DocumentError
from mlpviz.schema.spelling import key_of, likely, question


def open_named(subject: Subject[Opened, Any], name: str) -> Opened:
    """What the file of this name holds, in whichever format it is. Raises DocumentError."""
    return open_file(subject, read_file(name, largest(subject)))


def open_network(name: str) -> Document:
    """The network of an example or a file, with what was guessed. Raises DocumentError."""
    found = open_import(name)
    return found if isinstance(found, Document) else found.document


def open_import(name: str, answers: Mapping[str, str] = MappingProxyType({})) -> ImportedNetwork | Document:
    """The network in a file, with answers to what a file of another tool leaves open, or an example by its key.

    A file comes before an example of the same name. Raises DocumentError.
    """
    preset = None if exists(name) else key_of(PRESETS, name)
    if preset is not None and not answers:
        return PRESETS[preset].document
    try:
        file = _foreign(name)
    except DocumentError as error:
        raise _no_example(name, error) from None
    return open_network_file(file, answers)


def is_example(name: str) -> bool:
    """Whether this is the key of an example."""
    return key_of(PRESETS, name) is not None


def _no_example(name: str, error: DocumentError) -> DocumentError:
    """The error of a file that is not there, with the examples where the name could be meant for one."""
    if name == "-" or exists(name) or not re.fullmatch(r"[\w -]+", name):
        return error
    meant = str(question(likely(name, PRESETS), "name")) or f"; examples are {', '.join(PRESETS)}"
    return DocumentError(f"{error}, and no example of this name{meant}")


def _foreign(name: str) -> ForeignFile:
    if name == "-":
        return ForeignFile("standard input", read_file(name, LARGEST))
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
    if name == "-" and sys.stdin is None:  # as by `<&-`
        raise DocumentError("standard input is closed")
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
    if "\0" in name:
        raise DocumentError("the file name cannot be written: it has a null character")
    if os.path.isdir(name):  # noqa: PTH112  # Path raises an error for a name that is too long
        raise DocumentError(f"{one_line(name)}: is a directory, expected a file")
    if exists(name) and not os.access(name, os.W_OK):
        raise DocumentError(f"{one_line(name)}: may not be written over")
    folder = Path(name).parent
    if not _is_device(name) and not (exists(str(folder)) and folder.is_dir() and os.access(folder, os.W_OK)):
        raise DocumentError(f"{one_line(name)}: cannot be written, expected a folder that exists and is writable")


def exists(name: str) -> bool:
    """Whether there is something of this name, which may be no name at all."""
    return os.path.exists(name)  # noqa: PTH110  # Path raises an error for a name that is too long


def _is_device(name: str) -> bool:
    """Whether this is something that exists and is no file that another can take the place of."""
    return exists(name) and not Path(name).is_file()


def write_file(name: str, content: bytes) -> None:
    """Write all or nothing: an old file of this name stays until the new one is complete. Raises DocumentError.

    A link stays a link. A device or pipe, such as /dev/stdout, is written into: nothing can take its place.
    """
    check_writable(name)
    try:
        if _is_device(name):
            Path(name).write_bytes(content)
            return
        path = Path(name).resolve()
        scratch = path.with_name(f".{path.name}.{os.getpid()}.part")
        try:
            scratch.write_bytes(content)
            if path.exists():
                scratch.chmod(stat.S_IMODE(path.stat().st_mode))
            scratch.replace(path)
        finally:
            scratch.unlink(missing_ok=True)
    except OSError as error:
        raise DocumentError(f"{one_line(name)}: {(error.strerror or 'cannot be written').lower()}") from None


def one_line(name: str) -> str:
    """The name of a file with `?` for what is not printable, such as a line break."""
    return "".join(character if character.isprintable() else "?" for character in name)
