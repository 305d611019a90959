"""The card "Your last edit": what it changed, where the change ended, and what the gradient predicted."""

from __future__ import annotations

from typing import Any

import numpy as np

from mlpviz.engine import Trace
from mlpviz.explain.comparison import differences_of
from mlpviz.explain.last_edit.diff import TensorChange, align, changes_of
from mlpviz.explain.last_edit.prediction import predict, reason, rounded
from mlpviz.explain.last_edit.propagation import Blocked, Propagation, propagation
from mlpviz.explain.last_edit.told import told_of
from mlpviz.network import Document
from mlpviz.sheet.blocks import blocks_of, shape_of
from mlpviz.sheet.quantities import QUANTITIES
from mlpviz.sheet.values import values_on_screen
from mlpviz.text.numbers import DEFAULT, NumberStyle
from mlpviz.text.sentences import Sentence, exact_number, joined, sentence, told_apart

SAMPLES, STOPS, TEXTS, PLACES = 4, 2, 3000, 5_000
"""How many samples, and ends in one of them, are named; how many changed numbers of a sheet get their text; how many of
one block are listed."""


def last_edit_of(before: Document, after: Document, style: NumberStyle = DEFAULT) -> dict[str, Any]:
    """What changed from one document to the other.

    `title` says what was edited, `early` without a number that the pass computes; `count` of `total` numbers
    changed, `note` says what could not be compared. `loss`
    holds the texts before, after and Δ, and a warning; `told` is the sentence that a screen reader hears. `reach` has
    one sentence per sample, `unreached` stands where no z and no a moved. `forecast` is {"promised", "true", "cause",
    "reason"}, null where the network itself changed.
    `cells` has for each block the places of its changed numbers, row by row, and their texts "−1 → −2 (Δ −1)"; a block
    with more than `PLACES` of them is left out.
    """
    traces = (before.trace(), after.trace())
    match = align(before, after)
    blocks = blocks_of(after.spec, shape_of(after))
    old_blocks = blocks_of(before.spec, shape_of(before))
    changes = changes_of(blocks, old_blocks, values_on_screen(before), values_on_screen(after), match)
    total = sum(change.after.size for change in changes.values())
    compared = sum(int(change.has.sum()) for change in changes.values())
    count = sum(int(change.changed.sum()) for change in changes.values())
    same_loss = before.loss == after.loss
    return {
        "title": _title(before, after, changes, _pins(before, after, style), style),
        "early": _title(before, after, changes, _pins(before, after, style, tells_free=False), style),
        "count": count,
        "total": total,
        "summary": f"{_counted(count)} of {total:,} numbers changed",
        "note": _note(total - compared, match.same),
        "loss": [*_loss(traces, style), "" if same_loss else "two different losses: their numbers cannot be compared"],
        "told": told_of((float(traces[0].loss), float(traces[1].loss)), same_loss, changes, style),
        "reach": _reaches(traces, style) if match.same and count else [],
        "unreached": "" if not match.same or _forward_moved(changes) else "No number of the forward pass changed.",
        "forecast": _forecast(before, after, style),
        "cells": _cells(changes, style),
    }


def _counted(count: int) -> str:
    return "None" if count == 0 else f"{count:,}"


def _note(new: int, same: bool) -> str:
    if not new:
        return "" if same else "What was removed is not compared."
    return f"{'1 number is' if new == 1 else f'{new:,} numbers are'} new; only what both networks have is compared."


def _arrow(before: float, after: float, style: NumberStyle) -> Sentence:
    return joined(" → ", told_apart((before, after), style))


def _delta(before: float, after: float, style: NumberStyle) -> Sentence:
    with np.errstate(all="ignore"):
        delta = float(np.float64(after) - np.float64(before))
    return exact_number(delta, style, sign=True)


def _loss(traces: tuple[Trace, Trace], style: NumberStyle) -> list[Sentence]:
    losses = [float(trace.loss) for trace in traces]
    return [*told_apart(losses, style), _delta(losses[0], losses[1], style)]


def _cells(changes: dict[str, TensorChange], style: NumberStyle) -> dict[str, Any]:
    found: dict[str, Any] = {}
    left = TEXTS
    for key, change in changes.items():
        places = np.flatnonzero(change.changed)
        if not 0 < places.size <= PLACES:
            continue
        old, new = (array.ravel()[places].tolist() for array in (change.before, change.after))
        texts = [
            sentence("{arrow} (Δ {delta})", arrow=_arrow(a, b, style), delta=_delta(a, b, style))
            for a, b in zip(old[:left], new[:left], strict=True)
        ]
        left -= len(texts)
        found[key] = [places.tolist(), texts]
    return found


# ------------------------------------------------------------------ what was edited


def _title(
    before: Document, after: Document, changes: dict[str, TensorChange], pins: list[Sentence], style: NumberStyle
) -> Sentence:
    given = [
        (key, int(at), change)
        for key, change in changes.items()
        if QUANTITIES[key.split(".")[0]].phase == "given"
        for at in np.flatnonzero(change.changed)[:2]
    ]
    lines = [line.replace(" | ", " → ") for line in differences_of(before, after)]
    if before.widths != after.widths:
        # the same number means another layer now
        lines = lines[:1]
    elif before.samples != after.samples:
        lines = [line for line in lines if line.startswith("samples")]
    if len(given) == 1 and not pins and before.spec == after.spec and before.learning_rate == after.learning_rate:
        key, at, change = given[0]
        name = _name(key, *divmod(at, change.after.shape[1]))
        return sentence("{name}: {change}", name=name, change=_at(change, at, style))
    edits: list[Sentence | str] = [*(line for line in lines if not line.startswith("pins")), *pins]
    more = f" and {len(edits) - 4} more" if len(edits) > 4 else ""
    return sentence("{edits}{more}", edits=joined("; ", edits[:4]) if edits else "No number", more=more)


