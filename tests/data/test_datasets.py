import sys

import numpy as np
import pytest

from mlpviz.data import DATASETS, DataSet
from mlpviz.data.mnist import folder
from mlpviz.data.sklearn_datasets import BUNDLED, measured_file
from mlpviz.data.toy_classification import TOYS
from mlpviz.data.toy_regression import CURVES, SURFACES
from mlpviz.engine.hyperparameters import HyperparameterError

NO_MNIST = pytest.mark.skipif(folder() is None, reason="needs the MNIST files, in MLPVIZ_MNIST or ../shared/mnist")
every = pytest.mark.parametrize(
    "entry",
    [pytest.param(entry, id=key, marks=[NO_MNIST] if key == "mnist" else []) for key, entry in DATASETS.items()],
)
drawn = pytest.mark.parametrize("entry", [*TOYS, *CURVES, *SURFACES], ids=lambda entry: entry.key)
toys = pytest.mark.parametrize("entry", TOYS, ids=lambda entry: entry.key)


def made(entry: DataSet, seed: int = 3, **hyperparameters):
    return entry.configure(**hyperparameters).make(np.random.default_rng(seed))


@every
def test_an_entry_makes_a_table_of_its_task(entry):
    table = made(entry)
    assert table.task == entry.task
    assert table.x.shape == (table.samples, len(table.feature_names))
    assert entry.label
    assert entry.sentence.endswith(".")
    assert entry.source
    if entry.task == "classes":
        assert set(table.target) == set(range(table.outputs))
        assert table.outputs >= 2


@every
def test_the_seed_alone_decides(entry):
    one, same, other = made(entry), made(entry), made(entry, seed=4)
    np.testing.assert_array_equal(one.x, same.x)
    np.testing.assert_array_equal(one.target, same.target)
    if entry in TOYS:
        assert not np.array_equal(one.x, other.x)


@every
def test_defaults_lie_in_their_ranges(entry):
    assert entry.configure(**entry.settings).settings == {
        hyperparameter.name: hyperparameter.default for hyperparameter in entry.hyperparameters
    }


@drawn
def test_the_samples_are_as_many_as_asked_at_both_ends(entry):
    for hyperparameter in entry.hyperparameters:
        for bound in (hyperparameter.low, hyperparameter.high):
            table = made(entry, **{hyperparameter.name: bound})
            assert table.samples == (bound if hyperparameter.name == "samples" else entry.settings["samples"])
        for outside in (hyperparameter.low - 1, hyperparameter.high + 1):
            with pytest.raises(HyperparameterError, match=f"{hyperparameter.name} is {outside}, expected"):
                entry.configure(**{hyperparameter.name: outside})


@toys
@pytest.mark.parametrize("samples", [10, 11, 200])
def test_every_class_is_there_and_they_are_even(entry, samples):
    table = made(entry, samples=samples)
    counts = np.bincount(table.target, minlength=table.outputs)
    assert counts.min() > 0
    assert counts.max() - counts.min() <= 1


@drawn
def test_noise_moves_points_by_its_standard_deviation(entry):
    still, moved = (made(entry, samples=5000, noise=noise) for noise in (0.0, 0.2))
    part = "x" if entry in TOYS else "target"
    # the same draws but for the scale of the scatter
    scatter = getattr(moved, part) - getattr(still, part)
    assert scatter.std() == pytest.approx(0.2, rel=0.05)
    assert abs(scatter.mean()) < 0.02


@pytest.mark.parametrize(
    ("key", "class_at"),
    [
        ("xor", lambda x: np.where(x[:, 0] * x[:, 1] > 0, 0, 1)),
        ("checkerboard", lambda x: np.floor((x + 1) * 2).astype(int).sum(axis=1) % 2),
        ("circles", lambda x: np.where(np.hypot(*x.T) < 0.75, 1, 0)),
        ("gaussian", lambda x: np.where(x.sum(axis=1) > 0, 0, 1)),
    ],
)
def test_without_noise_the_place_says_the_class(key, class_at):
    table = made(DATASETS[key], noise=0.0, samples=1000)
    np.testing.assert_array_equal(table.target, class_at(table.x))


@pytest.mark.parametrize("key", ["moons", "spirals", "blobs"])
def test_without_noise_the_nearest_other_point_is_of_the_same_class(key):
    table = made(DATASETS[key], noise=0.0, samples=600)
    away = np.linalg.norm(table.x[:, None] - table.x, axis=2) + 10 * np.eye(600)
    np.testing.assert_array_equal(table.target, table.target[away.argmin(axis=1)])


@pytest.mark.parametrize(
    ("key", "at", "expected"),
    [("sine", 0.5, 0.479426), ("step", -0.1, 0), ("abs", -0.7, 0.7), ("polynomial", 1.2, 0.528),
     ("sinc", 1.5, -0.212207), ("sawtooth", 0.75, 0.5)],
)  # fmt: skip
def test_a_curve_goes_through_the_point_worked_by_hand(key, at, expected):
    table = made(DATASETS[key], samples=5000)
    assert np.interp(at, table.x[:, 0], table.target[:, 0]) == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize(
    ("key", "shape", "outputs"),
    [("iris", (150, 4), 3), ("digits", (1797, 64), 10), ("breast_cancer", (569, 30), 2), ("diabetes", (442, 10), 1),
     ("wine", (178, 13), 3)],
)  # fmt: skip
def test_bundled_sets_are_complete_and_unscaled(key, shape, outputs):
    table = made(DATASETS[key])
    assert (table.x.shape, table.outputs) == (shape, outputs)
    assert table.x.max() > 5
    assert table.image_shape == ((8, 8) if key == "digits" else None)


def test_measured_data_come_from_their_file_where_there_is_no_scikit_learn(tmp_path, monkeypatch):
    kept = tmp_path / "measured.npz"
    kept.write_bytes(measured_file())
    for entry in BUNDLED:
        before = entry.make(np.random.default_rng(0))
        with monkeypatch.context() as patch:
            patch.setattr("mlpviz.data.sklearn_datasets._FILE", kept)
            patch.setitem(sys.modules, "sklearn.datasets", None)
            after = entry.make(np.random.default_rng(0))
        assert (after.x.tobytes(), after.target.tobytes()) == (before.x.tobytes(), before.target.tobytes())
        assert after.feature_names == before.feature_names
        assert (after.class_names, after.image_shape) == (before.class_names, before.image_shape)
