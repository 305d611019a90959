"""Files whose address names their version: a browser keeps them for ever, and gets them compressed."""

from __future__ import annotations

import gzip
from functools import lru_cache
from pathlib import Path

import anyio.to_thread
from starlette.datastructures import Headers
from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

_SUFFIXES = {".js", ".css", ".map"}
_LEAST = 1000
"""bytes below which a file is sent as it is"""


class KeptFiles(StaticFiles):
    """The files of a folder. Programs and styles are compressed once, at the first request, and kept so."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, compressed for whoever takes gzip; 304 where the browser has it. Raises HTTPException."""
        response = await super().get_response(path, scope)
        if isinstance(response, FileResponse) and Path(response.path).suffix in _SUFFIXES:
            response.headers["Vary"] = "Accept-Encoding"
            if takes_gzip(Headers(scope=scope).get("accept-encoding", "")):
                response = await _compressed(response)
        if response.status_code == 200:
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


def takes_gzip(accepted: str) -> bool:
    """Whether a header Accept-Encoding names gzip, and not with the quality 0."""
    for part in accepted.split(","):
        name, _, quality = part.partition(";")
        if name.strip().lower() in ("gzip", "*"):
            return quality.replace(" ", "").lower() not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


async def _compressed(file: FileResponse) -> Response:
    modified = file.headers["last-modified"]
    # in a thread: Plotly takes a tenth of a second
    content = await anyio.to_thread.run_sync(_gzipped, str(file.path), modified)
    if content is None:
        return file
    headers = {name: file.headers[name] for name in ("content-type", "last-modified", "vary")}
    # a weak tag: of the same content in other bytes
    headers |= {"etag": f"W/{file.headers['etag']}", "content-encoding": "gzip"}
    return Response(content, headers=headers)


@lru_cache(maxsize=64)
def _gzipped(path: str, _modified: str) -> bytes | None:
    """The file compressed; None for one that is too short for it."""
    content = Path(path).read_bytes()
    return gzip.compress(content, 6, mtime=0) if len(content) >= _LEAST else None
