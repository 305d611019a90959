"""What a bound in the formula of a loss does to a gradient, and which loss has no such bound.

Binary cross-entropy after the sigmoid divides by a · (1 − a), which PyTorch and the engine keep at 1e-12 or more.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from mlpviz.engine import LOSSES, Trace
from mlpviz.engine.losses import Loss
from mlpviz.explain.gradient_paths import GradientPaths
from mlpviz.explain.path_sources import path_sources
from mlpviz.text.numbers import DEFAULT, NumberStyle
from mlpviz.text.sentences import Sentence, capitalised, exact_number, sentence


class HeldOutput(NamedTuple):
    """An output (sample and unit from 0) whose ∂L/∂a is `grad`; without the bound of the loss it would be `bare`.

    `logits` is the loss on what φ reads, which has no such bound, and `grad_z` its gradient there; None where it does
    not fit.
    """

    sample: int
    unit: int
    output: float
    grad: float
    bare: float
    logits: Loss | None
    grad_z: float | None


def held_outputs(trace: Trace) -> list[HeldOutput]:
    """The outputs at which a bound of the loss holds."""
    loss, target, last = trace.spec.loss, trace.target, trace.layers[-1]
    if loss.clamp is None or target is None:
        return []
    with np.errstate(all="ignore"):
        weight = np.broadcast_to(loss.multiplier(), trace.output.shape)
        holds = loss.clamp.holds(trace.output, target) & (weight != 0.0)
        if not holds.any():
            return []
        divisor = loss.divisor(trace.samples, trace.spec.outputs, target)
        bare = loss.clamp.bare_grad(trace.output, target) / divisor
        fits = loss.suits(trace.spec.layers[-1].activation.key)
        logits = LOSSES[loss.on_logits] if loss.on_logits and fits else None
        grad_z = None if logits is None else weight * logits.grad(last.activation_input, target) / divisor
    return [
        HeldOutput(
            sample,
            unit,
            float(trace.output[sample, unit]),
            float(last.grad_a[sample, unit]),
            float(bare[sample, unit]),
            logits,
            None if grad_z is None else float(grad_z[sample, unit]),
        )
        for sample, unit in np.argwhere(holds).tolist()
    ]


def held_on_path(
    trace: Trace, tensor: str, layer: int, row: int, column: int, paths: GradientPaths
) -> HeldOutput | None:
    """The held output at which the strongest path of a gradient ends; for a gradient of 0, any that it can reach."""
    held = held_outputs(trace)
    if not held:
        return None
    if paths.strongest:
        end = paths.strongest[0].factors[-1]
        return next((one for one in held if (one.sample, one.unit) == (end.sample, end.unit)), None)
    if tensor in ("grad_a", "grad_z") and layer == len(trace.layers):
        return next((one for one in held if (one.sample, one.unit) == (column, row)), None)
    # beyond an output that is exactly 0 or 1 the sigmoid passes nothing on
    samples = {
        start.sample
        for start in path_sources(trace, tensor, layer, row, column)
        if start.head is None or start.head.value
    }
    reached = [one for one in held if one.sample in samples]
    return reached[0] if reached and len(reached) == len(samples) * trace.spec.outputs else None


def held_sentence(trace: Trace, held: HeldOutput, style: NumberStyle = DEFAULT) -> Sentence:
    """What the bound changes at this output, and what avoids it."""
    clamp = trace.spec.loss.clamp
    avoids: Sentence | str = ""
    if held.logits is not None and held.grad_z is not None:
        avoids = sentence(
            " {loss} takes {read} itself and needs no bound: its ∂L/∂{read} is {grad}.",
            loss=capitalised(held.logits.label),
            read=trace.layers[-1].input_letter,
            grad=exact_number(held.grad_z, style),
        )
    return sentence(
        "The loss has a bound here: {bound}, as in PyTorch. Output {unit} of sample {sample} is {output}, "
        "so ∂L/∂a is {grad}; without the bound it would be {bare}.{avoids}",
        bound="" if clamp is None else clamp.bound,
        unit=held.unit + 1,
        sample=held.sample + 1,
        output=_near_one(held.output, style),
        grad=exact_number(held.grad, style),
        bare=exact_number(held.bare, style),
        avoids=avoids,
    )


def _near_one(output: float, style: NumberStyle) -> Sentence:
    if 0.999 < output < 1.0:  # three digits of it would read 1
        return sentence("1 − {rest}", rest=exact_number(1.0 - output, style))
    return sentence("{output}", output=exact_number(output, style))
