"""Writes a site into a folder.

Everything but the documents is in a folder that is named by what is in it, so that a browser that has kept files of an
older site never mixes the two. The folder of the site before stays, for those who have a page of it open.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from mlpviz import __version__
from mlpviz.hosts.program import WEB, programs
from mlpviz.hosts.site.archives import Files, licences_of, pure_packages
from mlpviz.hosts.site.browser_python import FIRST, LATER, BrowserPython, browser_python
from mlpviz.hosts.site.documents import document, paths
from mlpviz.hosts.site.first_answers import answers_of_examples, first_answer
from mlpviz.hosts.site.pages import SITE_PAGES
from mlpviz.hosts.site.pyodide_files import OFFICIAL
from mlpviz.network import DocumentError
from mlpviz.schema.errors import echo

NOTE = "site.json"
"""what is in a site, and how a folder that may be written over is known"""

_STYLES = ("site_theme", "python_said", "site")
_ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><g fill="none" stroke="#0072b2">'
    '<path d="M4 4 12 8 4 12"/></g><g fill="#d55e00"><circle cx="4" cy="4" r="2"/><circle cx="4" cy="12" r="2"/>'
    '<circle cx="12" cy="8" r="2.4"/></g></svg>'
)


class Ingredient(NamedTuple):
    """One line of what a site is made of."""

    name: str
    version: str
    licence: str
    file: str
    size: int
    sha256: str


class Site(NamedTuple):
    """What was written: `is_compiled` says whether the modules were, `size` is that of all files."""

    ingredients: list[Ingredient]
    is_compiled: bool
    size: int


def build(out: Path, place: str = OFFICIAL) -> Site:
    """Write the site into a folder that is empty or has a site; `place` has Pyodide's distribution.

    Raises DocumentError: one sentence.
    """
    before = _versions(out)
    python = browser_python(place)
    files: Files = {f"python/{name}": content for name, content in python.files.items()}
    program = programs("site", "site_worker", "site_offline", *SITE_PAGES)
    files |= {f"program/{name}.js": text.encode() for name, text in program.items()}
    files["licences.txt"] = licences_of(content for part, content in python.parts if part.is_wheel)
    files["site.css"] = b"".join((WEB / f"hosts/{name}.css").read_bytes() for name in _STYLES)
    files["icon.svg"] = _ICON.encode()
    examples = answers_of_examples()
    files |= {f"examples/{key}.bin": content for key, (_, content) in examples.items()}
    version = _digest(files)
    versions = [version, *(old for old in before if old != version)][:2]
    made = [*_ingredients(python)]
    first = {
        "answer": first_answer(),
        "folder": f"{version}/examples",
        "scenes": {tail: key for key, (tail, _) in examples.items()},
    }
    for name, content in files.items():
        _write(out / version / name, content)
    for number, (key, path) in enumerate(paths().items()):
        page = SITE_PAGES[key]
        if number == 0:
            _write(out / "index.html", document(page, version, "./", first).encode())
            first = {**first, "folder": f"../{version}/examples"}
        _write(out / path / "index.html", document(page, version, "../", None if number else first).encode())
    note = {
        "mlpviz": __version__,
        "versions": versions,
        "made of": [each._asdict() for each in made],
    }
    # last: it may be asked for while the rest is written
    _write(out / "offline.js", _offline(version, files).encode())
    _write(out / NOTE, json.dumps(note, indent=1).encode())
    for old in before:
        if old not in versions:
            shutil.rmtree(out / old, ignore_errors=True)
    size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
    return Site(made, python.is_compiled, size)


def _offline(version: str, files: Files) -> str:
    """The program by which a browser keeps the site: what is in it, then the one of this version."""
    site = {
        "version": version,
        "documents": ["", *paths().values()],
        "files": sorted(files),
    }
    return f'self.SITE = {json.dumps(site)};\nimportScripts("./{version}/program/site_offline.js");\n'


def _versions(out: Path) -> list[str]:
    """The folders of sites that were written here, the newest first. Raises DocumentError for a folder of others."""
    try:
        has_files = out.is_dir() and any(out.iterdir())
        if not has_files:
            out.mkdir(parents=True, exist_ok=True)
            return []
        versions = json.loads((out / NOTE).read_bytes())["versions"]
        return [each for each in versions if isinstance(each, str) and each.isalnum()]
    except (OSError, ValueError, KeyError, TypeError):
        raise DocumentError(f"{echo(str(out))} has other files: expected an empty folder, or one with a site") from None


def _ingredients(python: BrowserPython) -> Iterable[Ingredient]:
    for part, content in python.parts:
        yield Ingredient(part.name, part.version, part.licence, part.file, len(content), part.sha256)
    for package in pure_packages():
        yield Ingredient(*package, FIRST, 0, "")
    for name in (FIRST, LATER):
        content = python.files[name]
        yield Ingredient("mlpviz", __version__, "MIT", name, len(content), hashlib.sha256(content).hexdigest())


def _digest(files: Files) -> str:
    found = hashlib.sha256()
    for name, content in sorted(files.items()):
        found.update(f"{name} {len(content)}\n".encode())
        found.update(content)
    return found.hexdigest()[:16]


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
