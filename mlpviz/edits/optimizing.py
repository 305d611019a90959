"""Edits of the optimizer: which one, and its knobs. What it remembers is kept where the new one remembers the same."""

from __future__ import annotations

from typing import Any

from mlpviz.document import Document, DocumentError
from mlpviz.document.choice import Choice
from mlpviz.document.errors import quote
from mlpviz.document.fields import KnobName
from mlpviz.document.optimizing import RATE, OptimizerChoice
from mlpviz.edits.choices import turned
from mlpviz.edits.edited import Edited
from mlpviz.engine.optimizers import Optimizer

FORGOTTEN = "The optimizer starts anew: what it remembered of {} is gone."


def set_optimizer(document: Document, key: OptimizerChoice) -> Edited:
    """Another optimizer, which starts with nothing remembered."""
    if key == document.optimizer:
        return Edited(document)
    return _with(document, key, keeps=False)


def set_optimizer_knob(document: Document, name: KnobName, value: Any) -> Edited:
    """One knob of the optimizer, such as its momentum. Raises DocumentError for one that it has not."""
    entry = document.optimizer.entry
    known = [knob.name for knob in entry.knobs if knob.name != RATE]
    if name not in known:
        raise DocumentError(f"{entry.label} has no knob {quote(name)}, expected one of {', '.join(known)}")
    chosen = document.replace(optimizer=turned(document.optimizer, name, value), optimizer_state=None).optimizer
    return _with(document, chosen, keeps=True)


def _with(document: Document, chosen: Choice[Optimizer], keeps: bool) -> Edited:
    before, after = ([slot.name for slot in choice.entry.slots_in_use] for choice in (document.optimizer, chosen))
    state = document.optimizer_state if keeps and before == after else None
    edited = document.replace(optimizer=chosen, optimizer_state=state)
    return Edited(edited, forgotten(document, edited))


def forgotten(before: Document, after: Document) -> str | None:
    """A sentence if what the optimizer remembered was lost on the way."""
    if before.optimizer_state is None or after.optimizer_state is not None:
        return None
    return FORGOTTEN.format(f"{before.steps_taken} steps" if before.steps_taken > 1 else "one step")
