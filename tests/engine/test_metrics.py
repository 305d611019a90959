"""Every metric beside scikit-learn, and which fits which network."""

from dataclasses import replace

import numpy as np
import pytest
import sklearn.metrics
from hypothesis import given, settings
from hypothesis import strategies as st

from mlpviz.engine import ACTIVATIONS, LOSSES, METRICS, OPTIMIZERS, LayerSpec, NetworkSpec, SpecError, fitting_metrics
from mlpviz.engine.classify import class_decision
from mlpviz.engine.metrics import confusion
from mlpviz.engine.training import DataSplits, Plan, train
from tests.support.code_lines import run_line
from tests.support.random_networks import chain

CLASSES = [key for key, metric in METRICS.items() if metric.reads == "classes"]
seeds = st.integers(0, 2**32 - 1)


def network(outputs, last, loss, **hyperparameters):
    return NetworkSpec((LayerSpec(2, outputs, ACTIVATIONS[last]),), LOSSES[loss].configure(**hyperparameters))


def sklearns(metric, true, predicted, classes):
    twin, labels = getattr(sklearn.metrics, metric.sklearn), np.arange(classes)
    match metric.shape:
        case "per class":
            return twin(true, predicted, labels=labels, average=None, zero_division=0)
        case "matrix":
            return twin(true, predicted, labels=labels)
    return twin(true, predicted)


@pytest.mark.parametrize("key", CLASSES)
@settings(max_examples=60)
@given(samples=st.integers(1, 30), classes=st.integers(2, 6), seed=seeds)
def test_classes_as_scikit_learn(key, samples, classes, seed):
    rng = np.random.default_rng(seed)
    y, true = rng.normal(size=(3, samples, classes)), rng.integers(0, classes, samples)
    found = METRICS[key].of(network(classes, "identity", "cross_entropy"))(y, np.eye(classes)[true])
    for mine, outputs in zip(found, y, strict=True):
        its = sklearns(METRICS[key], true, outputs.argmax(axis=-1), classes)
        np.testing.assert_allclose(mine, its, rtol=1e-14)
        assert mine.shape == np.shape(its)


@settings(max_examples=60)
@given(samples=st.integers(2, 30), outputs=st.integers(1, 4), seed=seeds, constant=st.booleans())
def test_r2_as_scikit_learn(samples, outputs, seed, constant):
    rng = np.random.default_rng(seed)
    y, t = rng.normal(size=(3, samples, outputs)), rng.normal(size=(samples, outputs))
    if constant:
        t[:, 0] = 1.0
        y[0, :, 0] = 1.0
    found = METRICS["r2"].of(network(outputs, "identity", "mse"))(y, t)
    np.testing.assert_allclose(found, [sklearn.metrics.r2_score(t, one) for one in y], rtol=1e-12)


@pytest.mark.parametrize("key", CLASSES)
@settings(max_examples=30)
@given(samples=st.integers(1, 30), classes=st.integers(2, 6), seed=seeds)
def test_lines_of_code_on_classes(key, samples, classes, seed):
    rng = np.random.default_rng(seed)
    true, predicted = rng.integers(0, classes, (2, samples))
    metric, names = METRICS[key], {"t": true, "predicted": predicted, "K": classes}
    expected = metric.value(confusion(predicted, true, classes))
    for code in ("\n".join(metric.numpy_lines), metric.sklearn_code):
        found = run_line(code, sklearn=sklearn, **names)
        np.testing.assert_allclose(found[metric.formula.symbol.name], expected, rtol=1e-12)


@settings(max_examples=30)
@given(samples=st.integers(2, 30), outputs=st.integers(1, 4), seed=seeds, constant=st.booleans())
def test_lines_of_code_on_values(samples, outputs, seed, constant):
    rng = np.random.default_rng(seed)
    y, t = rng.normal(size=(2, samples, outputs))
    if constant:
        t[:, 0] = y[:, 0] = 1.0
    metric = METRICS["r2"]
    for code in ("\n".join(metric.numpy_lines), metric.sklearn_code):
        found = run_line(code, sklearn=sklearn, t=t, y=y)
        np.testing.assert_allclose(found["r2"], metric.value(y, t), rtol=1e-12)


def test_r2_of_one_sample_means_nothing():
    assert np.isnan(METRICS["r2"].value(np.ones((1, 2)), np.zeros((1, 2))))


