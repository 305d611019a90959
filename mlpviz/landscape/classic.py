"""Functions of two numbers on which optimizers are compared: value, gradient, second derivatives and known minima."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from mlpviz.engine.parameters import Array
from mlpviz.engine.registry import Registry
from mlpviz.landscape.objective import Objective


@dataclass(frozen=True, eq=False)
class ClassicFunction:
    """f(x, y) of two arrays of one shape. `gradient` gives (∂f/∂x, ∂f/∂y), `curvature` (f_xx, f_xy, f_yy).

    `minima` are the points where f is smallest, `start` where one usually begins, `box` what is drawn: x from, to, y
    from, to. `takes_condition`: f has a further argument, the ratio of its two curvatures. `is_linear`: its gradient is
    a linear function, so that a single turn of a path is an overshoot.
    """

    key: str
    label: str
    formula: str
    sentence: str
    value: Callable[..., Array]
    gradient: Callable[..., tuple[Array, Array]]
    curvature: Callable[..., tuple[Array, Array, Array]]
    minima: tuple[tuple[float, float], ...]
    start: tuple[float, float]
    box: tuple[float, float, float, float]
    takes_condition: bool = False
    is_linear: bool = False
    source: str = ""

    def objective(self, condition: float = 20.0) -> Objective:
        """The function as something to walk over."""
        more = (condition,) if self.takes_condition else ()

        def losses(points: Array) -> Array:
            with np.errstate(all="ignore"):
                return self.value(points[..., 0], points[..., 1], *more)

        def gradients(points: Array) -> tuple[Array, Array]:
            with np.errstate(all="ignore"):
                slopes = self.gradient(points[..., 0], points[..., 1], *more)
            return losses(points), np.stack(np.broadcast_arrays(*slopes), axis=-1)

        def hessian(point: Array) -> Array:
            with np.errstate(all="ignore"):
                xx, xy, yy = (float(each) for each in self.curvature(point[0], point[1], *more))
            return np.array([[xx, xy], [xy, yy]])

        return Objective(2, np.array(self.start), losses, gradients, hessian)


def _beale_terms(x: Array, y: Array) -> list[tuple[Array, Array, Array, Array, Array]]:
    """Each squared term with its derivatives in x and y, and the second ones in xy and yy."""
    return [
        (constant - x + x * y**power, -1 + y**power, power * x * y ** (power - 1), power * y ** (power - 1),
         power * (power - 1) * x * (y ** (power - 2) if power > 1 else 0.0 * y))
        for power, constant in ((1, 1.5), (2, 2.25), (3, 2.625))
    ]  # fmt: skip


def _beale_gradient(x: Array, y: Array) -> tuple[Array, Array]:
    terms = _beale_terms(x, y)
    return (
        np.sum([2 * term * in_x for term, in_x, *_ in terms], axis=0),
        np.sum([2 * term * in_y for term, _, in_y, *_ in terms], axis=0),
    )


def _beale_curvature(x: Array, y: Array) -> tuple[Array, Array, Array]:
    terms = _beale_terms(x, y)
    return (
        np.sum([2 * in_x * in_x for _, in_x, *_ in terms], axis=0),
        np.sum([2 * (in_x * in_y + term * in_xy) for term, in_x, in_y, in_xy, _ in terms], axis=0),
        np.sum([2 * (in_y * in_y + term * in_yy) for term, _, in_y, _, in_yy in terms], axis=0),
    )


CLASSIC_FUNCTIONS: Registry[ClassicFunction] = Registry(
    "function",
    (
        ClassicFunction(
            key="quadratic",
            label="Quadratic bowl",
            formula="½ · (x² + κ · y²)",
            sentence="A bowl that is κ times as steep along y as along x: the steep side limits the learning rate, "
            "the flat one is slow.",
            value=lambda x, y, condition: 0.5 * (x * x + condition * y * y),
            gradient=lambda x, y, condition: (x, condition * y),
            curvature=lambda x, y, condition: (1.0 + 0 * x, 0.0 * x, condition + 0 * y),
            minima=((0.0, 0.0),),
            start=(-1.8, 0.8),
            box=(-2.0, 2.0, -1.0, 1.0),
            takes_condition=True,
            is_linear=True,
        ),
        ClassicFunction(
            key="rosenbrock",
            label="Rosenbrock",
            formula="(1 − x)² + 100 · (y − x²)²",
            sentence="A bent valley with a flat floor: the valley is found at once, its end hardly ever.",
            value=lambda x, y: (1 - x) ** 2 + 100 * (y - x * x) ** 2,
            gradient=lambda x, y: (-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)),
            curvature=lambda x, y: (2 - 400 * (y - 3 * x * x), -400 * x, 200.0 + 0 * y),
            minima=((1.0, 1.0),),
            start=(-1.2, 1.0),
            box=(-2.0, 2.0, -1.0, 3.0),
            source="Rosenbrock 1960",
        ),
        ClassicFunction(
            key="beale",
            label="Beale",
            formula="(1.5 − x + x · y)² + (2.25 − x + x · y²)² + (2.625 − x + x · y³)²",
            sentence="A wide plateau with steep corners: gradients are tiny here and huge there.",
            value=lambda x, y: np.sum([term[0] ** 2 for term in _beale_terms(x, y)], axis=0),
            gradient=_beale_gradient,
            curvature=_beale_curvature,
            minima=((3.0, 0.5),),
            start=(1.0, 1.2),
            box=(-4.5, 4.5, -2.5, 2.5),
            source="Beale 1958",
        ),
        ClassicFunction(
            key="himmelblau",
            label="Himmelblau",
            formula="(x² + y − 11)² + (x + y² − 7)²",
            sentence="Four minima of the same depth: where one ends depends on where one began.",
            value=lambda x, y: (x * x + y - 11) ** 2 + (x + y * y - 7) ** 2,
            gradient=lambda x, y: (
                4 * x * (x * x + y - 11) + 2 * (x + y * y - 7),
                2 * (x * x + y - 11) + 4 * y * (x + y * y - 7),
            ),
            curvature=lambda x, y: (
                12 * x * x + 4 * y - 42, 4 * x + 4 * y, 12 * y * y + 4 * x - 26,
            ),
            minima=(
                (3.0, 2.0),
                (-2.805118086952745, 3.131312518250573),
                (-3.779310253377747, -3.283185991286170),
                (3.584428340330492, -1.848126526964404),
            ),
            start=(-0.5, -1.0),
            box=(-5.0, 5.0, -5.0, 5.0),
            source="Himmelblau 1972",
        ),
        ClassicFunction(
            key="saddle",
            label="Saddle",
            formula="½ · (x² − y²) + ¼ · y⁴",
            sentence="Down along y, up along x: whoever comes exactly along x stays on the pass, with a gradient of 0.",
            value=lambda x, y: 0.5 * (x * x - y * y) + 0.25 * y**4,
            gradient=lambda x, y: (x, -y + y**3),
            curvature=lambda x, y: (1.0 + 0 * x, 0.0 * x, 3 * y * y - 1.0),
            minima=((0.0, 1.0), (0.0, -1.0)),
            start=(-1.6, 0.001),
            box=(-2.0, 2.0, -1.5, 1.5),
        ),
    ),
)  # fmt: skip
