"""The rule of every block, by the name of its tensor; those of the update are the optimizer's own step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from mlpviz.engine.optimizers import OptimizerStep
from mlpviz.engine.optimizers.optimizer import ETA, GRADIENT, THETA, T, letter
from mlpviz.engine.parameters import Array, LayerViews
from mlpviz.network import Document
from mlpviz.network.optimizer_state import configured_optimizer
from mlpviz.practice import rules_backward as backward
from mlpviz.practice import rules_forward as forward
from mlpviz.practice.workings import GivenNumbers, Place, Rule, Workings, on_screen, slot_tensor, worked_blocks
from mlpviz.sheet.blocks import Block


def flat_gradient(w: Workings) -> Array:
    """∂L/∂θ (P,) of all parameters, from the blocks of their gradients."""
    return w.spec.flatten(
        [None if view is None else w.of(f"grad_{name}", n) for name, view in views._asdict().items()]
        for n, views in enumerate(w.views, start=1)
    )


def take_step(w: Workings) -> OptimizerStep:
    """The step of the optimizer along these gradients, made once."""
    if w.step is None:
        document = w.document
        taken, done = document.steps_taken + 1, document.schedule_step
        w.step = document.step_from(document.params, flat_gradient(w), document.slots, taken, done)
    return w.step


def views_after(w: Workings) -> tuple[LayerViews, ...]:
    """The parameters of each layer after that step, made once."""
    step = take_step(w)
    if w.after is None or w.after[0] is not step:
        w.after = step, w.spec.views(step.new_params)
    return w.after[1]


def _slot(name: str, parameter: str) -> Rule:
    def rule(w: Workings, n: int) -> Array:
        return np.asarray(getattr(w.spec.views(take_step(w).new_slots[name])[n - 1], parameter))

    return rule


def _new(parameter: str) -> Rule:
    def rule(w: Workings, n: int) -> Array:
        views = views_after(w)
        if any(place.tensor.startswith("slot.") for place in w.given):
            views = w.spec.views(_from_own_slots(w, take_step(w).new_params))
        return np.asarray(getattr(views[n - 1], parameter))

    return rule


def _from_own_slots(w: Workings, after: Array) -> Array:
    """The parameters after a step in which somebody goes on with their own memory; `after` if no line says how."""
    step = take_step(w)
    optimizer = step.optimizer
    if step.groups is not None or step.sharing is not None or optimizer.combines:
        return after
    values: dict[Any, Any] = {
        letter(each): optimizer.settings[each.name] for each in optimizer.hyperparameters if each.symbol
    }
    values |= {ETA: step.learning_rate, T: float(step.t), GRADIENT: step.grad, THETA: step.params}
    slots = {slot.symbol: flat_slot(w, slot.name) for slot in optimizer.slots_in_use if slot.per_parameter}
    for whole in optimizer.lines:
        for line in whole.in_order():
            own = slots.get(line.symbol)
            values[line.symbol] = line.formula.value(values) if own is None else own
    return np.asarray(values[THETA])


def flat_slot(w: Workings, name: str) -> Array:
    """A slot (P,) from its blocks."""
    return w.spec.flatten(
        [None if view is None else w.of(slot_tensor(name, parameter), n) for parameter, view in views._asdict().items()]
        for n, views in enumerate(w.views, start=1)
    )


def _rules_of_slots(document: Document) -> dict[str, Rule]:
    slots = configured_optimizer(document.optimizer).slots_in_use
    return {
        slot_tensor(slot.name, parameter): _slot(slot.name, parameter)
        for slot in slots
        for parameter in LayerViews._fields
    }


_RULES: Mapping[str, Rule] = {
    "z": forward.z,
    "mean": forward.mean,
    "var": forward.spread,
    "mean_square": forward.spread,
    "normalised": forward.normalised,
    "n": forward.norm_output,
    "h": forward.h,
    "dropped": forward.dropped,
    "a": forward.a,
    "probabilities": forward.probabilities,
    "loss_term": forward.loss_term,
    "loss": forward.loss,
    "grad_a": backward.grad_a,
    "grad_x": backward.grad_a,
    "grad_h": backward.grad_h,
    "grad_n": backward.through_activation,
    "grad_normalised": backward.grad_normalised,
    "grad_mean": backward.grad_mean,
    "grad_var": backward.grad_spread,
    "grad_mean_square": backward.grad_spread,
    "grad_z": backward.grad_z,
    "grad_weight": backward.grad_weight,
    "grad_bias": backward.grad_bias,
    "grad_gamma": backward.grad_gamma,
    "grad_beta": backward.grad_beta,
    "grad_alpha": backward.grad_alpha,
    **{f"new_{name}": _new(name) for name in LayerViews._fields},
    "new_running_mean": lambda w, n: forward.new_running(w, n)[0],
    "new_running_var": lambda w, n: forward.new_running(w, n)[1],
}


class WorkedSheet:
    """The blocks of a document with their rules and right numbers, made once and used for every check."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.blocks: dict[Place, Block] = worked_blocks(document)
        self.order: tuple[Place, ...] = tuple(self.blocks)
        self.rules: Mapping[str, Rule] = {**_RULES, **_rules_of_slots(document)}
        self.right = Workings(document)
        self.right.work(self.order, self.rules)

    def on_screen(self, place: Place) -> Array:
        """The right numbers of a block as the sheet shows them."""
        return on_screen(self.blocks[place], self.right.of(*place))

    def between(self, w: Workings, first: Place, last: Place, given: Mapping[Place, GivenNumbers]) -> Workings:
        """The blocks from `first` to `last` computed anew with other given numbers; all others as they were."""
        found = w.copy()
        found.given = given
        start, stop = self.order.index(first), self.order.index(last)
        found.work(self.order[start : stop + 1], self.rules)
        return found
