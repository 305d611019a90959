import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.model_selection import KFold, StratifiedKFold, train_test_split

from mlpviz.data import DATASETS, DataError
from mlpviz.data.splits import folds, split

IRIS = DATASETS["iris"].make(np.random.default_rng(0)).target


def test_twenty_percent_then_a_quarter_of_the_rest_is_what_scikit_learn_draws():
    parts = split(150, test=0.2, validation=0.25, seed=2)
    rest, test = train_test_split(np.arange(150), test_size=0.2, random_state=2)
    train, validation = train_test_split(rest, test_size=0.25, random_state=2)
    np.testing.assert_array_equal(parts.test, test)
    np.testing.assert_array_equal(parts.validation, validation)
    np.testing.assert_array_equal(parts.train, train)
    assert [len(part) for part in (parts.train, parts.validation, parts.test)] == [90, 30, 30]
    with pytest.raises(ValueError, match="read-only"):
        parts.test[0] = 1


def test_stratified_parts_are_scikit_learns_and_keep_the_shares():
    parts = split(150, test=0.2, validation=0.25, seed=2, classes=IRIS)
    rest, test = train_test_split(np.arange(150), test_size=0.2, random_state=2, stratify=IRIS)
    train, validation = train_test_split(rest, test_size=0.25, random_state=2, stratify=IRIS[rest])
    for part, expected in ((parts.train, train), (parts.validation, validation), (parts.test, test)):
        np.testing.assert_array_equal(part, expected)
        assert len(set(np.bincount(IRIS[part]))) == 1


@given(
    st.integers(1, 60), st.floats(0, 1, exclude_max=True), st.floats(0, 1, exclude_max=True),
    st.integers(0, 9), st.integers(0, 4),
)  # fmt: skip
def test_every_sample_is_in_one_part_or_the_request_is_refused(samples, test, validation, seed, classes):
    labels = np.arange(samples) % classes if classes else None
    try:
        parts = split(samples, test=test, validation=validation, seed=seed, classes=labels)
    except DataError:
        return
    together = np.concatenate([parts.train, parts.validation, parts.test])
    np.testing.assert_array_equal(np.sort(together), np.arange(samples))
    assert parts.train.size
    assert bool(parts.test.size) == (test > 0)
    assert bool(parts.validation.size) == (validation > 0)


@given(st.integers(2, 90), st.floats(0.01, 0.9), st.integers(0, 1000), st.integers(0, 5), st.integers(2, 6))
@settings(max_examples=150)
def test_any_split_and_any_folds_are_scikit_learns_bit_for_bit(samples, share, seed, classes, count):
    labels = np.random.default_rng(seed).integers(0, classes, samples) if classes else None
    try:
        parts = split(samples, test=share, validation=0, seed=seed, classes=labels)
    except DataError:
        pass
    else:
        train, test = train_test_split(np.arange(samples), test_size=share, random_state=seed, stratify=labels)
        assert (parts.train.tolist(), parts.test.tolist()) == (train.tolist(), test.tolist())
        assert {parts.train.dtype, parts.test.dtype} == {np.dtype(np.int64)}
    try:
        found = folds(samples, count, seed, labels)
    except DataError:
        return
    maker = (KFold if labels is None else StratifiedKFold)(count, shuffle=True, random_state=seed)
    expected = [tuple(rows.tolist() for rows in pair) for pair in maker.split(np.zeros((samples, 1)), labels)]
    assert [tuple(rows.tolist() for rows in pair) for pair in found] == expected


def test_another_seed_draws_other_rows():
    one, other = (split(150, test=0.2, validation=0, seed=seed) for seed in (1, 2))
    assert set(one.test) != set(other.test)


@pytest.mark.parametrize("classes", [None, IRIS], ids=["plain", "stratified"])
def test_folds_are_scikit_learns_and_every_row_is_validated_once(classes):
    found = folds(150, 5, 3, classes)
    maker = (KFold if classes is None else StratifiedKFold)(5, shuffle=True, random_state=3)
    for (train, validation), (train_, validation_) in zip(found, maker.split(np.zeros((150, 1)), classes), strict=True):
        np.testing.assert_array_equal(train, train_)
        np.testing.assert_array_equal(validation, validation_)
    np.testing.assert_array_equal(np.sort(np.concatenate([rows for _, rows in found])), np.arange(150))


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: split(10, test=1.0, validation=0, seed=0), "the test share is 1, expected from 0 to below 1"),
        (lambda: split(10, test=0, validation=-0.1, seed=0),
         "the validation share is -0.1, expected from 0 to below 1"),
        (lambda: split(0, test=0, validation=0, seed=0), "no sample is left for training of 0"),
        (lambda: split(1, test=0.5, validation=0, seed=0), "a test share of 0.5 of 1 sample leaves none for training"),
        (lambda: split(2, test=0.5, validation=0.5, seed=0),
         "a validation share of 0.5 of 1 sample leaves none for training"),
        (lambda: split(4, test=0.5, validation=0, seed=0, classes=np.array([0, 0, 0, 1])),
         "class 1 has 1 sample, expected at least 2 for stratified parts"),
        (lambda: split(150, test=0.01, validation=0, seed=0, classes=IRIS),
         "a test share of 0.01 of 150 samples cannot keep the shares of 3 classes: "
         "it gives 148 and 2, expected at least 3 in each part"),
        (lambda: split(3, test=0.5, validation=0, seed=0, classes=np.array([0, 1])),
         "class numbers of shape (2,), expected one for each of 3 samples"),
        (lambda: folds(10, 1, 0), "1 folds, expected at least 2"),
        (lambda: folds(3, 4, 0), "4 folds of 3 samples, expected at most as many folds as samples"),
        (lambda: folds(6, 3, 0, np.array([0, 0, 0, 0, 1, 1])),
         "class 1 has 2 samples, expected at least 3 for 3 stratified folds"),
    ],
)  # fmt: skip
def test_what_cannot_be_split_is_said_in_one_sentence(build, message):
    with pytest.raises(DataError) as error:
        build()
    assert str(error.value) == message
