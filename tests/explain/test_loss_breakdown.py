"""The loss taken apart: its parts add up, its factors are told, and the long way back equals the short one."""

import itertools
import json
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlpviz.engine import LOSSES, NORMS, LayerSpec, NetworkSpec, Pin, run_pass
from mlpviz.examples.networks import PRESETS
from mlpviz.explain.loss_breakdown import loss_card, loss_parts, slope_parts
from mlpviz.explain.loss_factors import LOSS_FACTORS, factors_of
from mlpviz.explain.softmax_gradient import softmax_gradient, softmax_gradient_table
from mlpviz.network import Document
from mlpviz.text.numbers import NumberStyle
from tests.support.random_documents import documents
from tests.support.random_networks import chain, example, examples

# each hyperparameter of each loss set away from its default, one at a time
TURNED = [
    ("cross_entropy", {"label_smoothing": 0.2}),
    ("cross_entropy", {"weight": (0.5, 2.0, 1.0)}),
    ("cross_entropy", {"label_smoothing": 0.1, "weight": (0.5, 2.0, 1.0)}),
    ("nll", {"weight": (0.5, 2.0, 1.0)}),
    ("cross_entropy", {"ignore_index": 1}),
    ("nll", {"ignore_index": 0, "weight": (0.5, 2.0, 1.0)}),
    ("huber", {"delta": 0.3}),
    ("smooth_l1", {"beta": 0.3}),
    ("smooth_l1", {"beta": 0.0}),
    ("hinge", {"margin": 2.0}),
    ("multi_margin", {"p": 2, "margin": 2.0}),
    ("multi_margin", {"weight": (0.5, 2.0, 1.0)}),
    ("multi_margin", {"reduction": "mean_of_sums"}),
    ("cosine", {"eps": 0.0}),
    ("cosine", {"eps": 10.0}),
    ("poisson_nll", {"full": True}),
    ("gaussian_nll", {"variance": 0.3, "full": True}),
    ("focal", {"gamma": 1.0, "alpha": 0.7}),
    ("focal", {"gamma": 0.0, "alpha": -1.0}),
    ("mse", {"reduction": "half_mean_of_sums"}),
    ("mae", {"sample_weight": (1.0, 2.0), "term_weight": (1.0, 0.0, 2.0), "factor": 3.0}),
    ("bce_with_logits", {"pos_weight": (1.0, 2.0, 0.5)}),
    *(
        (key, {"reduction": "sum"})
        for key, loss in LOSSES.items()
        if any(k.name == "reduction" for k in loss.hyperparameters)
    ),
]
ALL = [(key, {}) for key in LOSSES] + TURNED
DIVISORS = ("numbers", "samples", "twice the samples", "outputs", "weights", "counted", "nothing")


def traced(key, hyperparameters, seed, samples=2, outputs=3, scale=1.0, activation=None):
    loss = LOSSES[key].configure(**hyperparameters) if hyperparameters else LOSSES[key]
    last = activation or (loss.last_activations or ("tanh",))[0]
    spec = NetworkSpec(chain((2, 3, outputs), ("tanh", last), key).layers, loss)
    return example(spec, samples, seed, scale=scale).run()


@settings(max_examples=40)
@given(one=examples(max_layers=3, max_width=5))
def test_the_parts_add_up(one):
    trace = one.run()
    parts = loss_parts(trace)
    assert parts.terms.sum(axis=1) == pytest.approx(parts.sums)
    assert sum(parts.sums) == pytest.approx(parts.total)
    assert parts.total / parts.divisor == pytest.approx(parts.loss, rel=1e-12, nan_ok=True)
    for sample, output in np.ndindex(parts.terms.shape):
        slope = slope_parts(trace, sample, output)
        assert slope.own / slope.divisor == pytest.approx(slope.grad, rel=1e-12, nan_ok=True)


