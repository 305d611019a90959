"""What flows through each layer, as figures: sizes beside theory, distributions, dead and saturated units, clipping."""

from __future__ import annotations

from typing import Any

import numpy as np

from mlpviz.engine.parameters import Array
from mlpviz.exploration.figure import MARK, NEGATIVE, POSITIVE, UPDATE, figure, line
from mlpviz.exploration.view import FigurePart
from mlpviz.gradient_flow.measure import QUANTILES, STEEP, Flow
from mlpviz.gradient_flow.theory import FlowTheory
from mlpviz.text.sentences import Sentence, exact_number, joined, sentence

HEIGHT = 280
_LOG = {"type": "log", "exponentformat": "power", "nticks": 8}


def forward_figure(flow: Flow, theory: FlowTheory | None, silence: str) -> FigurePart:
    """The mean squares of z and a in each layer, with the lines of theory."""
    layers = _numbers(flow)
    traces = [
        _measured(layers, [layer.z for layer in flow.layers], "z²", POSITIVE, "circle"),
        _measured(layers, [layer.a for layer in flow.layers], "a²", NEGATIVE, "diamond"),
    ]
    if theory is not None:
        traces += [
            _predicted(layers, theory.z, "z², theory", POSITIVE),
            _predicted(layers, theory.a, "a², theory", NEGATIVE),
        ]
    first, last = flow.layers[0].a, flow.layers[-1].a
    said = sentence(
        "The mean square of a goes from {first} in layer 1 to {last} in layer {depth}.",
        first=exact_number(first), last=exact_number(last), depth=len(flow.layers),
    )  # fmt: skip
    return FigurePart(
        key="forward", title="Forward: size of z and a", height=HEIGHT,
        figure=figure(traces, x="layer", y="mean square", yaxis=_LOG),
        text=joined(" ", (said, _beside([layer.z for layer in flow.layers], theory and theory.z, silence))),
    )  # fmt: skip


def backward_figure(flow: Flow, theory: FlowTheory | None, silence: str) -> FigurePart:
    """The mean squares of ∂L/∂z and ∂L/∂W in each layer, with the line of theory."""
    layers = _numbers(flow)
    sizes = [layer.grad_z for layer in flow.layers]
    traces = [
        _measured(layers, sizes, "(∂L/∂z)²", POSITIVE, "circle"),
        _measured(layers, [layer.grad_weight for layer in flow.layers], "(∂L/∂W)²", UPDATE, "square"),
    ]
    said = sentence(
        "∂L/∂z of layer 1 is {ratio} times that of layer {depth}.",
        ratio=exact_number(flow.ratio), depth=len(flow.layers),
    )  # fmt: skip
    parts = [said]
    if theory is not None:
        traces.append(_predicted(layers, theory.grad_z, "(∂L/∂z)², theory", POSITIVE))
        parts.append(
            sentence("Theory: each layer multiplies its mean square by about χ = {chi}.", chi=exact_number(theory.chi))
        )
    parts.append(_beside(sizes, theory and theory.grad_z, silence))
    return FigurePart(
        key="backward", title="Backward: size of the gradients", height=HEIGHT,
        figure=figure(traces, x="layer", y="mean square", yaxis=_LOG), text=joined(" ", parts),
    )  # fmt: skip


def distribution_figures(flow: Flow) -> tuple[FigurePart, FigurePart]:
    """The distributions of a, and of the sizes of ∂L/∂z, in each layer: half in the box, 90% between the whiskers."""
    a = [layer.a_quantiles for layer in flow.layers]
    grads = [layer.grad_quantiles for layer in flow.layers]
    last = len(flow.layers)
    return (
        FigurePart(
            key="activations", title="Distribution of a", height=HEIGHT,
            figure=figure([_boxes(a, "a", NEGATIVE)], x="layer", y="a"),
            text=_boxes_in_words("a", a, last),
        ),
        FigurePart(
            key="gradients", title="Distribution of |∂L/∂z|", height=HEIGHT,
            figure=figure([_boxes(grads, "|∂L/∂z|", POSITIVE)], x="layer", y="|∂L/∂z|", yaxis=_LOG),
            text=_boxes_in_words("|∂L/∂z|", grads, last),
        ),
    )  # fmt: skip


