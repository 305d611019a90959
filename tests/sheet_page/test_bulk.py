"""Large blocks: a browser that keeps to the rules of bulk.js has every number exactly, or knows that it lacks it."""

import numpy as np
import pytest

from mlpviz.app.message_bytes import to_bytes
from mlpviz.engine.passes import CAPTURED_AFTER
from mlpviz.examples.networks import PRESETS
from mlpviz.exchange import open_file, save_file
from mlpviz.exchange.subjects import NETWORK
from mlpviz.network import Document, DocumentError
from mlpviz.network.new_network import new_network
from mlpviz.sheet.blocks import shape_of
from mlpviz.sheet.values import values_on_screen
from mlpviz.sheet_page.bulk import MOST
from mlpviz.sheet_page.page import SHEET
from mlpviz.sheet_page.session import SheetSession
from mlpviz.sheet_page.state import CAPTURES, scene_of
from tests.support.messages import read_message


def digits(hidden=256, samples=1, seed=0):
    """A 784-256-10 network whose samples are as dark as pictures are."""
    rng = np.random.default_rng(seed)
    x = np.round(rng.random((samples, 784)), 3) * (rng.random((samples, 784)) < 0.2)
    layers = [
        {"weight": rng.normal(0, 0.05, (out, into)).tolist(), "bias": rng.normal(0, 0.1, out).tolist(), "activation": a}
        for into, out, a in ((784, hidden, "relu"), (hidden, 10, "softmax"))
    ]
    given = {"version": 1, "name": "digits", "layers": layers, "x": x.tolist(), "loss": "cross_entropy"}
    return Document.parse(given | {"target": [0] * samples, "learning_rate": 0.1})


@pytest.fixture(scope="module")
def document():
    return digits()


class Browser:
    """What web/sheet/bulk.js keeps of the answers to one visitor."""

    def __init__(self, document):
        self.session = SheetSession.of(document)
        self.sequence = 0
        self.sent, self.numbers = {}, {}

    def send(self, *events, is_lost=False):
        """The size of the answer, which may be lost on its way."""
        self.sequence += 1
        request = {"page": "sheet", "sequence": self.sequence, "events": list(events)}
        content = to_bytes(SHEET.handle(self.session, request))
        if not is_lost:
            self.take(read_message(content)["state"])
        return len(content)

    def take(self, state):
        self.state, self.numbers = state, {}
        for key, said in state["bulk"].items():
            if "whole" in said:
                self.sent[key] = said["stamp"], said["whole"]
            stamp, numbers = self.sent.get(key, (None, None))
            if stamp == said["stamp"]:
                self.numbers[key] = numbers
            elif stamp is not None and stamp == said.get("base"):
                self.numbers[key] = numbers.copy()
                self.numbers[key][said["places"]] = said["numbers"]

    def edit(self, column, value, **more):
        place = {"tensor": "weight", "layer": 1, "row": 3, "column": column, "value": value}
        return self.send({"type": "set", **place}, **more)

    def bring(self, *keys, **more):
        return self.send({"type": "bring_numbers", "own": list(keys), "other": []}, **more)

    def is_exact(self):
        """Whether every number that is here is that of the document, bit by bit."""
        values = values_on_screen(self.session.document)
        return all(
            np.array_equal(numbers.view(np.int64), np.ascontiguousarray(values[key]).ravel().view(np.int64))
            for key, numbers in self.numbers.items()
        )


def test_the_first_answer_brings_what_is_given_and_of_the_rest_its_name(document):
    browser = Browser(document)
    size = browser.send()
    assert {"weight.1", "weight.2"} == {*browser.numbers}
    assert {"grad_weight.1", "new_weight.1"} < {*browser.state["bulk"]}
    assert browser.is_exact()
    assert size < 2_000_000  # 14 MB as lists


def test_an_edit_of_one_number_sends_one_number_of_the_matrix(document):
    browser = Browser(document)
    browser.send()
    assert browser.edit(5, 0.25) < 150_000
    said = browser.state["bulk"]["weight.1"]
    assert said["places"].tolist() == [2 * 784 + 4]
    assert said["numbers"].tolist() == [0.25]
    assert browser.is_exact()
    assert browser.numbers["weight.1"][2 * 784 + 4] == 0.25


def test_gradient_and_new_weight_come_when_asked_for_and_are_missed_after_an_edit(document):
    browser = Browser(document)
    browser.send()
    browser.bring("grad_weight.1", "new_weight.1", "nothing.7")
    assert {"grad_weight.1", "new_weight.1"} <= {*browser.numbers}
    assert browser.is_exact()
    # an input that is not 0: nearly every gradient is another one
    browser.edit(1 + int(np.flatnonzero(document.x[0])[0]), 3.0)
    assert "grad_weight.1" not in browser.numbers
    assert browser.is_exact()
    browser.bring("grad_weight.1")
    assert "grad_weight.1" in browser.numbers
    assert browser.is_exact()


