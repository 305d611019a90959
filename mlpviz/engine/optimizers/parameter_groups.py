"""Parameter groups: which parameters a step changes, and with which learning rate and weight decay.

As in `torch.optim`: each group is stepped by itself. Parameters in no group are frozen: they keep their numbers, and so
does what the optimizer remembers of them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine.optimizers.optimizer import ETA, WEIGHT_DECAY, Optimizer, Slots
from mlpviz.engine.optimizers.tensor_layout import within
from mlpviz.engine.parameters import Array


class ParameterGroup(NamedTuple):
    """Some parameters, by their indices (K,) in the flat vector, with the learning rate of their step.

    `weight_decay` is None for that of the optimizer.
    """

    indices: NDArray[np.intp]
    learning_rate: Any
    weight_decay: float | None = None

    def configured(self, optimizer: Optimizer) -> Optimizer:
        """The optimizer with the weight decay of this group, for the whole flat vector."""
        return optimizer if self.weight_decay is None else optimizer.configure(weight_decay=self.weight_decay)

    def own(self, optimizer: Optimizer) -> Optimizer:
        """The optimizer for the parameters of this group alone."""
        found = self.configured(optimizer)
        return found if found.layout is None else found.with_layout(within(found.layout, self.indices))


def has_weight_decay(optimizer: Optimizer) -> bool:
    """Whether a group can have a weight decay of its own."""
    return WEIGHT_DECAY.name in optimizer.settings


def has_shared_rate(optimizer: Optimizer) -> bool:
    """Whether there is one learning rate for the whole network.

    It is so if the optimizer combines all parameters, as L-BFGS, or keeps one number for all that depends on the rate,
    as ASGD.
    """
    return optimizer.combines == "network" or any(
        ETA in slot.line_with(optimizer.settings).formula.symbols()
        for slot in optimizer.slots_in_use
        if not slot.per_parameter
    )


def steps_tensors(optimizer: Optimizer) -> bool:
    """Whether the step of a number reads its whole weight matrix, so that all numbers of one must be learned."""
    return optimizer.combines == "tensors"


def at_rates(groups: tuple[ParameterGroup, ...], rate_of: Callable[[Any], Any]) -> tuple[ParameterGroup, ...]:
    """The groups with the learning rate that a schedule makes of that of each."""
    return tuple(group._replace(learning_rate=rate_of(group.learning_rate)) for group in groups)


def first_slots(
    optimizer: Optimizer, params: Array, learning_rate: Any, groups: tuple[ParameterGroup, ...] | None = None
) -> Slots:
    """The slots before the first step; those that begin with the learning rate, as Rprop's, begin with the group's."""
    slots = optimizer.init(params, learning_rate=learning_rate)
    for group in groups or ():
        own = group.configured(optimizer).init(params[..., group.indices], learning_rate=group.learning_rate)
        for slot in optimizer.slots_in_use:
            if slot.per_parameter:
                slots[slot.name][..., group.indices] = own[slot.name]
    return slots


def step_groups(
    optimizer: Optimizer,
    params: Array,
    grad: Array,
    slots: Slots,
    t: int,
    groups: tuple[ParameterGroup, ...],
    **hyperparameters: Any,
) -> tuple[Array, Slots]:
    """One step of each group: new parameters (..., P) and slots. Nothing that is passed in is changed.

    A slot that is one number for the whole network is that of the last group: all groups get the same one.
    `hyperparameters` are those of this step, such as a momentum that a schedule moves; they are not checked.
    """
    new_params = params.copy()
    new_slots = {name: slot.copy() if isinstance(slot, np.ndarray) else slot for name, slot in slots.items()}
    per_parameter = {slot.name for slot in optimizer.slots if slot.per_parameter}
    for group in groups:
        at = group.indices
        own = {name: slot[..., at] if name in per_parameter else slot for name, slot in slots.items()}
        stepped, after = group.own(optimizer).step(
            params[..., at], grad[..., at], own, t, learning_rate=group.learning_rate, **hyperparameters
        )
        new_params[..., at] = stepped
        for name, slot in after.items():
            if name in per_parameter:
                new_slots[name][..., at] = slot
            else:
                new_slots[name] = slot
    return new_params, new_slots
