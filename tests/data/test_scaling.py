import numpy as np
import pytest
import sklearn.preprocessing

from mlpviz.data import DATASETS, DataError
from mlpviz.data.scaling import SCALERS, Scaling
from tests.support.code_lines import run_line

ROWS = "expected samples × features, all finite"
ZERO = "offset and scale hold a number that is not finite, or a scale of 0"

every = pytest.mark.parametrize("scaler", SCALERS.values(), ids=SCALERS)


def split(key: str):
    x = DATASETS[key].make(np.random.default_rng(1)).x
    return x[::2], x[1::2]


@every
@pytest.mark.parametrize("key", ["xor", "sine", "iris", "digits", "breast_cancer", "diabetes", "wine"])
def test_rows_unseen_scale_as_scikit_learn_scales_them(scaler, key):
    training, later = split(key)
    scaling = scaler.fit(training)
    if scaler.sklearn:
        expected = getattr(sklearn.preprocessing, scaler.sklearn)().fit(training).transform(later)
    else:
        expected = later
    np.testing.assert_allclose(scaling.apply(later), expected, rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(scaling.invert(scaling.apply(later)), later, rtol=1e-12, atol=1e-12)
    assert scaling.apply(later[0]).shape == later[0].shape


@pytest.mark.parametrize("seed", range(40))
def test_the_standard_scaling_is_scikit_learns_bit_for_bit(seed):
    rng = np.random.default_rng(seed)
    rows, features = rng.integers(2, 300), rng.integers(1, 9)
    x = rng.normal(size=(rows, features)) * 10.0 ** rng.integers(-8, 8) + 10.0 ** rng.integers(-3, 9)
    _is_scikit_learns(x, sklearn.preprocessing.StandardScaler().fit(x))


@pytest.mark.parametrize("rows", [10, 4096, 4097, 9000])
def test_bytes_are_scaled_piece_by_piece_as_scikit_learn_does(rows):
    x = np.random.default_rng(rows).integers(0, 256, (rows, 5)).astype(np.uint8)
    theirs = sklearn.preprocessing.StandardScaler()
    for start in range(0, rows, 4096):
        theirs.partial_fit(x[start : start + 4096].astype(np.float64))
    _is_scikit_learns(x, theirs)


def _is_scikit_learns(x, theirs):
    ours = SCALERS["standard"].fit(x)
    assert ours.offset.tolist() == theirs.mean_.tolist()
    assert ours.scale.tolist() == theirs.scale_.tolist()


@every
@pytest.mark.parametrize("key", ["xor", "iris", "digits", "wine"])
def test_the_lines_of_code_scale_as_the_app_does(scaler, key):
    training, later = split(key)
    for code in ("\n".join(scaler.numpy_lines), scaler.sklearn_code):
        if code:
            found = run_line(code, sklearn=sklearn, x=later, x_train=training)
            np.testing.assert_allclose(found["scaled"], scaler.fit(training).apply(later), rtol=1e-12, atol=1e-12)


def test_the_scaled_training_rows_are_of_the_size_promised():
    training, _ = split("wine")
    standard, min_max = (SCALERS[key].fit(training).apply(training) for key in ("standard", "min_max"))
    np.testing.assert_allclose(standard.mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(standard.std(axis=0), 1)
    np.testing.assert_allclose(min_max.min(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(min_max.max(axis=0), 1)


@every
@pytest.mark.parametrize("value", [0.0, 0.1, -7.3, 1e9 + 0.1])
def test_a_constant_feature_keeps_its_scale_and_is_named(scaler, value):
    x = np.column_stack([np.arange(7.0), np.full(7, value)])
    scaling = scaler.fit(x)
    assert scaling.constant == (1,)
    assert scaling.scale[1] == 1
    assert set(scaling.apply(x)[:, 1]) == ({value} if scaler.key == "none" else {0.0})
    assert scaling.note(("a", "b")) == "b has the same value in every training row, so the scale is left at 1."


def test_there_is_no_note_without_a_constant_feature_and_one_for_two():
    assert SCALERS["standard"].fit([[1.0], [2.0]]).note(("a",)) == ""
    assert SCALERS["standard"].fit([[1.0, 2.0]]).note(("a", "b")).startswith("a, b have the same")


@every
def test_a_fit_is_read_only_and_apart_from_its_rows(scaler):
    x = np.arange(6.0).reshape(3, 2)
    scaling = scaler.fit(x)
    before = scaling.apply([1.0, 1.0])
    x[:] = 99
    np.testing.assert_array_equal(scaling.apply([1.0, 1.0]), before)
    with pytest.raises(ValueError, match="read-only"):
        scaling.scale[0] = 2


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: SCALERS["standard"].fit(np.ones((0, 2))), "training rows of shape (0, 2), " + ROWS),
        (lambda: SCALERS["min_max"].fit([[1.0], [np.nan]]), "training rows of shape (2, 1), " + ROWS),
        (lambda: SCALERS["none"].fit([[1.0, 2.0]]).apply([[1.0]]),
         "x has shape (1, 1), expected 2 features as in the fit"),
        (lambda: SCALERS["none"].fit([[1.0, 2.0]]).invert(3.0), "x has shape (), expected 2 features as in the fit"),
        (lambda: Scaling(np.zeros(2), np.ones(3)), "offset (2,) and scale (3,), expected one number per feature"),
        (lambda: Scaling(np.zeros(2), np.zeros(2)), ZERO),
    ],
)  # fmt: skip
def test_what_cannot_be_scaled_is_said(build, message):
    with pytest.raises(DataError) as error:
        build()
    assert str(error.value) == message
