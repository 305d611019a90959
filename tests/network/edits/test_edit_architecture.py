"""Samples, layers, units and biases come and go, and what fits of the numbers is kept."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mlpviz.network import DOCUMENT_LIMITS, Document, edits
from mlpviz.network.edits import EditResult
from tests.support.edit_events import IRIS, MAZUR, SEVEN, SOFTMAX, places, quick, refused, with_pins
from tests.support.random_documents import documents, small


def test_samples_come_and_go_with_targets_and_pins():
    document = with_pins(SEVEN, (1, 1, 1), (1, 2, 2))
    added = edits.add_sample(document).document
    assert added.x[2] == (0, 0, 0)
    assert added.target[2] == (0,)
    doubled = edits.duplicate_sample(document, 1).document
    assert doubled.x == (SEVEN.x[0], SEVEN.x[0], SEVEN.x[1])
    assert doubled.target == ((-2,), (-2,), (-20,))
    assert sorted(places(doubled)) == [(1, 1, 1), (1, 2, 1), (1, 3, 2)]
    removed = edits.remove_sample(document, 1)
    assert removed.document.x == SEVEN.x[1:]
    assert removed.document.target == ((-20,),)
    assert places(removed.document) == [(1, 1, 2)]
    assert removed.notice == "One pin was removed."
    assert refused(edits.remove_sample, removed.document, 1) == "the only sample cannot be removed"
    assert edits.add_sample(IRIS).document.target == (0, 1, 2, 0)
    assert edits.add_sample(SOFTMAX).document.target[-1] == (1, 0, 0)
    full = SEVEN.replace(x=SEVEN.x * 32, target=SEVEN.target * 32)
    assert refused(edits.add_sample, full) == "x has 65 entries, at most 64 are allowed"


@quick
@given(documents(small), st.integers(0, 4))
def test_a_new_layer_changes_no_output(document, after):
    assume(after <= len(document.layers))
    edited = edits.add_layer(document, after).document
    assert len(edited.layers) == len(document.layers) + 1
    assert np.allclose(edited.trace().output, document.trace().output, rtol=1e-12, atol=0, equal_nan=True)
    assert [pin.value for pin in edited.pins] == [pin.value for pin in document.pins]


@quick
@given(documents(small), st.integers(0, 4))
def test_a_new_unit_changes_no_output(document, layer):
    assume(layer <= len(document.layers))
    assume(layer == 0 or document.layers[layer - 1].activation.entry.elementwise)
    assume(layer == 0 or document.layers[layer - 1].norm is None or document.layers[layer - 1].norm.entry.running)
    edited, said, *_ = edits.widen(document, layer)
    assume(said is None)  # a skip that no longer fits is an output less; a tied number is another elsewhere
    assert edited.widths[layer] == document.widths[layer] + 1
    old = document.trace().output
    assert np.allclose(edited.trace().output[:, : old.shape[1]], old, rtol=1e-12, atol=1e-12, equal_nan=True)
    assert edits.narrow(edited, layer).document.widths == document.widths
    if layer < len(document.layers):
        assert edits.narrow(edited, layer).document == document


def test_add_layer_follows_its_neighbours():
    hidden = edits.add_layer(SEVEN, 2)
    assert hidden.document.layers[2].activation.key == "relu"
    assert hidden.document.layers[2].weight == ((1, 0), (0, 1))
    assert hidden.document.layers[2].bias is None
    assert hidden.notice is None
    assert edits.add_layer(SEVEN, 0).document.layers[0].activation.key == "identity"
    last = edits.add_layer(with_pins(MAZUR, (2, 1, 1)), 2)
    assert [layer.activation.key for layer in last.document.layers] == ["sigmoid", "identity", "sigmoid"]
    assert last.document.layers[2].bias == (0, 0)
    assert places(last.document) == [(3, 1, 1)]
    assert last.notice == "Layer 2 is now linear: sigmoid moved on to the new last layer 3."
    assert refused(edits.add_layer, SEVEN, 8) == "after is 8, expected 1 to 7"
    deep = SEVEN
    for _ in range(DOCUMENT_LIMITS.layers - len(SEVEN.layers)):
        deep = edits.add_layer(deep, 1).document
    assert refused(edits.add_layer, deep, 1) == "layers has 33 entries, at most 32 are allowed"


def test_remove_layer_keeps_what_fits():
    document = with_pins(SEVEN, (1, 1, 3), (2, 1, 1), (3, 1, 1), (4, 1, 1))
    edited = edits.remove_layer(document, 3)
    assert edited.document.widths == (3, 5, 2, 2, 2, 2, 1)
    assert edited.document.layers[2].weight == ((1, -1), (0, -1))
    assert places(edited.document) == [(1, 1, 3), (2, 1, 1), (3, 1, 1)]
    said = "The weight of layer 3 was 2 x 3 and is now 2 x 2; what is new in it is 0. One pin was removed."
    assert edited.notice == said
    assert edits.remove_layer(SEVEN, 6) == EditResult(SEVEN.replace(layers=SEVEN.layers[:5] + SEVEN.layers[6:]))
    first = edits.remove_layer(SEVEN, 1).document
    assert first.layers[0].weight == ((1, 1, -1), (0, 0, 1))
    last = edits.remove_layer(with_pins(SEVEN, (6, 1, 1), (6, 1, 2), (7, 1, 1)), 7).document
    assert last.layers[5].weight == ((1, -1),)
    assert last.layers[5].activation.key == "identity"
    assert last.target == SEVEN.target
    assert places(last) == [(6, 1, 1)]
    one = SEVEN.replace(layers=SEVEN.layers[:1], target=((0,) * 5,) * 2)
    assert refused(edits.remove_layer, one, 1) == "the only layer cannot be removed"


SLOPES = (
    ("relu", lambda _: {}),
    ("prelu", lambda _: {"alpha": [0.3]}),
    ({"key": "prelu", "per_unit": True}, lambda units: {"alpha": [0.1 * unit for unit in range(units)]}),
    ("rrelu", lambda units: {"slopes": [[0.2] * units, [0.3] * units]}),
)
"""Activations, and the numbers that they have in a layer of so many units, for two samples."""

CHANGES = [
    *({"type": "remove_layer", "layer": layer} for layer in (1, 2)),
    *({"type": "add_layer", "after": layer} for layer in range(3)),
    *({"type": kind, "layer": layer} for kind in ("widen", "narrow") for layer in range(3)),
    *({"type": "set_activation", "layer": layer, "key": key} for layer in (1, 2) for key in ("relu", "prelu", "rrelu")),
]


@pytest.mark.parametrize("is_frozen", [False, True])
@pytest.mark.parametrize("first", SLOPES, ids=lambda own: str(own[0]))
@pytest.mark.parametrize("last", SLOPES, ids=lambda own: str(own[0]))
def test_layers_with_and_without_slopes_of_their_own_come_and_go(first, last, is_frozen):
    """A slope is a number of the activation: where that moves to another layer, the slope goes along."""
    layers = [
        {"weight": weight, "bias": [0.1] * len(weight), "activation": key, **numbers(len(weight))}
        | ({"frozen": ["alpha" if "prelu" in str(key) else "bias"]} if is_frozen else {})
        for weight, (key, numbers) in (([[1, 2], [3, 4], [5, 6]], first), ([[1, 2, 3], [4, 5, 6]], last))
    ]
    document = Document.parse({"layers": layers, "x": [[1, 2], [3, -4]], "target": [[0, 1], [1, 0]], "loss": "mse"})
    for change in CHANGES:
        edited = edits.apply(document, change).document
        assert np.isfinite(edited.trace().loss), change
    kept, removed = edits.remove_layer(document, 2).document.layers[-1], document.layers[-1]
    assert (kept.activation, kept.alpha, kept.slopes) == (removed.activation, removed.alpha, removed.slopes)


@quick
@given(documents(small), st.integers(1, 4))
def test_removing_a_new_layer_brings_the_document_back(document, after):
    assume(after < len(document.layers))
    assert edits.remove_layer(edits.add_layer(document, after).document, after + 1).document == document


def test_widths_of_inputs_and_outputs():
    wide = edits.widen(SEVEN, 0).document
    assert wide.x[0] == (3, 4, 5, 0)
    assert wide.layers[0].weight[0] == (0, 0, 1, 0)
    out = edits.widen(SEVEN, 7).document
    assert out.target == ((-2, 0), (-20, 0))
    assert out.layers[6].weight == ((1, -1), (0, 0))
    assert edits.widen(SEVEN, 2).document.layers[1].weight[2] == (0, 0, 1, 0, 0)
    less = edits.narrow(with_pins(IRIS, (3, 1, 3), (3, 1, 2)), 3)
    assert less.document.target == (0, 1, 1)
    assert less.notice == "Targets of class 2 are now class 1. One pin was removed."
    assert refused(edits.narrow, SEVEN, 7) == "layer 7 has one unit, which cannot be removed"
    assert refused(edits.narrow, SEVEN, 8) == "layer is 8, expected 1 to 7"


def test_biases_come_as_zeros_and_go():
    on = edits.set_bias(SEVEN, None, True).document
    assert all(layer.bias == (0.0,) * len(layer.weight) for layer in on.layers)
    assert edits.set_bias(on, None, False).document == SEVEN
    assert [layer.bias is None for layer in edits.set_bias(SEVEN, 7, True).document.layers] == [True] * 6 + [False]
    assert edits.set_bias(MAZUR, None, True).document == MAZUR
