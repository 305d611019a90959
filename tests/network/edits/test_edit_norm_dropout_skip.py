"""Edits of norm, dropout, skip, hyperparameters and mode, and what every other edit does to them."""

import json

import numpy as np
import pytest

from mlpviz.engine import rerun
from mlpviz.examples.networks import PRESETS
from mlpviz.network import Document, DocumentError, edits
from mlpviz.network.edits import apply
from mlpviz.network.undo import UndoHistory

SEVEN, MAZUR, IRIS = (PRESETS[key].document for key in ("seven_layers", "mazur", "iris"))

# 2-3-3-3-1: batch norm, dropout, and a skip around layers 2 and 3
NET = Document.parse(
    {
        "version": 1,
        "name": "net",
        "layers": [
            {"weight": [[1, 2], [0, -1], [1, 1]], "bias": [0, 1, 0], "activation": "tanh", "norm": "batch_norm"},
            {
                "weight": [[1, 0, 1], [0, 1, 1], [1, 1, 0]],
                "bias": None,
                "activation": {"key": "leaky_relu", "slope": 0.3},
                "dropout": 0.5,
                "mask": [[1, 0, 1], [1, 1, 0], [0, 1, 1], [1, 1, 1]],
            },
            {"weight": [[1, -1, 0], [0, 1, -1], [1, 0, 1]], "bias": None, "activation": "tanh", "skip": 2},
            {"weight": [[1, 1, -1]], "bias": None, "activation": "identity"},
        ],
        "x": [[1, 2], [3, 5], [-1, 0], [0, 1]],
        "target": [[1], [0], [2], [1]],
        "loss": "mse",
        "learning_rate": 0.1,
    }
)


def refused(event):
    with pytest.raises(DocumentError) as caught:
        apply(NET, event)
    return str(caught.value)


def test_hyperparameters_are_turned_and_come_back_to_the_key_alone():
    turned = edits.set_activation_hyperparameter(NET, 2, "slope", 0.5).document
    assert turned.layers[1].activation.hyperparameters == (("slope", 0.5),)
    assert (
        json.loads(edits.set_activation_hyperparameter(turned, 2, "slope", 0.01).document.to_json())["layers"][1][
            "activation"
        ]
        == "leaky_relu"
    )
    total = edits.set_loss_hyperparameter(NET, "reduction", "sum").document
    assert float(total.trace().loss) == pytest.approx(4 * float(NET.trace().loss))
    norm = edits.set_norm_hyperparameter(NET, 1, "eps", 0.5).document
    assert norm.spec.layers[0].norm.eps == 0.5


@pytest.mark.parametrize(
    ("event", "sentence"),
    [
        (
            {"type": "set_activation_knob", "layer": 2, "name": "slope", "value": "steep"},
            "slope of the activation of layer 2 is 'steep', expected a number from 0 to 1",
        ),
        (
            {"type": "set_norm_knob", "layer": 1, "name": "eps", "value": -1},
            "eps of the norm of layer 1 is -1, expected a number from 0 up",
        ),
        (
            {"type": "set_norm_knob", "layer": 2, "name": "eps", "value": 1},
            "layer 2 has no norm; turn it on first",
        ),
        (
            {"type": "set_loss_knob", "name": "reduction", "value": "none"},
            "reduction of the loss is 'none', expected one of mean, sum, mean_of_sums, half_mean_of_sums",
        ),
        (
            {"type": "set_dropout", "layer": 1, "rate": 1},
            "the dropout rate of layer 1 is 1, expected less than 1",
        ),
        ({"type": "toggle_mask", "layer": 1, "sample": 1, "unit": 1}, "layer 1 has no dropout; turn it on first"),
        ({"type": "toggle_mask", "layer": 2, "sample": 5, "unit": 1}, "sample is 5, expected 1 to 4"),
        (
            {"type": "set_skip", "layer": 1, "around": 1},
            "the skip of layer 1 is 1: it adds the 2 inputs of the network to 3 units, expected as many",
        ),
        ({"type": "set_mode", "mode": "testing"}, "the mode is 'testing', expected 'training' or 'evaluation'"),
        (
            {"type": "set", "tensor": "gamma", "layer": 2, "row": 1, "value": 1},
            "layer 2 has no norm with γ and β; turn it on first",
        ),
        (
            {"type": "set", "tensor": "running_var", "layer": 1, "row": 2, "value": -1},
            "running σ² of layer 1, unit 2 is -1, expected at least 0",
        ),
    ],
)
def test_what_is_wrong_is_said_in_the_words_of_the_screen(event, sentence):
    assert refused(event) == sentence


def test_a_norm_comes_fresh_and_goes():
    on = edits.set_norm(NET, 2, "layer_norm").document
    assert on.layers[1].numbers_of("gamma") == (1, 1, 1)
    assert edits.set_norm(on, 2, None).document == NET
    moved = edits.set_number(on, "gamma", 2, 3, None, 0.5).document
    assert moved.layers[1].gamma == (1, 1, 0.5)
    # scale and shift stay, running statistics are the business of batch norm
    assert edits.set_norm(moved, 2, "batch_norm").document.layers[1].gamma == (1, 1, 0.5)
    assert edits.set_norm_hyperparameter(moved, 2, "affine", False).document.layers[1].gamma is None
    pasted = edits.paste(NET, "running_mean", 1, "1 2 3").document
    assert edits.set_norm(pasted, 1, "layer_norm").document.layers[0].running_mean is None


