"""Where the browser's program is, which every host shows: its sources, and what is built from them."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import zlib
from pathlib import Path

WEB = Path(__file__).parents[1] / "web"
BUILT = WEB / "built"
"""`make web` fills it: a file for each page, one for each host, and what they share"""

_IMPORTS = re.compile(r'(?:from|import)"\./([\w-]+)\.js"')
_SOURCE_MAP = re.compile(r"\n//# sourceMappingURL=.*")


def programs(*names: str) -> dict[str, str]:
    """The programs with these names and all that they import, by their names: what others import is before them."""
    found: dict[str, str] = {}

    def take(name: str) -> None:
        if name in found:
            return
        text = _SOURCE_MAP.sub("", (BUILT / f"{name}.js").read_text(encoding="utf-8"))
        for other in _IMPORTS.findall(text):
            take(other)
        found[name] = text

    for name in names:
        take(name)
    return found


def packed_program(host: str, *names: str) -> str:
    """A host with other programs as one text: where no file can lie beside another."""
    parts = json.dumps([*programs(host, *names).items()], separators=(",", ":")).encode()
    loader = (WEB / "hosts/packed_loader.js").read_text(encoding="utf-8")
    for place, text in {
        "VERSION": hashlib.sha256(parts).hexdigest()[:16],
        "HOST": host,
        "PACKED": base64.b64encode(zlib.compress(parts, 9)).decode(),  # last: its letters may spell the others
    }.items():
        loader = loader.replace(place, text, 1)
    return loader
