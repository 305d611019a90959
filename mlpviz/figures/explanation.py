"""What the panel says when a gradient is asked "why?": the verdict and the paths, as texts."""

from __future__ import annotations

from typing import Any

from mlpviz.content.numbers import DEFAULT, NumberStyle, format_number
from mlpviz.content.paths import Path, paths_of
from mlpviz.content.why import factor_text, verdict
from mlpviz.document import Document

_TENSORS = ("grad_a", "grad_z", "grad_x", "grad_weight", "grad_bias")


def explanation_of(document: Document, selection: str | None, style: NumberStyle = DEFAULT) -> dict[str, Any] | None:
    """The answer for the selected cell ("grad_a 5 1 2", counted from 1 as on screen), or None if it has no paths.

    `paths` are {"product", "route", "factors": [[text, meaning]]}, the strongest first; `rest` says what is left.
    """
    if not selection:
        return None
    tensor, *numbers = selection.split(" ")
    layer, row, column = (*(int(number) for number in numbers), 1, 1, 1)[:3] if numbers else (0, 1, 1)
    trace = document.trace()
    if tensor not in _TENSORS or not (0 <= layer <= len(trace.layers)) or (layer == 0) != (tensor == "grad_x"):
        return None
    widths = (trace.spec.inputs, *(spec.outputs for spec in trace.spec.layers))
    columns = {"grad_weight": widths[layer - 1], "grad_bias": 1}.get(tensor, trace.samples)
    if not (1 <= row <= widths[layer] and 1 <= column <= columns):
        return None
    if tensor == "grad_bias" and trace.layers[layer - 1].bias is None:
        return None
    paths = paths_of(trace, tensor, layer, row - 1, column - 1)
    found = verdict(trace, tensor, layer, row - 1, column - 1, paths)
    left = paths.number - len(paths.strongest)
    many = trace.samples > 1 and tensor in ("grad_weight", "grad_bias")
    return {
        "selection": selection,
        "cause": found.cause,
        "verdict": found.sentence,
        "paths": [_path(path, many, style) for path in paths.strongest],
        "rest": f"and {left:,.0f} weaker {'path' if left == 1 else 'paths'}: {format_number(paths.rest, style)}"
        if left > 0
        else "",
        "sum": format_number(paths.value, style),
    }


def _path(path: Path, many: bool, style: NumberStyle) -> dict[str, Any]:
    units = [f"{factor.unit + 1}" for factor in path.factors if factor.kind == "weight"]
    route = f"through unit {' → '.join(units)}" if units else "straight to the loss"
    return {
        "product": format_number(path.product, style),
        "route": f"sample {path.sample + 1}, {route}" if many else route,
        "factors": [[format_number(factor.value, style), factor_text(factor)] for factor in path.factors],
    }
