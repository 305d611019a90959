"""Mistakes in one step of an optimizer: in the new parameters and in what it remembers."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from mlpviz.engine.optimizers.optimizer import Slots, momentum_name
from mlpviz.engine.parameters import Array, LayerViews
from mlpviz.practice.mistakes.mistake import Mistake, WrongCell, WrongNumbers, say
from mlpviz.practice.rules import take_step
from mlpviz.practice.workings import Place, Workings

_NEW = tuple(f"new_{name}" for name in LayerViews._fields)
_SLOT = "slot"
"""the blocks of what an optimizer remembers"""


def _old(w: Workings, place: Place) -> Array:
    return np.asarray(getattr(w.views[place.layer - 1], place.tensor.removeprefix("new_")))


def _step(w: Workings, place: Place, slots: Slots, t: int) -> Array:
    """The block after a step with other slots, or another number of the step."""
    document, step = w.document, take_step(w)
    taken = document.step_from(step.params, np.asarray(step.use_grad), slots, t, document.schedule_step)
    name = place.tensor.rpartition(".")[2].removeprefix("new_")
    flat = taken.new_slots[place.tensor.split(".")[1]] if place.tensor.startswith("slot.") else taken.new_params
    return np.asarray(getattr(w.spec.views(flat)[place.layer - 1], name))


def _rate(w: Workings) -> float:
    return take_step(w).learning_rate


def _plus(w: Workings, place: Place, right: Array) -> Iterable[WrongNumbers]:
    return (WrongNumbers(2.0 * _old(w, place) - right),)


def _rate_forgotten(w: Workings, place: Place, right: Array) -> Iterable[WrongNumbers]:
    rate, old = _rate(w), _old(w, place)
    return (WrongNumbers(old - (old - right) / rate),) if rate not in (0.0, 1.0) else ()


def _old_forgotten(w: Workings, place: Place, right: Array) -> Iterable[WrongNumbers]:
    old = _old(w, place)
    return (WrongNumbers(old - right, 0), WrongNumbers(right - old, 1))


def _memory_forgotten(w: Workings, place: Place, _: Array) -> Iterable[WrongNumbers]:
    step = take_step(w)
    empty = {name: np.zeros_like(slot) for name, slot in step.slots.items()}
    return (WrongNumbers(_step(w, place, empty, step.t)),) if empty else ()


_FAR = 10**9
"""a step so late that no correction is left"""


def _correction_forgotten(w: Workings, place: Place, _: Array) -> Iterable[WrongNumbers]:
    # without slots the number of the step changes nothing
    step = take_step(w)
    if not step.slots or not momentum_name(step.optimizer).startswith("beta"):
        return ()
    return (WrongNumbers(_step(w, place, step.slots, _FAR)),)


def _square_forgotten(w: Workings, place: Place, right: Array) -> Iterable[WrongNumbers]:
    step, (_, name, parameter) = take_step(w), place.tensor.split(".")
    if "beta2" not in step.optimizer.settings or name == step.optimizer.slots_in_use[0].name:
        return ()
    share = 1.0 - float(step.optimizer.settings["beta2"])
    view = w.spec.views(step.grad)[place.layer - 1]
    grad = np.asarray(getattr(view, parameter))
    return (WrongNumbers(right - share * grad * grad + share * grad),)


def _numbers(seen: WrongCell) -> dict[str, float]:
    name = seen.place.tensor.rpartition(".")[2].removeprefix("new_")
    step = take_step(seen.w)
    found = {"rate": _rate(seen.w), "grad": float(seen.w.of(f"grad_{name}", seen.n)[seen.at])}
    found["old"] = float(np.asarray(getattr(seen.w.views[seen.n - 1], name))[seen.at])
    if step.slots:
        slot = next(iter(step.slots))
        slot = seen.place.tensor.split(".")[1] if seen.place.tensor.startswith("slot.") else slot
        memory = step.slots[slot]
        if np.ndim(memory):
            found["memory"] = float(
                np.asarray(getattr(seen.w.spec.views(np.asarray(memory))[seen.n - 1], name))[seen.at]
            )
    return {"memory": 0.0} | found


UPDATE: tuple[Mistake, ...] = (
    Mistake(
        "plus_for_minus", "add the step in place of taking it away", "Descent goes against the gradient.", _NEW, _plus,
        lambda seen: say("from {old} the step is taken away", **_numbers(seen)),
    ),
    Mistake(
        "rate_forgotten", "forget the learning rate", "The step is multiplied by the learning rate η.", _NEW,
        _rate_forgotten, lambda seen: say("the step is multiplied by η = {rate}", **_numbers(seen)),
    ),
    Mistake(
        "old_forgotten", "write the step alone", "The step is taken away from the old number.", _NEW, _old_forgotten,
        lambda seen: say("the old number {old} is missing", **_numbers(seen)),
    ),
    Mistake(
        "memory_forgotten", "forget what the optimizer remembers",
        "The old velocity, or the old means, take part in the step.", (*_NEW, _SLOT), _memory_forgotten,
        lambda seen: say("it remembers {memory} from the step before", **_numbers(seen)),
    ),
    Mistake(
        "correction_forgotten", "forget the bias correction",
        "Means that began at 0 are divided by the sum of their weights.", _NEW, _correction_forgotten,
        lambda seen: say("this is step {t}, so m and v are corrected",
                         t=take_step(seen.w).t),
    ),
    Mistake(
        "square_of_gradient_forgotten", "forget to square the gradient", "v is a mean of squares.", (_SLOT,),
        _square_forgotten, lambda seen: say("∂L/∂θ = {grad} is squared", **_numbers(seen)),
    ),
)  # fmt: skip
