"""MATLAB and Octave: matrices in a `.mat` file, read by their names."""

from __future__ import annotations

import io
import math
import warnings
import zlib
from collections.abc import Sequence
from typing import Any, Literal

import numpy as np

from mlpviz.exchange.imports.findings import Reading
from mlpviz.exchange.imports.foreign import ForeignFile, Import, NotThisFormatError
from mlpviz.exchange.imports.named_arrays import layers
from mlpviz.exchange.imports.operations import MOST_NUMBERS, Operation, check_count
from mlpviz.network import DocumentError
from mlpviz.schema.library import library

_NUMBERS = frozenset(
    ("double", "single", "logical", *(f"{sign}int{bits}" for sign in ("", "u") for bits in (8, 16, 32, 64)))
)


def recognises(file: ForeignFile) -> bool:
    """MATLAB's heading, or the ending."""
    return file.content[:6] == b"MATLAB" or file.ends(".mat")


def read(file: ForeignFile, reading: Reading) -> Sequence[Operation]:
    """The layers of the matrices. Raises DocumentError."""
    scipy = library("scipy.io", None)
    if b"HDF5" in file.content[:600] or b"MATLAB 7.3" in file.head(128):
        raise DocumentError(f"{file.name} is a MATLAB 7.3 file: save it with save(…, '-v7')")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # on byte orders that a damaged file claims
            listed = scipy.whosmat(io.BytesIO(file.content))
            # others may be nested to any depth; their numbers are of no use here
            names = [name for name, _, kind in listed if kind in _NUMBERS]
            check_count(sum(math.prod(shape) for name, shape, _ in listed if name in set(names)))
            check_count(_unpacked(file.content) // 8)
            found = scipy.loadmat(io.BytesIO(file.content), mat_dtype=True, variable_names=names) if names else {}
    except DocumentError:
        raise
    except (scipy.matlab.MatReadError, ValueError, TypeError, NotImplementedError, OSError, EOFError, zlib.error):
        raise NotThisFormatError("is damaged, or no MATLAB file of version 4 to 7") from None
    for name, _, kind in listed:
        if kind not in _NUMBERS:
            reading.leave_out(f"{name} is no matrix of numbers.")
    arrays: dict[str, Any] = {}
    for name, value in found.items():
        if name.startswith("__"):
            continue
        if isinstance(value, np.ndarray) and value.dtype.kind in "fiub":
            arrays[name] = value
        else:
            reading.leave_out(f"{name} is no matrix of numbers.")
    if not arrays:
        raise DocumentError(f"{file.name} has no matrices of numbers: save the weights, such as W1, b1, W2, b2")
    reading.leave_out(
        "A feedforwardnet scales x and the outputs by mapminmax; the matrices alone do not have that: x here is what "
        "the first layer reads."
    )
    return layers(arrays, reading, hidden="tanh", rows="units")


def _unpacked(content: bytes) -> int:
    """The bytes of all variables, or more than are read here; a variable may be deflated."""
    if content[:6] != b"MATLAB":
        return len(content)
    order: Literal["little", "big"] = "little" if content[126:128] == b"IM" else "big"
    total, at = 0, 128
    while at + 8 <= len(content) and total <= 8 * MOST_NUMBERS:
        kind, size = (int.from_bytes(content[start : start + 4], order) for start in (at, at + 4))
        at += 8
        room = 8 * MOST_NUMBERS + 8 - total
        total += len(zlib.decompressobj().decompress(content[at : at + size], room)) if kind == _DEFLATED else size
        at += size
    return total


_DEFLATED = 15
"""MATLAB's number for a deflated variable"""

IMPORT = Import(
    "matlab_mat",
    "MATLAB matrices",
    "Matrices W1, b1, W2, b2 or Theta1, Theta2 of a .mat file up to version 7, a row per unit; activations are asked.",
    (".mat",),
    recognises,
    read,
)
