"""The card of the update for optimizers that step whole matrices: its lines and its rounds beside the numbers."""

import numpy as np
import pytest

from mlpviz.examples.networks import PRESETS
from mlpviz.explain.update_breakdown import update_card
from mlpviz.network import Document
from mlpviz.network.edits import apply, apply_update
from mlpviz.network.trajectory import Trajectory

MAZUR = PRESETS["mazur"].document


def card_of(choice, focus, steps=0):
    document = apply(MAZUR, {"type": "set_optimizer", "key": choice}).document
    if steps:
        document = apply_update(document, steps).document
    return document, update_card(document, focus, Trajectory())


def full(pair):
    """The number of a pair of texts with all of its digits."""
    return float((pair[1] or pair[0]).replace("−", "-"))


def test_the_rounds_of_muon_are_those_of_its_singular_values():
    document, card = card_of("muon", "new_weight 1 1 2", steps=2)
    rounds = card["rounds"]
    assert rounds["head"][:2] == ["round", "this entry"]
    assert [row[0] for row in rounds["rows"]] == [str(number) for number in range(6)]
    values = np.array([[full(pair) for pair in row[2:]] for row in rounds["rows"]])
    assert values.shape == (6, 2)
    a, b, c = 3.4445, -4.775, 2.0315
    before = values[:-1]
    expected = np.sort(a * before + b * before**3 + c * before**5, axis=1)[:, ::-1]
    assert values[1:] == pytest.approx(expected, rel=1e-6, abs=1e-12)
    # the last entry times the rate is the step, after the decay
    step = document.next_step
    old, new = (step.params[1], step.new_params[1])
    shrunk = old * (1 - 0.5 * 0.1)
    assert new == pytest.approx(shrunk - 0.5 * full(rounds["rows"][-1][1]), rel=1e-6)


@pytest.mark.parametrize("focus", ["new_weight 1 2 1", "new_weight 2 1 2"])
def test_a_tied_number_has_its_uses_the_rate_of_its_first_place_and_the_rounds(focus):
    plain = {
        "layers": [
            {"weight": [[0.1, 0.2], [0.3, 0.4]], "activation": "tanh", "learning_rate": 0.25},
            {"tied_to": 1, "transposed": True, "activation": "identity", "learning_rate": 0.125},
        ],
        "x": [[1, 2]],
        "target": [[1, 2]],
        "loss": "mse",
        "optimizer": "muon",
        "schedule": {"key": "exponential", "gamma": 0.5},
        "schedule_step": 1,
    }
    document = Document.parse(plain)
    card = update_card(document, focus, Trajectory())
    uses, rate = card["lines"][:2]
    index = document.spec.sharing.first[2]
    assert [full(number) for number in uses["numbers"]] == pytest.approx(
        document.trace().grad[document.spec.sharing.uses(index)], rel=1e-6
    )
    assert full(rate["value"]) == 0.125
    assert full(card["lines"][-1]["value"]) == pytest.approx(document.next_step.new_params[index], rel=1e-6)
    assert len(card["rounds"]["rows"]) == 6
    assert card["uses"]


@pytest.mark.parametrize(("choice", "focus"), [("muon", "new_bias 1 1 1"), ("adam", "new_weight 1 1 2")])
def test_there_are_no_rounds_where_no_matrix_is_stepped(choice, focus):
    _, card = card_of(choice, focus)
    assert card["rounds"] is None
    assert card["lines"]


def test_the_history_has_the_memory_of_that_tensor_only():
    for focus, count in (("new_weight 1 1 2", 1), ("new_bias 1 1 1", 2)):
        _, card = card_of("muon", focus, steps=3)
        assert len(card["head"]) == 3 + count


def test_a_small_change_is_seen_in_its_digits():
    _, card = card_of({"key": "adamw", "weight_decay": 0.001}, "new_weight 1 1 1")
    decay = next(line for line in card["lines"] if line["isTheta"])
    assert decay["value"][0] not in [pair[0] for pair in decay["numbers"]]
    assert full(decay["value"]) == pytest.approx(0.15 * (1 - 0.5 * 0.001), rel=1e-12)
