"""One verdict per cause, on networks made for it, and on the by-hand example that needs it most."""

import numpy as np
import pytest

from mlpviz.engine import Pin, Trace
from mlpviz.examples.networks import PRESETS
from mlpviz.explain.gradient_verdict import Verdict, verdict
from mlpviz.network import Document, edits
from tests.support.sentence_texts import as_read
from tests.support.traces import trace_of

NET = Document.parse(
    {
        "version": 1,
        "name": "",
        "layers": [
            {
                "weight": [[1, 2], [1, -1]], "bias": None, "activation": "leaky_relu",
                "dropout": 0.5, "mask": [[0, 1], [0, 1]],
            },
            {"weight": [[1, 1], [2, 1]], "bias": None, "activation": "identity"},
        ],
        "x": [[1, 2], [3, 5]],
        "target": [[1, 0], [0, 3]],
        "loss": "mse",
        "learning_rate": 0.1,
    }
)  # fmt: skip


@pytest.mark.parametrize(
    ("z", "target", "bare"), [(-30.0, 1.0, "−1.07e13"), (40.0, 0.0, "∞"), (-40.0, 1.0, "−2.35e17")]
)
def test_a_bound_of_the_loss_is_named_as_the_cause(z: float, target: float, bare: str) -> None:
    layers = [{"weight": [[1]], "bias": [0], "activation": name} for name in ("identity", "sigmoid")]
    fields = {"version": 1, "name": "", "layers": layers, "x": [[z]], "target": [[target]], "loss": "bce"}
    trace = Document.parse({**fields, "learning_rate": 0.1}).trace()
    for tensor, layer in (("grad_a", 2), ("grad_z", 2), ("grad_weight", 2), ("grad_bias", 1), ("grad_weight", 1)):
        found = verdict(trace, tensor, layer, 0, 0)
        assert found.cause == "held", (tensor, layer)
        assert f"without the bound it would be {bare}" in str(found.sentence)
        assert "Binary cross-entropy (logits) takes z itself" in str(found.sentence)


def test_a_dropped_unit_is_named() -> None:
    trace = NET.trace()
    found = verdict(trace, "grad_weight", 1, 0, 1)
    assert as_read(tuple(found[:2])) == (
        "dropped",
        "Zero, because unit 1 of layer 1 is dropped: a dropped unit passes nothing on and nothing back.",
    )
    assert verdict(trace, "grad_weight", 1, 1, 1).cause != "dropped"
    assert verdict(trace, "grad_h", 1, 0, 1).cause == "dropped"
    # the weights that read a dropped unit get a 0 in
    assert verdict(trace, "grad_weight", 2, 0, 0).cause == "zero input"
    half = edits.toggle_mask(NET, 1, 2, 1).document.trace()
    assert verdict(half, "grad_weight", 1, 0, 1).cause != "dropped"
    assert verdict(half, "grad_z", 1, 0, 0).cause == "dropped"


def test_a_skip_leads_past_a_dropped_unit() -> None:
    skipping = edits.set_skip(NET, 1, 1).document.trace()
    assert verdict(skipping, "grad_weight", 1, 0, 1).cause == "dropped"
    assert verdict(skipping, "grad_x", 0, 0, 0).cause != "dropped"


def test_a_norm_of_one_number_takes_everything_away() -> None:
    one = edits.narrow(edits.set_dropout(NET, 1, 0).document, 1).document
    trace = edits.set_norm(one, 1, "layer_norm").document.trace()
    found = verdict(trace, "grad_weight", 1, 0, 0)
    assert as_read(tuple(found[:2])) == (
        "norm",
        "Zero, because the norm of unit 1 of layer 1 takes away whatever changes here.",
    )