@pytest.mark.parametrize(
    ("last", "loss", "y", "t", "right"),
    [
        ("sigmoid", "bce", [0.1, 0.51, 0.5, 0.9], [0, 1, 0, 0], 0.75),
        ("identity", "bce_with_logits", [-0.1, 0.3, 0.0, 0.4], [0, 1, 0, 0], 0.75),
        ("identity", "hinge", [-0.1, 0.3, 0.0, 0.4], [-1, 1, -1, -1], 0.75),
        ("sigmoid", "mse", [0.1, 0.51, 0.5, 0.9], [0, 1, 0, 0], 0.75),
        ("tanh", "mse", [-0.1, 0.3, 0.0, 0.4], [-1, 1, -1, -1], 0.75),
    ],
)
def test_one_output_tells_two_classes_apart(last, loss, y, t, right):
    spec = network(1, last, loss)
    y, t = np.array(y)[:, None], np.array(t, dtype=float)[:, None]
    assert METRICS["accuracy"].of(spec)(y, t) == right
    np.testing.assert_array_equal(METRICS["confusion"].of(spec)(y, t), [[2, 1], [0, 1]])


def test_logits_and_probabilities_decide_alike():
    rng = np.random.default_rng(0)
    z = rng.normal(size=(200, 1))
    logits, probabilities = network(1, "identity", "bce_with_logits"), network(1, "sigmoid", "bce")
    mine = class_decision(logits).predicted(z)
    np.testing.assert_array_equal(mine, class_decision(probabilities).predicted(ACTIVATIONS["sigmoid"].value(z)))
    assert set(mine) == {0, 1}


def test_a_confusion_matrix_per_network():
    predicted, true = np.array([[0, 1, 1], [1, 1, 0]]), np.array([0, 1, 0])
    np.testing.assert_array_equal(confusion(predicted, true, 2), [[[1, 1], [0, 1]], [[1, 1], [0, 1]]])
    assert confusion(predicted[0], np.array([0, 1, 0]), 3).shape == (3, 3)


@pytest.mark.parametrize(
    ("loss", "last", "outputs", "expected"),
    [
        ("mse", "identity", 3, ["r2"]),
        ("huber", "identity", 1, ["r2"]),
        ("mse", "sigmoid", 1, [*CLASSES, "r2"]),
        ("mse", "softmax", 3, [*CLASSES, "r2"]),
        ("cross_entropy", "identity", 3, CLASSES),
        ("nll", "log_softmax", 3, CLASSES),
        ("bce", "sigmoid", 10, CLASSES),
        ("hinge", "identity", 1, CLASSES),
        ("kl_div", "log_softmax", 3, CLASSES),
        ("poisson_nll", "identity", 1, []),
        ("sum", "identity", 1, []),
    ],
)
def test_what_fits_which_loss(loss, last, outputs, expected):
    spec = network(outputs, last, loss)
    assert [metric.key for metric in fitting_metrics(spec)] == expected
    for key in METRICS.keys() - set(expected):
        with pytest.raises(SpecError, match=f"metric {key} does not fit loss {loss}; choose from "):
            METRICS[key].of(spec)


@pytest.mark.parametrize("key", CLASSES)
def test_a_run_measures_any_metric(key):
    spec = chain((2, 4, 3), ("tanh", "identity"), "cross_entropy")
    rng = np.random.default_rng(0)
    x = rng.normal(size=(30, 2))
    sets = DataSplits.of(spec, (x, (x[:, 0] > 0).astype(int) + (x[:, 1] > 0)))
    plan = Plan(optimizer=OPTIMIZERS["adam"].configure(learning_rate=0.1), epochs=40, metric=METRICS[key].of(spec))
    starts = rng.normal(size=(2, spec.size))
    first, *_, last = train(spec, starts, sets, plan, rng)
    assert first.train.metric.shape == {"number": (2,), "per class": (2, 3), "matrix": (2, 3, 3)}[METRICS[key].shape]
    if key == "accuracy":
        assert (last.train.metric > 0.9).all()
    alone = train(spec, starts[0], sets, replace(plan, epochs=0), rng)
    np.testing.assert_array_equal(next(alone).train.metric, first.train.metric[0])


def test_formulas_can_be_typeset():
    import latex2mathml.converter

    for metric in METRICS.values():
        assert latex2mathml.converter.convert(metric.formula.latex)
        assert metric.sentence.endswith(".")
