"""A sheet or an exercise as one HTML file that opens from a disk: the browser's program, and what it shows.

Without Python in the file it shows a sheet as it is, and an exercise cannot be checked. With it the file does what a
site does.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import zlib
from collections.abc import Mapping
from typing import Any

from mlpviz.app.visitor import Visitor
from mlpviz.hosts.program import packed_program
from mlpviz.hosts.site.recorded import in_a_file, recorded
from mlpviz.hosts.site.subject import Subject, pages_of
from mlpviz.network import Document

_STYLE = (
    ":root{color-scheme:light dark}body{margin:0;background:#fff;color:#1f2328}main{padding:7px 19px 0}"
    "@media(prefers-color-scheme:dark){body{background:#16181c;color:#e8e8ea}}"
    "@media(max-width:600px){main{padding:7px 10px 0}}"
)


def one_file(document: Document) -> str:
    """The HTML of the file without Python. Raises DocumentError for a network that is too large for it."""
    found = recorded(document)
    return _html(document.name, {"pages": ["sheet"], "first": found["scenes"]["3"], **found}, {})


def live_file(subject: Subject, python: Mapping[str, bytes]) -> str:
    """The HTML of the file with the files of Python, by their names."""
    pages = pages_of(subject)
    home = next(iter(pages))
    data = {
        "pages": [*pages],
        "first": in_a_file(Visitor(pages).visit(home, {})),
        "subject": json.dumps(subject.to_json_value()),
    }
    name = (subject if isinstance(subject, Document) else subject.document).name
    return _html(name, data, python)


def _html(name: str, data: Mapping[str, Any], python: Mapping[str, bytes]) -> str:
    program = packed_program("one_file", *data["pages"], *(("site_worker",) if python else ()))
    packed = _letters(json.dumps(data, separators=(",", ":")).encode())
    brought = f'\n<script type="application/json" id="python">{json.dumps(_each(python))}</script>' if python else ""
    compiles = " 'wasm-unsafe-eval'; worker-src blob:" if python else ""
    policy = (
        f"default-src 'none'; script-src '{_digest(program)}' blob:{compiles}; style-src '{_digest(_STYLE)}'; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{html.escape(name or "A network")} · mlpviz</title>
<style>{_STYLE}</style>
</head>
<body>
<main></main>
<noscript>mlpviz shows this with JavaScript.</noscript>
<script type="application/json" id="data">"{packed}"</script>{brought}
<script type="module">{program}</script>
</body>
</html>
"""


def _each(python: Mapping[str, bytes]) -> dict[str, str]:
    return {name: _letters(content) for name, content in python.items()}


def _letters(content: bytes) -> str:
    """Bytes made smaller, as letters that can stand in HTML."""
    return base64.b64encode(zlib.compress(content, 9)).decode()


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
