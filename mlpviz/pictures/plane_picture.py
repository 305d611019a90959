"""The decision map as a picture: what a network answers over a plane of two inputs, and the samples on it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from mlpviz.pictures.canvas import Box, Canvas, mixed, shortened
from mlpviz.pictures.looks import PictureLook
from mlpviz.text.numbers import format_number

_SIDE, _LEFT, _TOP = 520.0, 70.0, 70.0
_STEPS = 16
"""So many strengths of a colour are told apart: neighbours of one strength are one rectangle."""


@dataclass(frozen=True)
class PlaneAnswers:
    """What is answered over a plane, the top row first: `classes` with their `strength` from 0 to 1, or `values`.

    `ranges` are those of the two inputs, `x` (N, 2) the samples and `target` (N,) their classes or values.
    """

    title: str
    told: str
    names: tuple[str, str]
    ranges: tuple[tuple[float, float], tuple[float, float]]
    classes: NDArray[np.intp] | None
    strength: NDArray[np.float64]
    x: NDArray[np.float64]
    target: NDArray[np.float64] | None
    class_names: tuple[str, ...] = ()


def plane_picture(answers: PlaneAnswers, look: PictureLook) -> str:
    """The picture."""
    canvas = Canvas(look.theme)
    canvas.text(0, 22, shortened(answers.title, 20, _SIDE + 200), 20, bold=True)
    canvas.text(0, 44, shortened(answers.told, 13, _SIDE + 200), 13, look.theme.muted)
    low, high = _span(answers)
    _paint(canvas, answers, low, high)
    canvas.path(f"M{_LEFT} {_TOP} h{_SIDE} v{_SIDE} h-{_SIDE} z", look.theme.text, 1.0)
    _axes(canvas, answers)
    _samples(canvas, answers, low, high)
    _legend(canvas, answers, low, high)
    return canvas.svg(look, f"{answers.title}: answers over {answers.names[0]} and {answers.names[1]}")


def _span(answers: PlaneAnswers) -> tuple[float, float]:
    """The smallest and the largest value, of the answers and of the targets."""
    if answers.classes is not None:
        return 0.0, 1.0
    numbers = answers.strength[np.isfinite(answers.strength)]
    if answers.target is not None:
        numbers = np.concatenate([numbers, answers.target[np.isfinite(answers.target)]])
    return (float(numbers.min()), float(numbers.max())) if numbers.size else (0.0, 0.0)


def _paint(canvas: Canvas, answers: PlaneAnswers, low: float, high: float) -> None:
    """Rectangles of one colour, row by row."""
    rows, columns = answers.strength.shape
    wide, tall = _SIDE / columns, _SIDE / rows
    for r in range(rows):
        colours = [_colour(canvas, answers, r, c, low, high) for c in range(columns)]
        c = 0
        for colour, run in groupby(colours):
            length = len(list(run))
            if colour != canvas.theme.ground:
                # a little taller, so that no line shows between two rows
                canvas.rect(Box(_LEFT + c * wide, _TOP + r * tall, length * wide, tall + 0.3 * (r < rows - 1)), colour)
            c += length


def _colour(canvas: Canvas, answers: PlaneAnswers, row: int, column: int, low: float, high: float) -> str:
    theme, value = canvas.theme, float(answers.strength[row, column])
    if not np.isfinite(value):
        return theme.ground
    if answers.classes is not None:
        own = theme.classes[int(answers.classes[row, column]) % len(theme.classes)]
        return mixed(own, theme.ground, theme.depth * _stepped(value))
    share = _stepped((value - low) / ((high - low) or 1.0))
    colour = theme.classes[0] if share < 0.5 else theme.classes[1]
    return mixed(colour, theme.ground, theme.depth * abs(2 * share - 1))


def _stepped(share: float) -> float:
    return round(min(1.0, max(0.0, share)) * _STEPS) / _STEPS


def _axes(canvas: Canvas, answers: PlaneAnswers) -> None:
    """The ends and the middle of both axes, and their names."""
    bottom = _TOP + _SIDE
    for share in (0.0, 0.5, 1.0):
        (left, right), (low, high) = answers.ranges
        across, up = (format_number(a + share * (b - a)) for a, b in ((left, right), (low, high)))
        canvas.text(_LEFT + share * _SIDE, bottom + 18, across, 12, anchor="middle")
        canvas.text(_LEFT - 6, bottom - share * _SIDE + 4, up, 12, anchor="end")
    canvas.text(_LEFT + _SIDE / 2, bottom + 38, shortened(answers.names[0], 13, _SIDE), 13, anchor="middle")
    canvas.text(_LEFT + 6, _TOP - 8, shortened(answers.names[1], 13, _SIDE), 13)


def _samples(canvas: Canvas, answers: PlaneAnswers, low: float, high: float) -> None:
    """A mark per sample: circles and squares for even and odd classes, so that colour is not all that tells."""
    (left, right), (bottom, top) = answers.ranges
    radius = 5.0 if len(answers.x) <= 60 else 3.2
    for at, (first, second) in enumerate(answers.x.tolist()):
        x = _LEFT + _SIDE * (first - left) / (right - left)
        y = _TOP + _SIDE * (top - second) / (top - bottom)
        if not (_LEFT <= x <= _LEFT + _SIDE and _TOP <= y <= _TOP + _SIDE):
            continue
        target = None if answers.target is None else float(answers.target[at])
        _mark(canvas, answers, (x, y), target, radius, low, high)


def _mark(
    canvas: Canvas, answers: PlaneAnswers, at: tuple[float, float], target: float | None, radius: float,
    low: float, high: float,
) -> None:  # fmt: skip
    theme, (x, y) = canvas.theme, at
    if target is None or not np.isfinite(target):
        canvas.circle(x, y, radius, theme.ground, theme.text)
    elif answers.classes is None:
        share = (target - low) / ((high - low) or 1.0)
        colour = theme.classes[0] if share < 0.5 else theme.classes[1]
        canvas.circle(x, y, radius, mixed(colour, theme.ground, 0.3 + 0.7 * abs(2 * share - 1)), theme.text)
    elif int(target) % 2:
        box = Box(x - 0.9 * radius, y - 0.9 * radius, 1.8 * radius, 1.8 * radius)
        canvas.rect(box, theme.classes[int(target) % len(theme.classes)], theme.text)
    else:
        canvas.circle(x, y, radius, theme.classes[int(target) % len(theme.classes)], theme.text)


def _legend(canvas: Canvas, answers: PlaneAnswers, low: float, high: float) -> None:
    """What the colours mean, at the right."""
    left, theme = _LEFT + _SIDE + 28, canvas.theme
    if answers.classes is None:
        for at, share in enumerate((1.0, 0.5, 0.0)):
            colour = theme.classes[0] if share < 0.5 else theme.classes[1]
            y = _TOP + 26 * at
            canvas.rect(Box(left, y, 16, 16), mixed(colour, theme.ground, theme.depth * abs(2 * share - 1)), theme.rule)
            canvas.text(left + 24, y + 13, format_number(low + share * (high - low)), 12)
        return
    for number, name in enumerate(answers.class_names):
        y = _TOP + 26 * number
        _mark(canvas, answers, (left + 8, y + 8), float(number), 5.0, low, high)
        canvas.text(left + 24, y + 13, shortened(name, 12, 150), 12)
