"""Under each choice of the form its formula and its lines of code unfold."""

import itertools

import pytest

from mlpviz.config import TrainingConfig
from mlpviz.data.scaling import SCALERS
from mlpviz.engine import INITIALIZERS, METRICS, SCHEDULES
from mlpviz.examples.trainings import TRAININGS
from mlpviz.runs import Run
from mlpviz.runs.evaluation import parts_of
from mlpviz.train_page.evaluation_view import evaluation_view
from mlpviz.train_page.form import form_of

XOR = TRAININGS["xor_needs_a_hidden_layer"].setup


def formulas(config: TrainingConfig) -> dict[str, dict]:
    """The items of the form that unfold a formula, by what they are about."""
    tabs = form_of(Run.of(config), "seed")
    items = [item for tab in tabs for item in tab["items"]]
    found = {}
    for before, item in itertools.pairwise(items):
        if item["kind"] == "formula":
            found[item["path"][0]] = item
            # it stands under the menu that it belongs to
            assert item["path"][0] == "metric" or before["path"] == item["path"][:-1]
    return found


def looks_whole(item: dict) -> None:
    assert item["sentence"].endswith((".", "no better."))
    assert item["formulas"]
    assert all(formula.startswith("<math") and "ref0" not in formula for formula in item["formulas"])
    assert all(lines.strip() for _, lines in item["code"])


@pytest.mark.parametrize("key", SCHEDULES)
def test_a_schedule(key):
    item = formulas(XOR.replace(schedule=key, schedule_counts="epochs"))["schedule"]
    looks_whole(item)
    assert [library for library, _ in item["code"]] == ["NumPy", "PyTorch"]
    assert "# after each epoch" in item["code"][1][1]


@pytest.mark.parametrize("key", INITIALIZERS)
def test_an_initializer(key):
    looks_whole(formulas(XOR.replace(initializer=key))["initializer"])


@pytest.mark.parametrize("key", SCALERS)
def test_a_scaler(key):
    found = formulas(XOR.replace(scaling=key)).get("scaling")
    assert (found is None) == (key == "none")
    if found:
        looks_whole(found)
        assert SCALERS[key].sklearn in found["code"][1][1]


def test_the_metric_beside_the_loss_and_those_of_the_result():
    looks_whole(formulas(XOR)["metric"])
    run = Run.of(XOR)
    view = evaluation_view(run.members[0], run.state(0).checkpoint, parts_of(run.members[0])[0])
    assert [item["text"] for item in view["formulas"]] == [
        f"formula of {metric.label}" for metric in METRICS.values() if metric.reads == "classes"
    ]
    for item in view["formulas"]:
        looks_whole(item)


def test_the_numbers_of_the_config_are_in_the_code():
    chosen = {"key": "cosine", "T_max": 37, "eta_min": 0.00123456789}
    item = formulas(XOR.replace(schedule=chosen))["schedule"]
    for _, lines in item["code"]:
        assert "37" in lines
        assert "0.00123456789" in lines
