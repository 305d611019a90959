"""MNIST over the network: scikit-learn's fetch_openml, written as IDX files for `mnist.py`.

Only a user's request starts it.
"""

from __future__ import annotations

import gzip
import shutil
import tempfile
import threading
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from mlpviz.data.mnist import FILES, Mnist, missing_sentence, own_folder
from mlpviz.data.table import DataError

DIGESTS = (
    "741c988805d008ac6e4c904b69001ba184c24b2c540a4ef403f4c71b676cf757",
    "1feba77c54802fa5339a11837ea4b2866434b83314ec45192930f1df69120c13",
    "6d87418db22cc8025d05968bec9bd5c3932904b23485740db143a061a2c9d161",
    "ddeff807876a9661a1110d45c266c86239a3a1b7d37da0c3716a7a683c852ff5",
)
"""SHA-256 of the numbers of each published file, without its head"""

TOTAL = 16_000_000
"""bytes that are fetched, about"""


class Progress(NamedTuple):
    """How far the fetch is: bytes so far; `done` once the files are written."""

    bytes: int
    done: bool = False

    @property
    def share(self) -> float:
        """From 0 to 1, an estimate until it is done."""
        return 1.0 if self.done else min(self.bytes / TOTAL, 0.99)


def fetch_mnist(into: Path | None = None, every: float = 0.25) -> Iterator[Progress]:
    """Fetch the digits and write the four files into the folder; yields the progress every so many seconds.

    Raises DataError when there is no network, or what arrives is not MNIST; the folder is then as it was.
    """
    into = own_folder() if into is None else into
    into.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=into.parent) as scratch:
        home = Path(scratch) / "openml"
        result: dict[str, Any] = {}
        # fetch_openml reports no progress: it runs in a thread, and the size of its files is the progress
        thread = threading.Thread(target=_fetch, args=(home, result), daemon=True)
        thread.start()
        while thread.is_alive():
            thread.join(every)
            yield Progress(_size(home))
        error = result.get("error")
        if error is not None:
            raise DataError(f"MNIST could not be fetched ({type(error).__name__}). {missing_sentence()}")
        mnist = _checked(result["found"])
        written = Path(scratch) / "mnist"
        write_idx(mnist, written)
        shutil.rmtree(into, ignore_errors=True)
        written.rename(into)
    yield Progress(TOTAL, done=True)


def _fetch(home: Path, result: dict[str, Any]) -> None:
    try:
        from sklearn.datasets import fetch_openml

        result["found"] = fetch_openml("mnist_784", version=1, as_frame=False, data_home=str(home), n_retries=1)
    except Exception as error:  # any failure of network, proxy or server becomes one sentence of the caller
        result["error"] = error


def _checked(found: Any) -> Mnist:
    x, digits = np.asarray(found.data), np.asarray(found.target)
    if x.shape != (70_000, 784) or digits.shape != (70_000,):
        raise DataError(f"MNIST: what was fetched has {x.shape[0]} rows, expected 70000")
    pixels, labels = x.astype(np.uint8), digits.astype(np.uint8)
    if not (pixels == x).all() or labels.max() > 9:
        raise DataError("MNIST: what was fetched is no table of bytes and digits")
    mnist = Mnist(pixels[:60_000], labels[:60_000], pixels[60_000:], labels[60_000:])
    for name, array, digest in zip(FILES, mnist, DIGESTS, strict=True):
        if sha256(array.tobytes()).hexdigest() != digest:
            raise DataError(f"MNIST: the numbers for {name} are others than those published (their SHA-256 differs)")
    return mnist


def write_idx(mnist: Mnist, into: Path) -> None:
    """Write the four gzipped files into a new folder."""
    into.mkdir(parents=True)
    for name, array in zip(FILES, mnist, strict=True):
        shape = (len(array), 28, 28) if array.ndim == 2 else array.shape
        head = bytes([0, 0, 8, len(shape)]) + b"".join(length.to_bytes(4, "big") for length in shape)
        with gzip.open(into / f"{name}.gz", "wb", compresslevel=6) as file:
            file.write(head + np.ascontiguousarray(array).tobytes())


def _size(home: Path) -> int:
    total = 0
    for path in home.rglob("*"):
        try:
            total += path.stat().st_size if path.is_file() else 0
        except OSError:  # a temporary file that was removed meanwhile
            continue
    return total
