"""What a site is made of besides ours: the files of Pyodide's distribution, each with its version, licence and digest.

They come from the distribution's own address, or from a folder or an address that has a copy of it. Whatever they come
from, a file whose digest is another one is refused.
"""

from __future__ import annotations

import hashlib
import os
import tomllib
import urllib.error
import urllib.request
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from mlpviz.network import DocumentError
from mlpviz.schema.errors import echo

_LARGEST = 20_000_000
_PATIENCE = 60.0


class PyodideFile(NamedTuple):
    """One file of the distribution; a wheel is unpacked, the others are served as they are."""

    file: str
    name: str
    version: str
    licence: str
    sha256: str

    @property
    def is_wheel(self) -> bool:
        """Whether it is a package of Python."""
        return self.file.endswith(".whl")


_LISTED = tomllib.loads(files(__package__).joinpath("pyodide_files.toml").read_text(encoding="utf-8"))

VERSION: str = _LISTED["version"]
OFFICIAL: str = _LISTED["address"]

LIBRARY = "python_stdlib.zip"
"""of these the file with the library of Python"""

PYODIDE_FILES = tuple(PyodideFile(**entry) for entry in _LISTED["file"])
"""All of the distribution that a site has."""


def bring(place: str) -> Iterator[tuple[PyodideFile, bytes]]:
    """Each part from a folder, or from an address: those of an address are kept for the next time.

    Raises DocumentError for one that is not there, or is not what it should be.
    """
    for part in PYODIDE_FILES:
        content = _fetched(place, part) if place.startswith(("https://", "http://")) else _read(Path(place), part)
        yield part, content


def _read(folder: Path, part: PyodideFile) -> bytes:
    try:
        content = (folder / part.file).read_bytes()
    except OSError:
        raise DocumentError(
            f"{echo(str(folder))} has no {part.file}: expected a folder with Pyodide's distribution {VERSION}"
        ) from None
    return _checked(part, content, str(folder))


def _fetched(place: str, part: PyodideFile) -> bytes:
    kept = _cache() / f"{part.sha256[:16]}-{part.file}"
    if kept.is_file():
        return _checked(part, kept.read_bytes(), str(kept))
    address = f"{place.rstrip('/')}/{part.file}"
    try:
        with urllib.request.urlopen(address, timeout=_PATIENCE) as answer:  # noqa: S310  # begins with http
            content: bytes = answer.read(_LARGEST + 1)
    except (urllib.error.URLError, TimeoutError, ValueError) as error:
        reason = getattr(error, "reason", error)
        raise DocumentError(
            f"{address} cannot be fetched ({reason}): give the folder or address of a copy with --pyodide"
        ) from None
    _checked(part, content, address)
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(content)
    return content


def _checked(part: PyodideFile, content: bytes, place: str) -> bytes:
    digest = hashlib.sha256(content).hexdigest()
    if digest != part.sha256:
        raise DocumentError(
            f"{part.file} from {echo(place)} has the SHA-256 digest {digest[:16]}…, expected {part.sha256[:16]}…, that "
            f"of Pyodide's distribution {VERSION}"
        )
    return content


def _cache() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "mlpviz" / "pyodide"
