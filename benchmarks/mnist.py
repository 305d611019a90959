"""Trains a multilayer perceptron on MNIST: accuracy on the real 10,000 test images, and the time it took.

Run: python -m benchmarks.mnist [key of a ready setup: mnist_full, mnist_small] [seed]
"""

from __future__ import annotations

import sys
import time

from mlpviz.content.setups import SETUPS
from mlpviz.data import DataError
from mlpviz.document import DocumentError
from mlpviz.setup import build


def main() -> None:
    """Print one line."""
    key = sys.argv[1] if len(sys.argv) > 1 else "mnist_full"
    setup = SETUPS[key].setup.replace(seed=int(sys.argv[2]) if len(sys.argv) > 2 else 0)
    begin = time.perf_counter()
    try:
        built = build(setup)
    except (DocumentError, DataError) as error:
        sys.exit(str(error))
    *_, last = built.run()
    if last.test is None or last.test.metric is None or built.sets.test is None:
        sys.exit(f"{key} has no test set")
    seconds, accuracy = time.perf_counter() - begin, float(last.test.metric)
    print(
        f"{key}: {accuracy:.2%} of {len(built.sets.test.x):,} test images after {last.epoch} epochs on "
        f"{len(built.sets.train.x):,}, {built.spec.size:,} parameters, {seconds:.0f} s"
    )


if __name__ == "__main__":
    main()