@pytest.mark.parametrize(("key", "hyperparameters"), ALL, ids=str)
def test_every_factor_of_every_loss_has_its_story(key, hyperparameters):
    trace = traced(key, hyperparameters, seed=1)
    loss, found = trace.spec.loss, {factor.key: str(text) for factor, text in factors_of(trace)}
    assert len(found.keys() & set(DIVISORS)) == 1, "one divisor"
    divisor = loss_parts(trace).divisor
    if loss.mean_over == "nothing":
        assert divisor == 1.0
    else:
        number = f"{divisor:g}"
        assert number in next(text for name, text in found.items() if name in DIVISORS)
    # a factor is said to be there exactly if it can be measured
    y, t, h = trace.output, trace.target, 1e-4
    if "two" in found:
        assert loss.grad(y, t) == pytest.approx(2.0 * (y - t))
    if "half" in found:
        near = t + 1e-3
        assert loss.terms(near, t) == pytest.approx(0.5 * (near - t) ** 2)
    squares = t is not None and np.allclose((loss.grad(t + h, t) - loss.grad(t - h, t)) / (2 * h), 2.0)
    assert ("two" in found) == (squares and key == "mse")
    if "minus" in found:
        assert r"\log" in loss.latex or key == "nll"
    assert ("class weights" in found) == bool(hyperparameters.get("weight"))
    assert ("smoothing" in found) == bool(hyperparameters.get("label_smoothing"))


def test_every_story_is_told_by_some_loss():
    told = {
        factor.key for key, hyperparameters in ALL for factor, _ in factors_of(traced(key, hyperparameters, seed=2))
    }
    # targets are class numbers or probabilities; a mean over weights needs class numbers
    told |= {factor.key for seed in range(4) for factor, _ in factors_of(traced("nll", TURNED[3][1], seed))}
    # random signs are never 0
    signs = traced("hinge", {}, 2)
    told |= {factor.key for factor, _ in factors_of(run_pass(signs.spec, signs.params, signs.x, signs.target * 0.0))}
    assert told == set(LOSS_FACTORS)


BY_HAND = [loss for loss in LOSSES.values() if loss.on_logits]
WAYS = [
    *((loss.key, {}, loss.last_activations[0]) for loss in BY_HAND),
    *((loss.on_logits, {}, "identity") for loss in BY_HAND),
    ("cross_entropy", {"label_smoothing": 0.2, "weight": (0.5, 2.0, 1.0)}, "identity"),
    ("cross_entropy", {"reduction": "sum"}, "identity"),
    ("nll", {"weight": (0.5, 2.0, 1.0)}, "log_softmax"),
    ("nll", {"ignore_index": 1}, "log_softmax"),
    ("cross_entropy", {"ignore_index": 1, "label_smoothing": 0.1}, "identity"),
    ("bce", {"reduction": "sum"}, "sigmoid"),
    ("bce_with_logits", {"pos_weight": (3.0, 0.5, 1.0)}, "identity"),
    # whatever multiplies the terms multiplies both ways
    ("bce_with_logits", {"pos_weight": (3.0, 0.5, 1.0), "factor": -2.0, "sample_weight": (1.0, 4.0)}, "identity"),
    ("bce", {"factor": 2.0, "sample_weight": (3.0, 0.0), "term_weight": (1.0, 2.0, 0.5)}, "sigmoid"),
    ("cross_entropy", {"factor": 0.5, "sample_weight": (2.0, 3.0), "weight": (0.5, 2.0, 1.0)}, "identity"),
    ("cross_entropy_probs", {"factor": 3.0, "sample_weight": (2.0, 3.0)}, "softmax"),
    ("nll", {"factor": -1.5, "weight": (0.5, 2.0, 1.0)}, "log_softmax"),
]


