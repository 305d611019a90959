"""Why a gradient is zero, small or huge: one verdict in one sentence, from the paths that carry it."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mlpviz.content.numbers import format_number
from mlpviz.content.paths import Path, Paths, backwards, paths_of
from mlpviz.content.stages import Edge, edges_of
from mlpviz.content.starts import Factor, Start, grouped, starts_of
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
    """The product of all factors of each layer that the path crosses as a whole."""
    layers: dict[int, float] = {}
    for factor in path.factors:
        if factor.kind == "weight":
            layers[factor.layer] = factor.value
        elif factor.layer in layers and factor.kind in ("slope", "norm", "scale", "dropout"):
            layers[factor.layer] *= factor.value
    return [layers[layer] for layer in sorted(layers)]


class _Gate(NamedTuple):
    """A unit at which every way ends: the derivative of this kind is 0 there. Layer from 1, unit from 0."""

    layer: int
    unit: int
    kind: str


_GATES = frozenset({"slope", "dropout", "norm", "skip"})


def _nothing(trace: Trace, tensor: str, layer: int, row: int, column: int) -> Verdict:
    """Every path is zero: what stops them all."""
    starts = starts_of(trace, tensor, layer, row, column)
    if tensor in ("grad_weight", "grad_gamma"):
        starts = tuple(start for start in starts if start.head is None or start.head.value != 0.0)
        if not starts:
            through = "what comes in through this weight" if tensor == "grad_weight" else "what γ multiplies"
            return Verdict("zero input", f"Zero, because {through} is 0{_everywhere(trace)}.")
    groups = list(grouped(trace, starts))
    samples = tuple(dict.fromkeys(sample for rows, _ in groups for sample in rows))
    if all((trace.layers[-1].grad_a[sample] == 0).all() for sample in samples):
        return Verdict("loss", "Zero, because the loss has no slope here: it changes with no output.")
    gates = sorted({gate for rows, group in groups for gate in _forward(trace, rows, group)[1]})
    by_gates = any(_forward(trace, rows, group, _GATES)[0] for rows, group in groups)
    by_weights = any(_forward(trace, rows, group, frozenset({"weight"}))[0] for rows, group in groups)
    if by_weights and not by_gates:
        return Verdict("zero weight", "Zero, because every path from here to the loss goes through a weight that is 0.")
    if not gates:
        # no unit stops all ways by itself
        return Verdict("mixed", "Zero, because every path from here to the loss meets a factor that is 0.")
    names, are = _named(gates), _is(gates)
    pinned = {(pin.layer + 1, pin.unit) for pin in trace.pins if pin.sample in samples}
    if all(gate[:2] in pinned for gate in gates):
        return Verdict("pin", f"Zero, because {names} {are} pinned: no gradient flows through a pinned activation.")
    if by_gates and not by_weights and {gate.kind for gate in gates} == {"dropout"}:
        return Verdict(
            "dropped", f"Zero, because {names} {are} dropped: a dropped unit passes nothing on and nothing back."
        )
    if by_gates and not by_weights and {gate.kind for gate in gates} == {"norm"}:
        return Verdict("norm", f"Zero, because the norm of {names} takes away whatever changes here.")
    if all(gate.kind == "slope" and _at_kink(trace, gate, samples) for gate in gates):
        return Verdict(
            "kink", f"Zero, because z is exactly at the kink in {names}, where the slope counts as 0, as in PyTorch."
        )
    if by_gates and not by_weights and _is_flat(trace, gates):
        label = trace.spec.activations[gates[0].layer - 1].label
        return Verdict(
            "flat", f"Zero, because the {label} of {names} is flat everywhere: no gradient ever gets through."
        )
    if by_gates and not by_weights:
        return Verdict("closed", f"Zero, because {names} {are} {_stopped(gates)}.")
    return Verdict("mixed", f"Zero, because {names} {are} closed and the paths past it meet a weight that is 0.")


def _stopped(gates: list[_Gate]) -> str:
    return "closed or dropped" if any(gate.kind == "dropout" for gate in gates) else "closed: the slope is 0 there"


def _is_flat(trace: Trace, gates: list[_Gate]) -> bool:
    """Whether the activations at these gates have slope 0 for every z, as a step has."""
    return all(gate.kind == "slope" and trace.spec.activations[gate.layer - 1].key == "step" for gate in gates)


def _everywhere(trace: Trace) -> str:
    return " in every sample" if trace.samples > 1 else ""


def _is(gates: list[_Gate]) -> str:
    return "is" if len({gate[:2] for gate in gates}) == 1 else "are"


def _named(gates: list[_Gate]) -> str:
    units = list(dict.fromkeys(gate[:2] for gate in gates))
    names = [f"unit {unit + 1} of layer {layer}" for layer, unit in units[:NAMED]]
    more = len(units) - NAMED
    return ", ".join(names) + (f" and {more} more" if more > 0 else "")


def _forward(
    trace: Trace, rows: list[int], starts: tuple[Start, ...], opened: frozenset[str] = frozenset()
) -> tuple[bool, list[_Gate]]:
    """Whether a way from one of the starts arrives at an output that the loss depends on, and the gates on the ways.

    Zeros of the kinds in `opened` are let through. `rows` are the samples that are looked at.
    """
    stage = starts[0].stage
    edges = edges_of(trace, rows, stage[1] if stage[0] == "a" else stage[1] - 1)
    widths = (trace.spec.inputs, *(layer.outputs for layer in trace.spec.layers))
    alive = {place: np.zeros((len(rows), widths[place[1]]), dtype=bool) for place in edges}
    for start in starts:
        alive[stage][rows.index(start.sample), start.unit] = True
    gates: list[_Gate] = []
    for place in reversed(backwards(edges)):
        here = alive[place]
        if not here.any():
            continue
        for edge in edges[place]:
            passes, flows = _passes(edge, here, edge.kind in opened)
            alive[edge.end] |= passes
            if edge.kind in _GATES:
                gates += [
                    _Gate(edge.layer, int(unit), edge.kind) for unit in np.flatnonzero((here & ~flows).any(axis=0))
                ]
    return bool((alive["a", len(trace.layers)] & (trace.layers[-1].grad_a[rows] != 0)).any()), gates


def _passes(edge: Edge, here: NDArray[np.bool_], is_open: bool) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which nodes the edge reaches from those that are alive here, and which of these nodes it leads anywhere from."""
    nonzero = edge.matrix != 0
    if edge.along == "each":
        return here & (nonzero | is_open), nonzero
    if edge.along == "units":
        reached = (here[:, :, None] & (nonzero | is_open)).any(axis=1)
        return reached, nonzero.any(axis=2)
    # (U, S, S): turned so that samples are rows again
    reached = (here.T[:, :, None] & (nonzero | is_open)).any(axis=1).T
    return reached, nonzero.any(axis=2).T