def shares_figure(flow: Flow) -> FigurePart:
    """The shares of dead units and of saturated numbers in each layer."""
    layers = _numbers(flow)
    dead = [layer.dead for layer in flow.layers if layer.dead is not None]
    saturated = [layer.saturated for layer in flow.layers if layer.saturated is not None]
    if not dead:
        traces: list[Any] = []
        said = sentence("Softmax and its logarithm read a whole row: no unit has a slope of its own.")
    else:
        traces = [
            line(layers, 100 * np.array(dead), "dead units", 0, line={"color": NEGATIVE}),
            line(layers, 100 * np.array(saturated), "saturated", 1, line={"color": MARK}),
        ]
        worst = int(np.argmax(saturated))
        said = sentence(
            "{dead}% of all units are dead: slope 0 for every sample. In layer {layer} {saturated}% of the slopes are "
            "below {steep}% of the steepest one.",
            dead=exact_number(round(100 * float(np.mean(dead)), 1)), layer=worst + 1,
            saturated=exact_number(round(100 * saturated[worst], 1)), steep=round(100 * STEEP),
        )  # fmt: skip
    return FigurePart(
        key="shares", title="Dead and saturated", height=HEIGHT,
        figure=figure(traces, x="layer", y="%", yaxis={"range": [-2, 102]}), text=said,
    )  # fmt: skip


def clipping_figure(before: Array, after: Array, norm: float, max_norm: float) -> FigurePart:
    """The root mean squares of ∂L/∂W before and after clipping the norm of the whole gradient."""
    layers = np.arange(1, len(before) + 1)
    traces = [
        _measured(layers, before, "before", POSITIVE, "circle"),
        _measured(layers, after, "clipped", UPDATE, "square"),
    ]
    if norm > max_norm:
        said = sentence(
            "The whole gradient has the norm {norm}. Clipping divides all of it by {factor}: it gets shorter, and the "
            "ratio of first to last stays.",
            norm=exact_number(norm), factor=exact_number(norm / max_norm),
        )  # fmt: skip
    else:
        said = sentence(
            "The whole gradient has the norm {norm}, which is not above {most}: clipping changes nothing. It helps "
            "against gradients that explode, never against those that vanish.",
            norm=exact_number(norm), most=exact_number(max_norm),
        )  # fmt: skip
    return FigurePart(
        key="clipping", title="∂L/∂W before and after clipping", height=HEIGHT,
        figure=figure(traces, x="layer", y="root mean square", yaxis=_LOG), text=said,
    )  # fmt: skip


def _numbers(flow: Flow) -> Array:
    return np.arange(1, len(flow.layers) + 1)


def _positive(values: Any) -> Array:
    """What a logarithmic axis can show; gaps elsewhere."""
    found = np.asarray(values, dtype=float)
    return np.where(np.isfinite(found) & (found > 0), found, np.nan)


def _measured(layers: Array, values: Any, name: str, colour: str, symbol: str) -> Any:
    return {
        "type": "scatter", "x": layers, "y": _positive(values), "name": name, "mode": "markers",
        "marker": {"color": colour, "size": 8, "symbol": symbol},
    }  # fmt: skip


def _predicted(layers: Array, values: Array, name: str, colour: str) -> Any:
    return {
        "type": "scatter", "x": layers, "y": _positive(values), "name": name, "mode": "lines",
        "line": {"color": colour, "width": 2, "dash": "dash"},
    }  # fmt: skip


def _boxes(quantiles: list[tuple[float, ...]], name: str, colour: str) -> dict[str, Any]:
    low, first, middle, third, high = np.array(quantiles).T
    return {
        "type": "box", "x": np.arange(1, len(quantiles) + 1), "name": name, "lowerfence": low, "q1": first,
        "median": middle, "q3": third, "upperfence": high, "marker": {"color": colour}, "showlegend": False,
    }  # fmt: skip


def _boxes_in_words(name: str, quantiles: list[tuple[float, ...]], last: int) -> Sentence:
    (low, *_, high), (own_low, *_, own_high) = quantiles[0], quantiles[-1]
    return sentence(
        "{share}% of {name} lie between {low} and {high} in layer 1, between {own_low} and {own_high} in layer {last}.",
        share=round(100 * (QUANTILES[-1] - QUANTILES[0])), name=name, low=exact_number(low), high=exact_number(high),
        own_low=exact_number(own_low), own_high=exact_number(own_high), last=last,
    )  # fmt: skip


def _beside(measured: list[float], theory: Array | None, silence: str) -> Sentence:
    """How far what was measured is from theory, or why there is none."""
    if theory is None:
        return sentence("{silence}", silence=silence)
    with np.errstate(all="ignore"):
        apart = np.exp(np.abs(np.log(np.array(measured)) - np.log(theory)))
    apart = apart[np.isfinite(apart)]
    if not apart.size:
        return sentence("Nothing is left to compare with theory.")
    return sentence(
        "The farthest layer is a factor {factor} from theory.", factor=exact_number(round(float(apart.max()), 3))
    )
