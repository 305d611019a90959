"""One pass of a network at a checkpoint of a run: as a document for the score sheet, and as a trace to be checked.

The samples are those of the next batch or chosen ones.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from mlpviz.engine import Trace, run_pass
from mlpviz.engine.dropout import DropoutMasks, SlopesOf, draw_masks
from mlpviz.engine.parameters import Array
from mlpviz.engine.schedules import CLOCKED
from mlpviz.engine.training import Samples, Snapshot
from mlpviz.engine.training.state import State
from mlpviz.network import DOCUMENT_LIMITS, Document
from mlpviz.network.optimizer_state import RATE, OptimizerState
from mlpviz.runs.member import Member
from mlpviz.runs.member_state import CheckpointView
from mlpviz.runs.run import Run

FEW = 16
"""How many samples are taken of a batch that is too large for a document."""


class Batch(NamedTuple):
    """Samples as the network reads them and the dropout masks of the step; `whole` counts the samples of the batch."""

    part: Samples
    masks: DropoutMasks
    whole: int


def next_batch(member: Member, snapshot: Snapshot) -> Batch:
    """The batch of the next step after this snapshot, with the order and the masks of the run."""
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


class NextUpdate(NamedTuple):
    """What the next step of a member will do with its gradient.

    `optimizer` is its choice in JSON without the learning rate, which is that of this step; `steps` were taken, with
    these `slots`. `by_schedule`: a schedule gave the rate, and will give another: of the `base`, where it follows from
    the steps alone. Then `schedule` is its choice in JSON, with the steps done, and how many of them it counts as one.
    `own_rates` are those of the layers that have their own: before the schedule if it is given, else for this step.
    """

    optimizer: Any
    learning_rate: float
    steps: int
    slots: dict[str, Any]
    by_schedule: bool
    base: float
    own_rates: tuple[float | None, ...]
    schedule: Any = None
    schedule_step: int = 0
    schedule_every: int = 1

    def fields(self) -> dict[str, Any]:
        """The fields of a document."""
        state = OptimizerState.of(self.steps, self.slots) if self.steps else None
        found = {"optimizer": self.optimizer, "optimizer_state": state, "learning_rate": self.learning_rate}
        if self.schedule is None:
            return found
        return found | {
            "learning_rate": self.base,
            "schedule": self.schedule,
            "schedule_step": self.schedule_step,
            "schedule_every": self.schedule_every,
        }


def next_update(run: Run, member: int) -> NextUpdate:
    """The optimizer of a member as it stands at the shown checkpoint, for its next step."""
    learned = run.state(member)
    engine_run, place, snapshot = learned.engine_run, learned.place, learned.snapshot
    state = State.from_snapshot(engine_run.spec, engine_run.plan, snapshot)
    state.apply_live(engine_run.live)
    several = len(engine_run.members) > 1
    # of members that learn together a number per member is (R, 1), an array per parameter (R, P)
    rate = np.ravel(state.next_rate)
    slots = {
        slot.name: _own(state.slots[slot.name], place if several else None, slot.per_parameter)
        for slot in state.optimizer.slots_in_use
    }
    choice = learned.config.optimizer.to_json_value()
    if isinstance(choice, dict):
        choice = {name: value for name, value in choice.items() if name != RATE}
    if state.next_momentum:
        choice = {**({"key": choice} if isinstance(choice, str) else choice), **state.next_momentum}
    base, plan, config = np.ravel(state.base), engine_run.plan, learned.config
    bases = tuple(layer.learning_rate for layer in config.layers)
    found = NextUpdate(
        choice,
        float(rate[place if rate.size > 1 else 0]),
        snapshot.step,
        slots,
        plan.schedule is not None,
        float(base[place if base.size > 1 else 0]),
        tuple(None if own is None else float(np.ravel(state.rate_of(own))[0]) for own in bases),
    )
    if config.schedule is None or config.schedule.key not in CLOCKED:
        return found
    per_epoch = -(-len(engine_run.sets.train.x) // (plan.batch_size or len(engine_run.sets.train.x)))
    counts_epochs = plan.schedule_counts == "epochs"
    return found._replace(
        own_rates=bases,
        schedule=config.schedule.to_json_value(),
        schedule_step=snapshot.epoch * per_epoch + snapshot.batch if counts_epochs else snapshot.step,
        schedule_every=per_epoch if counts_epochs else 1,
    )


def _own(slot: Any, place: int | None, per_parameter: bool) -> Any:
    value = np.asarray(slot)
    if place is not None and value.ndim:
        value = value[place]
    return value if per_parameter else float(np.ravel(value)[0])


def unlike_the_run(run: Run, batch: Batch) -> str:
    """Why the sheet's update of this batch is not the run's next step to the bit; empty where it is."""
    config = run.state(run.focus).config
    if run.shows_average and run.state(run.focus).snapshot.average is not None:
        return "These are the averaged weights; the run's step starts from those that it learns."
    if config.clipping is not None:
        return "The sheet leaves out the run's clipping."
    if len(batch.part.x) < batch.whole:
        return "The run's step takes all of the batch."
    return "The run learns in float32, the sheet in float64." if config.dtype == "float32" else ""


def samples_of(member: Member, rows: list[int]) -> Samples:
    """These rows of the table (from 0) as the network reads them. Raises KeyError for a row in no part of the split."""
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
    checkpoint: CheckpointView,
    part: Samples,
    name: str,
    update: NextUpdate,
    masks: DropoutMasks | None = None,
) -> Document:
    """The network at this checkpoint with these samples; with masks in training mode, without them in evaluation mode.

    In training its update is the run's next step, if the samples are those of the next batch.

    Raises DocumentError for a network that is too large for the sheet.
    """
    training = masks is not None
    kept = {**(masks or {})}
    layers = []
    buffers = checkpoint.spec.buffer_views(np.asarray(checkpoint.buffers))
    for index, (layer, view, running) in enumerate(
        zip(member.config.layers, checkpoint.spec.views(checkpoint.params), buffers, strict=True)
    ):
        found: dict[str, Any] = {
            "weight": _rows(view.weight),
            "bias": None if view.bias is None else _rows(view.bias),
            "activation": layer.activation.to_json_value(),
            "skip": layer.skip,
            "frozen": list(layer.frozen),
            "learning_rate": update.own_rates[index],
            "weight_decay": layer.weight_decay,
            "tied_to": layer.tied_to,
            "transposed": layer.transposed,
            "one_bias": layer.one_bias,
        }
        if layer.norm is not None:
            found["norm"] = layer.norm.to_json_value()
        for tensor in ("gamma", "beta", "alpha"):
            if (numbers := getattr(view, tensor)) is not None:
                found[tensor] = _rows(numbers)
        if (slopes := kept.get(SlopesOf(index))) is not None:
            found["slopes"] = _rows(slopes)
        if running is not None:
            found |= {"running_mean": _rows(running.mean), "running_var": _rows(running.var)}
        if layer.dropout:
            width = checkpoint.spec.layers[index].outputs
            mask = kept.get(index, np.full((len(part.x), width), float(layer.dropout < 1.0)))
            found |= {"dropout": layer.dropout, "mask": mask.astype(int).tolist()}
        layers.append(found)
    return Document.parse(
        {
            "version": DOCUMENT_LIMITS.version,
            "name": name,
            "layers": layers,
            "x": _rows(part.x),
            "target": _target(member, part.target),
            "loss": member.config.loss.to_json_value(),
            **update.fields(),
            "penalty": None if member.config.penalty is None else member.config.penalty.to_json_value(),
            "penalize_biases": member.config.penalize_biases,
            "ties": [[list(place) for place in group] for group in member.config.ties],
            "mode": "training" if training else "evaluation",
        }
    )


def shown_document(run: Run, batch: Batch | None = None) -> Document:
    """The network at the shown checkpoint, of the member in focus, with the batch of its next step, or with that given.

    Raises DocumentError for a network that is too large for the sheet.
    """
    member, state = run.members[run.focus], run.state(run.focus)
    given = batch or next_batch(member, state.snapshot)
    name = f"Training, epoch {state.checkpoint.epoch}, step {state.checkpoint.step}"
    return document_of(member, state.checkpoint, given.part, name, next_update(run, run.focus), given.masks)


def verification_trace(run: Run) -> Trace:
    """The pass at the shown checkpoint, of the member in focus, over the first FEW samples of its next batch.

    In float64, whatever the run learns in: the arithmetic is to be checked, not its rounding.
    """
    shown = run.state(run.focus).checkpoint
    part, masks, _ = next_batch(run.members[run.focus], run.state(run.focus).snapshot)
    x = np.asarray(part.x[:FEW], np.float64)
    target = None if part.target is None else np.asarray(part.target[:FEW], np.float64)
    extras: dict[str, Any] = {}
    if not shown.spec.is_plain:
        kept = {layer: np.asarray(mask[:FEW], np.float64) for layer, mask in masks.items()}
        extras = {"masks": kept, "buffers": np.asarray(shown.buffers, np.float64), "training": True}
    return run_pass(shown.spec, np.asarray(shown.params, np.float64), x, target, as_read=True, **extras)


def _target(member: Member, target: Array | None) -> Any:
    if target is None:
        return None
    if member.spec.loss.target == "classes" and ((target == 0) | (target == 1)).all():
        return target.argmax(axis=-1).tolist()
    return _rows(target)


def _rows(array: Array | None) -> Any:
    return None if array is None else np.asarray(array, np.float64).tolist()
