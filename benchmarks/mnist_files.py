"""The real MNIST files for benchmarks: where they are and what is in them. They are not part of the product.

Looks in the folder that the environment variable MLPVIZ_MNIST names, else in ../shared/mnist beside the checkout.
"""

from __future__ import annotations

import gzip
import os
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).parents[1]


class Mnist(NamedTuple):
    """Images (N, 784) from 0 to 255 and digits (N,), bytes: 60,000 to train with, 10,000 to test."""

    train_x: NDArray[np.uint8]
    train_digits: NDArray[np.uint8]
    test_x: NDArray[np.uint8]
    test_digits: NDArray[np.uint8]


def folder() -> Path | None:
    """Where the files are, None if nowhere."""
    named = os.environ.get("MLPVIZ_MNIST")
    for path in [Path(named)] if named else [ROOT.parent / "shared/mnist"]:
        if (path / "train-images-idx3-ubyte.gz").exists():
            return path
    return None


def read_mnist() -> Mnist:
    """The four files. Raises FileNotFoundError saying where they are looked for."""
    found = folder()
    if found is None:
        raise FileNotFoundError("no MNIST files: set MLPVIZ_MNIST to their folder, or put it at ../shared/mnist")
    return Mnist(
        *(
            _idx(found / f"{part}-{kind}-ubyte.gz", shape)
            for part in ("train", "t10k")
            for kind, shape in (("images-idx3", (-1, 784)), ("labels-idx1", (-1,)))
        )
    )


def _idx(path: Path, shape: tuple[int, ...]) -> NDArray[Any]:
    with gzip.open(path) as file:
        head = 16 if len(shape) == 2 else 8  # magic number and sizes
        return np.frombuffer(file.read(), np.uint8, offset=head).reshape(shape)
