"""Trains on MNIST as page and command line do: accuracy on test images that took no part, and the time it took.

Prints a Markdown table. Run: python -m benchmarks.mnist [key of a ready setup ...]; of few and of all images if none is
named.
"""

from __future__ import annotations

import sys
import time

from mlpviz.config import prepare
from mlpviz.data import DataError
from mlpviz.examples.trainings import TRAININGS
from mlpviz.network import DocumentError

AIMS = {"mnist_small": "> 90 %", "mnist_full": "> 98 %"}


def row(key: str) -> str:
    """One line of the table. Raises DocumentError and DataError when the images are not here."""
    begin = time.perf_counter()
    built = prepare(TRAININGS[key].setup)
    *_, last = built.run()
    seconds = time.perf_counter() - begin
    if last.test is None or last.test.metric is None or built.sets.test is None:
        raise DataError(f"{key} has no test set")
    widths = "-".join(map(str, (built.spec.inputs, *(layer.outputs for layer in built.spec.layers))))
    return (
        f"| {key}, {widths}: {last.epoch} epochs on {len(built.sets.train.x):,} images | {seconds:.0f} s | "
        f"{float(last.test.metric):.2%} of {len(built.sets.test.x):,} | {AIMS.get(key, '–')} |"
    )


def main(keys: list[str]) -> None:
    """Train and print."""
    print("| setup | takes | right on test images | aim |\n| --- | ---: | ---: | --- |", flush=True)
    for key in keys or AIMS:
        try:
            print(row(key), flush=True)
        except (DocumentError, DataError) as error:
            sys.exit(str(error))


if __name__ == "__main__":
    main(sys.argv[1:])
