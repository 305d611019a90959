"""What a beginner gets who chooses data and presses play: every data set is learned well, whatever the seed."""

from __future__ import annotations

import numpy as np
import pytest

from mlpviz.config import load_table, suggested
from mlpviz.config.defaults import DEFAULTS
from mlpviz.config.edits import with_source, with_value
from mlpviz.config.sources import SetSource
from mlpviz.data import DATASETS
from mlpviz.data.mnist import folder
from mlpviz.runs import Run
from tests.support.small_runs import finished

SEEDS = (0, 1, 2)
METRIC = 6  # the column of the curves with the validation score


def source_of(key: str, **hyperparameters: object) -> SetSource:
    return SetSource.model_validate({"kind": "set", "set": {"key": key, **hyperparameters}})


def test_every_data_set_has_a_start() -> None:
    assert tuple(DEFAULTS) == tuple(DATASETS)


@pytest.mark.parametrize("key", [key for key in DEFAULTS if key != "mnist"])
def test_a_start_reaches_its_score_for_three_seeds(key: str) -> None:
    source = source_of(key)
    table = load_table(source)
    setup = suggested(source, table)
    # side by side: each of them gives the numbers that it gives alone, but for the common order of the samples
    run = finished(Run.compare({str(seed): setup.replace(seed=seed) for seed in SEEDS}, "seed", table))
    scores = [run.state(member).checkpoint.row[METRIC] for member in range(len(SEEDS))]
    assert min(scores) >= DEFAULTS[key].reaches, scores


@pytest.mark.parametrize("key", [key for key in DEFAULTS if key != "mnist"])
def test_no_start_promises_what_a_network_that_has_learned_nothing_has(key: str) -> None:
    source = source_of(key)
    run = Run.of(suggested(source).replace(epochs=1))
    assert run.state(0).checkpoint.row[METRIC] < DEFAULTS[key].reaches


@pytest.mark.skipif(folder() is None, reason="needs the MNIST files, in MLPVIZ_MNIST or ../shared/mnist")
def test_mnist_reaches_its_score_also_with_a_tenth_of_its_images() -> None:
    table = load_table(source_of("mnist"))
    setup = suggested(source_of("mnist"), table)
    # of all images one epoch is enough
    run = finished(Run.of(setup if table.samples < 10_000 else setup.replace(epochs=1), table))
    assert run.state(0).checkpoint.row[METRIC] >= DEFAULTS["mnist"].reaches


def test_what_nobody_has_touched_follows_the_data_and_what_somebody_built_stays() -> None:
    moons = suggested(source_of("moons"))
    table = load_table(moons.data)
    changed, _ = with_source(moons.replace(seed=7), source_of("spirals"), table)
    assert changed == suggested(source_of("spirals"))
    built = with_value(moons, ("layers", 0, "units"), 3)
    changed, _ = with_source(built, source_of("spirals"), table)
    assert changed == built.replace(data=source_of("spirals"))
    # more noise is the same data set, and points added by hand are those on screen
    noisy, _ = with_source(moons, source_of("moons", noise=0.3), table)
    assert noisy == moons.replace(data=source_of("moons", noise=0.3))


def test_surfaces_are_what_they_say() -> None:
    slope, cones = (load_table(source_of(key)) for key in ("slope", "cones"))
    assert np.allclose(slope.target[:, 0], (slope.x[:, 0] + slope.x[:, 1]) / 2)
    far = np.hypot(cones.x[:, 0], cones.x[:, 1] - 5 / 12)
    inside = far < 0.2
    assert inside.any()
    assert np.allclose(cones.target[inside, 0], 3 * far[inside] - 1)
    assert cones.target.min() >= -1
    assert cones.target.max() <= 1
