"""What the figures of a plane are drawn from: network, plane, the point that is looked at, and the ways over it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from mlpviz.engine.parameters import Array
from mlpviz.exploration.subject import Subject
from mlpviz.exploration.view import Values
from mlpviz.landscape.curvature import Curvature, curvature_at
from mlpviz.landscape.paths import Paths
from mlpviz.landscape_page.networks import LandscapeNetwork, network_of, network_paths
from mlpviz.landscape_page.optimizer_choice import LABELS, Walker, WalkerKey, walkers_of
from mlpviz.landscape_page.plane_choice import MAIN, RANDOM, Chosen, chosen_plane

THE_TRAINING = Walker("the training", WalkerKey("training", 0.0, 0.0), len(LABELS))
"""The way of a training among those of the optimizers."""


class Way(NamedTuple):
    """One way over the plane: its points (T, P) with their losses (T,), drawn up to `step`."""

    walker: Walker
    points: Array
    losses: Array
    step: int


@dataclass(frozen=True, eq=False)
class PlaneScene:
    """All of a plane but its surface. `paths` are those of the `walkers`, `ways` has the training's too.

    `name` is whose motion the shares are of; `point` (P,) is where gradient and curvature are taken, with its `loss`
    and the curvature `here`, None where it is not computed.
    """

    values: Values
    network: LandscapeNetwork
    walkers: list[Walker]
    paths: Paths
    ways: list[Way]
    name: str
    chosen: Chosen
    point: Array
    loss: float
    here: Curvature | None

    @property
    def step(self) -> int:
        """How far the optimizers have come."""
        return int(self.values["step"])


def plane_scene(values: Values, subject: Subject) -> PlaneScene:
    """The scene for the settings. Raises DocumentError for a network that is not shown, or no optimizer."""
    network, walkers, step = network_of(values, subject), walkers_of(values), values["step"]
    objective = network.objective
    paths = network_paths(network, tuple(each.choice for each in walkers))
    ways = [Way(*each, step) for each in zip(walkers, paths.points, paths.losses, strict=True)]
    if network.run is None:
        # the run is the way of the first optimizer; where it has run away, its last point counts
        run, name = paths.points[0], walkers[0].label
        alive = np.flatnonzero(np.isfinite(run).all(axis=-1))
        moment = run[min(step, int(alive[-1]))]
    else:
        run, name, moment = network.run, THE_TRAINING.label, objective.start
        ways.insert(0, Way(THE_TRAINING, run, objective.losses(run), len(run) - 1))
    at_moment = curvature_at(objective, moment) if values["plane"] not in (MAIN, RANDOM) else None
    chosen = chosen_plane(network, values, run, moment, objective.gradient(moment), at_moment)
    point = chosen.plane.at(np.array([values["px"], values["py"]]))
    return PlaneScene(
        values, network, walkers, paths, ways, name, chosen, point, objective.loss(point),
        curvature_at(objective, point),
    )  # fmt: skip
