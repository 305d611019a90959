"""A function of single numbers that a tool writes out in small steps: which activation or scaling it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from mlpviz.engine import ACTIVATIONS
from mlpviz.engine.parameters import Array
from mlpviz.exchange.imports.operations import Activate, Operation, Rescale
from mlpviz.network import DocumentError

_FINE = np.random.default_rng(0).uniform(-12, 12, 2001)
"""where an activation that fits on the grid must fit as well: kinks may lie between its points"""
_GRID = np.concatenate([np.linspace(-9.5, 9.5, 191) + 0.013, [-40.0, -25.5, 25.5, 40.0, 0.0]])
_CLOSE = 2e-6
"""tools store constants in single precision"""


def recognized(function: Callable[[Array], Array], width: int | None) -> Sequence[Operation]:
    """The operation that gives the same numbers as the function on a grid. Raises DocumentError if none does.

    The function takes and gives (N, I); it may differ between the I inputs only if it is x · factor + shift.
    """
    columns = width or 1
    values = _values(function, columns)
    scaled = _scaling(values, width)
    if scaled is not None:
        return scaled
    if np.ptp(values, axis=1).max() == 0:

        def at(z: Array) -> Array:
            with np.errstate(all="ignore"):
                every = np.asarray(function(np.repeat(z[:, None], columns, axis=1)), float)
            return np.broadcast_to(every, (len(z), columns))[:, 0]

        fine = at(_FINE)
        for activation in _candidates(values[:, 0], at):
            if _fits(activation, _GRID, values[:, 0]) and _fits(activation, _FINE, fine):
                return [activation]
    raise DocumentError("the model has a function between its layers that is no activation known here")


def scales_by_unit(function: Callable[[Array], Array], width: int | None) -> bool:
    """Whether the function is x · factor + shift, with another factor or shift for each of the inputs."""
    if width is None or width == 1:
        return False
    values = _values(function, width)
    return bool(np.ptp(values, axis=1).max() > 0) and _scaling(values, width) is not None


def _values(function: Callable[[Array], Array], columns: int) -> Array:
    """What the function gives on the grid for each of the inputs. Raises DocumentError for shapes that do not fit."""
    with np.errstate(all="ignore"):
        try:
            values = np.asarray(function(np.repeat(_GRID[:, None], columns, axis=1)), float)
            return np.broadcast_to(values, (len(_GRID), max(columns, values.shape[-1] if values.ndim > 1 else 1)))
        except (ValueError, TypeError, IndexError):
            raise DocumentError("the model combines numbers of shapes that do not fit") from None


def _fits(activation: Activate, z: Array, values: Array) -> bool:
    with np.errstate(all="ignore"):
        found = ACTIVATIONS[activation.key].configure(**activation.settings).value(z[:, None])[:, 0]
    return np.allclose(found, values, rtol=_CLOSE, atol=_CLOSE, equal_nan=True)


def _scaling(values: Array, width: int | None) -> Sequence[Operation] | None:
    zero = values[-1]
    slope = (values[150] - zero) / _GRID[150]
    if not np.allclose(values, _GRID[:, None] * slope + zero, rtol=_CLOSE, atol=1e-9) or not np.isfinite(values).all():
        return None
    if np.allclose(slope, 1, rtol=1e-12) and not zero.any():
        return []
    if width is None and values.shape[1] == 1:
        raise DocumentError("the model scales x and does not say how many inputs there are")
    return [Rescale(slope, zero, "scaling")]


def _candidates(values: Array, function: Callable[[Array], Array]) -> Iterator[Activate]:
    """Activations to try: those without settings, then with settings read off the values on the grid."""
    for key, entry in ACTIVATIONS.items():
        if entry.elementwise and key != "identity":
            yield Activate(key)
    yield Activate("gelu", {"approximate": "tanh"})
    low, high = float(values.min()), float(values.max())
    order = np.argsort(_GRID)

    def at(z: float) -> float:
        return float(np.interp(z, _GRID[order], values[order]))

    far, middle, jump = at(-40.0), at(0.0), _jump(values, function)
    trials: list[tuple[str, dict[str, Any]]] = [
        ("leaky_relu", {"slope": rounded(at(-40.0) / -40.0)}),
        ("elu", {"alpha": rounded(-far)}),
        ("celu", {"alpha": rounded(-far)}),
        ("hardtanh", {"low": rounded(low), "high": rounded(high)}),
        ("bounded_relu", {"ceiling": rounded(high), "slope": 0.0, "threshold": 0.0}),
        ("scaled_tanh", {"amplitude": rounded(high), "steepness": _steepness(values, high)}),
        ("scaled_sigmoid", {"steepness": _logit(at(0.013))}),
        ("softshrink", {"lambd": rounded(40.0 - at(40.0))}),
        ("ramp", {"slope": rounded((at(0.313) - at(0.013)) / 0.3), "offset": rounded(at(0.0))}),
        ("threshold", {"threshold": jump, "value": rounded(far)}),
        ("hardshrink", {"lambd": jump}),
        ("softplus", {"beta": rounded(np.log(2) / middle) if middle > 0 else 1.0}),
        ("gaussian", {"steepness": rounded(np.sqrt(-np.log(at(0.513))) / 0.513) if 0 < at(0.513) < 1 else 1.0}),
        ("squareplus", {"b": rounded(4 * middle**2)}),
    ]
    for key, settings in trials:
        try:
            ACTIVATIONS[key].configure(**settings)
        except ValueError:
            continue
        yield Activate(key, settings)


def rounded(value: float) -> float:
    """A constant as it was meant: the shortest decimal number within single precision of it."""
    for digits in range(1, 9):
        short = float(f"{value:.{digits}g}")
        if abs(short - value) <= 1e-7 * max(1.0, abs(value)):
            return short
    return value


def _steepness(values: Array, amplitude: float) -> float:
    place = 100  # a z near 0.5, where tanh is neither flat nor saturated
    ratio = values[place] / amplitude if amplitude else 0.0
    return rounded(float(np.arctanh(np.clip(ratio, -0.999999, 0.999999)) / _GRID[place])) if amplitude else 1.0


def _logit(value: float) -> float:
    return rounded(float(np.log(value / (1 - value)) / 0.013)) if 0 < value < 1 else 1.0


def _jump(values: Array, function: Callable[[Array], Array]) -> float:
    """The z above which the function is z itself, between the points of the grid; 0 if there is none."""
    fine = _GRID[:191]
    below = fine[values[:191] != fine]
    if not below.size or below.max() == fine[-1]:
        return 0.0
    low, high = float(below.max()), float(fine[fine > below.max()].min())
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (low, middle) if function(np.array([middle]))[0] == middle else (middle, high)
    return rounded(high)