def _at_kink(trace: Trace, gate: _Gate, samples: tuple[int, ...]) -> bool:
    kinks = trace.spec.activations[gate.layer - 1].kinks
    return all(float(trace.layers[gate.layer - 1].read[sample, gate.unit]) in kinks for sample in samples)


def factor_text(factor: Factor) -> str:
    """What a factor is, in the words of the sheet."""
    unit, source, layer = factor.unit + 1, factor.source + 1, factor.layer
    match factor.kind:
        case "input":
            return f"a of unit {unit}" if layer else f"x of input {unit}"
        case "score":
            return f"ẑ of unit {unit}, sample {factor.sample + 1}"
        case "statistic":
            return f"how ẑ of unit {unit}, sample {factor.sample + 1} changes with it"
        case "weight":
            return f"W {unit},{source} of layer {layer}"
        case "slope":
            return f"slope of unit {unit}, layer {layer}"
        case "norm":
            return f"norm of layer {layer}: z of unit {source} in ẑ of unit {unit}, sample {factor.sample + 1}"
        case "scale":
            return f"γ of unit {unit}, layer {layer}"
        case "dropout":
            return f"dropout of unit {unit}, layer {layer}: 1 / (1 − p) where it is kept"
        case "skip":
            return f"skip to unit {unit} of layer {layer}"
    return f"∂L/∂a of output {unit}"
