"""The training loop: a generator of snapshots that ends when the plan says so.

The caller may stop it by closing the generator, and may change the optimizer's settings through `LiveHyperparameters`.
Nothing is computed until the caller asks for the next snapshot.
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
from mlpviz.engine.training.snapshot import Best, EpochLoss, Evaluation, Failure, Snapshot, frozen
from mlpviz.engine.training.state import DrawMasks, Order, State

Redraw = Callable[[np.random.Generator], DataSplits]
"""New splits for the next epoch, such as another choice of validation samples."""

ALL_DONE = "all epochs done"
"""Why a training stopped that did what was planned."""


def train(
    spec: NetworkSpec,
    start: Array | Snapshot,
    splits: DataSplits,
    plan: Plan,
    rng: np.random.Generator | None = None,
    *,
    live: LiveHyperparameters | None = None,
    every: Literal["epoch", "step"] = "epoch",
    order: Order | None = None,
    redraw: Redraw | None = None,
    masks: DrawMasks | None = None,
) -> Iterator[Snapshot]:
    """Train from parameters (P,), from (R, P) of R networks side by side, or go on from a snapshot.

    Yields the start (unless it is a snapshot), then one snapshot per epoch or per step; `stopped` of the last one says
    why it is the last. The same start, plan and `rng` give the same numbers; a snapshot contains its own random states.
    `order` replaces the shuffle, `masks` the random dropout masks; by default each network draws its own. Splits are
    evaluated with running statistics and without dropout. A number that is not finite ends the run with a `failure`
    before the step is applied; of networks side by side, when all have failed.
    Raises PlanError or SpecError if plan, splits and start do not fit together.
    """
    if every not in ("epoch", "step"):
        raise PlanError(f"every is {every!r}, expected one of epoch, step")
    state = _begin(spec, start, plan, rng)
    state.draw_masks = masks
    _check(state, splits)
    return _snapshots(state, splits, live, every == "step", order, redraw, isinstance(start, Snapshot))


def _begin(spec: NetworkSpec, start: Array | Snapshot, plan: Plan, rng: np.random.Generator | None) -> State:
    if isinstance(start, Snapshot):
        return State.from_snapshot(spec, plan, start)
    if rng is None:
        raise PlanError("rng is None, expected a numpy.random.Generator for a run that begins")
    return State(spec, plan, np.asarray(start), rng)


def _check(state: State, splits: DataSplits) -> None:
    plan = state.plan
    if plan.stopping is not None:
        if not state.single:
            raise PlanError("stopping is given, expected None for networks side by side")
        if plan.stopping.watch == "validation" and splits.validation is None:
            raise PlanError("stopping watches the validation loss, and validation is empty")
    if splits.train.x.dtype != plan.dtype:
        raise SpecError(f"train x is {splits.train.x.dtype}, expected {np.dtype(plan.dtype)}")
    _check_batches(state.spec, plan, len(splits.train.x))


def _check_batches(spec: NetworkSpec, plan: Plan, samples: int) -> None:
    """A batch of one sample has no variance: raises an error if batch norm would get one."""
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
    splits: DataSplits,
    live: LiveHyperparameters | None,
    by_step: bool,
    order: Order | None,
    redraw: Redraw | None,
    resumed: bool,
) -> Iterator[Snapshot]:
    plan = state.plan
    if not resumed:
        yield state.snapshot(**_evaluations(state, splits), stopped="" if plan.epochs else ALL_DONE)
    while state.epoch < plan.epochs:
        if redraw is not None:
            splits = redraw(state.order_rng)
            _check_batches(state.spec, plan, len(splits.train.x))
        if not state.batch:
            state.seen = EpochLoss()
        picked = state.shuffled(order, len(splits.train.x))
        size = plan.batch_size or len(splits.train.x)
        left = -(-len(splits.train.x) // size) - state.batch
        failure: Failure | None = None
        every_batch = batches(splits.train, picked, size, state.batch)
        if not by_step:
            failure = state.advance_all(every_batch, live)
        for batch in every_batch if by_step else ():
            if live is not None:
                state.apply_live(live)
            failure = state.advance(batch)
            left -= 1
            if failure is not None:
                break
            if left:
                yield state.snapshot()
        failure = failure or state.end_epoch()
        if failure is not None:
            yield state.snapshot(failure=failure, stopped=failure.sentence)
            return
        evaluations = _evaluations(state, splits)
        stopped = _stop_reason(state, evaluations)
        if stopped and state.best is not None and plan.stopping is not None and plan.stopping.restore_best:
            state.restore(state.best)
            evaluations = _evaluations(state, splits)
        yield state.snapshot(**evaluations, stopped=stopped)
        if stopped:
            return


def _evaluations(state: State, splits: DataSplits) -> dict[str, Evaluation | None]:
    plan = state.plan
    splits_by_name = {
        "train": splits.train if plan.measure_train else None,
        "validation": splits.validation,
        "test": splits.test,
    }
    measures = {
        name: evaluate_samples(
            state.spec, state.workspace.params, state.workspace.buffers, samples, state.penalties, plan.metric
        )
        for name, samples in splits_by_name.items()
    }
    measures["average_measure"] = _evaluate_average(state, splits)
    return measures


def _evaluate_average(state: State, splits: DataSplits) -> Evaluation | None:
    """The measure of the averaged network on validation samples, or on training samples without any."""
    if state.average is None:
        return None
    samples = splits.validation or (splits.train if state.plan.measure_train else None)
    return evaluate_samples(
        state.spec, state.average, state.workspace.buffers, samples, state.penalties, state.plan.metric
    )


def _stop_reason(state: State, evaluations: dict[str, Evaluation | None]) -> str:
    """Why the run ends after this epoch, or nothing. Updates the schedule's state and that of early stopping."""
    plan, stopping = state.plan, state.plan.stopping
    if plan.schedule is not None and plan.schedule.observe is not None and state.plateau is not None:
        watched = evaluations["validation"] or evaluations["train"]
        metric = float(watched.loss) if watched is not None else float(np.mean(state.seen.mean))
        state.plateau = plan.schedule.observe(state.plateau, metric)
    if stopping is not None:
        watched = evaluations[stopping.watch]
        loss = float(watched.loss) if watched is not None else float(state.seen.mean)
        state.best = _progress(state, loss, stopping.min_change)
        if state.best.bad > stopping.patience:
            return f"no progress for {state.best.bad} epochs; the best was epoch {state.best.epoch}"
    if state.epoch >= plan.epochs:
        return ALL_DONE
    return ""


def _progress(state: State, loss: float, min_change: float) -> Best:
    best: Any = state.best
    # a loss of NaN is never progress, but the first one is kept whatever it is
    if best is None or loss < best.loss - min_change:
        return Best(loss, state.epoch, 0, frozen(state.workspace.params), frozen(state.workspace.buffers))
    return best._replace(bad=best.bad + 1)
