"""The figures of the page Fewer bits: where the errors are, and where gradients underflow."""

from __future__ import annotations

import numpy as np

from mlpviz.bits_page.compared import BLOCKS, GRADIENTS, Compared, relative_errors, underflows
from mlpviz.exploration.figure import BY_SIGN, MUTED, NEGATIVE, POSITIVE, figure, point
from mlpviz.exploration.view import FigurePart, PointerTarget
from mlpviz.text.numbers import percent
from mlpviz.text.sentences import exact_number, sentence

_DECADES = 40


def error_picture(compared: Compared) -> FigurePart:
    """The largest relative error of each block, in the order of the pass: forward down, backward up again."""
    count = len(compared.document.layers)
    forward = [(index, name) for index in range(count) for name in ("weight", "z", "a")]
    backward = [(index, name) for index in reversed(range(count)) for name in ("grad_a", "grad_z", "grad_weight")]
    names, largest, middle = [], [], []
    for key in forward + backward:
        if key not in compared.blocks:
            continue
        errors = np.abs(relative_errors(*compared.blocks[key]))
        known = errors[np.isfinite(errors)]
        names.append(f"{BLOCKS[key[1]]} {key[0] + 1}")
        largest.append(float(known.max(initial=0.0)))
        middle.append(float(np.median(known)) if known.size else 0.0)
    shown = [value if value > 0 else None for value in largest]
    worst = int(np.argmax(largest))
    unit = 2.0 ** -(compared.arithmetic.number_format.mantissa_bits + 1)
    return FigurePart(
        key="errors",
        title="Rounding error through the pass",
        height=300,
        figure=figure(
            [
                {"type": "bar", "x": names, "y": shown, "name": "largest", "marker": {"color": NEGATIVE}},
                {
                    "type": "scatter",
                    "x": names,
                    "y": [value or None for value in middle],
                    "name": "median",
                    "mode": "markers",
                    "marker": {"color": POSITIVE, "size": 9, "symbol": "diamond"},
                },
            ],
            x="",
            y="relative error",
            yaxis={"type": "log"},
            shapes=[
                {
                    "type": "line",
                    "xref": "paper",
                    "x0": 0,
                    "x1": 1,
                    "y0": unit,
                    "y1": unit,
                    "line": {"color": MUTED, "width": 1.5, "dash": "dash"},
                }
            ],
        ),
        text=sentence(
            "The largest relative error is {error}, in {block}. One rounding makes at most {unit} (dashed), "
            "half a unit "
            "of the mantissa.",
            error=exact_number(largest[worst]),
            block=names[worst],
            unit=exact_number(unit),
        ),
    )


def error_map(compared: Compared, key: tuple[int, str], at: tuple[int, int]) -> FigurePart:
    """The relative error of every number of a block; the pointer on it chooses the cell."""
    low, exact = compared.blocks[key]
    errors = relative_errors(low, exact)
    largest = float(np.abs(errors[np.isfinite(errors)]).max(initial=0.0))
    rows, columns = low.shape
    size = np.arange(1, columns + 1), np.arange(1, rows + 1)
    surface = {
        "type": "heatmap",
        "x": size[0],
        "y": size[1],
        "z": errors.astype(np.float32),
        "zmin": -largest or -1.0,
        "zmax": largest or 1.0,
        "colorscale": BY_SIGN,
        "colorbar": {"title": {"text": "error"}, "thickness": 12, "outlinewidth": 0},
        "name": BLOCKS[key[1]],
    }
    marker = point(at[1] + 1, at[0] + 1, "the cell")
    return FigurePart(
        key="map",
        title=f"Relative error of {BLOCKS[key[1]]} of layer {key[0] + 1}",
        height=300,
        pointer=PointerTarget("column" if columns > 1 else "", "row" if rows > 1 else ""),
        figure=figure(
            [surface, marker],
            x="column",
            y="row",
            xaxis={"dtick": 1 + columns // 10, "zeroline": False},
            yaxis={"autorange": "reversed", "dtick": 1 + rows // 10, "zeroline": False},
            hovermode="closest",
        ),
        text=sentence(
            "Of {count} numbers {exactly} are exact, and the largest relative error is {largest}.",
            count=f"{low.size:,}",
            exactly=f"{int(np.sum(errors == 0)):,}",
            largest=exact_number(largest),
        ),
    )


def gradient_picture(compared: Compared) -> FigurePart:
    """How large the gradients are, times the scale of the loss, beside the numbers that the format has."""
    number_format, scale = compared.arithmetic.number_format, compared.scale
    pairs = [compared.blocks[key] for key in compared.blocks if key[1] in GRADIENTS]
    exact = np.concatenate([pair[1].ravel() for pair in pairs])
    low = np.concatenate([pair[0].ravel() for pair in pairs])
    sizes = np.log10(np.abs(exact[exact != 0]) * scale)
    gone, total = underflows(low, exact), int(np.sum(exact != 0))
    ends = [np.log10(number_format.least), np.log10(number_format.least_normal), np.log10(number_format.largest)]
    shown = [end for end in ends if abs(end) < _DECADES]
    left = min([*(sizes.tolist() or [0.0]), *[end for end in shown if end > -12]]) - 1
    right = max([*(sizes.tolist() or [0.0]), *[end for end in shown if end < 12]]) + 1
    edges = np.arange(np.floor(left), np.ceil(right) + 0.5, 0.5)
    counts = np.histogram(sizes, edges)[0] if sizes.size else np.zeros(len(edges) - 1)
    marks = [
        {
            "type": "line",
            "x0": end,
            "x1": end,
            "yref": "paper",
            "y0": 0,
            "y1": 1,
            "line": {"color": colour, "width": 2, "dash": dash},
        }
        for end, colour, dash in zip(ends, (NEGATIVE, MUTED, NEGATIVE), ("solid", "dot", "dash"), strict=True)
    ]
    return FigurePart(
        key="gradients",
        title="Gradients, and what the format can hold",
        height=300,
        figure=figure(
            [
                {
                    "type": "bar",
                    "x": (edges[1:] + edges[:-1]) / 2,
                    "y": counts,
                    "name": "gradients",
                    "width": 0.45,
                    "marker": {"color": POSITIVE},
                }
            ],
            x="log₁₀ |gradient · scale|",
            y="how many",
            shapes=marks,
            showlegend=False,
            xaxis={"range": [float(edges[0]), float(edges[-1])]},
        ),
        text=sentence(
            "{gone} of {total} gradients become 0 ({share}). {name} has numbers down to {least} (solid line; "
            "dotted: below "
            "{normal} with fewer digits) and up to {largest} (dashed).",
            gone=gone,
            total=total,
            share=percent(gone / total if total else 0.0),
            name=number_format.label,
            least=exact_number(number_format.least),
            normal=exact_number(number_format.least_normal),
            largest=exact_number(number_format.largest),
        ),
    )
