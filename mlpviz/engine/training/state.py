"""The mutable state of a training run: one step, the order of an epoch, and snapshots.

`loop.py` decides when to stop.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine.captured_pass import PassBatch
from mlpviz.engine.dropout import DropoutMasks, check_masks, draw_masks, draws_anything
from mlpviz.engine.optimizers import Optimizer, ParameterGroup, Slots, at_rates, first_slots, step_groups
from mlpviz.engine.optimizers.captured_step import StepsInPlace
from mlpviz.engine.optimizers.optimizer import momentum_name
from mlpviz.engine.parameters import Array
from mlpviz.engine.passes import Workspace
from mlpviz.engine.spec import NetworkSpec, SpecError
from mlpviz.engine.training.dataset import Samples
from mlpviz.engine.training.evaluate import group_penalties, penalty_value
from mlpviz.engine.training.live_hyperparameters import LiveHyperparameters
from mlpviz.engine.training.nonfinite import find_nonfinite, nonfinite_parameter
from mlpviz.engine.training.plan import Plan
from mlpviz.engine.training.snapshot import Best, EpochLoss, Failure, RandomStates, Snapshot, frozen

Order = Callable[[np.random.Generator, int], NDArray[np.intp]]
"""From a random generator and N to an order of the samples: (N,) indices."""

DrawMasks = Callable[[np.random.Generator, int], DropoutMasks]
"""From a random generator and the N samples of a batch to its dropout masks, as `draw_masks` gives them."""


class State:
    """A run: parameters that change in place, and everything else that a snapshot keeps."""

    def __init__(self, spec: NetworkSpec, plan: Plan, params: Array, rng: np.random.Generator | None) -> None:
        if params.shape[-1:] != (spec.size,):
            raise SpecError(f"the network has {spec.size} parameters, {params.shape[-1] if params.ndim else 0} given")
        self.spec, self.plan = spec, plan
        self.workspace = Workspace(spec, np.array(params, dtype=plan.dtype))
        self.steps = StepsInPlace(self.workspace.params, self.workspace.grad)
        self.penalties = group_penalties(plan, spec)
        self.step = self.epoch = self.batch = 0
        self.version = 0
        self.hyperparameters: dict[str, Any] = {}
        self.optimizer: Optimizer = self._optimizer()
        self.base = self.learning_rate = plan.optimizer.settings["learning_rate"]
        watches = plan.schedule is not None and plan.schedule.start is not None
        self.plateau = plan.schedule.start(self.base) if plan.schedule and plan.schedule.start and watches else None
        self.slots = self._fresh_slots()
        self.seen = EpochLoss()
        self.best: Best | None = None
        self.average: Array | None = None
        self.averaged = 0
        self.single = params.ndim == 1
        self.order_rng, self.mask_rng = rng.spawn(2) if rng is not None else (_unused_rng(), _unused_rng())
        self.order_state = self.order_rng.bit_generator.state
        self.draw_masks: DrawMasks | None = None
        self.draws = draws_anything(spec)

    @classmethod
    def from_snapshot(cls, spec: NetworkSpec, plan: Plan, snapshot: Snapshot) -> State:
        """The state in the snapshot, to go on with this plan. Slots that the plan's optimizer has not are dropped.

        Raises SpecError if the snapshot is of another network.
        """
        state = cls(spec, plan, snapshot.params, None)
        if snapshot.buffers.shape[-1] != spec.buffer_size:
            given = snapshot.buffers.shape[-1]
            raise SpecError(f"the network has {spec.buffer_size} running statistics, the snapshot {given}")
        if spec.buffer_size:
            state.workspace.buffers[...] = snapshot.buffers
        if snapshot.hyperparameters:
            known = {each.name for each in plan.optimizer.hyperparameters}
            state._configure({name: value for name, value in snapshot.hyperparameters.items() if name in known})
        # copies, because apply_step may write into the slots and a snapshot must not change
        state.slots |= {
            name: slot.copy() if isinstance(slot, np.ndarray) else slot
            for name, slot in snapshot.slots.items()
            if name in state.slots
        }
        state.plateau = snapshot.plateau if state.plateau is not None and snapshot.plateau else state.plateau
        state.step, state.epoch, state.batch = snapshot.step, snapshot.epoch, snapshot.batch
        state.seen, state.best = snapshot.seen, snapshot.best
        if plan.average is not None:
            state.average, state.averaged = snapshot.average, snapshot.averaged
        if snapshot.learning_rate is not None:
            state.learning_rate = snapshot.learning_rate
        state.order_rng.bit_generator.state = state.order_state = dict(snapshot.random.order)
        state.mask_rng.bit_generator.state = dict(snapshot.random.masks)
        return state

    def apply_live(self, live: LiveHyperparameters) -> None:
        """Use the hyperparameters that were set since the last step."""
        if live.version != self.version:
            self.version = live.version
            # a snapshot has some of them already; to set the learning rate again would reset the plateau schedule
            changed = {
                name: value
                for name, value in live.hyperparameters.items()
                if name not in self.hyperparameters or not np.array_equal(value, self.hyperparameters[name])
            }
            if changed:
                self._configure(changed)

    def _configure(self, hyperparameters: dict[str, Any]) -> None:
        self.hyperparameters |= hyperparameters
        self.optimizer = self._optimizer()
        self.base = self.optimizer.settings["learning_rate"]
        if self.plateau is not None and "learning_rate" in hyperparameters:
            self.plateau = self.plateau._replace(learning_rate=self.base)
        fresh = self._fresh_slots()
        # before the first step there is no memory: what has been set until then is what the slots begin with
        self.slots = {name: self.slots.get(name, slot) for name, slot in fresh.items()} if self.step else fresh

    def _optimizer(self) -> Optimizer:
        """The plan's optimizer as it is set now; one whose momentum is moved keeps a memory also if it is set to 0."""
        optimizer = self.plan.optimizer
        changed = {**self.hyperparameters, **self._momentum(0)}
        return (optimizer.configure(**changed) if changed else optimizer).laid_out(self.spec.slots)

    def _fresh_slots(self) -> Slots:
        """The slots before a step, made with the learning rate of that step, as in PyTorch."""
        return first_slots(self.optimizer, self.workspace.params, self.next_rate, self._groups())

    def shuffled(self, order: Order | None, samples: int) -> NDArray[np.intp] | None:
        """The order of the current epoch: the same again when a run goes on in the middle of an epoch."""
        if not self.plan.shuffle or (order is None and self.plan.batch_size is None):
            return None
        draw = order or _permutation
        if self.single or self.plan.shuffles == "shared":
            return draw(self.order_rng, samples)
        lead = self.workspace.params.shape[:-1]
        return np.stack([draw(self.order_rng, samples) for _ in range(math.prod(lead))]).reshape(*lead, samples)

    def advance(self, batch: Samples) -> Failure | None:
        """One step: pass, penalty, clipping, update. If loss or gradient are not finite, the step is not applied."""
        with np.errstate(all="ignore"):
            return self._advance(batch)

    def advance_all(self, batches: Iterable[Samples], live: LiveHyperparameters | None) -> Failure | None:
        """A step for each batch, until one is not applied."""
        # entered once: that takes as long as four small calls of NumPy
        with np.errstate(all="ignore"):
            for batch in batches:
                if live is not None:
                    self.apply_live(live)
                if (failure := self._advance(batch)) is not None:
                    return failure
        return None

    def _advance(self, batch: Samples) -> Failure | None:
        plan, params, buffers = self.plan, self.workspace.params, self.workspace.buffers
        masks = self._masks(batch.x.shape[-2]) if self.draws else {}
        before = buffers.copy() if buffers.size else buffers
        loss: Any = self.workspace.run(PassBatch(batch.x, batch.target, masks), True)
        grad = self.workspace.grad
        if self.spec.sharing is not None:
            grad[...] = self.spec.sharing.summed(grad)
        data_loss = loss
        added: Any = 0.0
        if self.penalties:
            added = penalty_value(self.spec, self.penalties, params)
            loss = loss + added
            for penalty in self.penalties:
                grad += penalty.grad(params)
        if self.single:
            # one number shows it; all entries are checked only where the dot product may have overflowed itself
            broken = not math.isfinite(loss + grad.dot(grad)) and not (math.isfinite(loss) and np.isfinite(grad).all())
            broken = broken or bool(buffers.size and not np.isfinite(buffers).all())
        else:
            broken = not np.isfinite(loss).any()
        if broken:
            buffers[...] = before
            return self._failure(batch, masks)
        self.learning_rate, momentum = self.next_rate, self.next_momentum
        groups = self._groups()
        self.step += 1
        if groups is not None:
            self._step_groups(params, grad, groups, momentum)
        else:
            if plan.clipping is not None:
                grad[...], _ = plan.clipping.clip(grad)
            self.slots = self.steps.take(self.optimizer, self.slots, self.step, self.learning_rate, **momentum)
        self._count(batch, loss, data_loss, added)
        self._take_average("step")
        self.batch += 1
        return None

    def _step_groups(
        self, params: Array, grad: Array, groups: tuple[ParameterGroup, ...], momentum: dict[str, float]
    ) -> None:
        """The step of parameter groups; a frozen number, and any but the first place of a tied one, is in none."""
        plan, sharing = self.plan, self.spec.sharing
        if plan.clipping is not None and groups:
            learned = np.concatenate([group.indices for group in groups])
            grad[..., learned], _ = plan.clipping.clip(grad[..., learned])
        params[...], self.slots = step_groups(self.optimizer, params, grad, self.slots, self.step, groups, **momentum)
        if sharing is not None:
            params[...] = sharing.spread(params)
            per_parameter = {slot.name for slot in self.optimizer.slots_in_use if slot.per_parameter}
            self.slots = {
                name: sharing.spread(slot) if name in per_parameter else slot for name, slot in self.slots.items()
            }

    def _groups(self) -> tuple[ParameterGroup, ...] | None:
        """The groups of the next step, with its learning rates; None where all numbers are stepped as one."""
        sharing, groups = self.spec.sharing, self.plan.groups
        if groups is None:
            if sharing is None:
                return None
            groups = (ParameterGroup(sharing.learned, None),)
        return at_rates(groups, self.rate_of)

    def _take_average(self, each: str) -> None:
        """Count the present parameters in the average, if it is due."""
        average = self.plan.average
        # the epoch under way counts, and has its number only at its end
        epoch = self.epoch + (each == "step")
        if average is not None and average.each == each and epoch >= average.settings["first"]:
            self.average = average.next(self.average, self.workspace.params, self.averaged)
            self.averaged += 1

    def _count(self, batch: Samples, loss: Any, data_loss: Any, penalty: Any) -> None:
        """Add a batch to the loss of the epoch: a mean over samples weighs by them, a sum adds up."""
        samples, seen, loss_of = batch.x.shape[-2], self.seen, self.spec.loss
        if loss_of.mean_over in ("numbers", "samples"):
            self.seen = EpochLoss(seen.total + loss * samples, seen.samples + samples)
            return
        # a batch of ignored samples has a loss, but no share in the mean
        is_weighted = loss_of.mean_over == "weights"
        divisor = (
            loss_of.weight_of(batch.target)
            if is_weighted
            else loss_of.divisor(samples, self.spec.outputs, batch.target)
        )
        total = seen.total + data_loss * divisor
        adds_up = loss_of.adds_samples
        whole = divisor if adds_up else (0.0 if seen.divisor is None else seen.divisor) + divisor
        self.seen = EpochLoss(total, seen.samples + samples, whole, seen.penalty + penalty * samples)

    def _masks(self, samples: int) -> DropoutMasks:
        """The masks of one batch, separate for each network."""
        dtype = self.workspace.params.dtype
        if self.draw_masks is None:
            return draw_masks(self.spec, samples, self.mask_rng, self.workspace.params.shape[:-1], dtype)
        return check_masks(self.spec, samples, self.draw_masks(self.mask_rng, samples), dtype)

    def _failure(self, batch: Samples, masks: DropoutMasks) -> Failure:
        """The failure of the step that is not applied; of networks side by side, that of the first."""
        params, buffers = self.workspace.params, self.workspace.buffers
        x, target = batch
        return find_nonfinite(
            self.spec,
            params.reshape(-1, params.shape[-1])[0],
            Samples(_first(x), None if target is None else _first(target)),
            self.step + 1,
            {index: _first(mask) for index, mask in masks.items()},
            buffers.reshape(-1, buffers.shape[-1])[0] if buffers.size else None,
        )

    @property
    def next_rate(self) -> Any:
        """The learning rate of the next step."""
        return self.rate_of(None)

    def rate_of(self, own: float | None) -> Any:
        """The rate of the next step for parameters with this rate of their own before the schedule (None: as all)."""
        base = self.base if own is None else own
        return base if self.plan.schedule is None else self._scheduled(base)

    @property
    def next_momentum(self) -> dict[str, float]:
        """The momentum of the next step by its name in the optimizer, if the schedule moves it."""
        return self._momentum(self._done)

    def _momentum(self, done: int) -> dict[str, float]:
        schedule = self.plan.schedule
        if schedule is None or schedule.momentum is None:
            return {}
        name, found = momentum_name(self.plan.optimizer), schedule.momentum(done)
        return {name: found} if name and found is not None else {}

    def restore(self, best: Best) -> None:
        """Use the network of the best epoch."""
        self.workspace.params[...] = best.params
        self.workspace.buffers[...] = best.buffers

    @property
    def _done(self) -> int:
        """The steps or epochs that the schedule counts."""
        return self.step if self.plan.schedule_counts == "steps" else self.epoch

    def _scheduled(self, base: Any) -> Any:
        schedule, done = self.plan.schedule, self._done
        assert schedule is not None  # noqa: S101  # advance has checked
        if self.plateau is not None:
            state = self.plateau
            if base is not self.base:
                # as far below its start as the rate of the others
                state = state._replace(learning_rate=base * (state.learning_rate / self.base if self.base else 1.0))
            return schedule.learning_rate(base, done, state=state)
        return schedule.learning_rate(base, done)

    def end_epoch(self) -> Failure | None:
        """Count the epoch. The failure if its last step has given parameters that are not finite."""
        self.epoch, self.batch = self.epoch + 1, 0
        self._take_average("epoch")
        self.order_state = self.order_rng.bit_generator.state
        broken = nonfinite_parameter(self.spec, self.workspace.params) if self.single else None
        return None if broken is None else Failure(self.step, broken)

    def snapshot(self, **more: Any) -> Snapshot:
        """The present state, copied."""
        return Snapshot(
            step=self.step,
            epoch=self.epoch,
            batch=self.batch,
            params=frozen(self.workspace.params),
            slots={name: frozen(slot) for name, slot in self.slots.items()},
            buffers=frozen(self.workspace.buffers),
            random=RandomStates(self.order_state, self.mask_rng.bit_generator.state),
            plateau=self.plateau,
            best=self.best,
            average=frozen(self.average),
            averaged=self.averaged,
            seen=self.seen,
            hyperparameters=dict(self.hyperparameters),
            learning_rate=self.learning_rate if self.step else None,
            **more,
        )


def _permutation(rng: np.random.Generator, samples: int) -> NDArray[np.intp]:
    return rng.permutation(samples)


def _unused_rng() -> np.random.Generator:
    return np.random.default_rng(0)


def _first(array: Array) -> Array:
    """The rows (N, ...) of the first of the networks side by side."""
    return array.reshape(-1, *array.shape[-2:])[0]
