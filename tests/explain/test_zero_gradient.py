"""Why a gradient is exactly zero: every cause is found, and what is said of samples and outputs is true of them."""

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings

from mlpviz.engine import ACTIVATIONS
from mlpviz.explain.gradient_paths import gradient_paths
from mlpviz.explain.gradient_verdict import verdict
from mlpviz.network import Document
from mlpviz.verify.report import check
from tests.support.random_networks import Example, examples, mixed_examples
from tests.support.traces import cells, trace_of


def test_what_is_zero_in_many_samples_is_counted() -> None:
    trace = trace_of([[[-1, 1]], [[1]]], [[2, 0], [0, 0], [3, 0], [0, 0], [5, 0]], [[1]] * 5)
    assert str(verdict(trace, "grad_weight", 1, 0, 0).sentence) == (
        "Zero, because in samples 1, 3 and 5 unit 1 of layer 1 is closed, "
        "in samples 2 and 4 what comes in through this weight is 0."
    )
    assert str(verdict(trace, "grad_weight", 1, 0, 1).sentence) == (
        "Zero, because what comes in through this weight is 0 in every sample."
    )
    units = trace_of([[[1]] * 5, [[1] * 5]], [[-1]], [[1]])
    assert str(verdict(units, "grad_x", 0, 0, 0).sentence) == (
        "Zero, because units 1, 2 and 3 of layer 1 and 2 more are closed: the slope is 0 there."
    )


@settings(max_examples=30)
@given(examples(max_layers=3, max_width=2, max_samples=3, activations=("relu", "identity", "step")))
def test_what_is_said_of_a_sample_holds_for_this_sample_alone(one: Example) -> None:
    trace = one.run()
    assume(np.isfinite(trace.grad).all())
    for tensor, number, row, column in cells(trace):
        if tensor != "grad_weight" or gradient_paths(trace, tensor, number, row, column).number:
            continue
        found = str(verdict(trace, tensor, number, row, column).sentence)
        for sample in range(trace.samples):
            pins = tuple(replace(pin, sample=0) for pin in one.pins if pin.sample == sample)
            target = None if one.target is None else one.target[sample : sample + 1]
            alone = replace(one, x=one.x[sample : sample + 1], target=target, pins=pins).run()
            own = str(verdict(alone, tensor, number, row, column).sentence)
            clause = own.removeprefix("Zero, because ").split(":")[0].rstrip(".")
            assert clause in found, (own, found)


@settings(max_examples=40)
@given(mixed_examples(max_layers=3, max_width=3, max_samples=3, activations=("relu", "identity", "softmax", "step")))
def test_every_zero_has_its_cause(one: Example) -> None:
    trace = one.run()
    assume(np.isfinite(trace.grad).all())
    for cell in cells(trace):
        found = verdict(trace, *cell)
        assert str(found.sentence).endswith(".")
        if gradient_paths(trace, *cell).number == 0:
            assert found.cause in {
                "loss", "zero input", "zero weight", "pin", "dropped", "norm", "kink", "flat", "closed", "alone",
                "mixed",
            }  # fmt: skip


def test_an_output_that_hits_its_target_is_the_cause_not_a_weight() -> None:
    one = [[1.0, 0.0], [0.0, 1.0]]
    trace = trace_of([one, one], [[2, 3]], [[2, 5]])
    ends = "Zero, because output 1 hits its target: a = t = 2, so ∂L/∂a = 0 there"
    assert str(verdict(trace, "grad_weight", 2, 0, 0).sentence) == f"{ends}."
    found = verdict(trace, "grad_weight", 1, 0, 0)
    assert (found.cause, str(found.sentence)) == (
        "loss",
        f"{ends}, and the paths to other outputs meet a weight that is 0.",
    )
    assert {fact.kind for fact in found.zeros} == {"loss", "weight"}


