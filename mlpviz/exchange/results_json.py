"""What the command line has trained, as JSON: config, curves and weights."""

from __future__ import annotations

from mlpviz.config import TRAINING_LIMITS
from mlpviz.exchange.format import Format, Opening, Saving
from mlpviz.exchange.subjects import RESULTS, RUN, SavedRun
from mlpviz.runs import Run
from mlpviz.runs.checkpoint import run_of
from mlpviz.runs.results_json import ResultsFile, TrainedRun


def read(content: bytes | str) -> SavedRun:
    """The run in the text of a file. Raises DocumentError."""
    file = ResultsFile.parse(content)
    return SavedRun([file.setup], None, lambda table: run_of(file, table), _sentence)


def _sentence(run: Run) -> str:
    return (
        f"epoch {run.progress.newest}. The file has weights, but not what the optimizer remembers: "
        "learning on begins with a fresh one and another order of the samples."
    )


def write(trained: TrainedRun) -> bytes:
    """JSON text in lines."""
    return trained.results.to_json().encode()


FORMAT = Format(
    "results_json",
    label="results as JSON",
    sentence="Config, curves and last weights of a training, per fold; not what the optimizer remembers.",
    suffix=".json",
    media_type="application/json",
    opening=Opening(RUN, read, TRAINING_LIMITS.run),
    saving=Saving(RESULTS, write, lambda _: "run"),
)
