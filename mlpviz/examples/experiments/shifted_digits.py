"""The experiment that compares an MLP with a small convolutional network on digits shifted by a few pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine import evaluate
from mlpviz.examples.experiments.experiment import Baseline, Claim, Experiment
from mlpviz.examples.experiments.snippets import hidden, toy
from mlpviz.examples.small_cnn import SmallCnn
from mlpviz.runs import Run
from mlpviz.text.numbers import percent
from mlpviz.verify import torch_reference

if TYPE_CHECKING:
    import pandas as pd

SHIFTS = (0, 1, 2, 3)


class Convolution(Baseline):
    """The CNN, which learns from the samples of the run's only member."""

    label = "CNN"

    def __init__(self, run: Run) -> None:
        member = run.members[0]
        shape = member.built.table.image_shape
        assert shape is not None  # noqa: S101  # digits are pictures
        rows = member.built.folds[0].split.train
        target = np.array(member.built.table.target[rows])
        self.cnn = SmallCnn(member.sets.train.x, target, shape, member.built.table.outputs, seed=member.seed)

    @property
    def parameters(self) -> int:
        """How many weights and biases it has."""
        return self.cnn.parameters

    @property
    def share(self) -> float:
        """From 0 to 1: how much of its epochs is done."""
        return self.cnn.share

    def advance(self, seconds: float) -> bool:
        """Learn for about so long; false when it is done."""
        return self.cnn.advance(seconds)

    def table(self, run: Run) -> pd.DataFrame:
        """Accuracy on the test digits by shift in pixels: one row per shift, mean over the four directions."""
        import pandas as pd

        member, checkpoint = run.members[0], run.state(0).checkpoint
        test, shape = member.test, member.built.table.image_shape
        assert test is not None  # noqa: S101  # the config has a test part
        assert shape is not None  # noqa: S101
        true = member.built.table.target[member.built.folds[0].split.test]
        rows = []
        for shift in SHIFTS:
            moved = [moved_by(test.x, shape, *(shift * step for step in way)) for way in _WAYS]
            outputs = [evaluate(checkpoint.spec, checkpoint.params, x, checkpoint.buffers).a[-1] for x in moved]
            mlp = [y.argmax(axis=1) for y in outputs]
            cnn = [self.cnn.predict(x) for x in moved]
            rows.append((shift, _right(mlp, true), _right(cnn, true)))
        return pd.DataFrame(rows, columns=["shift in pixels", "MLP", "CNN"])


_WAYS = ((0, 1), (0, -1), (1, 0), (-1, 0))


def moved_by(x: NDArray[np.float64], shape: tuple[int, int], down: int, across: int) -> NDArray[np.float64]:
    """Pictures (N, height · width) moved by pixels; pixels from beyond the edge are 0."""
    pictures = x.reshape(-1, *shape)
    moved = np.zeros_like(pictures)
    to, start = [slice(None)], [slice(None)]
    for step, length in zip((down, across), shape, strict=True):
        to.append(slice(max(step, 0), length + min(step, 0)))
        start.append(slice(max(-step, 0), length + min(-step, 0)))
    moved[tuple(to)] = pictures[tuple(start)]
    return moved.reshape(x.shape)


def _right(guesses: list[NDArray[np.intp]], true: NDArray[np.int64]) -> float:
    return float(np.mean([(guess == true).mean() for guess in guesses]))


def _claim(run: Run, baseline: Baseline) -> Claim:
    table = baseline.table(run)
    mlp, cnn = table["MLP"].tolist(), table["CNN"].tolist()
    return Claim(
        min(mlp[0], cnn[0]) > 0.9 and cnn[1] > mlp[1] + 0.15 and cnn[2] > mlp[2] + 0.15,
        f"Right in place: {percent(mlp[0], 0)} MLP ({run.members[0].spec.size:,} parameters), {percent(cnn[0], 0)} CNN "
        f"({baseline.parameters:,}). Moved by one pixel: {percent(mlp[1], 0)} and {percent(cnn[1], 0)}; by two: "
        f"{percent(mlp[2], 0)} and {percent(cnn[2], 0)}.",
    )


def _no_torch() -> str:
    return "" if torch_reference.available() else "The CNN needs PyTorch, which is not installed: pip install torch."


SHIFTED = (
    Experiment(
        key="shifted_digits",
        label="MLP against a small CNN on shifted digits",
        question=(
            "Both know the digits where they were written. What do they say when the same digits move by a pixel or "
            "two?"
        ),
        look="Accuracy against shift, and how many parameters each has.",
        answer=(
            "For an MLP every pixel has weights of its own: a digit that moves by one pixel is another input "
            "altogether. A convolution looks for the same small strokes everywhere with the same weights, and the "
            "largest value of each channel says whether the stroke is there, wherever it is. So the CNN, with as many "
            "parameters, keeps much of what it knows. Strokes that leave the picture are lost to both."
        ),
        choice="",
        json_configs={
            "MLP 64-40-10": {
                "data": toy("digits"), "loss": "cross_entropy", "layers": hidden(40, activation="relu"),
                "split": {"test": 0.25, "validation": 0.1, "stratified": True}, "scaling": "none",
                "optimizer": {"key": "adam", "learning_rate": 0.003}, "batch_size": 32, "epochs": 30,
                "initializer": "kaiming_normal", "dtype": "float32",
            }
        },
        claim=_claim,
        missing=_no_torch,
        baseline=Convolution,
        source="LeCun and others 1989",
    ),
)  # fmt: skip
