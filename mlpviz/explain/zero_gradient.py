"""Why a gradient is zero: which closed units, pins, zero weights or zero inputs stop its paths, sample by sample."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine import Trace
from mlpviz.explain.derivative_graph import DerivativeEdge, backwards, edges_of
from mlpviz.explain.path_sources import PathSource, grouped, path_sources

NAMED = 3
"""Units, and groups of samples, that are named; more are counted."""


class ZeroReason(NamedTuple):
    """`cause` is a word for tests and styles, `clause` goes on after "because"."""

    cause: str
    clause: str


class _Gate(NamedTuple):
    """A unit at which paths end: the derivative of this kind is 0 there. Layer from 1, unit and sample from 0."""

    layer: int
    unit: int
    sample: int
    kind: str


class _Closed(NamedTuple):
    """Units that are closed in one way: in full where it is the only one, in short beside others.

    `{names}` are the units, `{are}` the verb.
    """

    full: str
    short: str


_CLOSED = {
    "closed": _Closed("{names} {are} closed: the slope is 0 there", "{names} {are} closed"),
    "pin": _Closed("{names} {are} pinned: no gradient flows through a pinned activation", "{names} {are} pinned"),
    "dropped": _Closed("{names} {are} dropped: a dropped unit passes nothing on and nothing back",
                       "{names} {are} dropped"),
    "norm": _Closed("the norm of {names} takes away whatever changes here", "the norm of {names} takes all of it away"),
    "kink": _Closed("z is exactly at the kink in {names}, where the slope counts as 0, as in PyTorch",
                    "{names} {are} exactly at the kink"),
    "flat": _Closed("the activation of {names} is flat everywhere: no gradient ever gets through",
                    "{names} {are} flat everywhere"),
}  # fmt: skip

_GATES = frozenset({"slope", "dropout", "norm", "skip"})

_NOTHING_IN = {
    "grad_weight": "what comes in through this weight is 0",
    "grad_gamma": "what γ multiplies is 0",
    "grad_var": "ẑ is 0",
}


def zero_reason(trace: Trace, tensor: str, layer: int, row: int, column: int) -> ZeroReason:
    """Why every path of a cell is zero; arguments as for `gradient_paths`. Where samples differ, each has its own."""
    every = path_sources(trace, tensor, layer, row, column)
    alive = tuple(start for start in every if start.head is None or start.head.value != 0.0)
    reasons: dict[ZeroReason, list[int]] = {}
    if without := sorted({start.sample for start in every} - {start.sample for start in alive}):
        reasons[ZeroReason("zero input", _NOTHING_IN[tensor])] = without
    for rows, starts in grouped(trace, alive) if alive else ():
        samples = list(dict.fromkeys(start.sample for start in starts))
        reasons.setdefault(_stop(trace, rows, starts), []).extend(samples)
    if len(reasons) == 1:
        (only,) = reasons
        many = only.cause == "zero input" and len(every) > 1
        return ZeroReason(only.cause, only.clause + " in every sample" * many)
    causes = {reason.cause for reason in reasons}
    by_sample = sorted(reasons.items(), key=lambda item: min(item[1]))
    parts = [f"in {_samples(samples)} {clause.split(':')[0]}" for (_, clause), samples in by_sample[:NAMED]]
    more = sum(len(samples) for _, samples in by_sample[NAMED:])
    if more:
        parts.append(f"in {more} more {'sample' if more == 1 else 'samples'} for other reasons of this kind")
    return ZeroReason(causes.pop() if len(causes) == 1 else "mixed", ", ".join(parts))


def _samples(samples: list[int]) -> str:
    first, *others = sorted(samples)
    if not others:
        return f"sample {first + 1}"
    named = [str(sample + 1) for sample in (first, *others)]
    if len(named) > NAMED:
        return f"samples {', '.join(named[: NAMED - 1])} and {len(named) - NAMED + 1} more"
    return f"samples {', '.join(named[:-1])} and {named[-1]}"


def _stop(trace: Trace, rows: list[int], starts: tuple[PathSource, ...]) -> ZeroReason:
    """What stops the paths from these start nodes."""
    if not (trace.layers[-1].grad_a[rows] != 0).any():
        return ZeroReason("loss", "the loss has no slope here: it changes with no output")
    gates = _forward(trace, rows, starts)[1]
    by_gates = _forward(trace, rows, starts, _GATES)[0]
    by_weights = _forward(trace, rows, starts, frozenset({"weight"}))[0]
    if by_weights and not by_gates:
        return ZeroReason("zero weight", "every path from here to the loss goes through a weight that is 0")
    if not gates:
        # no unit stops all paths by itself
        return ZeroReason("mixed", "every path from here to the loss meets a factor that is 0")
    closed: dict[str, list[_Gate]] = {}
    for gate in gates:
        closed.setdefault(_closed_by(trace, gate), []).append(gate)
    if by_gates and not by_weights and len(closed) == 1:
        ((key, own),) = closed.items()
        return ZeroReason(key, _said(_CLOSED[key].full, own))
    said = ", ".join(_said(_CLOSED[key].short, own) for key, own in closed.items())
    if by_gates and not by_weights:
        return ZeroReason("mixed", said)
    others = f"the paths past {_pronoun(gates)} meet a weight that is 0"
    return ZeroReason("mixed", f"{said} and {others if by_weights else 'every path meets a weight that is 0 as well'}")


def _closed_by(trace: Trace, gate: _Gate) -> str:
    """In which way a gate is closed: a key of `_CLOSED`."""
    if any((pin.layer + 1, pin.unit, pin.sample) == gate[:3] for pin in trace.pins):
        return "pin"
    if gate.kind != "slope":
        return "dropped" if gate.kind == "dropout" else "norm"
    activation = trace.spec.activations[gate.layer - 1]
    if activation.is_flat:
        return "flat"
    z = float(trace.layers[gate.layer - 1].read[gate.sample, gate.unit])
    return "kink" if z in activation.kinks else "closed"


def _said(sentence: str, gates: list[_Gate]) -> str:
    units = list(dict.fromkeys(gate[:2] for gate in gates))
    names = [f"unit {unit + 1} of layer {layer}" for layer, unit in units[:NAMED]]
    more = len(units) - NAMED
    listed = ", ".join(names) + (f" and {more} more" if more > 0 else "")
    return sentence.format(names=listed, are="is" if len(units) == 1 else "are")


def _pronoun(gates: list[_Gate]) -> str:
    return "it" if len({gate[:2] for gate in gates}) == 1 else "them"


def _forward(
    trace: Trace, rows: list[int], starts: tuple[PathSource, ...], opened: frozenset[str] = frozenset()
) -> tuple[bool, list[_Gate]]:
    """Whether a path from the start nodes reaches an output that the loss depends on, and the gates on the paths.

    Edges of the kinds in `opened` count as nonzero. `rows` are the samples of the graph.
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
                stopped = np.argwhere((here & ~flows).T).tolist()
                gates += [_Gate(edge.layer, unit, rows[row], edge.kind) for unit, row in stopped]
    return bool((alive["a", len(trace.layers)] & (trace.layers[-1].grad_a[rows] != 0)).any()), sorted(gates)


def _passes(
    edge: DerivativeEdge, here: NDArray[np.bool_], is_open: bool
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which nodes the edge reaches from the nodes in `here`, and from which nodes it reaches any."""
    nonzero = edge.matrix != 0
    if edge.along == "each":
        return here & (nonzero | is_open), nonzero
    if edge.along == "units":
        reached = (here[:, :, None] & (nonzero | is_open)).any(axis=1)
        return reached, nonzero.any(axis=2)
    # (U, S, S): transposed so that samples are rows again
    reached = (here.T[:, :, None] & (nonzero | is_open)).any(axis=1).T
    return reached, nonzero.any(axis=2).T
