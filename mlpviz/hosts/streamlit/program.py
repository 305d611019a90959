"""What the browser runs: one program for all components, built from `mlpviz/web`, at an address of its own."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import streamlit as st
from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

import mlpviz

WEB = Path(mlpviz.__file__).with_name("web")
PROGRAM = "built/mlpviz.js"
"""below WEB; `make web` builds it"""


@cache
def _version() -> str:
    """A name for the program as it is now, so that browsers keep it until there is another one."""
    return hashlib.sha256((WEB / PROGRAM).read_bytes()).hexdigest()[:16]


def loader() -> str:
    """The source of every component: it fetches the program."""
    source = (WEB / "hosts/streamlit_loader.js").read_text(encoding="utf-8")
    return source.replace("PROGRAM", f"mlpviz/web/{_version()}/{PROGRAM}")


def frame_style() -> str:
    """The style sheet of what Streamlit draws around the components."""
    return (WEB / "hosts/streamlit_frame.css").read_text(encoding="utf-8")


class _Kept(StaticFiles):
    """Files whose address names their version: a browser never asks for one again."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        if response.status_code == 200:
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


def program_route() -> Mount:
    """Where the program is served: below the base path of the server, if it has one."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return Mount(f"/{base}/mlpviz/web/{{version}}" if base else "/mlpviz/web/{version}", _Kept(directory=WEB))
