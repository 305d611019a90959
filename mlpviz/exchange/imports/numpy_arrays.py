"""NumPy files: `.npz` with weights and biases by name, `.npy` with one weight."""

from __future__ import annotations

import io
from collections.abc import Sequence

import numpy as np

from mlpviz.engine.parameters import Array
from mlpviz.exchange.imports.archives import Archive, is_zip
from mlpviz.exchange.imports.findings import Reading
from mlpviz.exchange.imports.foreign import ForeignFile, Import, NotThisFormatError
from mlpviz.exchange.imports.named_arrays import layers
from mlpviz.exchange.imports.operations import Operation
from mlpviz.exchange.whole_document import KEY, restored
from mlpviz.network import DocumentError


def recognises(file: ForeignFile) -> bool:
    """NumPy's first bytes, or a zip of such files; skops has them too, beside its schema."""
    is_arrays = file.ends(".npz") or (b".npy" in file.head(256) and b"schema.json" not in file.content)
    return file.content[:6] == b"\x93NUMPY" or (is_zip(file.head()) and is_arrays)


def read(file: ForeignFile, reading: Reading) -> Sequence[Operation]:
    """The layers of the arrays. Raises DocumentError."""
    if not is_zip(file.head()):
        return layers({"weight": _array(file.content, file.name)}, reading)
    archive = Archive(file)
    if f"{KEY}.npy" in archive:
        names = [name for name in archive.names if name != f"{KEY}.npy"]
        arrays = {name.removesuffix(".npy"): _array(archive.read(name), name) for name in names}
        reading.take(restored(_text(archive.read(f"{KEY}.npy")), arrays))
        return ()
    return layers({name.removesuffix(".npy"): _array(archive.read(name), name) for name in archive.names}, reading)


def _text(content: bytes) -> str:
    """The text in an array of one text. Raises NotThisFormatError."""
    try:
        array = np.load(io.BytesIO(content), allow_pickle=False)
    except (ValueError, OSError, EOFError, SyntaxError, MemoryError):
        raise NotThisFormatError(f"has no text at {KEY}") from None
    if not isinstance(array, np.ndarray) or array.dtype.kind != "U" or array.ndim:
        raise NotThisFormatError(f"has no text at {KEY}")
    return str(array)


def _array(content: bytes, name: str) -> Array:
    try:
        array = np.load(io.BytesIO(content), allow_pickle=False)
    except (ValueError, OSError, EOFError, SyntaxError, MemoryError):
        raise NotThisFormatError(f"has no array of numbers at {name}, or one that only unpickling would read") from None
    if not isinstance(array, np.ndarray) or array.dtype.kind not in "fiub":
        raise DocumentError(f"{name} is no array of numbers")
    return array


IMPORT = Import(
    "numpy_arrays",
    "NumPy arrays",
    "Weights and biases in an .npz by names such as W1, b1; which axis is the inputs is read off the shapes or asked, "
    "activations are asked. Pickled arrays are refused.",
    (".npz", ".npy"),
    recognises,
    read,
)
