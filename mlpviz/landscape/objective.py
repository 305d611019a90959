"""What is walked over: a function of a vector with its gradient and its second derivatives, at many points at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from mlpviz.engine import NetworkSpec, Trace
from mlpviz.engine.hessian import hessian
from mlpviz.engine.optimizers import Optimizer
from mlpviz.engine.parameters import Array
from mlpviz.engine.pass_inputs import pin_masks
from mlpviz.engine.point_losses import gradients_of_points, losses_of_points

MOST_CURVED = 600
"""Parameters of a network whose second derivatives are computed: above, they take seconds and say little."""


@dataclass(frozen=True, eq=False)
class Objective:
    """A loss of P numbers.

    `losses(points (M, P)) -> (M,)`; `gradients(points (M, P)) -> losses (M,), gradients (M, P)`;
    `hessian(point (P,)) -> (P, P)`. `spec` is the network, None for a function of two numbers. `start` (P,) is where
    it is looked at.
    """

    size: int
    start: Array
    losses: Callable[[Array], Array]
    gradients: Callable[[Array], tuple[Array, Array]]
    hessian: Callable[[Array], Array]
    spec: NetworkSpec | None = None

    def loss(self, point: Array) -> float:
        """The loss at one point (P,)."""
        return float(self.losses(point[None])[0])

    def gradient(self, point: Array) -> Array:
        """The gradient (P,) at one point."""
        return self.gradients(point[None])[1][0]

    def fitted(self, optimizer: Optimizer) -> Optimizer:
        """The optimizer for the tensors of this network; one matrix of two numbers for a function of two numbers."""
        return optimizer if self.spec is None else optimizer.laid_out(self.spec.slots)


def objective_of(trace: Trace) -> Objective:
    """The loss of the network of a trace over its samples, as a function of what it learns.

    A number that is shared by several places is one number here, with the sum of their gradients.
    """
    spec = trace.spec
    own: dict[str, Any] = {
        "x": trace.x,
        "target": trace.target,
        "pinned": pin_masks(spec, trace.samples, trace.pins),
        "training": trace.training,
        "masks": trace.masks,
        "buffers": trace.buffers,
    }
    losses, gradients = partial(losses_of_points, spec, **own), partial(gradients_of_points, spec, **own)
    curvature = partial(hessian, spec, **own)
    if spec.sharing is None:
        return Objective(
            spec.size,
            np.array(trace.params),
            lambda points: losses(params=points),
            lambda points: gradients(params=points),
            lambda point: curvature(params=point),
            spec,
        )
    learned = spec.sharing.learned
    places = np.searchsorted(learned, spec.sharing.first)  # which learned number each place has
    gather = (places[:, None] == np.arange(len(learned))).astype(float)

    def shared(points: Array) -> tuple[Array, Array]:
        found, grads = gradients(params=points[:, places])
        return found, grads @ gather

    return Objective(
        len(learned),
        np.array(trace.params[learned]),
        lambda points: losses(params=points[:, places]),
        shared,
        lambda point: gather.T @ curvature(params=point[places]) @ gather,
    )
