"""The two features that best predict a target."""

import numpy as np
import pytest

from mlpviz.data import DATASETS, Table
from mlpviz.data.feature_ranking import best_two_features


@pytest.mark.parametrize("name", ["iris", "wine", "breast_cancer", "digits"])
def test_the_same_two_as_scikit_learns_f_test(name):
    from sklearn.feature_selection import f_classif

    table = DATASETS[name].make(np.random.default_rng(0))
    constant = np.ptp(table.x, axis=0) == 0
    scores = np.zeros(table.x.shape[1])
    scores[~constant], _ = f_classif(table.x[:, ~constant], table.target)
    assert set(best_two_features(table)) == set(np.argsort(-scores)[:2].tolist())


def test_the_same_two_as_the_correlation():
    table = DATASETS["diabetes"].make(np.random.default_rng(0))
    found = [abs(np.corrcoef(column, table.target[:, 0])[0, 1]) for column in table.x.T]
    assert set(best_two_features(table)) == set(np.argsort(found)[-2:].tolist())


def test_few_or_constant_features():
    x = np.zeros((4, 3))
    assert best_two_features(Table(x, np.array([0, 1, 0, 1]), "classes", ("a", "b", "c"), ("0", "1"))) == (0, 1)
    assert best_two_features(Table(x[:, :1], np.ones((4, 1)), "values", ("a",))) == (0, 0)
    assert best_two_features(Table(x[:, :2], np.ones((4, 1)), "values", ("a", "b"))) == (0, 1)


@pytest.mark.parametrize("seed", range(20))
def test_a_feature_that_is_constant_within_each_class_is_one_of_them(seed):
    rng = np.random.default_rng(seed)
    classes = np.arange(rng.integers(6, 60)) % 3
    x = rng.normal(size=(len(classes), 5))
    x[:, 3] = rng.normal(size=3)[classes] * 10.0 ** rng.integers(-3, 6)
    assert 3 in best_two_features(Table(x, classes, "classes", tuple("abcde"), ("0", "1", "2")))