@pytest.mark.parametrize("seed", range(3))
def test_lost_answers_repeated_questions_and_undo_leave_no_wrong_number(seed):
    rng = np.random.default_rng(seed)
    browser = Browser(digits(hidden=16, seed=seed))
    browser.send()
    for _ in range(40):
        is_lost = bool(rng.random() < 0.3)
        match rng.integers(5):
            case 0:
                browser.bring(*rng.permutation(["grad_weight.1", "weight.1", "new_weight.1"])[:2], is_lost=is_lost)
            case 1:
                browser.send({"type": str(rng.choice(["undo", "redo"]))}, is_lost=is_lost)
            case 2:
                browser.send({"type": "resend"}, is_lost=is_lost)
            case _:
                browser.edit(int(rng.integers(1, 785)), float(rng.choice([0.0, -0.0, rng.normal()])), is_lost=is_lost)
        browser.send({"type": "view"})
        assert browser.is_exact()
    browser.bring("weight.1", "grad_weight.1", "new_weight.1")
    assert {"weight.1", "grad_weight.1", "new_weight.1"} <= {*browser.numbers}


def test_a_request_that_came_twice_claims_nothing(document):
    browser = Browser(document)
    browser.send()
    browser.bring("grad_weight.1", is_lost=True)
    browser.sequence -= 1
    browser.bring("grad_weight.1")
    assert "grad_weight.1" not in browser.numbers  # so the browser asks once more
    browser.bring("grad_weight.1")
    assert browser.is_exact()
    assert "grad_weight.1" in browser.numbers


def test_the_network_beside_it_has_large_blocks_of_its_own(document):
    browser = Browser(document)
    browser.send()
    browser.edit(5, 0.25)
    browser.send({"type": "compare", "key": "copy"})
    other = browser.state["other"]["bulk"]["weight.1"]
    assert other["whole"].size == 784 * 256
    assert not {"weight.1", "grad_weight.1"} & {*browser.state["other"]["deltas"]}
    browser.send({"type": "bring_numbers", "own": [], "other": ["grad_weight.1"]})
    values = values_on_screen(browser.session.comparison.document)
    assert browser.state["other"]["bulk"]["grad_weight.1"]["whole"].tolist() == values["grad_weight.1"].ravel().tolist()


@pytest.mark.parametrize("key", ["seven_layers", "xor"])
def test_an_ordinary_network_is_sent_as_lists_alone(key):
    browser = Browser(PRESETS[key].document)
    browser.send()
    assert browser.state["bulk"] == {}
    assert len(browser.state["v"]) == sum(each.size for each in values_on_screen(browser.session.document).values())


def test_a_block_of_just_as_many_numbers_as_are_listed_is_listed():
    browser = Browser(digits(hidden=MOST // 10))
    browser.send()
    assert "weight.1" in browser.state["bulk"]
    assert "weight.2" not in browser.state["bulk"]


def test_what_travels_apart_does_so_too_once_the_sheet_is_captured():
    """A matrix of more numbers than are listed, in a network that is small enough for captured calls."""
    middle = new_network("100-60-10", ["tanh", "identity"], True, "mse", "xavier_uniform", "1", "2")
    before = None
    for _ in range(CAPTURED_AFTER + 3):
        structure, scene = scene_of(middle, partials=False)
        listed = [key for key in structure.blocks if key not in scene["bulk"]]
        assert "weight.1" in scene["bulk"]
        assert "bias.2" in listed
        found = (scene["v"].tobytes(), {key: array.tobytes() for key, array in scene["bulk"].items()})
        assert before in (None, found)
        before = found
    assert CAPTURES.run(middle, shape_of(middle), [*structure.blocks]) is not None


def test_programs_of_it_are_refused_before_they_are_written(document):
    browser = Browser(document)
    browser.send({"type": "explain", "cards": ["numpy"], "focus": None})
    assert "203,530 weights and biases" in str(browser.state["answers"]["cards"]["numpy"]["problem"])
    for key in ("network_numpy", "network_notebook"):
        with pytest.raises(DocumentError, match="203,530 weights and biases, a program of it at most 50,000"):
            save_file(NETWORK, document, key)


def test_its_file_brings_every_bit_back(document):
    assert open_file(NETWORK, save_file(NETWORK, document, "network_json").content.decode()) == document
