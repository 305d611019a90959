"""The MNIST digits, read from the four IDX files of a folder. The files are not part of the package.

`mnist_download.py` fetches them, when a user asks for it.
"""

from __future__ import annotations

import gzip
import os
import sys
import zlib
from functools import lru_cache
from math import prod
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mlpviz.data.table import DataError, DataSet, Table
from mlpviz.engine.hyperparameters import Hyperparameter

Pixels = NDArray[np.uint8]

FILES = ("train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte")
"""Each may end in .gz."""

_SHAPES = ((60_000, 28, 28), (60_000,), (10_000, 28, 28), (10_000,))


class Mnist(NamedTuple):
    """Images (N, 784) and digits (N,) as bytes: 60,000 for training, 10,000 for test."""

    train_x: Pixels
    train_digits: Pixels
    test_x: Pixels
    test_digits: Pixels


def own_folder() -> Path:
    """Where fetched files are kept."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "mlpviz" / "mnist"


def folder() -> Path | None:
    """The folder that MLPVIZ_MNIST names, otherwise that of fetched files; None if it has no files."""
    named = os.environ.get("MLPVIZ_MNIST")
    path = Path(named) if named else own_folder()
    return None if _file(path, FILES[0]) is None else path


def missing_sentence() -> str:
    """What to do where there are no files."""
    if sys.platform == "emscripten":
        return "MNIST is too large for Python in a browser: open it in the app"
    return (
        "MNIST is not on this computer: fetch it with python -m mlpviz fetch mnist, or put its four IDX files into "
        f"{own_folder()} or the folder that MLPVIZ_MNIST names"
    )


@lru_cache(maxsize=1)
def read_mnist(path: Path) -> Mnist:
    """The four files of a folder, plain or gzipped, kept for the next call. Raises DataError that names the file."""
    first, digits, second, test_digits = (read_idx(path, *each) for each in zip(FILES, _SHAPES, strict=True))
    # all images in one array, so that a table of all of them needs no copy
    images = np.concatenate([first, second])
    for array in (images, digits, test_digits):
        array.flags.writeable = False
    return Mnist(images[: len(first)], digits, images[len(first) :], test_digits)


def read_idx(path: Path, name: str, shape: tuple[int, ...]) -> Pixels:
    """The bytes of one IDX file: (N,) labels, or images as rows (N, height · width).

    Raises DataError for a file that is missing, damaged, or of another kind or size.
    """
    file = _file(path, name)
    if file is None:
        raise DataError(f"MNIST: {name} is missing in {path}, expected all of {', '.join(FILES)}")
    head, size = 4 + 4 * len(shape), prod(shape)
    try:
        with gzip.open(file) if file.suffix == ".gz" else file.open("rb") as stream:
            # one byte more than it should have is enough to see that it is too long
            content = stream.read(head + size + 1)
    except (OSError, EOFError, zlib.error) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "it is damaged"
        raise DataError(f"MNIST: {file.name} cannot be read: {reason.lower()}") from None
    # two bytes 0, 8 for unsigned bytes, the number of axes, then the length of each
    expected = bytes([0, 0, 8, len(shape)]) + b"".join(length.to_bytes(4, "big") for length in shape)
    if content[:4] != expected[:4]:
        raise DataError(f"MNIST: {file.name} begins with {content[:4].hex()}, expected {expected[:4].hex()}")
    found = tuple(int.from_bytes(content[place : place + 4], "big") for place in range(4, head, 4))
    if found != shape:
        raise DataError(f"MNIST: {file.name} says it holds {_product(found)}, expected {_product(shape)}")
    if len(content) != head + size:
        more = "more" if len(content) > head + size else f"{len(content) - head:,}"
        raise DataError(f"MNIST: {file.name} holds {more} bytes after its head, expected {size:,}")
    return np.frombuffer(content, np.uint8, offset=head).reshape(shape[0], -1).squeeze().copy()


def _product(shape: tuple[int, ...]) -> str:
    return " × ".join(map(str, shape))


def _file(path: Path, name: str) -> Path | None:
    # some copies have a dot for the hyphen before idx
    names = (f"{name}.gz", name, name.replace("-idx", ".idx"), f"{name.replace('-idx', '.idx')}.gz")
    return next((path / each for each in names if (path / each).is_file()), None)


def _make(rng: np.random.Generator, *, train: int, test: int) -> Table:
    found = folder()
    if found is None:
        raise DataError(missing_sentence())
    mnist = read_mnist(found)
    learn, check = _chosen(rng, len(mnist.train_x), train), _chosen(rng, len(mnist.test_x), test)
    return Table(
        _images(mnist, learn, check),
        np.concatenate([mnist.train_digits[learn], mnist.test_digits[check]]).astype(np.int64),
        "classes",
        tuple(f"pixel {row}, {column}" for row in range(1, 29) for column in range(1, 29)),
        tuple(map(str, range(10))),
        (28, 28),
        own_test=test,
    )


def _images(mnist: Mnist, learn: NDArray[np.int64], check: NDArray[np.int64]) -> Pixels:
    """The chosen images in one read-only array, which the table takes without a copy."""
    whole = mnist.train_x.base
    if whole is not None and whole is mnist.test_x.base and len(whole) == len(learn) + len(check):
        return whole
    x = np.concatenate([mnist.train_x[learn], mnist.test_x[check]])
    x.flags.writeable = False
    return x


def _chosen(rng: np.random.Generator, samples: int, count: int) -> NDArray[np.int64]:
    return np.sort(rng.choice(samples, count, replace=False))


MNIST = DataSet(
    key="mnist",
    label="MNIST 28 × 28",
    task="classes",
    sentence="70,000 handwritten digits, 784 pixels from 0 to 255; 10,000 of them are its own test set.",
    source="LeCun, Cortes and Burges 1998",
    make=_make,
    hyperparameters=(
        Hyperparameter(
            "train", "images to learn", 5_000, 10, 60_000, "int", "How many of the 60,000, drawn by the seed."
        ),
        Hyperparameter("test", "images to test", 1_000, 1, 10_000, "int", "How many of the 10,000, drawn by the seed."),
    ),
)
