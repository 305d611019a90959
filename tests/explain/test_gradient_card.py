"""What the panel gets for a gradient: the verdict, the strongest paths and the rest of them."""

import pytest

from mlpviz.examples.networks import PRESETS
from mlpviz.explain.gradient_card import explanation_of
from mlpviz.text.numbers import NumberStyle


def test_the_panel_gets_the_answer_for_gradients_only() -> None:
    document = PRESETS["seven_layers"].document
    answer = explanation_of(document, "grad_weight 4 2 1")
    assert answer is not None
    assert answer["cause"] == "cancel"
    assert [path["product"][0] for path in answer["paths"]] == ["18", "−18", "−14", "14"]
    assert answer["paths"][0]["route"] == "sample 2, through unit 1 → 1 → 1"
    assert answer["rest"] == ""
    for selection in (None, "z 3 1 1", "grad_a 9 1 1", "grad_a 3 9 1", "grad_z 0 1 1", "grad_bias 3 1", "grad_x 1 1 1"):
        assert explanation_of(document, selection) is None


def test_long_sums_are_folded_and_still_add_up() -> None:
    document = PRESETS["iris"].document
    answer = explanation_of(document, "grad_weight 1 1 1", NumberStyle(8))
    assert answer is not None
    assert len(answer["paths"]) == 5
    assert str(answer["rest"]).startswith("and 37 weaker paths: ")
    shown = [path["product"][0] for path in answer["paths"]] + [str(answer["rest"]).split(": ")[1]]
    total = sum(float(text.replace("−", "-")) for text in shown)
    assert total == pytest.approx(float(answer["sum"][0].replace("−", "-")), abs=1e-6)