@pytest.mark.parametrize(("key", "hyperparameters", "activation"), WAYS, ids=str)
@settings(max_examples=10)
@given(seed=st.integers(0, 2**32 - 1))
def test_the_long_way_is_the_short_way(key, hyperparameters, activation, seed):
    trace = traced(key, hyperparameters, seed, activation=activation)
    last = trace.layers[-1]
    for sample in range(trace.samples):
        ways = softmax_gradient(trace, sample)
        assert ways.equal
        products = ways.outer[:, None] * ways.jacobian
        assert products.sum(axis=0) == pytest.approx(ways.long, rel=1e-12, abs=1e-15)
        engine = last.grad_a if activation == "identity" else last.grad_z
        assert ways.long == pytest.approx(engine[sample], rel=1e-9, abs=1e-12)
        assert ways.short == pytest.approx(engine[sample], rel=1e-9, abs=1e-12)
        by_formula = ways.scale * (ways.probabilities * ways.total - ways.target) / ways.divisor
        assert by_formula == pytest.approx(ways.short, rel=1e-9, abs=1e-12)


def test_what_multiplies_the_terms_is_shown_in_the_short_way():
    layers = [{"weight": [[1, 0], [0, 1]], "bias": None, "activation": "identity"}]
    loss = {"key": "bce_with_logits", "pos_weight": [2, 3], "factor": 2}
    document = Document.parse({"layers": layers, "x": [[1, 2]], "target": [[1, 0]], "loss": loss})
    ways = loss_card(document, "grad_a 1 1 1", 1)["ways"]
    assert [str(entry["text"]) for entry in ways["short"]] == ["2 · (0.731 · 2 − 2)", "2 · (0.881 − 0)"]
    assert [entry["result"][0] for entry in ways["short"]] == ["−0.538", "0.881"]
    assert "p − t times its weight over the divisor" in ways["sentence"]


def test_only_these_pairs_have_two_ways():
    paired = set(itertools.chain.from_iterable((loss.key, loss.on_logits) for loss in BY_HAND))
    assert paired == {"cross_entropy_probs", "cross_entropy", "bce", "bce_with_logits", "nll"}
    for key in LOSSES:
        assert (softmax_gradient(traced(key, {}, 3), 0) is not None) == (key in paired)


@pytest.mark.parametrize(
    ("last", "key", "norm", "letter"),
    [
        ("softmax", "cross_entropy_probs", None, "z"),
        ("softmax", "cross_entropy_probs", "layer_norm", "n"),
        ("sigmoid", "bce", "batch_norm", "n"),
        ("identity", "cross_entropy", None, "z"),
        ("identity", "cross_entropy", "layer_norm", "a"),
        # a classic mistake that is computed and told: the loss takes what ReLU gives for its logits
        ("relu", "cross_entropy", None, "a"),
    ],
)
def test_the_columns_of_the_jacobian_are_what_they_are_called(last, key, norm, letter):
    (layer,) = chain((2, 3), last, key).layers
    own = LayerSpec(2, 3, layer.activation, norm=None if norm is None else NORMS[norm])
    trace = example(NetworkSpec((own,), LOSSES[key]), 2, 4).run()
    ways = softmax_gradient(trace, 0)
    assert ways.letter == letter
    gradient = getattr(trace.layers[-1], f"grad_{letter}")[0]
    assert ways.long == pytest.approx(gradient, rel=1e-9)
    assert ways.short == pytest.approx(gradient, rel=1e-9)
    table = softmax_gradient_table(ways, 0, None, NumberStyle(4))
    assert table["columns"] == [f"{letter}{place}" for place in (1, 2, 3)]
    assert table["heading"].endswith(f" back to {letter}")


def test_where_p_is_0_in_the_computer_only_the_short_way_arrives():
    spec = chain((1, 2), "identity", "cross_entropy", bias=False)
    trace = run_pass(spec, np.array([0.0, 1000.0]), np.ones((1, 1)), np.array([0]))
    ways = softmax_gradient(trace, 0)
    assert ways.short == pytest.approx([-1.0, 1.0])
    assert not ways.equal


def bce_at(z, target):
    layers = [{"weight": [[1]], "bias": None, "activation": "sigmoid"}]
    fields = {"version": 1, "name": "", "layers": layers, "x": [[z]], "target": [[target]], "loss": "bce"}
    return Document.parse({**fields, "learning_rate": 0.1})


