"""What the command line has trained, in the form of the app's runs: it learns on there to the same bits."""

from __future__ import annotations

from mlpviz.exchange.format import Format, Saving
from mlpviz.exchange.subjects import RESULTS
from mlpviz.runs.checkpoint import trained_checkpoint
from mlpviz.runs.results_json import TrainedRun


def write(trained: TrainedRun) -> bytes:
    """The file. Raises DocumentError if a cross-validation ended before its last fold."""
    return trained_checkpoint(trained).to_bytes()


FORMAT = Format(
    "trained_safetensors",
    label="trained run as safetensors",
    sentence="What the command line has trained with all that the next step depends on, as the Train page saves it.",
    suffix=".safetensors",
    media_type="application/octet-stream",
    saving=Saving(RESULTS, write, lambda _: "run"),
    needs="safetensors",
)