def test_a_kink_is_said_of_the_number_that_the_activation_reads() -> None:
    """Layer norm of one unit makes a 0 of any z."""
    layers = [{"weight": [[1]], "bias": None, "activation": key} for key in ("relu", "relu", "identity")]
    fields = {"version": 1, "name": "", "layers": layers, "x": [[1], [3]], "target": [[5], [5]], "loss": "mse"}
    document = edits.set_norm(Document.parse({**fields, "learning_rate": 0.1}), 2, "layer_norm").document
    said = "Zero, because {} is exactly at the kink in unit 1 of layer {}, where the slope counts as 0, as in PyTorch."
    assert str(verdict(document.trace(), "grad_n", 2, 0, 0).sentence) == said.format("n", 2)
    document = edits.set_norm(edits.set_norm(document, 2, None).document, 1, "layer_norm").document
    assert str(verdict(document.trace(), "grad_a", 1, 0, 0).sentence) == said.format("z", 2)
    assert str(verdict(document.trace(), "grad_n", 1, 0, 0).sentence) == said.format("n", 1)


def test_the_loss_on_logits_that_a_bound_leads_to_takes_what_the_sigmoid_reads() -> None:
    layers = [{"weight": [[1]], "bias": None, "activation": "sigmoid"}]
    fields = {"version": 1, "name": "", "layers": layers, "x": [[1], [3]], "target": [[1], [0]], "loss": "bce"}
    document = edits.set_norm(Document.parse({**fields, "learning_rate": 0.1}), 1, "batch_norm").document
    event = {"type": "set", "tensor": "gamma", "layer": 1, "row": 1, "column": 1, "value": 30.0}
    trace = edits.apply(document, event).document.trace()
    assert "Binary cross-entropy (logits) takes n itself and needs no bound: its ∂L/∂n is −0.5." in str(
        verdict(trace, "grad_n", 1, 0, 0).sentence
    )


def test_what_a_whole_sample_has_in_common_is_said_once() -> None:
    layers = [{"weight": [[1], [2], [3]], "bias": None, "activation": "identity"}]
    loss = {"key": "mse", "sample_weight": [0.0]}
    fields = {"version": 1, "name": "", "layers": layers, "x": [[1]], "target": [[5, 5, 5]], "loss": loss}
    trace = Document.parse({**fields, "learning_rate": 0.1}).trace()
    assert str(verdict(trace, "grad_x", 0, 0, 0).sentence) == (
        "Zero, because the sample has weight 0, so the loss does not read outputs 1, 2 and 3: ∂L/∂a = 0 there."
    )


def test_a_step_is_flat_everywhere() -> None:
    found = first_weight(trace_of([[[1]], [[1]]], [[2]], [[3]], ("step", "identity")))
    assert found.cause == "flat"
    assert "no gradient ever gets through" in str(found.sentence)


def first_weight(trace: Trace) -> Verdict:
    return verdict(trace, "grad_weight", 1, 0, 0)


