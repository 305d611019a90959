"""The code panel's card: lines with cells, or a sentence why there are none; made only when it is asked for."""

import pytest

from mlpviz.examples.networks import PRESETS
from mlpviz.network import Document
from mlpviz.sheet_page import program_card as card
from mlpviz.sheet_page.cards import CARDS, Question, answers_of

MAZUR = PRESETS["mazur"].document


@pytest.mark.parametrize("language", ["numpy", "torch"])
def test_the_card_has_the_lines_with_their_blocks(language):
    lines = card.program_card(MAZUR, language)["lines"]
    (first,) = (line for line in lines if line["block"] == "weight.1")
    assert first["given"]
    assert [part for part in first["parts"] if isinstance(part, list)][1] == ["0.2", 0, 1]
    assert any(line["block"] == "grad_weight.2" and not line["given"] for line in lines)


def test_what_has_no_program_says_why():
    plain = MAZUR.to_json_value() | {"x": [[1e300, 1e300]], "loss": "half_sse"}
    plain["layers"][1] |= {"activation": "identity", "weight": [[1e300, 1e300], [1e300, 1e300]]}
    found = card.program_card(Document.parse(plain), "numpy")
    assert found["lines"] == []
    assert str(found["problem"]).startswith("There is no program: a number of the pass is infinite or NaN")


def test_a_long_program_is_left_to_the_file(monkeypatch):
    monkeypatch.setattr(card, "MOST_NUMBERS", 10)
    found = card.program_card(MAZUR, "numpy")
    assert found["lines"] == []
    assert "too many lines to stand here: save it as a file" in str(found["problem"])


def test_no_other_question_makes_it(monkeypatch):
    monkeypatch.setattr(card, "ByHand", None)
    others = tuple(key for key in CARDS if key not in ("numpy", "torch"))
    assert "fault" not in str(answers_of(MAZUR, Question(others, "weight 1 1 1"))["cards"])
