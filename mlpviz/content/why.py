"""Why a gradient is zero, small or huge: one verdict in one sentence, from the paths that carry it."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from mlpviz.content.numbers import format_number
from mlpviz.content.paths import Factor, Path, Paths, paths_of
from mlpviz.content.values import derivatives_of
from mlpviz.engine import Trace

CANCELS = 1e-12
"""Relative to the sum of the sizes of all paths: below it a sum is zero but for rounding."""

MOSTLY, SMALL_SLOPE, FEWEST = 0.2, 0.05, 3
SHRINKS, GROWS = 0.5, 2.0
"""The factor per layer from which a product counts as vanishing or exploding."""

NAMED = 3


class Verdict(NamedTuple):
    """`cause` is a word for tests and styles, `sentence` what is said."""

    cause: str
    sentence: str


def verdict(trace: Trace, tensor: str, layer: int, row: int, column: int, paths: Paths | None = None) -> Verdict:
    """The verdict on one cell of a gradient; arguments as for `paths_of`."""
    paths = paths or paths_of(trace, tensor, layer, row, column)
    if not math.isfinite(paths.value) or not math.isfinite(paths.size):
        return Verdict("not finite", "This is not a finite number: somewhere on its paths a product is too large.")
    if paths.number == 0:
        return _nothing(trace, tensor, layer, row, column)
    if abs(paths.value) <= CANCELS * paths.size:
        return Verdict("cancel", f"Zero, although paths lead to the loss: they cancel, {_sum(paths)} = 0.")
    return _size(trace, paths)


def _sum(paths: Paths) -> str:
    if paths.number == len(paths.strongest) <= 4:
        terms = [format_number(path.product) for path in paths.strongest]
        return " + ".join(f"({term})" if term.startswith("−") and at else term for at, term in enumerate(terms))
    positive, negative = (paths.size + paths.value) / 2, (paths.size - paths.value) / 2
    signed = f"+{format_number(positive)} on some paths and −{format_number(negative)} on others"
    return f"{signed}, {paths.number:,.0f} paths in all"


def _size(trace: Trace, paths: Paths) -> Verdict:
    path = paths.strongest[0]
    share = 100 * abs(path.product) / paths.size
    lead = f"Its strongest path carries {format_number(float(round(share)))} % of it."
    flat = min((f for f in path.factors if f.kind == "slope"), key=lambda f: abs(f.value), default=None)
    steps = _per_layer(path)
    if len(steps) >= FEWEST:
        mean = math.prod(abs(step) for step in steps) ** (1 / len(steps))
        listed = " · ".join(format_number(step) for step in steps)
        if mean <= SHRINKS:
            return Verdict(
                "vanishing",
                f"It shrinks on its way: {format_number(mean)} per layer over {len(steps)} layers ({listed}).",
            )
        if mean >= GROWS:
            return Verdict(
                "exploding",
                f"It grows on its way: {format_number(mean)} per layer over {len(steps)} layers ({listed}).",
            )
    if abs(paths.value) < MOSTLY * paths.size and paths.number > 1:
        left = format_number(100 * abs(paths.value) / paths.size)
        return Verdict("partly cancel", f"Most of it cancels: {_sum(paths)}; {left} % of the sizes is left.")
    if flat is not None and abs(flat.value) < SMALL_SLOPE:
        name = trace.spec.activations[flat.layer - 1].label
        where = f"unit {flat.unit + 1} of layer {flat.layer}"
        return Verdict(
            "saturated", f"Small, because the {name} of {where} is saturated: its slope is {format_number(flat.value)}."
        )
    return Verdict("carried", lead if paths.number > 1 else "One path carries all of it.")


def _per_layer(path: Path) -> list[float]:
    """The product of weight and slope of each layer that the path crosses as a whole."""
    weights = {factor.layer: factor.value for factor in path.factors if factor.kind == "weight"}
    slopes = {factor.layer: factor.value for factor in path.factors if factor.kind == "slope"}
    return [weights[layer] * slopes[layer] for layer in sorted(weights)]


def _nothing(trace: Trace, tensor: str, layer: int, row: int, column: int) -> Verdict:
    """Every path is zero: what stops them all."""
    samples = tuple(range(trace.samples)) if tensor in ("grad_weight", "grad_bias") else (column,)
    from_z = tensor not in ("grad_a", "grad_x")
    if tensor == "grad_weight":
        inputs = trace.inputs_of(layer - 1)[:, column]
        samples = tuple(sample for sample in samples if inputs[sample] != 0)
        if not samples:
            return Verdict("zero input", f"Zero, because what comes in through this weight is 0{_everywhere(trace)}.")
    cells = [(layer, row, sample, from_z) for sample in samples]
    if all((grads == 0).all() for grads in (trace.layers[-1].grad_a[sample] for sample in samples)):
        return Verdict("loss", "Zero, because the loss has no slope here: it changes with no output.")
    gates = sorted({gate for cell in cells for gate in _forward(trace, cell)[1]})
    by_gates = any(_forward(trace, cell, open_gates=True)[0] for cell in cells)
    by_weights = any(_forward(trace, cell, open_weights=True)[0] for cell in cells)
    if by_weights and not by_gates:
        return Verdict("zero weight", "Zero, because every path from here to the loss goes through a weight that is 0.")
    pinned = {(pin.layer + 1, pin.unit) for pin in trace.pins if pin.sample in samples}
    names = _named(gates)
    if gates and all(gate in pinned for gate in gates):
        return Verdict(
            "pin", f"Zero, because {names} {_is(gates)} pinned: no gradient flows through a pinned activation."
        )
    if gates and all(_at_kink(trace, gate, samples) for gate in gates):
        return Verdict(
            "kink", f"Zero, because z is exactly at the kink in {names}, where the slope counts as 0, as in PyTorch."
        )
    if by_gates and not by_weights:
        return Verdict("closed", f"Zero, because {names} {_is(gates)} closed: the slope is 0 there.")
    return Verdict("mixed", f"Zero, because {names} {_is(gates)} closed and the paths past it meet a weight that is 0.")


def _everywhere(trace: Trace) -> str:
    return " in every sample" if trace.samples > 1 else ""


def _is(gates: list[tuple[int, int]]) -> str:
    return "is" if len(gates) == 1 else "are"


def _named(gates: list[tuple[int, int]]) -> str:
    names = [f"unit {unit + 1} of layer {layer}" for layer, unit in gates[:NAMED]]
    more = len(gates) - NAMED
    return ", ".join(names) + (f" and {more} more" if more > 0 else "")


def _forward(
    trace: Trace, cell: tuple[int, int, int, bool], open_gates: bool = False, open_weights: bool = False
) -> tuple[bool, list[tuple[int, int]]]:
    """Whether a way from the cell (layer, unit, sample, starts at z) arrives at an output that the loss depends on.

    Also the units (layer, unit) on the way whose slope is 0. `open_gates` and `open_weights` let these zeros through.
    """
    layer, unit, sample, from_z = cell
    gates: list[tuple[int, int]] = []
    widths = (trace.spec.inputs, *(spec.outputs for spec in trace.spec.layers))
    alive = np.zeros(widths[layer], dtype=bool)
    alive[unit] = True
    for number in range(layer, len(widths)):
        if number > layer or from_z:
            slopes = derivatives_of(trace, number, sample) != 0
            flows = slopes if slopes.ndim == 1 else slopes.any(axis=1)
            gates += [(number, int(at)) for at in np.flatnonzero(alive & ~flows)]
            if not open_gates:
                alive = alive & slopes if slopes.ndim == 1 else slopes[alive].any(axis=0)
        if number + 1 < len(widths):
            weights = trace.layers[number].weight
            alive = ((weights[:, alive] != 0) | open_weights).any(axis=1)
    return bool((alive & (trace.layers[-1].grad_a[sample] != 0)).any()), gates


def _at_kink(trace: Trace, gate: tuple[int, int], samples: tuple[int, ...]) -> bool:
    layer, unit = gate
    kinks = trace.spec.activations[layer - 1].kinks
    return all(float(trace.layers[layer - 1].z[sample, unit]) in kinks for sample in samples)


def factor_text(factor: Factor) -> str:
    """What a factor is, in the words of the sheet."""
    unit = factor.unit + 1
    match factor.kind:
        case "input":
            return f"a of unit {unit}" if factor.layer else f"x of input {unit}"
        case "weight":
            return f"W {unit},{factor.source + 1} of layer {factor.layer}"
        case "slope":
            return f"slope of unit {unit}, layer {factor.layer}"
    return f"∂L/∂a of output {unit}"
