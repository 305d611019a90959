"""MATLAB and Octave: matrices in a `.mat` file, read by their names."""

from __future__ import annotations

import io
import zlib
from collections.abc import Sequence
from typing import Any

import numpy as np

from mlpviz.exchange.imports.findings import Reading
from mlpviz.exchange.imports.foreign import ForeignFile, Import, NotThisFormatError
from mlpviz.exchange.imports.named_arrays import layers
from mlpviz.exchange.imports.operations import Operation
from mlpviz.network import DocumentError


def recognises(file: ForeignFile) -> bool:
    """MATLAB's heading, or the ending."""
    return file.content[:6] == b"MATLAB" or file.ends(".mat")


def read(file: ForeignFile, reading: Reading) -> Sequence[Operation]:
    """The layers of the matrices. Raises DocumentError."""
    from scipy.io import loadmat
    from scipy.io.matlab import MatReadError

    if b"HDF5" in file.content[:600] or b"MATLAB 7.3" in file.head(128):
        raise DocumentError(f"{file.name} is a MATLAB 7.3 file: save it with save(…, '-v7')")
    try:
        found = loadmat(io.BytesIO(file.content), mat_dtype=True, chars_as_strings=True)
    except (MatReadError, ValueError, TypeError, NotImplementedError, OSError, EOFError, zlib.error):
        raise NotThisFormatError("is damaged, or no MATLAB file of version 4 to 7") from None
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


IMPORT = Import(
    "matlab_mat",
    "MATLAB matrices",
    "Matrices W1, b1, W2, b2 or Theta1, Theta2 of a .mat file up to version 7, a row per unit; activations are asked.",
    (".mat",),
    recognises,
    read,
)
