"""In which ways units are closed to a gradient, in words: a flat activation, a kink, a pin, a dropped unit, a norm."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from mlpviz.engine import Trace
from mlpviz.explain.path_stops import Gate
from mlpviz.text.sentences import Sentence, sentence, series

NAMED = 3
"""Units, outputs or groups of samples that are named; more are counted."""


class _Closed(NamedTuple):
    """Units that are closed in one way: in full where it is the only one, in short beside others.

    `{names}` are the units, `{are}` the verb, `{read}` is the letter of what their activations read,
    `{phi}` the activations.
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
    "kink": _Closed("{read} is exactly at the kink in {names}, where the slope counts as 0, as in PyTorch",
                    "{names} {are} exactly at the kink"),
    "alone": _Closed("{names} {are} the only one of the layer, where {phi} always gives the same",
                     "{names} {are} closed"),
    "flat": _Closed("the activation of {names} is flat everywhere: no gradient ever gets through",
                    "{names} {are} flat everywhere"),
}  # fmt: skip


def by_kind(trace: Trace, gates: list[Gate]) -> list[tuple[str, Sentence]]:
    """In which ways the gates are closed, a key each, with its clause beside others."""
    closed: dict[str, list[Gate]] = {}
    for gate in gates:
        closed.setdefault(_closed_by(trace, gate), []).append(gate)
    return [(key, sentence(_named(trace, _CLOSED[key].short, own))) for key, own in closed.items()]


def _closed_by(trace: Trace, gate: Gate) -> str:
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
    if not activation.elementwise and trace.spec.layers[gate.layer - 1].outputs == 1:
        return "alone"
    z = float(trace.layers[gate.layer - 1].activation_input[gate.sample, gate.unit])
    return "kink" if z in activation.kinks else "closed"


def _divides_by_infinity(trace: Trace, gate: Gate) -> bool:
    own = trace.layers[gate.layer - 1]
    return own.spread is not None and bool(np.isinf(np.broadcast_to(own.spread, own.z.shape)[gate.sample, gate.unit]))


def in_full(trace: Trace, key: str, gates: list[Gate]) -> Sentence:
    """The clause on gates that are all closed in this way, with what follows from it."""
    return sentence(_named(trace, _CLOSED[key].full, gates))


def in_short(trace: Trace, key: str, gates: list[Gate]) -> Sentence:
    """The same without what follows."""
    return sentence(_named(trace, _CLOSED[key].full, gates).split(":")[0])


def _named(trace: Trace, template: str, gates: list[Gate]) -> str:
    units = list(dict.fromkeys(gate[:2] for gate in gates))
    by_layer: dict[int, list[str]] = {}
    for layer, unit in units[:NAMED]:
        by_layer.setdefault(layer, []).append(str(unit + 1))
    names = [
        f"{'unit' if len(own) == 1 else 'units'} {series(own)} of layer {layer}" for layer, own in by_layer.items()
    ]
    more = len(units) - NAMED
    listed = series([*names, f"{more} more"] if more > 0 else names)
    read = " or ".join(sorted({trace.layers[gate.layer - 1].input_letter for gate in gates}, reverse=True))
    phi = series(list(dict.fromkeys(trace.spec.activations[gate.layer - 1].label for gate in gates)))
    return template.format(phi=phi, names=listed, are="is" if len(units) == 1 else "are", read=read)


def pronoun(gates: list[Gate]) -> str:
    """What stands for their units in a sentence."""
    return "it" if len({gate[:2] for gate in gates}) == 1 else "them"