def _at(change: TensorChange, at: int, style: NumberStyle) -> Sentence:
    return _arrow(float(change.before.ravel()[at]), float(change.after.ravel()[at]), style)


def _name(key: str, row: int, column: int) -> str:
    tensor, layer = key.split(".")
    match tensor:
        case "weight":
            return f"W {row + 1},{column + 1} of layer {layer}"
        case "bias":
            return f"b {row + 1} of layer {layer}"
        case "x":
            return f"x {row + 1} of sample {column + 1}"
        case "target":
            return f"target {row + 1} of sample {column + 1}"
    return f"{QUANTITIES[tensor].symbol} {row + 1} of layer {layer}"


def _pins(before: Document, after: Document, style: NumberStyle, tells_free: bool = True) -> list[Sentence]:
    """What became of pins; `tells_free`: also what an activation would be without its new pin."""
    if before.widths != after.widths or before.samples != after.samples:
        return []
    held = [{(pin.layer, pin.unit, pin.sample): pin.value for pin in one.pins} for one in (before, after)]
    lines: list[Sentence] = []
    for place in sorted(held[0].keys() | held[1].keys()):
        old, new = (one.get(place) for one in held)
        if old == new:
            continue
        layer, unit, sample = place
        name = f"a {unit} of layer {layer}, sample {sample}"
        if old is None and new is not None and not tells_free:
            lines.append(sentence("{name} pinned to {value}", name=name, value=exact_number(new, style)))
        elif old is None and new is not None:
            free = float(before.trace().layers[layer - 1].a[sample - 1, unit - 1])
            lines.append(sentence("{name} pinned: {change}", name=name, change=_arrow(free, new, style)))
        elif new is None:
            lines.append(sentence("{name} let go", name=name))
        elif old is not None:
            lines.append(sentence("pin of {name}: {change}", name=name, change=_arrow(old, new, style)))
    return lines


# ------------------------------------------------------------------ where the change ended


def _reaches(traces: tuple[Trace, Trace], style: NumberStyle) -> list[Sentence]:
    reaches = [reach for reach in propagation(*traces) if reach.output or reach.stops]
    shown = [_reached(reach, traces, style) for reach in reaches[:SAMPLES]]
    left = len(reaches) - len(shown)
    if left:
        arrived = sum(reach.output for reach in reaches[SAMPLES:])
        said = "{left} more samples: it reaches the output of {arrived}."
        shown.append(sentence(said, left=left, arrived=arrived))
    return shown


def _reached(reach: Propagation, traces: tuple[Trace, Trace], style: NumberStyle) -> Sentence:
    sample, more = reach.sample + 1, len(reach.stops) - STOPS
    stops: list[Sentence | str] = [_stopped(stop, style) for stop in reach.stops[:STOPS]]
    ends = joined("; ", [*stops, f"and at {more} more {'place' if more == 1 else 'places'}"] if more > 0 else stops)
    if not reach.output:
        return sentence("Sample {sample}: it stops at {ends}.", sample=sample, ends=ends)
    outputs = [trace.output[reach.sample] for trace in traces]
    moved = [unit for unit in range(len(outputs[0])) if outputs[0][unit] != outputs[1][unit]]
    moves = (
        sentence(
            "y{number} {change}",
            number=unit + 1 if len(outputs[0]) > 1 else "",
            change=_arrow(float(outputs[0][unit]), float(outputs[1][unit]), style),
        )
        for unit in moved[:STOPS]
    )
    also = sentence(" A part stops at {ends}.", ends=ends) if stops else ""
    return sentence(
        "Sample {sample}: it reaches the output, {moves}.{also}", sample=sample, moves=joined(", ", moves), also=also
    )


_STOPPED = {
    "zero input": "{place}: the changed weight reads a 0",
    "zero weight": "{place}: {letter} {change}, but every weight behind it is 0",
    "cancel": "{place}: what comes in changed, but it cancels, z stays {after}",
    "norm": "{place}: z {change}, but the norm takes the change away",
    "scale": "{place}: z {change}, but γ is 0",
    "gate": "{place}: {letter} {change}, the slope stays 0",
    "pin": "{place}: {letter} {change}, but a is pinned",
    "dropout": "{place}: {letter} {change}, but the unit is dropped",
}


def _stopped(stop: Blocked, style: NumberStyle) -> Sentence:
    return sentence(
        _STOPPED.get(stop.cause, "{place}: {letter} {change}, but a stays as it is"),
        place=f"layer {stop.layer}, unit {stop.unit + 1}" if stop.layer else f"input {stop.unit + 1}",
        letter=stop.letter,
        change=_arrow(stop.before, stop.after, style),
        after=exact_number(stop.after, style),
    )


def _forward_moved(changes: dict[str, TensorChange]) -> bool:
    return any(change.changed.any() for key, change in changes.items() if key.split(".")[0] in ("z", "a"))


# ------------------------------------------------------------------ what the gradient predicted


def _forecast(before: Document, after: Document, style: NumberStyle) -> dict[str, Any] | None:
    found = predict(before.trace(), after.trace())
    if found is None:
        return None
    return {
        "promised": exact_number(rounded(found.predicted), style, sign=True),
        "true": exact_number(rounded(found.true), style, sign=True),
        "cause": found.cause,
        "reason": reason(found, style),
    }
