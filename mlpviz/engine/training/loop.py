"""The training run itself: a generator of snapshots that stops when the plan says so.

The caller stops it by closing the generator, and turns knobs through `Controls`; nothing runs between two snapshots
that are asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Literal

import numpy as np

from mlpviz.engine.parameters import Array
from mlpviz.engine.spec import NetworkSpec, SpecError
from mlpviz.engine.training.dataset import DataSplits, batches
from mlpviz.engine.training.evaluate import evaluate_samples
from mlpviz.engine.training.live_hyperparameters import LiveHyperparameters
from mlpviz.engine.training.plan import Plan, PlanError
from mlpviz.engine.training.snapshot import Best, Evaluation, Failure, Snapshot, frozen
from mlpviz.engine.training.state import DrawMasks, Order, State

Redraw = Callable[[np.random.Generator], DataSplits]
"""New sets for the epoch that begins, such as another choice of validation samples."""


def run(
    spec: NetworkSpec,
    start: Array | Snapshot,
    sets: DataSplits,
    plan: Plan,
    rng: np.random.Generator | None = None,
    *,
    controls: LiveHyperparameters | None = None,
    every: Literal["epoch", "step"] = "epoch",
    order: Order | None = None,
    redraw: Redraw | None = None,
    masks: DrawMasks | None = None,
) -> Iterator[Snapshot]:
    """Train from parameters (P,), from (R, P) for R networks side by side, or on from a snapshot.

    Yields the start (unless it is a snapshot), then one snapshot per epoch or per step; the last one says why in
    `stopped`. The same start, plan and `rng` give the same numbers; a snapshot has its own chance in it.
    `order` replaces the shuffle, `masks` the chance of dropout; by default each network draws its own masks. Measures
    are taken in evaluation: running statistics, nothing dropped. A number that is not finite ends the run with a
    `failure`, before the step that it would spoil; of networks side by side all must have failed.
    Raises PlanError or SpecError when plan, sets and start do not fit together.
    """
    if every not in ("epoch", "step"):
        raise PlanError(f"every is {every!r}, expected one of epoch, step")
    state = _begin(spec, start, plan, rng)
    state.draw_masks = masks
    _check(state, sets)
    return _snapshots(state, sets, controls, every == "step", order, redraw, isinstance(start, Snapshot))


def _begin(spec: NetworkSpec, start: Array | Snapshot, plan: Plan, rng: np.random.Generator | None) -> State:
    if isinstance(start, Snapshot):
        return State.from_snapshot(spec, plan, start)
    if rng is None:
        raise PlanError("rng is None, expected a numpy.random.Generator for a run that begins")
    return State(spec, plan, np.asarray(start), rng)


def _check(state: State, sets: DataSplits) -> None:
    plan = state.plan
    if plan.stopping is not None:
        if not state.single:
            raise PlanError("stopping is given, expected None for networks side by side")
        if plan.stopping.watch == "validation" and sets.validation is None:
            raise PlanError("stopping watches the validation loss, and validation is empty")
    if sets.train.x.dtype != plan.dtype:
        raise SpecError(f"train x is {sets.train.x.dtype}, expected {np.dtype(plan.dtype)}")
    _check_batches(state.spec, plan, len(sets.train.x))


def _check_batches(spec: NetworkSpec, plan: Plan, samples: int) -> None:
    """A batch of one has no variance: with batch norm no batch of an epoch may be so small."""
    norms = [
        number for number, layer in enumerate(spec.layers, start=1) if layer.norm is not None and layer.norm.running
    ]
    if not norms or not plan.epochs:
        return
    size = plan.batch_size or samples
    why = f"expected at least 2 for the batch norm of layer {norms[0]}"
    if samples == 1:
        raise SpecError(f"train has 1 sample, {why}")
    if size == 1:
        raise PlanError(f"batch_size is 1, {why}")
    if samples % size == 1:
        raise PlanError(f"batch_size is {size}: the last batch of {samples} training samples has 1, {why}")


def _snapshots(
    state: State,
    sets: DataSplits,
    controls: LiveHyperparameters | None,
    by_step: bool,
    order: Order | None,
    redraw: Redraw | None,
    resumed: bool,
) -> Iterator[Snapshot]:
    plan = state.plan
    if not resumed:
        yield state.snapshot(**_measures(state, sets), stopped="" if plan.epochs else "all epochs done")
    while state.epoch < plan.epochs:
        if redraw is not None:
            sets = redraw(state.order_rng)
            _check_batches(state.spec, plan, len(sets.train.x))
        if not state.batch:
            state.seen = (0.0, 0)
        picked = state.shuffled(order, len(sets.train.x))
        size = plan.batch_size or len(sets.train.x)
        left = -(-len(sets.train.x) // size) - state.batch
        failure: Failure | None = None
        for batch in batches(sets.train, picked, size, state.batch):
            if controls is not None:
                state.apply_live(controls)
            failure = state.advance(batch)
            left -= 1
            if failure is not None:
                break
            if by_step and left:
                yield state.snapshot()
        failure = failure or state.end_epoch()
        if failure is not None:
            yield state.snapshot(failure=failure, stopped=failure.sentence)
            return
        measures = _measures(state, sets)
        stopped = _judge(state, measures)
        if stopped and state.best is not None and plan.stopping is not None and plan.stopping.restore_best:
            state.go_back(state.best)
            measures = _measures(state, sets)
        yield state.snapshot(**measures, stopped=stopped)
        if stopped:
            return


def _measures(state: State, sets: DataSplits) -> dict[str, Evaluation | None]:
    plan = state.plan
    wanted = {"train": sets.train if plan.measure_train else None, "validation": sets.validation, "test": sets.test}
    return {
        name: evaluate_samples(
            state.spec, state.workspace.params, state.workspace.buffers, part, state.penalties, plan.metric
        )
        for name, part in wanted.items()
    }


def _judge(state: State, measures: dict[str, Evaluation | None]) -> str:
    """Why the run ends with this epoch, or nothing; the schedule and early stopping look at the losses here."""
    plan, stopping = state.plan, state.plan.stopping
    if plan.schedule is not None and plan.schedule.observe is not None and state.plateau is not None:
        watched = measures["validation"] or measures["train"]
        metric = float(watched.loss) if watched is not None else float(np.mean(state.seen[0] / state.seen[1]))
        state.plateau = plan.schedule.observe(state.plateau, metric)
    if stopping is not None:
        watched = measures[stopping.watch]
        loss = float(watched.loss) if watched is not None else float(state.seen[0] / state.seen[1])
        state.best = _progress(state, loss, stopping.min_change)
        if state.best.bad > stopping.patience:
            return f"no progress for {state.best.bad} epochs; the best was epoch {state.best.epoch}"
    if state.epoch >= plan.epochs:
        return "all epochs done"
    return ""


def _progress(state: State, loss: float, min_change: float) -> Best:
    best: Any = state.best
    # a loss of NaN is never progress, but the first one has to be something
    if best is None or loss < best.loss - min_change:
        return Best(loss, state.epoch, 0, frozen(state.workspace.params), frozen(state.workspace.buffers))
    return best._replace(bad=best.bad + 1)
