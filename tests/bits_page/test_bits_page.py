"""The page Fewer bits: its tables say what the pass computed, and it leads to the sheet and back."""

import numpy as np
import pytest

from mlpviz.app.visitor import Visitor
from mlpviz.bits_page.compared import relative_errors, too_large
from mlpviz.bits_page.page import BITS
from mlpviz.bits_page.updates import walk_of
from mlpviz.examples.networks import PRESETS
from mlpviz.exploration.data_files import traces_of
from mlpviz.exploration.subject import Subject
from mlpviz.exploration.view import FactsPart, TablePart
from mlpviz.hosts.pages import PAGES
from mlpviz.low_precision.low_precision_pass import ARITHMETICS, low_precision_pass
from mlpviz.low_precision.number_format import FORMATS

MAZUR = PRESETS["mazur"].document


def view_of(document=MAZUR, **given):
    _, values, problems = BITS.exploration.resolve(given, Subject(document))
    assert problems == []
    return BITS.exploration.make(values, Subject(document))


def tables(view):
    return {part.key: part for part in view.parts if isinstance(part, TablePart)}


def digits(cell):
    return float((cell.digits or cell.text).split(",")[0].replace("−", "-"))


@pytest.mark.parametrize("key", ARITHMETICS)
def test_a_block_stands_beside_its_float64(key):
    view = view_of(format=key, layer="2", block="grad_weight", row="2")
    low = low_precision_pass(MAZUR, ARITHMETICS[key]).layers[1].grad_weight
    exact = MAZUR.trace().layers[1].grad_weight
    for name, expected in (("low", low), ("exact", exact)):
        found = [[digits(cell) for cell in row[1:]] for row in tables(view)[name].rows]
        np.testing.assert_array_equal(found, expected)
    shades = np.array([[cell.shade for cell in row[1:]] for row in tables(view)["low"].rows])
    assert (np.sign(shades) == np.sign(low - exact)).all()
    assert tables(view)["low"].rows[1][1].is_marked
    assert tables(view)["low"].rows[0][2].sets == {"row": 1, "column": 2}


def test_the_bits_of_a_number_have_its_neighbours():
    bits = tables(view_of(format="e4m3", layer="1", block="a"))["bits"]
    values = [digits(row[1]) for row in bits.rows]
    assert values[0] > values[1] > values[2]
    assert all(len(row) == 2 + 8 for row in bits.rows)
    sign, *rest = (cell.text for cell in bits.rows[1][2:])
    fields = FORMATS["e4m3"].bits(values[1])
    assert (sign, "".join(rest)) == ("0", fields.exponent + fields.mantissa)


def test_lost_updates_and_gradients_are_counted():
    view = view_of(format="bfloat16", rate=1e-6)
    assert [row[3].text for row in tables(view)["counts"].rows] == ["4 of 4", "4 of 4"]
    kept = view_of(format="bfloat16", rate=1e-3, kept="float32")
    assert [row[3].text for row in tables(kept)["counts"].rows] == ["0 of 4", "0 of 4"]
    view = view_of(format="e5m2", scale=24)
    assert sum(digits(row[2]) for row in tables(view)["counts"].rows) > 0
    assert too_large(np.array([448.0, 448.0]), np.array([448.0, 500.0]), FORMATS["e4m3"], 1.0) == 1


def test_an_error_of_what_should_be_0_has_no_size():
    found = relative_errors(np.array([0.0, 1.0, np.nan, 3.0]), np.array([0.0, 0.0, 2.0, 2.0]))
    assert found.tolist() == [0.0, np.inf, np.inf, 0.5]


def test_two_hundred_equal_steps():
    bfloat16 = FORMATS["bfloat16"]
    assert set(walk_of(bfloat16, "sgd", 1.0, 1.0, 0.001, None).weights.tolist()) == {1.0}
    assert abs(walk_of(bfloat16, "sgd", 1.0, 1.0, 0.001, 0).weights[-1] - 0.8) < 0.06
    # the velocity lifts the steps above half a unit; 0.999 · v of Adam is rounded back to v, which forgets nothing
    assert walk_of(bfloat16, "momentum", 1.0, 1.0, 0.001, None).weights[-1] < 0.2
    assert walk_of(bfloat16, "adam", 1.0, 1.0, 0.01, None).memory[1] > 1.05 * (1 - 0.999**200)
    said = str(view_of(format="bfloat16", optimizer="adam").figures["updates"].text)
    assert "In the end m is" in said
    lines = traces_of(view_of(format="bfloat16", rate=1e-6, layer="1", block="weight").figures["updates"])
    assert set(lines["to the nearest"]["y"].tolist()) == {float(bfloat16.round(np.array(MAZUR.layers[0].weight[0][0])))}


def test_the_network_of_the_sheet_opens_here_and_its_rounded_weights_go_there():
    visitor = Visitor(PAGES)
    answer = visitor.visit("bits", {"d": MAZUR.to_link()})
    assert answer["state"]["settings"][0]["text"] == ""
    options = {setting["key"]: setting["options"] for setting in answer["state"]["settings"]}
    assert len(options["layer"]) == len(MAZUR.layers)
    events = [{"type": "set", "key": "format", "value": "e5m2"}, {"type": "load", "key": "rounded"}]
    answer = visitor.handle({"page": "bits", "sequence": 1, "events": events})
    assert answer["go"] == "sheet"
    there = visitor.sessions["sheet"].document
    expected = FORMATS["e5m2"].round(np.array(MAZUR.layers[0].weight))
    np.testing.assert_array_equal(np.array(there.layers[0].weight), expected)
    visitor.visit("bits", {})
    back = visitor.handle({"page": "bits", "sequence": 2, "events": [{"type": "load", "key": "sheet"}]})
    assert back["go"] == "sheet"
    assert visitor.sessions["sheet"].document is there


def test_a_network_that_is_not_computed_is_said_and_an_example_shown():
    view = view_of(PRESETS["batch_norm"].document)
    facts = [fact for part in view.parts if isinstance(part, FactsPart) for fact in part.facts]
    said = [str(sentence) for name, sentence in facts if name == "network"]
    assert said == ["A pass in fewer bits is computed for plain layers; layer 1 has a norm. Shown is an example."]
