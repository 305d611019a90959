"""Files of other tools arrive in pieces, are answered, and open; what is refused leaves nothing behind."""

import base64

import pytest

from mlpviz.app.page import answered
from mlpviz.sheet_page.page import SHEET
from tests.support.foreign_models import MODELS
from tests.support.pictures import png, stroke
from tests.support.workbook_networks import network


class Visit:
    def __init__(self):
        self.session = SHEET.open({})
        self.sequence = 0

    def send(self, *events):
        self.sequence += 1
        return answered(SHEET, self.session, {"page": "sheet", "sequence": self.sequence, "events": list(events)})

    def upload(self, name, content, size=None):
        encoded = base64.b64encode(content).decode()
        return self.send(
            {"type": "upload_piece", "name": name, "size": size or len(content), "at": 0, "bytes": encoded}
        )

    def choose(self, *paths):
        for path in paths:
            self.upload((MODELS / path).name, (MODELS / path).read_bytes())
        return self.send({"type": "open_files"})


def test_nothing_opens_before_it_was_shown():
    visit = Visit()
    before = visit.session.document
    importing = visit.choose("torch_pt/state_dict.pt")["state"]["importing"]
    assert importing["tool"] == "PyTorch state dict"
    assert visit.session.document is before
    assert [guess["key"] for guess in importing["guesses"]] == ["activation after 0", "activation after 2", "loss"]
    changed = visit.send({"type": "answer_import", "key": "activation after 0", "choice": "tanh"})["state"]["importing"]
    assert "Layer 1: 2 → 3, biases, tanh." in changed["understood"]
    answer = visit.send({"type": "finish_import"})
    assert answer["state"]["importing"] is None
    assert visit.session.document.layers[0].activation.key == "tanh"
    visit.send({"type": "undo"})
    assert visit.session.document == before


def test_an_answer_changes_what_depends_on_it_only():
    visit = Visit()
    visit.choose("torch_pt/state_dict.pt")
    visit.send({"type": "answer_import", "key": "activation after 0", "choice": "tanh"})
    last = visit.send({"type": "answer_import", "key": "activation after 2", "choice": "softmax"})["state"]["importing"]
    assert {guess["key"]: guess["chosen"] for guess in last["guesses"]} == {
        "activation after 0": "tanh",
        "activation after 2": "softmax",
        "loss": "cross_entropy_probs",
    }


def test_a_chosen_loss_stays_as_long_as_it_fits():
    visit = Visit()
    visit.choose("torch_pt/state_dict.pt")

    def after(key, choice):
        message = visit.send({"type": "answer_import", "key": key, "choice": choice})["state"]["importing"]
        return {guess["key"]: guess["chosen"] for guess in message["guesses"]}

    assert after("loss", "mae")["loss"] == "mae"
    assert after("activation after 0", "tanh") == {"activation after 0": "tanh", "activation after 2": "identity"} | {
        "loss": "mae"
    }
    assert after("activation after 2", "sigmoid")["loss"] == "mae"
    assert after("loss", "bce")["loss"] == "bce"
    changed = after("activation after 2", "softmax")
    assert changed == {"activation after 0": "tanh", "activation after 2": "softmax", "loss": "cross_entropy_probs"}
    visit.send({"type": "cancel_import"})
    visit.choose("torch_pt/state_dict.pt")
    assert after("activation after 0", "relu")["loss"] != "mae"


def test_a_document_among_the_files_opens_at_once():
    visit = Visit()
    saved = visit.session.document.to_json().encode()
    visit.send({"type": "preset", "key": "mazur"})
    visit.upload("mine.json", saved)
    assert visit.send({"type": "open_files"})["state"]["importing"] is None
    assert len(visit.session.document.layers) == 7


def test_weights_and_their_model_are_one_network():
    visit = Visit()
    importing = visit.choose("keras3/seq_tanh_softmax.weights.h5", "keras3/seq_tanh_softmax.keras")["state"][
        "importing"
    ]
    assert importing["file"] == "seq_tanh_softmax.keras"


def test_a_refused_file_leaves_nothing_behind():
    visit = Visit()
    visit.upload("first.arff", (MODELS / "weka/reg.arff").read_bytes())
    assert "at most" in visit.upload("huge.onnx", b"1", size=99_000_000)["said"]["error"]
    answer = visit.choose("weka/regression.txt")
    assert any("choose the ARFF file" in sentence for sentence in answer["state"]["importing"]["left_out"])


@pytest.mark.parametrize(
    "event", [{"type": "finish_import"}, {"type": "answer_import", "key": "loss", "choice": "mse"}]
)
def test_without_a_file_there_is_nothing_to_open(event):
    assert "no file is being opened" in Visit().send(event)["said"]["error"]


def test_two_files_of_no_known_format_are_refused_by_name():
    visit = Visit()
    visit.upload("a.txt", b"one")
    visit.upload("b.txt", b"two")
    assert "none of the files 'a.txt', 'b.txt'" in visit.send({"type": "open_files"})["said"]["error"]


def test_pictures_are_shown_answered_and_become_the_samples():
    visit = Visit()
    document = network((64, 3, 2))
    visit.session.open(document)
    visit.upload("b.png", png(stroke(light=False)))
    visit.upload("a.png", png(stroke(light=False)))
    importing = visit.send({"type": "open_files"})["state"]["importing"]
    assert (importing["file"], importing["tool"]) == ("2 pictures", "pictures")
    assert importing["understood"][:2] == ["a.png: 8 × 8 pixels.", "b.png: 8 × 8 pixels."]
    assert visit.session.document is document
    changed = visit.send({"type": "answer_import", "key": "strokes", "choice": "light"})["state"]["importing"]
    assert [guess["chosen"] for guess in changed["guesses"]] == ["light", "16"]
    answer = visit.send({"type": "finish_import"})
    assert answer["said"]["notice"] == "Opened from pictures. Undo brings the network before back."
    assert len(visit.session.document.x) == 2
    assert visit.session.document.layers == document.layers
    visit.send({"type": "undo"})
    assert visit.session.document == document


def test_a_picture_on_a_network_without_room_for_it_changes_nothing():
    visit = Visit()
    before = visit.session.document
    visit.upload("a.png", png(stroke()))
    answer = visit.send({"type": "open_files"})
    assert "this network has 3 inputs; a picture needs 64" in answer["said"]["error"]
    assert answer["state"]["importing"] is None
    assert visit.session.document is before
