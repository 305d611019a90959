"""Unpacks the archives of a site in the browser's Python, of whose library this module is a part there.

Few visits need all modules. Those that starting needs not are in an archive of their own, which comes when the first of
them is imported.
"""

from __future__ import annotations

import io
import site
import sys
import zipfile
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from types import ModuleType
from typing import Protocol

LATER = "later.txt"
"""a file of the first archive: the names of the modules that come later"""

_ZSTD = b"\x28\xb5\x2f\xfd"


class Bytes(Protocol):
    """Bytes of JavaScript."""

    def to_bytes(self) -> bytes:
        """These bytes in Python."""


def install(first: Bytes, bring: Callable[[], Bytes]) -> None:
    """Make the modules of the first archive ready to be imported; `bring` gives the other one, if it is asked for."""
    place = Path(site.getsitepackages()[0])
    _unpack(first.to_bytes(), place)
    names = (place / LATER).read_text(encoding="utf-8").split()
    sys.meta_path.append(_LaterModules(frozenset(names), place.with_name("later-packages"), bring))


class _LaterModules(MetaPathFinder):
    """Finds the modules of the second archive, which it asks for once."""

    def __init__(self, names: frozenset[str], place: Path, bring: Callable[[], Bytes]) -> None:
        self._names, self._place, self._bring = names, place, bring

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,  # noqa: ARG002
        target: ModuleType | None = None,  # noqa: ARG002  # as Python calls it
    ) -> ModuleSpec | None:
        """Where the module is, if it is one of these."""
        if fullname not in self._names:
            return None
        if not self._place.exists():
            _unpack(self._brought(fullname), self._place)
        return PathFinder.find_spec(fullname, [str(self._place.joinpath(*fullname.split(".")[:-1]))])

    def _brought(self, fullname: str) -> bytes:
        try:
            return self._bring().to_bytes()
        except Exception as error:  # one of JavaScript: there is no line
            from mlpviz.app.faults import NotHereError  # once there is anything of ours

            sentence = "This needs a part of the program that did not come: connect to the internet and try again."
            raise NotHereError(sentence, name=fullname) from error


def _unpack(content: bytes, place: Path) -> None:
    if content[: len(_ZSTD)] == _ZSTD:
        # of Python 3.14, as the browser has it
        content = import_module("compression.zstd").decompress(content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(place)
