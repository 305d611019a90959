"""Libraries that a file may need and this Python may lack."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

from mlpviz.schema.errors import DocumentError


def library(module: str, extra: str | None = "formats") -> Any:
    """A library of an extra of this package, or a package of its own. Raises DocumentError with what to install."""
    try:
        return import_module(module)
    except ImportError:
        package = module.split(".")[0]
        if sys.platform == "emscripten":
            raise DocumentError(
                f"this file needs the library {package}, which no browser has: open it in the app"
            ) from None
        what = package if extra is None else f"'mlpviz[{extra}]'"
        raise DocumentError(
            f"this file needs the library {package}, which is not installed: pip install {what}"
        ) from None
