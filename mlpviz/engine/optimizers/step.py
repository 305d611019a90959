"""One step of an optimizer with everything that belongs to it: arguments, parameter groups, penalty and results."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from mlpviz.engine.optimizers.optimizer import Optimizer, Slots
from mlpviz.engine.optimizers.parameter_groups import ParameterGroup, step_groups
from mlpviz.engine.optimizers.sgd import is_plain
from mlpviz.engine.parameters import Array
from mlpviz.engine.regularization import Penalty
from mlpviz.engine.ties import Sharing


class OptimizerStep(NamedTuple):
    """One step with its arguments and results: `params`, `grad` and `new_params` are (P,), t counts from 1.

    `learning_rate` is that of this step; the settings of the optimizer may have another. `groups` is None where all
    parameters are stepped together. `grad` is what the step follows: with a `penalty` the gradient of the loss plus
    that of the penalty; `loss_grad` and `penalty_grad` are its two parts. With `sharing` every place of a shared number
    has the sum over its uses in `grad` and `loss_grad`; `use_grad` has the part of each use.
    """

    optimizer: Optimizer
    learning_rate: float
    t: int
    params: Array
    grad: Array
    slots: Slots
    new_params: Array
    new_slots: Slots
    groups: tuple[ParameterGroup, ...] | None = None
    penalty: Penalty | None = None
    loss_grad: Array | None = None
    penalty_grad: Array | None = None
    sharing: Sharing | None = None
    use_grad: Array | None = None

    def group_of(self, index: int) -> ParameterGroup | None:
        """The group of a parameter, by its index in the flat vector; None if it is frozen."""
        if self.groups is None:
            return ParameterGroup(np.arange(self.params.size), self.learning_rate)
        if self.sharing is not None:
            index = int(self.sharing.first[index])
        return next((group for group in self.groups if index in group.indices), None)

    def groups_or(self, whole: ParameterGroup) -> tuple[ParameterGroup, ...]:
        """The groups, or one for all parameters."""
        return (whole,) if self.groups is None else self.groups

    @property
    def is_plain(self) -> bool:
        """Whether every parameter that is not frozen goes against the gradient of the loss, times a learning rate."""
        own = self.groups or ()
        return is_plain(self.optimizer) and self.penalty is None and not any(group.weight_decay for group in own)

    def after(self, params: Array, grad: Array) -> OptimizerStep:
        """The step after this one, from the gradient (P,) of the loss there."""
        return take_step(
            self.optimizer, self.learning_rate, params, grad, self.new_slots, self.t + 1, self.groups, self.penalty,
            self.sharing,
        )  # fmt: skip


def take_step(
    optimizer: Optimizer,
    learning_rate: float,
    params: Array,
    grad: Array,
    slots: Slots,
    t: int,
    groups: tuple[ParameterGroup, ...] | None = None,
    penalty: Penalty | None = None,
    sharing: Sharing | None = None,
) -> OptimizerStep:
    """Step number t along the gradient (P,) of the loss, and of the penalty; nothing that is passed in is changed.

    Of numbers with `sharing` the first place is stepped, with the sum of the gradients of all places, and the others
    follow; `groups` then have no other places of them.
    """
    uses = grad
    if sharing is not None:
        groups = (ParameterGroup(sharing.learned, learning_rate),) if groups is None else groups
    with np.errstate(all="ignore"):
        grad = grad if sharing is None else sharing.summed(grad)
        added = None if penalty is None else penalty.grad(params)
        whole = grad if added is None else grad + added
        if groups is None:
            new_params, new_slots = optimizer.step(params, whole, slots, t, learning_rate=learning_rate)
        else:
            new_params, new_slots = step_groups(optimizer, params, whole, slots, t, groups)
    if sharing is not None:
        new_params = sharing.spread(new_params)
        new_slots = {name: sharing.spread(slot) for name, slot in new_slots.items()}
    return OptimizerStep(
        optimizer, learning_rate, t, params, whole, slots, new_params, new_slots, groups, penalty, grad, added,
        sharing, uses,
    )  # fmt: skip
