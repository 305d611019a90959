"""The archives of modules that the browser's Python unpacks: the packages of others, and ours.

Compiled they start in half the time. Only the same Python can compile them, which is the one in WebAssembly: Node runs
it, if there is Node.
"""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

import mlpviz
from mlpviz.data.sklearn_datasets import MEASURED, measured_file
from mlpviz.hosts.program import WEB

Files = dict[str, bytes]
"""contents by their paths"""

PURE = ("latex2mathml", "defusedxml")
"""packages without compiled parts that this Python has installed"""

_NEEDLESS = (".pyi", ".h", ".c", ".pxd", ".md", ".typed", ".typ", ".ttf")
"""endings of files that no page of a site reads"""
_NEEDLESS_FOLDERS = {"tests", "__pycache__", "f2py", "include"}
_NO_LINE = 0o644 << 16
_LONGEST = 300.0


class Package(NamedTuple):
    """A package that this Python has installed."""

    name: str
    version: str
    licence: str


def pure_packages() -> list[Package]:
    """The packages of `PURE`, with what their own metadata say."""
    found = [metadata.metadata(name).json for name in PURE]
    return [
        Package(str(each["name"]), str(each["version"]), str(each.get("license_expression") or each["license"]))
        for each in found
    ]


def packages_of(wheels: Iterable[bytes]) -> Files:
    """The files of the wheels, and of the packages in `PURE`."""
    found: Files = {}
    for wheel in wheels:
        with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
            found |= {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}
    for name in PURE:
        for file in metadata.files(name) or ():
            if file.suffix == ".py" or file.name == "METADATA" or file.suffix in (".txt",):
                found[file.as_posix()] = Path(str(file.locate())).read_bytes()
    return {name: content for name, content in found.items() if _is_needed(name)}


def own_modules() -> Files:
    """Our modules and what they read, but not the browser's program; and data that scikit-learn has, as arrays."""
    root = Path(mlpviz.__file__).parent
    return {f"mlpviz/data/{MEASURED}": measured_file()} | {
        path.relative_to(root.parent).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and WEB not in path.parents and _is_needed(path.relative_to(root.parent).as_posix())
    }


def _is_needed(name: str) -> bool:
    *folders, file = name.split("/")
    return not file.endswith(_NEEDLESS) and not _NEEDLESS_FOLDERS.intersection(folders)


def packed(files: Mapping[str, bytes]) -> bytes:
    """The files as an archive: the same files give the same bytes."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in sorted(files.items()):
            entry = zipfile.ZipInfo(name)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, _NO_LINE
            archive.writestr(entry, data)
    return content.getvalue()


def compiled(archives: Mapping[str, Files], python: Mapping[str, bytes]) -> dict[str, Files] | None:
    """The archives with compiled modules in the place of sources; None without Node.

    `python` has the files of Pyodide itself.
    """
    node = shutil.which("node")
    if node is None:
        return None
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for name, content in python.items():
            (folder / name).write_bytes(content)
        for name, files in archives.items():
            (folder / name).write_bytes(packed(files))
        program = folder / "compile.mjs"
        program.write_bytes(Path(__file__).with_name("compile.mjs").read_bytes())
        subprocess.run(  # noqa: S603  # our own program
            [node, str(program), json.dumps([*archives])], check=True, capture_output=True, timeout=_LONGEST
        )
        return {name: dict(_unpacked((folder / f"compiled-{name}").read_bytes())) for name in archives}


def _unpacked(content: bytes) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            yield name, archive.read(name)