@pytest.mark.parametrize(
    ("loss", "weight", "x", "target", "words"),
    [
        ("hinge", [[1]], [[3]], [[1]], "output 1 is beyond the margin: t · a = 3, more than 1"),
        ("cross_entropy", [[1], [1]], [[1]], [[0.5, 0.5]], "p of output 1 is exactly its target: p = 0.5"),
        (
            {"key": "cross_entropy", "weight": [0, 1]},
            [[1], [1]],
            [[1], [1]],
            [0, 1],
            "the class of the target has weight 0, so the loss does not read output 1",
        ),
        (
            "multi_margin",
            [[3], [1], [0]],
            [[1]],
            [0],
            "output 1 keeps the margin: the class leads by 2, and the margin is 1",
        ),
        (
            "multi_margin",
            [[1], [3], [2]],
            [[1]],
            [1],
            "output 1 keeps the margin: the class leads by 2, and the margin is 1",
        ),
        (
            "cosine",
            [[2], [0]],
            [[1]],
            [[5, 0]],
            "the outputs lie on the line of their target at output 1: cos(a, t) = 1",
        ),
        (
            "multi_margin",
            [[3], [2]],
            [[1]],
            [0],
            "output 1 keeps the margin: the class leads by 1, and the margin is 1",
        ),
        (
            {"key": "multi_margin", "weight": [0, 1]},
            [[3], [5]],
            [[1], [1]],
            [0, 1],
            "the class of the target has weight 0, so the loss does not read output 1",
        ),
        (
            {"key": "bce_with_logits", "pos_weight": [0]},
            [[1]],
            [[3]],
            [[1]],
            "the loss does not read output 1: a target of 1 counts q = 0 there",
        ),
        (
            {"key": "focal", "alpha": 1},
            [[1]],
            [[3]],
            [[0]],
            "the loss does not read output 1: a target of 0 counts 0 there",
        ),
        ("bce_with_logits", [[0]] * 3, [[1]], [[0.5] * 3], "p of output 1 is exactly its target: p = 0.5"),
        ("poisson_nll", [[0]], [[3]], [[1]], "the expected count of output 1 is just its target: e^a = t = 1"),
        (
            {"key": "poisson_nll", "log_input": False, "eps": 0},
            [[1]],
            [[3]],
            [[3]],
            "the expected count of output 1 is just its target: a = t = 3",
        ),
        ("given_gradient", [[1]], [[3]], [[0]], "the given ∂L/∂a of output 1 is 0: t = 0"),
        ("mae", [[1]], [[3]], [[3]], "output 1 hits its target: a = t = 3"),
        ("huber", [[1]], [[3]], [[3]], "output 1 hits its target: a = t = 3"),
    ],
)
def test_why_the_loss_does_not_pull_at_an_output(loss, weight, x, target, words) -> None:
    layer = {"weight": weight, "bias": None, "activation": "identity"}
    made = {"version": 1, "name": "", "layers": [layer], "x": x, "target": target, "loss": loss, "learning_rate": 0.1}
    found = verdict(Document.parse(made).trace(), "grad_a", 1, 0, 0)
    assert (found.cause, words in str(found.sentence)) == ("loss", True), found.sentence


@pytest.mark.parametrize(("x", "target"), [([[0]], [[3, 4]]), ([[1]], [[0, 0]])])
def test_a_row_of_zeros_has_no_direction_and_the_bound_is_named(x, target) -> None:
    layer = {"weight": [[2], [1]], "bias": None, "activation": "identity"}
    trace = Document.parse({"layers": [layer], "x": x, "target": target, "loss": "cosine"}).trace()
    found = verdict(trace, "grad_a", 1, 0, 0)
    assert found.cause == "held"
    assert "|a| and |t| are held at 1e-08 or more where they divide, as in PyTorch" in str(found.sentence)
    assert "without the bound it would be" in str(found.sentence)
    assert check(trace).ok


def test_an_output_that_hits_in_several_samples_is_said_once() -> None:
    layers = [
        {"weight": [[1]], "bias": None, "activation": "identity", "norm": "batch_norm"},
        {"weight": [[2]], "bias": [3], "activation": "step"},
    ]
    found = Document.parse(json.dumps({"layers": layers, "x": [[1], [2]], "target": [[1], [1]], "loss": "half_sse"}))
    assert str(verdict(found.trace(), "grad_weight", 1, 0, 0).sentence) == (
        "Zero, because output 1 of samples 1 and 2 hits its target: a = t = 1, so ∂L/∂a = 0 there."
    )


@pytest.mark.parametrize("activation", ["softmax", "log_softmax"])
def test_a_function_of_a_row_of_one_never_changes(activation: str) -> None:
    layers = [{"weight": [[2]], "bias": [3], "activation": activation}]
    found = Document.parse(json.dumps({"layers": layers, "x": [[1]], "target": [[5]], "loss": "half_sse"})).trace()
    label = ACTIVATIONS[activation].label
    assert str(verdict(found, "grad_weight", 1, 0, 0).sentence) == (
        f"Zero, because unit 1 of layer 1 is the only one of the layer, where {label} always gives the same."
    )


def test_a_bound_of_the_loss_is_no_cause_of_a_zero_that_comes_from_elsewhere() -> None:
    """An output of -3 is beyond the bound of binary cross-entropy, but what stops the gradient is the weight."""
    layers = [{"weight": weight, "bias": None, "activation": "identity"} for weight in ([[1]], [[0], [-3]])]
    document = {"layers": layers, "x": [[1]], "target": [[1, 1]], "loss": "bce"}
    trace = Document.parse(json.dumps(document)).trace()
    said = str(verdict(trace, "grad_weight", 2, 1, 0).sentence)
    assert "The loss has a bound here" in said
    layers[1]["weight"] = [[0], [0]]
    layers[1]["bias"] = [-2, -3]
    trace = Document.parse(json.dumps(document)).trace()
    said = str(verdict(trace, "grad_weight", 1, 0, 0).sentence)
    assert said == "Zero, because every path from here to the loss goes through a weight that is 0."


def test_outputs_that_the_loss_does_not_read_are_said_together() -> None:
    layers = [{"weight": [[1]] * 3, "bias": None, "activation": "log_softmax"}]
    document = {"layers": [{"weight": [[1], [2]], "activation": "identity", "bias": None}, *layers]}
    layers[0]["weight"] = [[1, 0], [1, 0], [0, 1]]
    found = Document.parse(json.dumps(document | {"x": [[1]], "target": [[0, 0, 0]], "loss": "kl_div"})).trace()
    assert str(verdict(found, "grad_weight", 1, 0, 0).sentence) == (
        "Zero, because the loss does not read outputs 1, 2 and 3: their target is 0, so ∂L/∂a = 0 there."
    )
