"""Edits of the optimizer: which one, and its knobs. What it remembers is kept where the new one remembers the same."""

from __future__ import annotations

from typing import Any

from mlpviz.engine.optimizers import Optimizer
from mlpviz.network import Document, DocumentError
from mlpviz.network.edits.result import EditResult
from mlpviz.network.edits.settings import turned
from mlpviz.network.optimizer_state import RATE, OptimizerChoice
from mlpviz.schema.errors import echo
from mlpviz.schema.fields import KnobName
from mlpviz.schema.registry_choice import RegistryChoice

FORGOTTEN = "The optimizer starts anew: what it remembered of {} is gone."


def set_optimizer(document: Document, key: OptimizerChoice) -> EditResult:
    """Another optimizer, which starts with nothing remembered."""
    if key == document.optimizer:
        return EditResult(document)
    return _with(document, key, keeps=False)


def set_optimizer_hyperparameter(document: Document, name: KnobName, value: Any) -> EditResult:
    """One knob of the optimizer, such as its momentum. Raises DocumentError for one that it has not."""
    entry = document.optimizer.entry
    known = [hyperparameter.name for hyperparameter in entry.hyperparameters if hyperparameter.name != RATE]
    if name not in known:
        raise DocumentError(f"{entry.label} has no knob {echo(name)}, expected one of {', '.join(known)}")
    chosen = document.replace(optimizer=turned(document.optimizer, name, value), optimizer_state=None).optimizer
    return _with(document, chosen, keeps=True)


def _with(document: Document, chosen: RegistryChoice[Optimizer], keeps: bool) -> EditResult:
    before, after = ([slot.name for slot in choice.entry.slots_in_use] for choice in (document.optimizer, chosen))
    state = document.optimizer_state if keeps and before == after else None
    edited = document.replace(optimizer=chosen, optimizer_state=state)
    return EditResult(edited, forgotten(document, edited))


def forgotten(before: Document, after: Document) -> str | None:
    """A sentence if what the optimizer remembered was lost on the way."""
    if before.optimizer_state is None or after.optimizer_state is not None:
        return None
    return FORGOTTEN.format(f"{before.steps_taken} steps" if before.steps_taken > 1 else "one step")
