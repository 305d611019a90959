"""The Lessons page as a function from message to answer: every lesson is walked to its end, and gives nothing away."""

import json

import pytest

from mlpviz.app.visitor import Visitor
from mlpviz.hosts.pages import PAGES
from mlpviz.lesson_page import page as lesson_page
from mlpviz.lessons import LESSONS


class Learner:
    """A visitor of the page, as the browser is one."""

    def __init__(self, **address):
        self.visitor = Visitor(PAGES)
        self.sequence = 0
        self.answer = self.visitor.visit("lessons", address)

    def __call__(self, kind, **arguments):
        self.sequence += 1
        event = {"type": kind, **arguments}
        self.answer = self.visitor.handle({"page": "lessons", "sequence": self.sequence, "events": [event]})
        return self.step

    @property
    def step(self):
        return self.answer["state"]["step"]

    @property
    def error(self):
        return self.answer["said"]["error"]

    @property
    def sheet(self):
        return self.answer["state"]["sheet"]

    @property
    def here(self):
        return self.visitor.sessions["lessons"].step

    def seen(self):
        """The cells whose numbers are in the message, by network."""
        return {
            (self.here.network, f"{block['tensor']} {block['layer']} {row + 1} {column + 1}")
            for block in self.sheet["blocks"]
            for row, line in enumerate(block["numbers"])
            for column, number in enumerate(line)
            if number is not None and not block["key"].startswith("slot.old.")
        }


def answer_wrong(learner):
    """One wrong answer to the question of this step: it is not counted, and help is said."""
    asking = learner.here.asking
    if asking.exercise is not None:
        name, right = next(iter(asking.right_texts().items()))
        learner("answer", cell=name, text=f"{right}+1000")
        assert learner.sheet["answers"][name]["state"] == "wrong"
        assert learner.sheet["answers"][name]["said"]
    elif asking.options:
        for key in [key for key, _ in asking.options if key != asking.answer]:
            step = learner("choose", text=key)
            assert (step["question"]["state"], step["question"]["given"]) == ("wrong", key)
    else:
        assert learner("choose", text=f"{asking.right_answer()}+1000")["question"]["state"] == "wrong"
    step = learner.step
    assert not step["is_answered"]
    assert step["then"] == ""
    assert bool(step["question"]["help"]) == bool(learner.here.step.help)
    place = step["number"]
    learner("on")
    assert "answer the question first" in learner.error
    assert learner.step["number"] == place


def answer_right(learner):
    asking = learner.here.asking
    if asking.exercise is None:
        learner("choose", text=asking.right_answer())
        assert learner.step["question"]["said"] == ("Right.",)
    for name, text in asking.right_texts().items():
        assert not learner.step["is_answered"]
        learner("answer", cell=name, text=text)
        assert learner.sheet["answers"][name]["state"] == "right"


@pytest.mark.parametrize("key", LESSONS)
def test_every_lesson_is_walked_to_its_end_with_one_wrong_answer_at_each_question(key):
    learner = Learner()
    learner("open", lesson=key)
    seen = set()
    for number in range(1, len(LESSONS[key].steps) + 1):
        step, here = learner.step, learner.here
        assert (step["number"], learner.error) == (number, None)
        assert learner.answer["address"]["l"] == f"{key}.{number}"
        keys = {block["key"] for block in learner.sheet["blocks"]}
        assert {one.rpartition(" ")[0].rpartition(" ")[0] for one in step["lit_cells"]} | set(step["lit"]) <= keys
        seen |= learner.seen()
        if here.asking is not None:
            hidden = {(network, str(cell)) for network, cell in here.hidden_cells}
            assert hidden & seen == set(), "what is asked for was in a message before"
            answer_wrong(learner)
            assert hidden & learner.seen() == set()
            answer_right(learner)
        assert learner.step["is_answered"]
        assert bool(learner.step["then"]) == bool(here.step.then)
        seen |= learner.seen()
        if number < len(LESSONS[key].steps):
            assert learner.step["practise"] == ""
            learner("on")
    assert learner.step["practise"]
    learner("practise")
    assert learner.answer["go"] == "practice"
    practised = learner.visitor.visit("practice", {})
    assert practised["address"]["e"] == LESSONS[key].practise.name
    assert practised["address"]["l"] is None


def test_no_text_or_option_is_sent_before_its_time():
    learner = Learner(l="one_neuron.3")
    sent = json.dumps(learner.answer, ensure_ascii=False)
    step = LESSONS["one_neuron"].shown[2]
    assert str(step.text_of(step.step.then)) not in sent
    assert str(step.text_of(step.step.help)) not in sent
    assert "compare" not in sent
    assert step.asking.options[1][1] in sent


def test_the_answer_is_shown_to_whoever_asks_for_it():
    learner = Learner(l="relu.1")
    assert learner("show")["question"]["was_shown"]
    assert learner.step["is_answered"]
    learner = Learner(l="relu.2")
    learner("show")
    assert learner.step["is_answered"]
    assert {each["state"] for each in learner.sheet["answers"].values()} == {"right"}


