"""A small convolutional network in PyTorch, to be compared with an MLP: it learns in slices of time, like a run.

torch is imported inside functions only: it takes over a second, and may be missing.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

CHANNELS = (12, 24)
"""Two convolutions of 3 × 3; about 3,000 parameters with ten classes."""


class SmallCnn:
    """Two convolutions with ReLU, the largest value of each channel over the picture, one dense layer.

    It learns from `x` (N, height · width) and class numbers (N,); `image_shape` is (height, width). The same seed gives
    the same network. Raises ModuleNotFoundError without PyTorch.
    """

    def __init__(
        self, x: NDArray[Any], target: NDArray[np.int64], image_shape: tuple[int, int], classes: int, *,
        epochs: int = 20, seed: int = 0, clock: Callable[[], float] = time.perf_counter,
    ) -> None:  # fmt: skip
        import torch
        from torch import nn

        self.image_shape, self.epochs, self.clock = image_shape, epochs, clock
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            first, second = CHANNELS
            self.net = nn.Sequential(
                nn.Conv2d(1, first, 3, padding=1),
                nn.ReLU(),
                nn.Conv2d(first, second, 3, padding=1),
                nn.ReLU(),
                nn.AdaptiveMaxPool2d(1),
                nn.Flatten(),
                nn.Linear(second, classes),
            )
        self.batches_done = 0
        self._batches = self._learn(self._pictures(x), torch.tensor(target), np.random.default_rng(seed))
        self._per_epoch = -(-len(target) // 32)

    @property
    def parameters(self) -> int:
        """How many weights and biases it has."""
        return sum(parameter.numel() for parameter in self.net.parameters())

    @property
    def share(self) -> float:
        """From 0 to 1: how much of the epochs is done."""
        return self.batches_done / (self._per_epoch * self.epochs)

    def advance(self, seconds: float) -> bool:
        """Learn for about so long; false when all epochs are done."""
        end = self.clock() + seconds
        for _ in self._batches:
            self.batches_done += 1
            if self.clock() >= end:
                break
        return self.share < 1.0

    def _learn(self, x: Any, target: Any, rng: np.random.Generator) -> Iterator[None]:
        import torch
        from torch.nn.functional import cross_entropy

        optimizer = torch.optim.Adam(self.net.parameters(), lr=0.003)
        for _ in range(self.epochs):
            order = rng.permutation(len(target))
            for start in range(0, len(order), 32):
                picked = torch.tensor(order[start : start + 32])
                optimizer.zero_grad()
                cross_entropy(self.net(x[picked]), target[picked]).backward()
                optimizer.step()
                yield

    def predict(self, x: NDArray[Any]) -> NDArray[np.intp]:
        """The classes (N,) of pictures (N, height · width)."""
        import torch

        with torch.no_grad():
            return np.asarray(self.net(self._pictures(x)).argmax(dim=1).numpy(), np.intp)

    def _pictures(self, x: NDArray[Any]) -> Any:
        import torch

        return torch.tensor(np.asarray(x, np.float32).reshape(-1, 1, *self.image_shape))