@pytest.mark.parametrize(
    ("cause", "words", "trace"),
    [
        ("closed", "unit 1 of layer 1 is closed", trace_of([[[-1]], [[1]]], [[2]], [[1]])),
        ("zero weight", "a weight that is 0", trace_of([[[1]], [[0]]], [[2]], [[1]])),
        ("zero input", "what comes in", trace_of([[[1, 1]], [[1]]], [[0, 2]], [[0]])),
        ("kink", "exactly at the kink", trace_of([[[1, -1]], [[1]]], [[2, 2]], [[5]])),
        ("pin", "pinned", trace_of([[[1]], [[1]]], [[2]], [[0]], pins=(Pin(0, 0, 0, 3.0),))),
        ("loss", "output 1 hits its target: a = t = 2, so ∂L/∂a = 0 there", trace_of([[[1]], [[1]]], [[2]], [[2]])),
        ("cancel", "they cancel, 4 + (−4) = 0", trace_of([[[1]], [[1], [-1]]], [[1]], [[-3, -5]])),
        (
            "mixed",
            "unit 1 of layer 2 is closed and",
            trace_of([[[1]], [[-1], [1]], [[1, 0]]], [[1]], [[3]], ("relu", "relu", "identity")),
        ),
        ("saturated", "is saturated", trace_of([[[1]], [[1]]], [[9]], [[0]], ("tanh", "identity"))),
        ("carried", "One path", trace_of([[[1]], [[1]]], [[1]], [[0]])),
        (
            "vanishing",
            "per layer over 3 layers",
            trace_of([[[0.1]]] * 4, [[1]], [[3]], "identity"),
        ),
        ("exploding", "per layer over 3 layers (10 · 10 · 10)", trace_of([[[10]]] * 4, [[1]], [[3]], "identity")),
        (
            "partly cancel",
            "Most of it cancels",
            trace_of([[[1]], [[1], [1]]], [[1]], [[0, 1.9]]),
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_cause_has_its_verdict(cause: str, words: str, trace: Trace) -> None:
    found = first_weight(trace)
    assert (found.cause, words in str(found.sentence)) == (cause, True), found.sentence


RELUS = ("relu", "relu", "identity")


@pytest.mark.parametrize(
    ("cause", "sentence", "trace"),
    [
        (
            "mixed",
            "Zero, because in sample 1 what comes in through this weight is 0, "
            "in sample 2 unit 1 of layer 1 is closed.",
            trace_of([[[-1]], [[1]]], [[0], [2]], [[1], [1]]),
        ),
        (
            "mixed",
            "Zero, because in samples 1 and 3 unit 1 of layer 1 is closed, in sample 2 output 1 hits its target.",
            trace_of([[[-1]], [[1]]], [[2], [-1], [3]], [[1], [1], [1]]),
        ),
        (
            "closed",
            "Zero, because in sample 1 unit 1 of layer 1 is closed, in sample 2 unit 1 of layer 2 is closed.",
            trace_of([[[1]], [[-1]], [[1]]], [[-1], [1]], [[3], [3]], RELUS),
        ),
        (
            "mixed",
            "Zero, because unit 1 of layer 2 is closed and unit 2 of layer 2 is pinned.",
            trace_of([[[1]], [[-1], [1]], [[1, 1]]], [[1]], [[9]], RELUS, (Pin(1, 0, 1, 3.0),)),
        ),
        (
            "mixed",
            "Zero, because unit 1 of layer 2 is exactly at the kink and unit 2 of layer 2 is closed.",
            trace_of([[[1], [1]], [[1, -1], [-1, 0]], [[1, 1]]], [[1]], [[9]], RELUS),
        ),
        (
            "mixed",
            "Zero, because unit 1 of layer 1 is closed and every path meets a weight that is 0 as well.",
            trace_of([[[-1]], [[0]]], [[1]], [[9]]),
        ),
        (
            "mixed",
            "Zero, because unit 1 of layer 1 is pinned and every path meets a weight that is 0 as well.",
            trace_of([[[1]], [[0]]], [[1]], [[9]], pins=(Pin(0, 0, 0, 3.0),)),
        ),
        (
            "mixed",
            "Zero, because unit 1 of layer 2 is closed, unit 2 of layer 2 is pinned and the paths past them meet a "
            "weight that is 0.",
            trace_of(
                [[[1]], [[-1], [1], [1]], [[1, 1, 0]]], [[1]], [[9]], RELUS, (Pin(1, 0, 1, 3.0),)
            ),
        ),
        (
            "cancel",
            "Zero, although paths lead to the loss: they cancel, 0.667 + (−0.667) = 0.",
            # the second sample is closed, a third path has a weight 0
            trace_of([[[1]], [[1], [-1], [0]]], [[1], [-1]], [[-1, -3, 0], [1, 1, 1]]),
        ),
        (
            "vanishing",
            "It shrinks on its way: 0.149 per layer over 3 layers (3.33e−5 · 10 · 10); "
            "the tanh of unit 1 of layer 2 is saturated: its slope is 3.33e−6.",
            trace_of([[[1]], [[10]], [[10]], [[10]]], [[0.7]], [[3]], ("identity", "tanh", "identity", "identity")),
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_each_mixture_of_causes_is_told_apart(cause: str, sentence: str, trace: Trace) -> None:
    found = first_weight(trace)
    assert (found.cause, str(found.sentence)) == (cause, sentence)


def test_the_zeros_of_the_seven_layers_are_no_dead_units() -> None:
    trace = PRESETS["seven_layers"].document.trace()
    causes = [
        verdict(trace, "grad_weight", number, int(row), int(column)).cause
        for number, layer in enumerate(trace.layers, start=1)
        for row, column in np.argwhere(layer.grad_weight == 0)
    ]
    assert causes == ["cancel"] * 7


@pytest.mark.parametrize("key", PRESETS)
def test_every_gradient_of_every_example_has_a_verdict(key: str) -> None:
    trace = PRESETS[key].document.trace()
    for number, layer in enumerate(trace.layers, start=1):
        for row, column in np.ndindex(*np.minimum(layer.grad_weight.shape, 6)):
            found = verdict(trace, "grad_weight", number, row, column)
            exact = layer.grad_weight[row, column]
            assert str(found.sentence).startswith("Zero") == (exact == 0 or found.cause == "cancel"), (exact, found)


def test_batch_norm_over_two_samples_takes_the_gradient_away() -> None:
    norm = {"weight": [[0.55, 1.76], [-0.49, 0.09]], "bias": [0.1, 0.2], "activation": "tanh", "norm": "batch_norm"}
    made = {
        "version": 1, "name": "",
        "layers": [norm, {"weight": [[-0.71, -1.18]], "bias": None, "activation": "identity"}],
        "x": [[-0.7, -0.3], [1.4, 0]], "target": [[1], [0]], "loss": "mse", "learning_rate": 0.1,
    }  # fmt: skip
    found = verdict(Document.parse(made).trace(), "grad_weight", 1, 0, 0)
    assert found.cause == "norm small"
    assert found.smallest is not None
    assert found.smallest.kind == "norm"
    assert str(found.sentence) == (
        "Small, because the norm of layer 1 takes the gradient away: over two samples it makes −1.00 and 1.00 of z, "
        "whatever z is. On its strongest path it multiplies by −8.39e−6."
    )


def test_a_slope_that_is_not_the_smallest_factor_is_not_called_saturated() -> None:
    # tanh' = 0.0461, and ∂L/∂a is smaller still
    trace = trace_of([[[1]], [[1]]], [[2.22]], [[float(np.tanh(2.22)) - 0.01]], ("tanh", "identity"))
    found = first_weight(trace)
    assert found.cause == "small loss"
    assert "∂L/∂a is 0.02." in str(found.sentence)


@pytest.mark.parametrize(
    ("activation", "z", "said"),
    [("tanhshrink", 1e-3, "lets little through"), ("tanh", 9.0, "is saturated"), ("gaussian", 1e-4, "lets little")],
)
def test_a_slope_is_saturated_only_at_an_end(activation, z, said):
    trace = trace_of([[[1]], [[1]]], [[z]], [[3]], (activation, "identity"))
    found = str(verdict(trace, "grad_z", 1, 0, 0).sentence)
    assert f"Small, because the {trace.spec.activations[0].label} of unit 1 of layer 1 {said}" in found


def test_a_bound_of_the_loss_does_not_hide_that_nothing_comes_in() -> None:
    # the output is saturated, so the bound holds, but no path begins at a weight that reads a 0
    layer = {"weight": [[1.0, 1.0]], "bias": [40.0], "activation": "sigmoid"}
    made = {
        "version": 1,
        "name": "",
        "layers": [layer],
        "x": [[0, 1]],
        "target": [[0]],
        "loss": "bce",
        "learning_rate": 1,
    }
    assert verdict(Document.parse(made).trace(), "grad_weight", 1, 0, 0).cause == "zero input"
