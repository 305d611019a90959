"""What is said of a number that is used in several places: its parts, their sum, and the edits that are offered."""

import numpy as np
import pytest

from mlpviz.examples.networks import PRESETS
from mlpviz.explain.gradient_card import explanation_of
from mlpviz.explain.loss_curve import loss_curve, nudge_of
from mlpviz.explain.loss_plane import contour_of
from mlpviz.explain.tied_number import tie_card
from mlpviz.explain.update_breakdown import update_card
from mlpviz.network.edits import apply
from mlpviz.network.trajectory import Trajectory
from mlpviz.sheet.blocks import shape_of
from mlpviz.sheet.cell import Cell
from mlpviz.sheet.rules import rule_of
from mlpviz.sheet.values import values_on_screen
from mlpviz.sheet_page.structure import structure_of
from tests.support.edit_events import MAZUR
from tests.support.sentence_texts import as_read

TWICE, AUTOENCODER = PRESETS["shared_weight"].document, PRESETS["tied_autoencoder"].document
PARTS = "Used in 2 places: −0.125 in W 1,1 of layer 1, −0.464 in W 1,1 of layer 2; together −0.589"


def test_the_card_of_the_update_adds_up_the_uses():
    card = update_card(TWICE, "new_weight 2 1 1", Trajectory())
    assert as_read(card["uses"]) == f"{PARTS}, which the update follows."
    first, *_, last = card["lines"]
    assert [text for text, _ in first["numbers"]] == ["−0.125", "−0.464"]
    assert first["value"][0] == "−0.589"
    assert last["value"][0] == "1.09"


def test_the_verdict_says_that_it_is_of_one_use():
    told = explanation_of(TWICE, "grad_weight 1 1 1")
    assert as_read(told["uses"]).startswith(f"This is the part of this use alone, and so are its paths. {PARTS}")
    assert float(told["sum"][1].replace("−", "-")) == TWICE.trace().grad[0]
    assert explanation_of(MAZUR, "grad_weight 1 1 1")["uses"] == ""


def test_the_curve_moves_all_places():
    curve = loss_curve(TWICE.trace(), Cell("weight", 1, 0, 0), TWICE.next_step.new_params)
    assert curve.slope == TWICE.trace().grad_shared[0]
    w = curve.values[10]
    y = w / (1 + np.exp(-2 * w))
    assert curve.losses[10] == pytest.approx((y - 1) ** 2 / 2, rel=1e-12)
    assert "in both places that use it" in as_read(nudge_of(TWICE, "weight 2 1 1")["sentence"])
    assert contour_of(TWICE, "weight 1 1 1", "weight 2 1 1") is None


def test_the_card_offers_to_tie_and_to_untie():
    one, other = "weight 1 1 1", "weight 2 2 2"
    assert tie_card(MAZUR, one, None) is None
    assert tie_card(MAZUR, one, "bias 2 2") is None
    (offered,) = tie_card(MAZUR, one, other)["actions"]
    tied = apply(MAZUR, offered["event"]).document
    card = tie_card(tied, other, None)
    assert "Used in 2 places" in as_read(card["sentence"])
    (offered,) = card["actions"]
    assert apply(tied, offered["event"]).document.ties == ()
    assert tie_card(TWICE, one, None)["actions"] == []


@pytest.mark.parametrize(
    "document", [TWICE, AUTOENCODER, apply(AUTOENCODER, {"type": "set_one_bias", "layer": 1, "on": True}).document]
)
def test_the_rule_of_a_new_number_refers_to_every_use(document):
    shape, values = shape_of(document), values_on_screen(document)
    for key, block in structure_of(document.spec, shape).blocks.items():
        if not key.startswith(("new_weight", "new_bias")):
            continue
        rule = rule_of(block, document.spec, shape)
        for r in range(block.rows):
            for c in range(block.columns):
                at = {"r": r, "c": c}
                old, rate, *parts = (values[name][at.get(i, i), at.get(j, j)] for name, i, j in rule.refs)
                assert values[key][r, c] == pytest.approx(old - rate * sum(parts), rel=1e-12)


def test_a_rate_and_a_decay_of_a_tied_weight_are_those_of_its_first_layer():
    own = apply(AUTOENCODER, {"type": "set_layer_rate", "layer": 2, "value": 9.0}).document
    assert np.array_equal(
        own.spec.views(own.next_step.new_params)[1].weight,
        AUTOENCODER.spec.views(AUTOENCODER.next_step.new_params)[1].weight,
    )
    assert (
        rule_of(structure_of(own.spec, shape_of(own)).blocks["new_weight.2"], own.spec, shape_of(own)).refs[1][0]
        == "learning_rate.0"
    )