def test_masks_are_drawn_from_a_seed_and_toggled_cell_by_cell():
    drawn = [edits.redraw_mask(NET, 2, seed).document.layers[1].mask for seed in (1, 1, 2)]
    assert drawn[0] == drawn[1] != drawn[2]
    toggled = edits.toggle_mask(NET, 2, 1, 2).document
    assert toggled.layers[1].mask[0] == (1, 1, 1)
    assert edits.toggle_mask(toggled, 2, 1, 2).document == NET
    assert edits.set_dropout(NET, 2, 0).document.layers[1].mask is None
    more = edits.set_dropout(SEVEN, 1, 0.9, 3).document
    assert sum(map(sum, more.layers[0].mask)) < 5
    assert edits.set_dropout(more, 1, 0.0).document == SEVEN


def test_the_mode_changes_what_is_computed_and_nothing_else():
    evaluation = edits.set_mode(NET, "evaluation").document
    assert evaluation.trace().layers[1].mask is None
    assert evaluation.trace().layers[0].grad_mean is None
    assert edits.set_mode(evaluation, "training").document == NET


def test_every_edit_can_be_undone():
    history = UndoHistory(NET)
    events = (
        {"type": "set_norm", "layer": 2, "key": "layer_norm"},
        {"type": "set_norm_knob", "layer": 2, "name": "eps", "value": 0.1},
        {"type": "set_dropout", "layer": 1, "rate": 0.2, "seed": 4},
        {"type": "toggle_mask", "layer": 1, "sample": 1, "unit": 1},
        {"type": "set_skip", "layer": 2, "around": 1},
        {"type": "set_mode", "mode": "evaluation"},
        {"type": "set_activation_knob", "layer": 2, "name": "slope", "value": 0.1},
    )
    for event in events:
        history = history.push(apply(history.document, event).document)
    assert len(history.past) == len(events)
    for _ in events:
        history = history.undo()
    assert history.document == NET


def test_masks_and_norms_follow_the_widths():
    wide = edits.widen(NET, 2)
    assert wide.document.layers[1].mask[0] == (1, 0, 1, 1)
    assert wide.notice is None  # the skip ends at layer 3 and begins at the output of layer 1
    both = edits.widen(NET, 1)
    assert both.document.layers[2].skip == 0
    assert both.notice == "The skip to layer 3 was removed: what it adds no longer has as many units."
    given = edits.set_number(NET, "gamma", 1, 1, None, 5.0).document
    assert edits.widen(given, 1).document.layers[0].gamma == (5, 1, 1, 1)
    assert edits.narrow(given, 1).document.layers[0].gamma == (5, 1)


def test_masks_follow_the_samples():
    rows = NET.layers[1].mask
    assert edits.add_sample(NET).document.layers[1].mask == (*rows, (1, 1, 1))
    assert edits.duplicate_sample(NET, 1).document.layers[1].mask == (rows[0], *rows)
    assert edits.remove_sample(NET, 2).document.layers[1].mask == (rows[0], *rows[2:])
    assert edits.set_matrix(NET, "x", None, ((1, 2), (3, 4))).document.layers[1].mask == rows[:2]
    one = NET
    for _ in range(2):
        one = edits.remove_sample(one, 1).document
    with pytest.raises(DocumentError, match="needs at least 2 samples"):
        edits.remove_sample(one, 1)


def test_a_skip_goes_where_it_went_when_layers_come_and_go():
    longer = edits.add_layer(NET, 2).document
    assert [layer.skip for layer in longer.layers] == [0, 0, 0, 3, 0]
    assert np.allclose(longer.trace().output, NET.trace().output)
    assert edits.remove_layer(longer, 3).document == NET
    for after, skips in ((1, [0, 0, 0, 2, 0]), (0, [0, 0, 0, 2, 0]), (3, [0, 0, 2, 0, 0])):
        assert [layer.skip for layer in edits.add_layer(NET, after).document.layers] == skips
    assert [layer.skip for layer in edits.remove_layer(NET, 2).document.layers] == [0, 1, 0]
    assert [layer.skip for layer in edits.remove_layer(NET, 3).document.layers] == [0, 0, 0]
    assert [layer.skip for layer in edits.remove_layer(NET, 1).document.layers] == [0, 0, 0]


def test_a_loss_that_reads_the_activation_takes_the_last_dropout_away():
    document = edits.set_dropout(SEVEN, 7, 0.5).document
    edited = edits.set_loss(document, "bce")
    assert edited.document.layers[-1].dropout == 0
    assert "the last layer has no dropout any more." in edited.notice


def test_class_weights_follow_the_outputs():
    weighted = edits.set_loss_hyperparameter(IRIS, "weight", [1, 2, 3]).document
    assert edits.widen(weighted, 3).document.loss.entry.weight == (1, 2, 3, 1)
    assert edits.narrow(weighted, 3).document.loss.entry.weight == (1, 2)


def test_an_update_moves_scale_shift_and_running_statistics():
    trace = NET.trace()
    once = edits.apply_update(NET).document
    assert np.array_equal(once.params, NET.params - 0.1 * trace.grad)
    assert np.array_equal(once.buffers, trace.new_buffers)
    assert once.layers[0].gamma != (1, 1, 1)
    twice = edits.apply_update(once).document
    assert edits.apply_update(NET, 2).document == twice
    expected = rerun(trace, params=once.params, buffers=trace.new_buffers).new_buffers
    assert np.array_equal(twice.buffers, expected)
    evaluation = edits.set_mode(NET, "evaluation").document
    assert np.array_equal(edits.apply_update(evaluation, 3).document.buffers, NET.buffers)