def test_a_step_back_finds_what_was_answered_and_another_lesson_nothing():
    learner = Learner(l="relu.1")
    learner("choose", text="2")
    learner("on")
    step = learner("back")
    assert (step["number"], step["question"]["given"], step["is_answered"]) == (1, "2", True)
    learner("open", lesson="loss", step=1)
    step = learner("open", lesson="relu", step=1)
    assert (step["question"]["given"], step["is_answered"]) == ("", False)
    learner("leave")
    assert learner.step is None
    assert learner.answer["address"]["l"] is None
    assert [line["key"] for line in learner.answer["state"]["lessons"]] == list(LESSONS)


def test_what_the_tab_kept_is_answered_again_and_what_does_not_fit_is_left_out():
    kept = {"1": {"": "2"}, "2": {"z 1 1 1": "999", "nothing": "7"}, "99": {"": "2"}}
    learner = Learner(l="relu.2")
    learner("answers", lesson="loss", steps=kept)
    assert learner.sheet["answers"] == {}
    learner("answers", lesson="relu", steps=kept)
    fields = learner.here.asking.exercise.cells
    assert {name: each["text"] for name, each in learner.sheet["answers"].items()} == {
        name: text for name, text in kept["2"].items() if name in fields
    }
    assert learner("back")["question"]["given"] == "2"
    assert learner.step["is_answered"]
    # what is typed now is newer than what was kept
    learner("choose", text="1")
    assert learner("answers", lesson="relu", steps=kept)["question"]["given"] == "1"
    chosen = next(number for number, one in enumerate(LESSONS["loss"].shown) if one.asking and one.asking.options) + 1
    learner("open", lesson="loss", step=chosen)
    step = learner("answers", lesson="loss", steps={str(chosen): {"": "an option that was there"}})
    assert (step["question"]["given"], learner.error) == ("", None)


def test_the_end_of_a_lesson_leads_to_the_next_one():
    last = len(LESSONS["tour"].steps)
    learner = Learner(l=f"tour.{last}")
    assert learner.step["next_lesson"] == LESSONS["one_neuron"].title
    assert learner("following")["lesson"] == "one_neuron"


def test_help_comes_in_stages_as_on_the_practise_page():
    learner = Learner(l="layer.2")
    for stage in (1, 2, 3):
        learner("hint", block="z.1")
        assert learner.sheet["hint"]["stage"] == stage
    learner("close")
    assert learner.sheet["hint"] is None


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("one_nueron.1", "there is no lesson 'one_nueron'"),
        ("one_neuron.0", "no step 0"),
        ("one_neuron.99", "no step 99"),
        ("one_neuron.two", "names no step of a lesson"),
    ],
)
def test_an_address_that_is_no_lesson_is_said(address, sentence):
    learner = Learner(l=address)
    assert sentence in learner.error
    assert learner.step is None


@pytest.mark.parametrize(
    ("event", "sentence"),
    [
        ({"type": "choose", "text": "left"}, "'left' is not there to choose"),
        ({"type": "answer", "cell": "z 1 1 1", "text": "1"}, "nothing is asked on the sheet here"),
        ({"type": "open", "lesson": "none"}, "there is no lesson 'none'"),
        ({"type": "open", "lesson": ["relu"]}, "cannot do 'open' like this"),
        ({"type": "following"}, "Not done"),
        ({"type": "dance"}, "cannot do 'dance' like this"),
    ],
)
def test_what_cannot_be_done_is_said_and_the_step_stays(event, sentence):
    learner = Learner(l=f"{list(LESSONS)[-1]}.3")
    learner(**{"kind": event["type"]} | {key: value for key, value in event.items() if key != "type"})
    assert sentence in learner.error
    assert learner.step["number"] == 3


def test_what_is_no_number_is_no_wrong_answer():
    learner = Learner(l="relu.1")
    question = learner("choose", text="two")["question"]
    assert question["state"] == "unreadable"
    assert "It is not counted as wrong" in str(question["said"])
    assert question["help"] == ""


def test_a_fault_goes_back_to_what_could_be_shown(monkeypatch, caplog):
    learner = Learner(l="relu.1")
    own, calls = lesson_page.state_of, []

    def fails_once(session):
        calls.append(session)
        if len(calls) == 1:
            raise RuntimeError("a fault")
        return own(session)

    monkeypatch.setattr(lesson_page, "state_of", fails_once)
    step = learner("open", lesson="loss")
    assert learner.error
    assert (step["lesson"], step["number"]) == ("relu", 1)
    assert "a fault" in caplog.text


def test_the_badge_checks_the_network_of_the_step():
    learner = Learner(l="relu.5")
    proof = learner.visitor.handle({"page": "lessons", "events": [{"type": "check"}]})["proof"]
    assert (proof["version"], proof["status"]) == ("relu.dead", "ok")
    learner("leave")
    assert learner.answer["proof"] == {"version": "", "status": None}
