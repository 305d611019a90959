"""Ties made and undone by edits, and what becomes of them when the architecture changes."""

from mlpviz.examples.networks import PRESETS
from mlpviz.network.edits import apply
from tests.support.edit_events import MAZUR, refused

AUTOENCODER = PRESETS["tied_autoencoder"].document


def after(document, **event):
    return apply(document, event)


def test_a_layer_gets_the_weight_of_another_and_is_let_go():
    tied = after(MAZUR, type="set_tied", layer=2, to=1, transposed=True)
    assert tied.document.layers[1].weight == ((0.15, 0.25), (0.2, 0.3))
    assert tied.notice == "W of layer 2 is now that of layer 1, transposed; its own numbers are gone."
    free = after(tied.document, type="set_tied", layer=2, to=None).document
    assert free.spec.sharing is None
    assert free.layers[1].weight == tied.document.layers[1].weight
    said = "the tie of layer 1 is 2, expected null: no layer is before the first"
    assert refused(apply, MAZUR, {"type": "set_tied", "layer": 1, "to": 2}) == said


def test_one_bias_for_a_layer():
    biased = after(MAZUR, type="set", tensor="bias", layer=1, row=2, value=0.9).document
    one = after(biased, type="set_one_bias", layer=1, on=True)
    assert one.document.layers[0].bias == (0.35, 0.35)
    assert one.notice == "Layer 1: all units have the bias of the first."
    moved = after(one.document, type="update").document
    grad = one.document.trace().layers[0].grad_bias
    assert moved.layers[0].bias == (0.35 - 0.5 * (grad[0] + grad[1]),) * 2
    gone = after(one.document, type="set_bias", layer=1, on=False).document
    assert not gone.layers[0].one_bias


def test_two_numbers_become_one_and_two_again():
    first, second = ["weight", 1, 1, 1], ["weight", 2, 2, 2]
    tied = after(MAZUR, type="tie_numbers", first=first, second=second).document
    assert tied.layers[1].weight[1][1] == 0.15
    three = after(tied, type="tie_numbers", first=["weight", 1, 2, 1], second=first).document
    assert three.ties == (((1, 2, 1), (1, 1, 1), (2, 2, 2)),)
    assert three.layers[0].weight[0][0] == three.layers[1].weight[1][1] == 0.25
    two = after(three, type="untie_number", number=first).document
    assert two.ties == (((1, 2, 1), (2, 2, 2)),)
    assert after(two, type="untie_number", number=second).document.ties == ()
    assert refused(apply, MAZUR, {"type": "tie_numbers", "first": first, "second": first}).startswith("a number cannot")
    assert refused(apply, MAZUR, {"type": "untie_number", "number": first}).startswith("this number is not tied")
    mixed = {"type": "tie_numbers", "first": first, "second": ["bias", 1, 1]}
    assert refused(apply, MAZUR, mixed) == "tie 1 is a bias, expected a weight like the first place"


def test_ties_stay_with_their_layers():
    longer = after(AUTOENCODER, type="add_layer", after=0).document
    assert longer.layers[2].tied_to == 2
    assert after(longer, type="remove_layer", layer=1).document.layers[1].tied_to == 1
    wider = after(AUTOENCODER, type="widen", layer=1)
    assert wider.document.layers[1].tied_to == 1
    assert wider.document.layers[2 - 1].weight[0] == (0.5, -0.25, wider.document.layers[0].weight[2][0])
    assert wider.notice == "The new numbers are tied too, so the outputs are others."
    narrower = after(AUTOENCODER, type="narrow", layer=0)
    assert narrower.document.layers[1].tied_to is None
    assert narrower.notice == "W of layer 2 is its own again."
    alone = after(AUTOENCODER, type="remove_layer", layer=1)
    assert alone.document.spec.sharing is None


def test_a_tied_number_that_goes_leaves_the_others():
    tied = after(MAZUR, type="tie_numbers", first=["bias", 1, 2], second=["bias", 2, 1]).document
    shorter = after(tied, type="narrow", layer=1)
    assert shorter.document.ties == ()
    assert shorter.notice == "A number is its own again: what it was tied to is gone."
