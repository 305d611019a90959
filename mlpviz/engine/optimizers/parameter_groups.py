"""Parameter groups: which parameters a step changes, and with which learning rate and weight decay.

As in `torch.optim`: each group is stepped by itself. Parameters in no group are frozen: they keep their numbers, and so
does what the optimizer remembers of them.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine.optimizers.optimizer import ETA, WEIGHT_DECAY, Optimizer, Slots
from mlpviz.engine.parameters import Array


class ParameterGroup(NamedTuple):
    """Some parameters, by their indices (K,) in the flat vector, with the learning rate of their step.

    `weight_decay` is None for that of the optimizer.
    """

    indices: NDArray[np.intp]
    learning_rate: Any
    weight_decay: float | None = None

    def configured(self, optimizer: Optimizer) -> Optimizer:
        """The optimizer with the weight decay of this group."""
        return optimizer if self.weight_decay is None else optimizer.configure(weight_decay=self.weight_decay)


def has_weight_decay(optimizer: Optimizer) -> bool:
    """Whether a group can have a weight decay of its own."""
    return WEIGHT_DECAY.name in optimizer.settings


def has_shared_rate(optimizer: Optimizer) -> bool:
    """Whether the optimizer keeps one number for the whole network that depends on the learning rate, as ASGD does."""
    return any(
        ETA in slot.line_with(optimizer.settings).formula.symbols()
        for slot in optimizer.slots_in_use
        if not slot.per_parameter
    )


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
    optimizer: Optimizer, params: Array, grad: Array, slots: Slots, t: int, groups: tuple[ParameterGroup, ...]
) -> tuple[Array, Slots]:
    """One step of each group: new parameters (..., P) and slots. Nothing that is passed in is changed.

    A slot that is one number for the whole network is that of the last group: all groups get the same one.
    """
    new_params = params.copy()
    new_slots = {name: slot.copy() if isinstance(slot, np.ndarray) else slot for name, slot in slots.items()}
    per_parameter = {slot.name for slot in optimizer.slots if slot.per_parameter}
    for group in groups:
        at = group.indices
        own = {name: slot[..., at] if name in per_parameter else slot for name, slot in slots.items()}
        stepped, after = group.configured(optimizer).step(
            params[..., at], grad[..., at], own, t, learning_rate=group.learning_rate
        )
        new_params[..., at] = stepped
        for name, slot in after.items():
            if name in per_parameter:
                new_slots[name][..., at] = slot
            else:
                new_slots[name] = slot
    return new_params, new_slots
