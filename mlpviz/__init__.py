"""mlpviz: see, edit and check every number of a small multilayer perceptron.

`read`, `from_torch`, `from_sklearn`, `from_keras` and `from_arrays` give a `Network`, `show` shows one and `train` a
training; docs/python.md shows each. Nothing is imported before it is asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mlpviz.api import (
        DocumentError,
        Network,
        from_arrays,
        from_keras,
        from_sklearn,
        from_torch,
        read,
        show,
        train,
    )

__version__ = "0.1.0"
__all__ = [
    "DocumentError",
    "Network",
    "from_arrays",
    "from_keras",
    "from_sklearn",
    "from_torch",
    "read",
    "show",
    "train",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("mlpviz.api"), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
