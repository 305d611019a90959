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
            {"type": "set_dropout", "layer": 1, "rate": 1.5},
            "the dropout rate of layer 1 is 1.5, expected at most 1",
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


def sheet(**changes):
    layer = {"weight": [[1, 2], [-1, 0.5], [0.5, -1]], "activation": "prelu"} | changes
    after = {"weight": [[1, -1, 2]], "activation": "identity"}
    return Document.parse(
        {"version": 1, "layers": [layer, after], "x": [[1, -2], [0.5, 3]], "target": [[1], [0]], "loss": "mse"}
    )


def test_a_learned_slope_is_a_number_of_the_sheet():
    one = sheet()
    assert one.layers[0].numbers_of("alpha") == (0.25,)
    assert one.spec.size == 10
    event = {"type": "set", "tensor": "alpha", "layer": 1, "row": 1, "column": None, "value": -0.5}
    changed = apply(one, event).document
    assert changed.layers[0].alpha == (-0.5,)
    assert Document.from_link(changed.to_link()) == changed
    updated = apply(changed, {"type": "update", "times": 1}).document
    expected = -0.5 - 0.1 * float(changed.trace().layers[0].grad_alpha[0])
    assert updated.layers[0].alpha == (pytest.approx(expected),)
    frozen = apply(changed, {"type": "set_frozen", "layer": 1, "tensor": "alpha", "on": True}).document
    assert apply(frozen, {"type": "update", "times": 1}).document.layers[0].alpha == (-0.5,)
    per_unit = apply(changed, {"type": "set_activation_knob", "layer": 1, "name": "per_unit", "value": True}).document
    assert per_unit.layers[0].alpha == (-0.5, -0.5, -0.5)
    assert apply(per_unit, {"type": "widen", "layer": 1}).document.layers[0].alpha == (-0.5, -0.5, -0.5, 0.25)
    shared = apply(per_unit, {"type": "set_activation_knob", "layer": 1, "name": "per_unit", "value": False}).document
    assert shared == changed
    plain = apply(changed, {"type": "set_activation", "layer": 1, "key": "relu"}).document
    assert plain.layers[0].alpha is None
    assert plain.spec.size == 9
    last = Document.parse(changed.to_json_value() | {"layers": [changed.to_json_value()["layers"][0]], "loss": "sum",
                                                      "target": None})  # fmt: skip
    moved = apply(last, {"type": "add_layer", "after": 1}).document
    assert [layer.alpha for layer in moved.layers] == [None, (-0.5,)]
    assert np.array_equal(moved.trace().output, last.trace().output)
    back = apply(moved, {"type": "remove_layer", "layer": 2}).document
    assert back.layers[0].alpha == (-0.5,)


def test_drawn_slopes_are_numbers_of_the_document():
    one = apply(sheet(), {"type": "set_activation", "layer": 1, "key": "rrelu"}).document
    slopes = np.array(one.layers[0].slopes)
    low, high = one.spec.activations[0].alpha_range
    assert slopes.shape == (2, 3)
    assert low <= slopes.min() < slopes.max() <= high
    assert Document.from_link(one.to_link()) == one
    assert np.array_equal(one.trace().layers[0].slopes, slopes)
    other = apply(one, {"type": "redraw_slopes", "layer": 1, "seed": 5}).document
    assert other.layers[0].slopes != one.layers[0].slopes
    assert apply(other, {"type": "redraw_slopes", "layer": 1, "seed": 5}).document == other
    event = {"type": "set", "tensor": "slopes", "layer": 1, "row": 2, "column": 3, "value": 0.75}
    assert apply(one, event).document.layers[0].slopes[1][2] == 0.75
    paste = {"type": "paste", "tensor": "slopes", "layer": 1, "text": "1 2\n3 4\n5 6", "transposed": True}
    assert apply(one, paste).document.layers[0].slopes == ((1, 3, 5), (2, 4, 6))
    doubled = apply(one, {"type": "duplicate_sample", "sample": 2}).document
    assert doubled.layers[0].slopes == (*one.layers[0].slopes, one.layers[0].slopes[1])
    wider = apply(one, {"type": "widen", "layer": 1}).document
    assert [row[3] for row in wider.layers[0].slopes] == [pytest.approx((low + high) / 2)] * 2
    still = apply(one, {"type": "set_mode", "mode": "evaluation"}).document
    assert still.trace().layers[0].slopes is None
    z = still.trace().layers[0].z
    np.testing.assert_allclose(still.trace().layers[0].a, np.where(z > 0, z, z * (low + high) / 2), rtol=1e-15)
    ends = apply(one, {"type": "set_activation_knob", "layer": 1, "name": "lower", "value": 0.3}).document
    assert np.min(ends.layers[0].slopes) >= 0.3
    assert apply(one, {"type": "set_activation", "layer": 1, "key": "tanh"}).document.layers[0].slopes is None


def test_dropout_of_everything_keeps_no_unit():
    one = apply(sheet(), {"type": "set_dropout", "layer": 1, "rate": 1, "seed": 0}).document
    assert one.layers[0].mask == ((0, 0, 0), (0, 0, 0))
    assert not one.trace().layers[0].a.any()
    for event in ({"type": "widen", "layer": 1}, {"type": "add_sample"}):
        assert not np.any(apply(one, event).document.layers[0].mask)
    said = refused_on(one, {"type": "toggle_mask", "layer": 1, "sample": 1, "unit": 1})
    assert said == "the dropout rate of layer 1 is 1, so every unit is dropped"
    with pytest.raises(DocumentError, match="row 2 column 1 is 1, expected 0: dropout 1 keeps none"):
        sheet(dropout=1, mask=[[0, 0, 0], [1, 0, 0]])


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"alpha": [0.1, 0.2]}, r"layers\[0\].alpha has 2 numbers, expected 1"),
        ({"slopes": [[1, 1, 1]] * 2}, r"layers\[0\].slopes is a list, expected null: PReLU draws no slopes"),
        ({"activation": "relu", "alpha": [1]}, r"layers\[0\].alpha is a list, expected null: ReLU learns no slope"),
        ({"activation": "rrelu", "slopes": [[1, 1, 1]]}, r"layers\[0\].slopes has 1 row, expected 2 like x"),
        ({"norm": "rms_norm", "beta": [0, 0, 0]}, "beta is a list, expected null: the layer has no norm with beta"),
    ],
)
def test_slopes_that_do_not_fit_are_named(changes, sentence):
    with pytest.raises(DocumentError, match=sentence):
        sheet(**changes)


def refused_on(document, event):
    with pytest.raises(DocumentError) as caught:
        apply(document, event)
    return str(caught.value)
