"""A moment of a run as a document for the score sheet: its network, with the next batch or with chosen samples.

Refuses to open it.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from mlpviz.engine.dropout import DropoutMasks, draw_masks
from mlpviz.engine.parameters import Array
from mlpviz.engine.training import Samples, Snapshot
from mlpviz.engine.training.state import State
from mlpviz.network import DOCUMENT_LIMITS, Document
from mlpviz.runs.member import Member
from mlpviz.runs.run_status import CheckpointView

FEW = 16
"""Samples that are taken of a batch that is too large for a document: more columns than this nobody reads."""


class Batch(NamedTuple):
    """Samples as the network reads them, the dropout masks of the step, and of how many samples they are the first."""

    part: Samples
    masks: DropoutMasks
    whole: int


def next_batch(member: Member, snapshot: Snapshot) -> Batch:
    """What the next step after this snapshot learns from, in the very order and with the very masks of the run."""
    state = State.from_snapshot(member.spec, member.plan, snapshot)
    sets = member.sets if member.redraw is None else member.redraw(state.order_rng)
    samples = len(sets.train.x)
    order = state.shuffled(None, samples)
    picked = np.arange(samples) if order is None else order.reshape(-1, samples)[0]
    size = member.plan.batch_size or samples
    rows = picked[state.batch * size : (state.batch + 1) * size]
    masks = draw_masks(member.spec, len(rows), state.mask_rng)
    whole = len(rows)
    if whole > DOCUMENT_LIMITS.samples:
        rows, masks = rows[:FEW], {layer: mask[:FEW] for layer, mask in masks.items()}
    x, target = sets.train
    return Batch(Samples(x[rows], None if target is None else target[rows]), masks, whole)


def samples_of(member: Member, rows: list[int]) -> Samples:
    """These rows of the table (from 0) as the lane's network reads them. Raises LookupError for a row of no part."""
    fold = member.built.folds[member.fold]
    places: dict[int, tuple[Samples, int]] = {}
    for name in ("train", "validation", "test"):
        part = getattr(fold.sets, name)
        places |= {int(row): (part, place) for place, row in enumerate(getattr(fold.split, name))}
    found = [places[row] for row in rows]
    targets = [part.target[place] for part, place in found if part.target is not None]
    return Samples(np.stack([part.x[place] for part, place in found]), np.stack(targets))


def document_of(
    member: Member,
    moment: CheckpointView,
    part: Samples,
    name: str,
    learning_rate: float,
    masks: DropoutMasks | None = None,
) -> Document:
    """The network at this moment with these samples; with masks as in training, without them as in evaluation.

    Raises DocumentError for a network that is too large for the sheet.
    """
    training = masks is not None
    kept = {**(masks or {})}
    layers = []
    buffers = moment.spec.buffer_views(np.asarray(moment.buffers))
    for index, (layer, view, running) in enumerate(
        zip(member.setup.layers, moment.spec.views(moment.params), buffers, strict=True)
    ):
        found: dict[str, Any] = {
            "weight": _rows(view.weight),
            "bias": None if view.bias is None else _rows(view.bias),
            "activation": layer.activation.to_json_value(),
            "skip": layer.skip,
        }
        if layer.norm is not None:
            found["norm"] = layer.norm.to_json_value()
            found |= {"gamma": _rows(view.gamma), "beta": _rows(view.beta)} if view.gamma is not None else {}
        if running is not None:
            found |= {"running_mean": _rows(running.mean), "running_var": _rows(running.var)}
        if layer.dropout:
            width = moment.spec.layers[index].outputs
            mask = kept.get(index, np.ones((len(part.x), width)))
            found |= {"dropout": layer.dropout, "mask": mask.astype(int).tolist()}
        layers.append(found)
    return Document.parse(
        {
            "version": DOCUMENT_LIMITS.version,
            "name": name,
            "layers": layers,
            "x": _rows(part.x),
            "target": _target(member, part.target),
            "loss": member.setup.loss.to_json_value(),
            "learning_rate": float(learning_rate),
            "mode": "training" if training else "evaluation",
        }
    )


def _target(member: Member, target: Array | None) -> Any:
    if target is None:
        return None
    if member.spec.loss.target == "classes" and ((target == 0) | (target == 1)).all():
        return target.argmax(axis=-1).tolist()
    return _rows(target)


def _rows(array: Array | None) -> Any:
    return None if array is None else np.asarray(array, np.float64).tolist()
