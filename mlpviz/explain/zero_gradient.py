"""Why a gradient is zero: which closed units, pins, outputs, zero weights or zero inputs stop its paths, by sample."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine import Trace
from mlpviz.explain.derivative_graph import DerivativeEdge, backwards, edges_of
from mlpviz.explain.path_sources import PathFactor, PathSource, grouped, path_sources
from mlpviz.explain.zero_loss_gradient import still_clause, still_output
from mlpviz.text.sentences import Sentence, joined, sentence

NAMED = 3
"""Units, and groups of samples, that are named; more are counted."""


class ZeroFact(NamedTuple):
    """A factor that is 0, as a verdict names it.

    `kind` is "input" (what a path begins with), "below" (what a learned slope multiplies), "spread" (by what a
    statistic of a norm divides, which is too large), that of an edge (slope, dropout, norm, skip, weight) or "loss"
    (∂L/∂a). Layers count from 1, the rest from 0. A weight leads from `source`
    to `unit`.
    """

    kind: str
    layer: int
    unit: int
    source: int
    sample: int


class ZeroReason(NamedTuple):
    """`cause` is a word for tests and styles; `clause` goes on after "because", `short` beside other clauses.

    `facts` are the factors that are 0, `claim` is what is said of weights: "" (nothing), "all" (every path meets one
    that is 0) or "others" (the paths past the facts do).
    """

    cause: str
    clause: Sentence
    short: Sentence
    facts: tuple[ZeroFact, ...] = ()
    claim: str = ""


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
    "spread": _Closed("the spread of {names} is too large for a number, so that the norm divides by infinity",
                      "the norm of {names} divides by infinity"),
    "scale": _Closed("γ of {names} is 0: the norm passes nothing on and nothing back", "γ of {names} is 0"),
    "kink": _Closed("z is exactly at the kink in {names}, where the slope counts as 0, as in PyTorch",
                    "{names} {are} exactly at the kink"),
    "flat": _Closed("the activation of {names} is flat everywhere: no gradient ever gets through",
                    "{names} {are} flat everywhere"),
}  # fmt: skip

_GATES = frozenset({"slope", "dropout", "norm", "scale", "skip"})

_SPREAD = {"grad_mean": "1 / √(σ² + ε)", "grad_var": "1 / (σ² + ε)", "grad_mean_square": "1 / (RMS² + ε)"}
"""What a gradient of a statistic is multiplied by, which is 0 where the spread is too large for a number."""

_NOTHING_IN = {
    "grad_weight": "what comes in through this weight is 0",
    "grad_gamma": "what γ multiplies is 0",
    "grad_var": "ẑ is 0",
    "grad_mean_square": "ẑ is 0",
    "grad_alpha": "α multiplies nothing: what the activation reads is not below 0, or it is pinned",
}


def _fact_of(trace: Trace, tensor: str, head: PathFactor) -> ZeroFact:
    """The factor of 0 in front of a path."""
    kind = "below" if head.kind == "below" else "input"
    if head.kind == "statistic":
        scores = trace.layers[head.layer - 1].normalised
        if tensor == "grad_mean" or (scores is not None and scores[head.sample, head.unit] != 0.0):
            kind = "spread"
    return ZeroFact(kind, head.layer, head.unit, head.source, head.sample)


def zero_reason(trace: Trace, tensor: str, layer: int, row: int, column: int) -> ZeroReason:
    """Why every path of a cell is zero; arguments as for `gradient_paths`. Where samples differ, each has its own."""
    every = path_sources(trace, tensor, layer, row, column)
    alive = tuple(start for start in every if start.head is None or start.head.value != 0.0)
    reasons: list[tuple[ZeroReason, list[int]]] = []
    if without := sorted({start.sample for start in every} - {start.sample for start in alive}):
        heads = [start.head for start in every if start.head is not None and start.head.value == 0.0]
        facts = tuple(_fact_of(trace, tensor, head) for head in heads)
        too_large = any(fact.kind == "spread" for fact in facts)
        said = sentence(f"the spread is so large that {_SPREAD[tensor]} is 0" if too_large else _NOTHING_IN[tensor])
        reasons.append((ZeroReason("zero input", said, said, facts), without))
    for rows, starts in grouped(trace, alive) if alive else ():
        samples = list(dict.fromkeys(start.sample for start in starts))
        reasons.append((_stop(trace, rows, starts), samples))
    facts = tuple(fact for reason, _ in reasons for fact in reason.facts)
    claim = max((reason.claim for reason, _ in reasons), default="")
    by_clause: dict[tuple[str, Sentence], tuple[list[Sentence], list[int]]] = {}
    for reason, samples in reasons:
        fulls, rows = by_clause.setdefault((reason.cause, reason.short), ([], []))
        fulls.append(reason.clause)
        rows += samples
    causes = {reason.cause for reason, _ in reasons}
    cause = causes.pop() if len(causes) == 1 else "mixed"
    if len(by_clause) == 1:
        (((_, short), (fulls, _)),) = by_clause.items()
        many = cause == "zero input" and len(every) > 1
        clause = fulls[0] if len(set(fulls)) == 1 else short
        return ZeroReason(
            cause, sentence("{clause}{every}", clause=clause, every=" in every sample" * many), short, facts, claim
        )
    by_sample = sorted(by_clause.items(), key=lambda item: min(item[1][1]))
    parts = [
        sentence("in {samples} {clause}", samples=_samples(samples), clause=short)
        for (_, short), (_, samples) in by_sample[:NAMED]
    ]
    more = sum(len(samples) for _, (_, samples) in by_sample[NAMED:])
    if more:
        parts.append(sentence(f"in {more} more {'sample' if more == 1 else 'samples'} for other reasons of this kind"))
    clause = joined(", ", parts)
    return ZeroReason(cause, clause, clause, facts, claim)


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
    grad = trace.layers[-1].grad_a[rows]
    met = _forward(trace, rows, starts)
    ends = met.outputs
    if not grad.any():
        every = [(unit, row) for row in rows for unit in range(grad.shape[1])]
        return _ended(trace, ends or every, len(rows) > 1)
    by_weights = _forward(trace, rows, starts, frozenset({"weight"})).arrives
    weights = tuple(met.weights) if by_weights else ()
    if ends:
        found = _ended(trace, ends, len(rows) > 1)
        if not met.gates:
            if not by_weights:
                return found
            rest = "and the paths to other outputs meet a weight that is 0"
            said = sentence("{clause}, {rest}", clause=found.clause, rest=rest)
            short = sentence("{short}, {rest}", short=found.short, rest=rest)
            return ZeroReason("loss", said, short, found.facts + weights, "others")
        said = joined(", ", (*(said for _, said in _by_kind(trace, met.gates)), found.short))
        if by_weights:
            said = sentence("{said} and the paths past them meet a weight that is 0", said=said)
        return ZeroReason(
            "mixed", said, said, _facts(met.gates) + found.facts + weights, "others" if by_weights else ""
        )
    by_gates = _forward(trace, rows, starts, _GATES).arrives
    past_weights = _forward(trace, rows, starts, _GATES | {"loss"}).arrives
    if not past_weights and (not met.gates or (by_weights and not by_gates)):
        said = sentence("every path from here to the loss goes through a weight that is 0")
        return ZeroReason("zero weight", said, said, tuple(met.weights), "all")
    if not met.gates:
        # no unit stops all paths by itself
        said = sentence("every path from here to the loss meets a factor that is 0")
        return ZeroReason("mixed", said, said)
    closed = _by_kind(trace, met.gates)
    facts = _facts(met.gates)
    if by_gates and not by_weights and len(closed) == 1:
        ((key, _),) = closed
        full = _said(_CLOSED[key].full, met.gates)
        return ZeroReason(key, sentence(full), sentence(full.split(":")[0]), facts)
    said = joined(", ", (said for _, said in closed))
    if by_gates and not by_weights:
        return ZeroReason("mixed", said, said, facts)
    if by_weights:
        claim, more = "others", f"and the paths past {_pronoun(met.gates)} meet a weight that is 0"
    elif not past_weights:
        claim, more = "all", "and every path meets a weight that is 0 as well"
    else:
        claim, more = "", "and so is what comes behind: no path is left"
    said = sentence("{said} {more}", said=said, more=more)
    return ZeroReason("mixed", said, said, facts + weights, claim)


def _ended(trace: Trace, ends: list[tuple[int, int]], many_samples: bool) -> ZeroReason:
    """Paths end at these outputs (unit, sample), where ∂L/∂a is 0."""
    last = len(trace.layers)
    clauses = [still_clause(still_output(trace, sample, unit), many_samples) for unit, sample in ends[:NAMED]]
    more = len(ends) - len(clauses)
    rest = [sentence(f"and so it is at {more} more {'output' if more == 1 else 'outputs'}")] if more else []
    short = joined(", ", [short for short, _ in clauses] + rest)
    clause = clauses[0][1] if len(ends) == 1 else sentence("{short}: ∂L/∂a = 0 there", short=short)
    facts = tuple(ZeroFact("loss", last, unit, unit, sample) for unit, sample in ends)
    return ZeroReason("loss", clause, short, facts)


def _facts(gates: list[_Gate]) -> tuple[ZeroFact, ...]:
    return tuple(ZeroFact(gate.kind, gate.layer, gate.unit, gate.unit, gate.sample) for gate in gates)


def _by_kind(trace: Trace, gates: list[_Gate]) -> list[tuple[str, Sentence]]:
    """In which ways the gates are closed, each with its short clause."""
    closed: dict[str, list[_Gate]] = {}
    for gate in gates:
        closed.setdefault(_closed_by(trace, gate), []).append(gate)
    return [(key, sentence(_said(_CLOSED[key].short, own))) for key, own in closed.items()]


def _closed_by(trace: Trace, gate: _Gate) -> str:
    """In which way a gate is closed: a key of `_CLOSED`."""
    if any((pin.layer + 1, pin.unit, pin.sample) == gate[:3] for pin in trace.pins):
        return "pin"
    if gate.kind == "norm" and _divides_by_infinity(trace, gate):
        return "spread"
    if gate.kind != "slope":
        return {"dropout": "dropped"}.get(gate.kind, gate.kind)
    activation = trace.spec.activations[gate.layer - 1]
    if activation.is_flat:
        return "flat"
    z = float(trace.layers[gate.layer - 1].activation_input[gate.sample, gate.unit])
    return "kink" if z in activation.kinks else "closed"


def _divides_by_infinity(trace: Trace, gate: _Gate) -> bool:
    own = trace.layers[gate.layer - 1]
    return own.spread is not None and bool(np.isinf(np.broadcast_to(own.spread, own.z.shape)[gate.sample, gate.unit]))


def _said(sentence: str, gates: list[_Gate]) -> str:
    units = list(dict.fromkeys(gate[:2] for gate in gates))
    names = [f"unit {unit + 1} of layer {layer}" for layer, unit in units[:NAMED]]
    more = len(units) - NAMED
    listed = ", ".join(names) + (f" and {more} more" if more > 0 else "")
    return sentence.format(names=listed, are="is" if len(units) == 1 else "are")


def _pronoun(gates: list[_Gate]) -> str:
    return "it" if len({gate[:2] for gate in gates}) == 1 else "them"


class _Met(NamedTuple):
    """What paths from the start nodes meet first that is 0: gates, weights and outputs (unit, sample).

    `arrives`: a path reaches an output that the loss depends on.
    """

    arrives: bool
    gates: list[_Gate]
    weights: list[ZeroFact]
    outputs: list[tuple[int, int]]


def _forward(
    trace: Trace, rows: list[int], starts: tuple[PathSource, ...], opened: frozenset[str] = frozenset()
) -> _Met:
    """What the paths from the start nodes meet; edges of the kinds in `opened` count as nonzero, "loss" too.

    `rows` are the samples of the graph.
    """
    stage = starts[0].stage
    edges = edges_of(trace, rows, stage[1] if stage[0] == "a" else stage[1] - 1)
    widths = (trace.spec.inputs, *(layer.outputs for layer in trace.spec.layers))
    alive = {place: np.zeros((len(rows), widths[place[1]]), dtype=bool) for place in edges}
    for start in starts:
        alive[stage][rows.index(start.sample), start.unit] = True
    gates: list[_Gate] = []
    weights: list[ZeroFact] = []
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
            elif edge.kind == "weight":
                dead = np.argwhere(here[:, :, None] & (edge.matrix == 0)).tolist()
                weights += [ZeroFact("weight", edge.layer, unit, source, rows[row]) for row, source, unit in dead]
    last = alive["a", len(trace.layers)]
    pulled = trace.layers[-1].grad_a[rows] != 0
    still = [(unit, rows[row]) for row, unit in np.argwhere(last & ~pulled).tolist()]
    arrives = bool((last & (pulled | ("loss" in opened))).any())
    return _Met(arrives, sorted(gates), weights, still)


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
