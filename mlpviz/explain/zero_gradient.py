"""Why a gradient is zero: which closed units, pins, outputs, zero weights or zero inputs stop its paths, by sample."""

from __future__ import annotations

from typing import NamedTuple

from mlpviz.engine import Trace
from mlpviz.explain.closed_units import NAMED, by_kind, in_full, in_short, pronoun
from mlpviz.explain.path_sources import PathFactor, PathSource, grouped, path_sources
from mlpviz.explain.path_stops import GATES, Gate, ZeroFact, met_by
from mlpviz.explain.zero_loss_gradient import still_clauses, still_output
from mlpviz.text.sentences import Sentence, in_series, joined, sentence, series


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
    named = [str(sample + 1) for sample in sorted(samples)]
    if len(named) > NAMED:
        named = [*named[: NAMED - 1], f"{len(named) - NAMED + 1} more"]
    return f"{'sample' if len(named) == 1 else 'samples'} {series(named)}"


def _stop(trace: Trace, rows: list[int], starts: tuple[PathSource, ...]) -> ZeroReason:
    """What stops the paths from these start nodes."""
    grad = trace.layers[-1].grad_a[rows]
    met = met_by(trace, rows, starts)
    ends = met.outputs
    if not grad.any():
        every = [(unit, row) for row in rows for unit in range(grad.shape[1])]
        return _ended(trace, ends or every, len(rows) > 1)
    by_weights = met_by(trace, rows, starts, frozenset({"weight"})).arrives
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
        clauses = [*(said for _, said in by_kind(trace, met.gates)), found.short]
        said = in_series(clauses)
        if by_weights:
            said = joined(", ", clauses)
            said = sentence("{said} and the paths past them meet a weight that is 0", said=said)
        return ZeroReason(
            "mixed", said, said, _facts(met.gates) + found.facts + weights, "others" if by_weights else ""
        )
    by_gates = met_by(trace, rows, starts, GATES).arrives
    past_weights = met_by(trace, rows, starts, GATES | {"loss"}).arrives
    if not past_weights and (not met.gates or (by_weights and not by_gates)):
        said = sentence("every path from here to the loss goes through a weight that is 0")
        return ZeroReason("zero weight", said, said, tuple(met.weights), "all")
    if not met.gates:
        # no unit stops all paths by itself
        said = sentence("every path from here to the loss meets a factor that is 0")
        return ZeroReason("mixed", said, said)
    closed = by_kind(trace, met.gates)
    facts = _facts(met.gates)
    if by_gates and not by_weights and len(closed) == 1:
        ((key, _),) = closed
        return ZeroReason(key, in_full(trace, key, met.gates), in_short(trace, key, met.gates), facts)
    if by_gates and not by_weights:
        said = in_series([said for _, said in closed])
        return ZeroReason("mixed", said, said, facts)
    if by_weights:
        claim, more = "others", f"and the paths past {pronoun(met.gates)} meet a weight that is 0"
    elif not past_weights:
        claim, more = "all", "and every path meets a weight that is 0 as well"
    else:
        claim, more = "", "and so is what comes behind: no path is left"
    said = sentence("{said} {more}", said=joined(", ", (said for _, said in closed)), more=more)
    return ZeroReason("mixed", said, said, facts + weights, claim)


def _ended(trace: Trace, ends: list[tuple[int, int]], many_samples: bool) -> ZeroReason:
    """Paths end at these outputs (unit, sample), where ∂L/∂a is 0."""
    last = len(trace.layers)
    named = [still_output(trace, sample, unit) for unit, sample in ends[:NAMED]]
    clauses = still_clauses(named, many_samples)
    more = len(ends) - len(named)
    short = in_series([short for short, _ in clauses])
    if more:
        rest = f"and so it is at {more} more {'output' if more == 1 else 'outputs'}"
        short = joined(", ", [*(short for short, _ in clauses), rest])
    clause = clauses[0][1] if len(clauses) == 1 and not more else sentence("{short}: ∂L/∂a = 0 there", short=short)
    facts = tuple(ZeroFact("loss", last, unit, unit, sample) for unit, sample in ends)
    return ZeroReason("loss", clause, short, facts)


def _facts(gates: list[Gate]) -> tuple[ZeroFact, ...]:
    return tuple(ZeroFact(gate.kind, gate.layer, gate.unit, gate.unit, gate.sample) for gate in gates)
