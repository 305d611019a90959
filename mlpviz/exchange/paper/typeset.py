"""Worksheets as PDF, typeset by Typst from the template beside this file; data alone go in, and no file is read."""

from __future__ import annotations

import json
from importlib.resources import files
from tempfile import TemporaryDirectory
from typing import Any

from mlpviz.exchange.paper.papers import Paper
from mlpviz.network import DocumentError


def pdf_of(title: str, sheets: list[dict[str, Any]], paper: Paper) -> bytes:
    """The PDF. Raises DocumentError without the library."""
    try:
        import typst
    except ImportError:
        raise DocumentError("a PDF needs typst, which is not installed: pip install 'mlpviz[pdf]'") from None
    template = files("mlpviz.exchange.paper").joinpath("worksheet.typ").read_bytes()
    data = {"title": title, "paper": {"width": paper.width, "height": paper.height}, "sheets": sheets}
    with TemporaryDirectory() as nothing:
        compiler = typst.Compiler(
            template,
            root=nothing,
            package_path=nothing,
            package_cache_path=nothing,
            ignore_system_fonts=True,  # the same on every machine
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        )
        found = compiler.compile(format="pdf")
    return found if isinstance(found, bytes) else b""
