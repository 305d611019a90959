"""Repeats a published training run: 400 epochs on 1,000 MNIST images, every cost and every count of right answers.

Prints the largest difference and the time. Run: python -m benchmarks.nielsen [epochs]
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from mlpviz.data.mnist import folder, missing_sentence, read_mnist
from mlpviz.engine import ACTIVATIONS, LOSSES, OPTIMIZERS, LayerSpec, NetworkSpec
from mlpviz.engine.parameters import Array
from mlpviz.engine.training import DataSplits, Plan, train

CASE = Path(__file__).parents[1] / "tests/cases/nielsen_mnist_1000_overfitting.json"
SEED = 12345678
# the cross-entropy of each output, added up; sigmoid is inside the loss
SPEC = NetworkSpec(
    (LayerSpec(784, 30, ACTIVATIONS["sigmoid"]), LayerSpec(30, 10, ACTIVATIONS["identity"])),
    LOSSES["bce_with_logits"].configure(reduction="sum"),
)


class Epoch(NamedTuple):
    """What is published of one epoch, and what we find."""

    train_cost: float
    test_cost: float
    train_right: int
    test_right: int


def first_parameters() -> Array:
    """Biases before weights, drawn after a set that the original throws away."""
    chance = np.random.RandomState(SEED)  # the original's generator
    shapes = [(30, 784), (10, 30)]
    for _ in range(2):
        biases = [chance.randn(outputs) for outputs, _ in shapes]
        weights = [chance.randn(*shape) for shape in shapes]
    return SPEC.flatten(list(zip(weights, biases, strict=True)))


class Shuffle:
    """The shuffle of Python 2, which goes on from the order of the epoch before."""

    def __init__(self, samples: int) -> None:
        self.chance, self.order = random.Random(SEED), np.arange(samples)  # noqa: S311  # the original's generator

    def __call__(self, _rng: np.random.Generator, samples: int) -> NDArray[np.intp]:
        """The next order (N,)."""
        for i in reversed(range(1, samples)):
            j = int(self.chance.random() * (i + 1))
            self.order[[i, j]] = self.order[[j, i]]
        return self.order.copy()


def repeat(case: dict[str, Any], epochs: int) -> Iterator[Epoch]:
    """Our epochs, one by one."""
    found, samples = folder(), case["n_train"]
    if found is None:
        sys.exit(missing_sentence())
    mnist = read_mnist(found)

    def scaled(images: NDArray[np.uint8]) -> Array:
        return (images.astype(np.float32) / np.float32(256)).astype(float)

    sets = DataSplits.of(
        SPEC,
        (scaled(mnist.train_x[:samples]), np.eye(10)[mnist.train_digits[:samples]]),
        test=(scaled(mnist.test_x), np.eye(10)[mnist.test_digits]),
    )
    plan = Plan(
        # the original averages over its mini-batch of 10
        optimizer=OPTIMIZERS["sgd"].configure(learning_rate=case["eta"] / 10),
        batch_size=10,
        epochs=epochs,
        metric=lambda y, t: (y.argmax(axis=-1) == t.argmax(axis=-1)).sum(axis=-1),
    )
    start, order = first_parameters(), Shuffle(samples)
    for snapshot in train(SPEC, start, sets, plan, np.random.default_rng(), order=order):
        if snapshot.epoch and snapshot.train is not None and snapshot.test is not None:
            yield Epoch(
                float(snapshot.train.loss) / samples,
                float(snapshot.test.loss) / len(mnist.test_x),
                int(snapshot.train.metric or 0),
                int(snapshot.test.metric or 0),
            )


def published(case: dict[str, Any]) -> list[Epoch]:
    """The epochs of the original."""
    names = ("train_cost", "test_cost", "train_acc", "test_acc_of_10000")
    return [Epoch(*row) for row in zip(*(case["expected"][name] for name in names), strict=True)]


def main() -> None:
    """Print one line."""
    case = json.loads(CASE.read_text())
    epochs = int(sys.argv[1]) if len(sys.argv) > 1 else case["epochs"]
    begin = time.perf_counter()
    ours, theirs = list(repeat(case, epochs)), published(case)[:epochs]
    seconds = time.perf_counter() - begin
    cost = max(abs(a - b) for o, t in zip(ours, theirs, strict=True) for a, b in zip(o[:2], t[:2], strict=True))
    counts = max(abs(a - b) for o, t in zip(ours, theirs, strict=True) for a, b in zip(o[2:], t[2:], strict=True))
    print(f"{epochs} epochs in {seconds:.0f} s: costs differ by at most {cost:.1e}, right answers by at most {counts}")


if __name__ == "__main__":
    main()
