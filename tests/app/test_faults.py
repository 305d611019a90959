"""A fault anywhere in an answer is logged, counted and said, and the page with all its events goes on."""

import pytest

from mlpviz.app.faults import FAULTS
from mlpviz.app.message_bytes import to_bytes
from mlpviz.app.visitor import Visitor
from mlpviz.hosts.pages import PAGES
from mlpviz.sheet_page import state
from tests.support.messages import read_message


class PlantedError(Exception):
    """What nobody expected."""


def breaks(*_, **__):
    raise PlantedError("planted")


class Browser:
    """One tab with one page open."""

    def __init__(self, page):
        self.page = page
        self.visitor = Visitor(PAGES)
        self.sequence = 0
        self.visitor.visit(page, {})

    def send(self, *events):
        self.sequence += 1
        answer = self.visitor.handle({"page": self.page, "sequence": self.sequence, "events": list(events)})
        return read_message(to_bytes(answer))


WEIGHT = {"type": "set", "tensor": "weight", "layer": 1, "row": 1, "column": 1}
EDITS = {
    "sheet": ({**WEIGHT, "value": 7.5}, {**WEIGHT, "value": 8.5}),
    "train": ({"type": "epochs", "count": 1}, {"type": "add_layer"}),
    "check": ({"type": "digits", "all": True}, {"type": "digits", "all": False}),
}


def faults_in(caplog, browser, *events):
    """The answer to events that meet one fault or more."""
    before = FAULTS.count
    answer = browser.send(*events)
    assert FAULTS.count > before
    assert "planted" in caplog.text
    assert answer["acknowledged"] == browser.sequence
    return answer


@pytest.mark.parametrize(
    ("page", "place"),
    [
        ("sheet", "mlpviz.sheet_page.state.scene_of"),
        ("sheet", "mlpviz.sheet_page.events.edits.apply"),
        ("train", "mlpviz.train_page.state.frame_of"),
        ("train", "mlpviz.train_page.static_frame.view_of"),
        ("check", "mlpviz.check_page.page.rows_of"),
    ],
)
def test_a_fault_of_a_page_is_said_and_all_goes_on(page, place, monkeypatch, caplog):
    browser = Browser(page)
    first, then = EDITS[page]
    browser.send(first)
    with monkeypatch.context() as planted:
        planted.setattr(place, breaks)
        answer = faults_in(caplog, browser, then, {"type": "resend"})
        assert "a fault of this program" in answer["said"]["error"]
    healed = browser.send(then)
    assert healed["said"]["error"] is None
    assert healed["state"]


def test_what_cannot_be_shown_is_taken_back(monkeypatch, caplog):
    browser = Browser("sheet")
    browser.send({**WEIGHT, "value": 7.5})
    session = browser.visitor.sessions["sheet"]
    before = session.document
    shown = iter([True])
    real = state.scene_of

    def once(*arguments, **options):
        if next(shown, False):
            raise PlantedError("planted")
        return real(*arguments, **options)

    monkeypatch.setattr("mlpviz.sheet_page.state.scene_of", once)
    answer = faults_in(caplog, browser, {**WEIGHT, "value": 8.5})
    assert session.document is before
    assert answer["state"]["v"].size
    assert answer["state"]["structure_data"]["id"] == answer["state"]["structure"]
    assert browser.send({**WEIGHT, "value": 9.5})["said"]["error"] is None


def test_a_card_a_review_and_a_check_fail_in_their_own_place(monkeypatch, caplog):
    browser = Browser("sheet")
    browser.send({**WEIGHT, "value": 7.5})
    monkeypatch.setattr("mlpviz.sheet_page.cards.explanation_of", breaks)
    question = {"type": "explain", "cards": ["why", "nudge"], "focus": "weight 1 1 1"}
    answer = faults_in(caplog, browser, question)
    cards = answer["state"]["answers"]["cards"]
    assert "This explanation failed" in cards["why"]["fault"]
    assert cards["nudge"]
    assert answer["said"]["error"] is None
    monkeypatch.setattr("mlpviz.sheet_page.state.last_edit_of", breaks)
    review = faults_in(caplog, browser, {"type": "review"})["state"]["review"]
    assert "The review of this network failed" in review["fault"]
    monkeypatch.setattr("mlpviz.sheet_page.session.check", breaks)
    proof = faults_in(caplog, browser, {"type": "check"})["proof"]
    assert (proof["status"], proof["text"]) == ("partly", "not checked")
    assert "The check failed" in proof["detail"]


def test_an_address_that_cannot_be_opened_opens_the_first_example(monkeypatch, caplog):
    visitor = Visitor(PAGES)
    monkeypatch.setattr("mlpviz.sheet_page.page.Document.from_link", breaks)
    answer = visitor.visit("sheet", {"d": "eJw"})
    assert "Opening this address failed" in answer["said"]["error"]
    assert "planted" in caplog.text
    assert answer["state"]["v"].size


# ---------------------------------------------------------------- inputs that raised


def review_after(*events):
    browser = Browser("sheet")
    before = FAULTS.count
    for event in events:
        browser.send(event)
    review = browser.send({"type": "review"})["state"]["review"]
    assert FAULTS.count == before
    assert review["fault"] == ""
    return review["edit"]


@pytest.mark.parametrize("norms", [("batch_norm", "layer_norm"), ("layer_norm", "batch_norm")])
@pytest.mark.parametrize("preset", ["batch_norm", "mazur", "xor", "dropout"])
def test_one_norm_in_the_place_of_another_has_other_numbers(preset, norms):
    changes = [{"type": "set_norm", "layer": 1, "key": key} for key in norms]
    edit = review_after({"type": "preset", "key": preset}, *changes)
    # the mean of a unit is no counterpart to that of a sample
    assert not {"mean.1", "var.1"} & edit["cells"].keys()


def test_steps_that_end_in_a_huge_loss_are_remembered_in_the_address():
    browser = Browser("sheet")
    browser.send({"type": "preset", "key": "dead_relu"}, {"type": "set_learning_rate", "value": 10})
    before = FAULTS.count
    for _ in range(12):
        answer = browser.send({"type": "update", "times": 10})
    assert FAULTS.count == before
    assert answer["state"]["walked"] > 100
    session = browser.visitor.sessions["sheet"]
    again = Visitor(PAGES).visit("sheet", {name: text for name, text in answer["address"].items() if text})
    assert again["said"]["error"] is None
    assert again["state"]["walked"] > 1
    assert max(point.loss for point in session.trajectory.points) > 1e200


def test_a_zero_keeps_its_sign_in_the_link():
    browser = Browser("sheet")
    link = browser.send({**WEIGHT, "value": -0.0})["address"]["d"]
    visitor = Visitor(PAGES)
    visitor.visit("sheet", {"d": link})
    assert str(visitor.sessions["sheet"].document.layers[0].weight[0][0]) == "-0.0"
