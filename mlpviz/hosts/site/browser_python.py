"""The Python of a browser: the files of Pyodide, and the archives of modules that it unpacks."""

from __future__ import annotations

import json
from typing import NamedTuple

from mlpviz.hosts.site.archives import archives
from mlpviz.hosts.site.pyodide_files import LIBRARY, PyodideFile, bring

FIRST, LATER = "first.archive", "later.archive"
"""all modules but those of the library that Python starts with: those of every visit, and the others; `web/hosts/
site_worker.js` asks for them"""

_LOCK = {"info": {"abi_version": "2026_0", "arch": "wasm32", "platform": "emscripten_5_0_3", "python": "3.14.0"}}


class BrowserPython(NamedTuple):
    """All files that a page starts it with, by their names; what of them is Pyodide's; whether modules are compiled."""

    files: dict[str, bytes]
    parts: list[tuple[PyodideFile, bytes]]
    is_compiled: bool


def browser_python(place: str) -> BrowserPython:
    """The files, of which `place` has Pyodide's distribution. Raises DocumentError for a part that is not there."""
    parts = [*bring(place)]
    files = {part.file: content for part, content in parts if not part.is_wheel}
    files["lock.json"] = json.dumps(_LOCK | {"packages": {}}).encode()
    modules = archives(files[LIBRARY], [content for part, content in parts if part.is_wheel], files)
    made = {LIBRARY: modules.library, FIRST: modules.first, LATER: modules.later}
    return BrowserPython(files | made, parts, modules.is_compiled)
