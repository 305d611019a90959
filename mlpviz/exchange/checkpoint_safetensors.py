"""A run as a safetensors file, from which it learns on to the same bits."""

from __future__ import annotations

from mlpviz.config import TRAINING_LIMITS
from mlpviz.exchange.format import Format, Opening, Saving
from mlpviz.exchange.subjects import RUN, LiveRun, SavedRun
from mlpviz.runs import Run
from mlpviz.runs.checkpoint import open_checkpoint, save_checkpoint
from mlpviz.runs.checkpoint_format import SavedCheckpoint
from mlpviz.runs.tensor_file import is_tensor_file


def read(content: bytes | str) -> SavedRun:
    """The run in the bytes of a file. Raises DocumentError."""
    file = SavedCheckpoint.parse(content if isinstance(content, bytes) else content.encode())
    return SavedRun(file.head.setups, file.content, lambda table: open_checkpoint(file, table), _sentence)


def _sentence(run: Run) -> str:
    networks = f", {len(run.members)} networks" if len(run.members) > 1 else ""
    return f"epoch {run.progress.newest}{networks}. It learns on as if it had never stopped."


def write(live: LiveRun) -> bytes:
    """The shown moment of the run. Raises RunError if no network has finite weights."""
    return save_checkpoint(live.run, live.csv).to_bytes()


def stem(live: LiveRun) -> str:
    """How many networks the run has, and at which epoch it is."""
    members = range(len(live.run.members))
    epoch = max(live.run.state(member).checkpoint.epoch for member in members)
    several = f"-{len(members)}-networks" if len(members) > 1 else ""
    return f"run{several}-epoch-{epoch}"


FORMAT = Format(
    "checkpoint_safetensors",
    label="run as safetensors",
    sentence="A run of one or several networks at one moment, with all that the next step depends on; "
    "of the past, the curves only.",
    suffix=".safetensors",
    media_type="application/octet-stream",
    opening=Opening(RUN, read, TRAINING_LIMITS.run, is_tensor_file),
    saving=Saving(RUN, write, stem),
    needs="safetensors",
)