@pytest.mark.parametrize("z", [27.5, 28.0, 30.0, 34.0, 37.0, 40.0, 800.0, -28.0, -30.0, -40.0, -800.0])
@pytest.mark.parametrize("target", [0.0, 1.0, 0.3])
def test_two_different_numbers_are_never_called_equal(z, target):
    for last, key in (("sigmoid", "bce"), ("identity", "bce_with_logits")):
        spec = chain((1, 1), last, key, bias=False)
        ways = softmax_gradient(run_pass(spec, np.array([1.0]), np.array([[z]]), np.array([[target]])), 0)
        assert ways.equal == np.allclose(ways.long, ways.short, rtol=1e-9, atol=0.0), (last, ways)
    if abs(z) >= 28 and (z < 0) == (target == 1.0) and target != 0.3:
        card = loss_card(bce_at(z, target), "grad_z 1 1 1", 1)["ways"]
        assert not card["equal"]
        assert "a · (1 − a) is held at 1e-12" in card["sentence"]


def test_the_loss_card_tells_the_bound_with_its_numbers():
    story = {factor.key: str(text) for factor, text in factors_of(bce_at(-30.0, 1.0).trace())}["bound"]
    assert re.search(r"Output 1 of sample 1 is 9.36e.14, so ∂L/∂a is −1[.0]*e12; without the .* −1.07e13\.", story)
    assert "Binary cross-entropy (logits) takes z itself and needs no bound: its ∂L/∂z is −1" in story
    story = {factor.key: str(text) for factor, text in factors_of(bce_at(2.0, 1.0).trace())}["bound"]
    assert story.endswith("Here no bound holds.")


def test_a_pin_between_loss_and_z_has_no_short_way():
    one = example(chain((2, 3), "softmax", "cross_entropy_probs"), 2, 5)
    trace = run_pass(one.spec, one.params, one.x, one.target, [Pin(0, 1, 2, 0.5)])
    assert softmax_gradient(trace, 0) is not None
    assert softmax_gradient(trace, 1) is None


@settings(max_examples=40)
@given(document=documents(st.floats(-2, 2)))
def test_the_card_of_any_document(document):
    last = len(document.layers)
    for focus in (f"loss {last} 1 1", f"loss_term {last} 1 1", f"grad_a {last} 1 1"):
        card = loss_card(document, focus, 1)
        assert json.dumps(card, allow_nan=False)
        assert len(card["samples"]) == document.samples
    assert str(card["slope"]).startswith("∂L/∂a of output 1, sample 1")
    for focus in (None, "loss", "x 0 1 1", f"grad_a {last} 99 1", f"weight {last} 1 1"):
        assert loss_card(document, focus, 1) is None


def test_the_card_of_iris_shows_both_ways():
    document = PRESETS["iris"].document
    card = loss_card(document, "probabilities 3 2 1", 1, NumberStyle(8))
    ways = card["ways"]
    assert [row["name"] for row in ways["rows"]] == ["p1", "p2", "p3"]
    assert ways["equal"]
    assert ways["long"] == [entry["result"] for entry in ways["short"]]
    assert len(ways["columns"]) == len(ways["rows"][0]["cells"]) == 3


def test_a_wide_softmax_is_cut_and_still_adds_up():
    spec = chain((4, 20), "identity", "cross_entropy")
    ways = softmax_gradient(example(spec, 1, 3).run(), 0)
    document = Document.parse(
        {
            "version": 1, "name": "wide", "loss": "cross_entropy", "learning_rate": 0.1, "x": [[1.0]], "target": [3],
            "layers": [{"weight": [[0.1 * k] for k in range(20)], "bias": None, "activation": "identity"}],
        }
    )  # fmt: skip
    assert ways.equal
    card = loss_card(document, "grad_a 1 15 1", 1, NumberStyle(8))["ways"]
    assert card["rows"][-1]["name"] == "14 more, added up"
    assert "z15" in card["columns"]
    assert card["columns"][card["marked"]] == "z15"
