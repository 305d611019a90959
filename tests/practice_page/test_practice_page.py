"""The Practise page as a function from message to answer: what is asked, told, hidden, and kept."""

import base64
import io

import pytest
from pypdf import PdfReader

from mlpviz.examples.networks import PRESETS
from mlpviz.exchange import save_file, savings
from mlpviz.exchange.subjects import EXERCISES, Handout
from mlpviz.practice.topics import generate
from mlpviz.practice.topics.catalogue import TOPICS
from mlpviz.practice.topics.topic import LEVELS
from mlpviz.practice_page import page as practice_page
from mlpviz.text.numbers import MINUS, format_number
from tests.support.learner import Learner


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("level", range(1, LEVELS + 1))
def test_whoever_types_what_is_right_is_done(topic, level):
    learner = Learner(e=f"{topic}.{level}.5")
    assert learner.exercise.fingerprint == generate(topic, level, 5).fingerprint
    assert learner.answer["address"]["e"] == f"{topic}.{level}.5"
    names = list(learner.exercise.cells)
    assert [name for block in learner.blocks.values() for row in block["fields"] for name in row if name]
    for number, name in enumerate(names, start=1):
        assert not learner.state["done"]
        learner("answer", cell=name, text=learner.right(name))
        assert learner.said(name) == ("right", "Right.")
        assert learner.state["right"] == number
    assert learner.state["done"]
    assert not learner.state["helped"]
    learner("solution")
    assert learner.answer["go"] == "sheet"
    assert learner.visitor.sessions["sheet"].document == learner.exercise.document


def test_what_follows_is_seen_when_all_before_it_is_right():
    document = PRESETS["mazur"].document
    learner = Learner(d=document.to_link())
    learner("own", parts="z.1,z.2")
    assert "a.1" not in learner.blocks
    assert "a.2" not in learner.blocks
    first, second = [name for name in learner.exercise.cells if name.startswith("z 1")]
    learner("answer", cell=first, text="0.378")
    assert learner.said(first)[0] == "rounded"
    assert "The sheet goes on with 0.377" in learner.said(first)[1] or "0.378" in learner.said(first)[1]
    learner("answer", cell=second, text="7")
    assert "a.1" not in learner.blocks
    learner("answer", cell=second, text=learner.right(second))
    assert all(number is not None for row in learner.blocks["a.1"]["numbers"] for number in row)
    assert not learner.state["done"]


def test_every_form_of_a_number_is_read_and_what_is_none_is_not_wrong():
    learner = Learner(e="gradient_descent.1.3")
    name = next(iter(learner.exercise.cells))
    number = learner.exercise.right_number(learner.exercise.cells[name])
    in_powers = f"{number:e}".replace("e", "·10^").replace("+", "")
    for text in (f"{number:.6f}", f"{2 * number}/2", f"{number - 1}+1", in_powers):
        learner("answer", cell=name, text=text)
        assert learner.said(name)[0] == "right", text
        assert learner.state["answers"][name]["text"] == text
    learner("answer", cell=name, text="about 3")
    state, said = learner.said(name)
    assert state == "unreadable"
    assert "It is not counted as wrong" in said
    assert learner.state["answers"][name]["text"] == "about 3"
    learner("answer", cell=name, text=" ")
    assert name not in learner.state["answers"]


def test_a_mistake_is_named_and_what_follows_from_it_counts():
    learner = Learner(e="backward.1.7")
    first, second, *_ = learner.exercise.cells
    wrong = -learner.exercise.right_number(learner.exercise.cells[first])
    learner("answer", cell=first, text=f"{wrong:g}")
    state, said = learner.said(first)
    assert state == "wrong"
    assert "t − a" in said or "a − t" in said or "sign" in said
    learner("answer", cell=second, text=f"{wrong:g}")
    assert learner.said(second)[0] == "carried"
    assert learner.state["right"] == 0


def test_on_demand_nothing_is_told_before_it_is_asked_for():
    learner = Learner(e="layer.1.2")
    learner("mode", at_once=False)
    first, second = learner.exercise.cells
    learner("answer", cell=first, text=learner.right(first))
    assert learner.said(first) == ("", "")
    assert learner.state["right"] == 0
    learner("look")
    assert learner.said(first) == ("right", "Right.")
    learner("answer", cell=second, text="1000")
    assert learner.said(second) == ("", "")
    learner("answer", cell=first, text="1000")
    assert learner.said(first) == ("", "")
    learner("look")
    assert [learner.said(name)[0] for name in (first, second)] == ["wrong", "wrong"]


def test_a_matrix_is_pasted_from_a_field_on():
    learner = Learner(e="weight_gradient.2.4")
    names = [name for name in learner.exercise.cells if name.startswith("grad_weight")]
    rows = [[learner.right(name) for name in names[:2]], [learner.right(name) for name in names[2:]]]
    learner("paste", cell=names[0], text="\n".join("\t".join(row) for row in rows))
    assert [learner.said(name)[0] for name in names] == ["right"] * 4
    learner("paste", cell=names[1], text="1\t2")
    assert "there is room for 2 x 1" in learner.answer["said"]["error"]
    learner("paste", cell=names[0], text="1\tx")
    assert "row 1 column 2 of the pasted matrix" in learner.answer["said"]["error"]
    assert [learner.said(name)[0] for name in names] == ["right"] * 4


@pytest.mark.parametrize("topic", TOPICS)
def test_help_comes_in_three_stages_for_every_block(topic):
    learner = Learner(e=f"{topic}.2.1")
    keys = {block["key"] for block in learner.structure["blocks"]}
    asked = list(learner.structure["fields"])
    for key in asked:
        hints = [learner("hint", block=key)["hint"] for _ in range(3)]
        assert [hint["stage"] for hint in hints] == [1, 2, 3]
        assert hints[0]["formulas"]
        assert all(formula.startswith("<math") for formula in hints[0]["formulas"])
        assert hints[0]["lit"] == []
        assert hints[1]["lit"]
        assert set(hints[1]["lit"]) <= keys
        assert not hints[1]["product"]
        assert hints[2]["product"]
    assert learner.state["helped"]
    assert learner("close")["hint"] is None


def test_the_first_product_is_that_of_the_field():
    learner = Learner(e="layer.2.1")
    for _ in range(3):
        learner("hint", block="z.1")
    document = learner.exercise.document
    weight, x = document.layers[0].weight[0][0], document.x[0][0]
    texts = [format_number(value) for value in (weight, x)]
    shown = [f"({text})" if text.startswith(MINUS) else text for text in texts]
    assert str(learner.state["hint"]["product"]) == f"The sum of row 1, column 1 begins with {' · '.join(shown)}."


def test_the_network_of_the_sheet_comes_back_from_its_link():
    document = PRESETS["mazur"].document
    learner = Learner(d=document.to_link())
    learner("own", parts="forward,update")
    address = learner.answer["address"]
    again = Learner(**address)
    assert again.answer["said"]["error"] is None
    assert again.exercise.fingerprint == learner.exercise.fingerprint
    assert again.state["part"] == "forward,update"
    assert any("learning rate" in fact for fact in again.state["facts"])


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("backwards.1.1", "the topic is"),
        ("backward.4.1", "the level is 4"),
        ("backward.1.-1", "the seed is -1"),
        ("backward", "names no exercise"),
        ("backward.one.1", "names no exercise"),
        ("own:forward", "a network that is not in the address"),
    ],
)
def test_an_address_that_is_no_exercise_is_said(address, sentence):
    learner = Learner(e=address)
    assert sentence in learner.answer["said"]["error"]
    assert learner.state["asked"] == 2  # the first topic is there all the same


@pytest.mark.parametrize(
    ("event", "sentence"),
    [
        ({"type": "answer", "cell": "z 9 1 1", "text": "1"}, "this field is not asked for"),
        ({"type": "answer", "cell": ["z"], "text": "1"}, "cannot do 'answer' like this"),
        ({"type": "paste", "cell": "z 9 1 1", "text": "1"}, "this field is not asked for"),
        ({"type": "hint", "block": "weight.1"}, "there is help for blocks with fields only"),
        ({"type": "own", "parts": "middle"}, "the sheet has no part"),
        ({"type": "topic", "topic": "none", "level": 1, "seed": 1}, "the topic is"),
        ({"type": "solution"}, "when every field is right"),
        ({"type": "dance"}, "cannot do 'dance' like this"),
    ],
)
def test_what_cannot_be_done_is_said_and_the_answers_stay(event, sentence):
    learner = Learner(e="one_neuron.1.1")
    name = next(iter(learner.exercise.cells))
    learner("answer", cell=name, text="12")
    learner(**{"kind": event["type"]} | {key: value for key, value in event.items() if key != "type"})
    assert sentence in learner.answer["said"]["error"]
    assert learner.state["answers"][name]["text"] == "12"
    assert learner.answer["go"] is None


def test_what_the_tab_kept_comes_back_and_no_more():
    learner = Learner(e="one_neuron.1.1")
    first, second = learner.exercise.cells
    learner("answer", cell=second, text="5")
    learner("answers", texts={first: "4", second: "6", "z 9 1 1": "1"})
    assert {name: one["text"] for name, one in learner.state["answers"].items()} == {first: "4", second: "5"}


def test_a_fault_goes_back_to_what_could_be_shown(monkeypatch, caplog):
    learner = Learner(e="one_neuron.1.1")
    name = next(iter(learner.exercise.cells))
    learner("answer", cell=name, text="4")
    own, calls = practice_page.shown_work, []

    def fails_once(session):
        calls.append(session)
        if len(calls) == 1:
            raise RuntimeError("a fault")
        return own(session)

    monkeypatch.setattr(practice_page, "shown_work", fails_once)
    learner("topic", topic="layer", level=1, seed=1)
    assert learner.answer["said"]["error"]
    assert learner.exercise.topic == "one_neuron"
    assert learner.state["answers"][name]["text"] == "4"
    assert "a fault" in caplog.text


def test_the_badge_checks_the_network_of_the_exercise():
    learner = Learner(e="one_neuron.1.1")
    proof = learner.visitor.handle({"page": "practice", "events": [{"type": "check"}]})["proof"]
    assert (proof["version"], proof["status"]) == (learner.exercise.fingerprint, "ok")


def test_the_link_of_a_key_opens_it_solved_and_that_counts_for_nobody():
    learner = Learner(e="backward.2.7", k="1")
    assert (learner.state["is_key"], learner.state["done"], learner.state["helped"]) == (True, True, True)
    assert [learner.answer["address"][name] for name in "ek"] == ["backward.2.7", "1"]
    assert {learner.said(name)[0] for name in learner.exercise.cells} == {"right"}
    learner("topic", topic="backward", level=2, seed=8)
    assert (learner.state["is_key"], learner.state["answers"]) == (False, {})
    assert [learner.answer["address"][name] for name in "ek"] == ["backward.2.8", None]


def test_without_being_asked_for_in_the_address_no_answer_is_there():
    learner = Learner(e="backward.2.7")
    assert (learner.state["is_key"], learner.state["answers"]) == (False, {})
    assert learner.answer["address"]["k"] is None


@pytest.mark.parametrize("key", savings(EXERCISES))
def test_every_kind_of_hand_out_is_saved_from_the_page(key):
    learner = Learner(e="layer.1.3")
    learner("save", format=key, address="https://mlp.example.org/")
    assert learner.answer["said"]["error"] is None
    saved = save_file(EXERCISES, Handout([learner.exercise], "https://mlp.example.org"), key)
    file = learner.answer["file"]
    assert (file["name"], file["type"]) == (saved.name, saved.media_type)
    content = base64.b64decode(file["bytes"])
    if saved.media_type == "application/pdf":
        links = [PdfReader(io.BytesIO(each)).pages[0]["/Annots"][0]["/A"]["/URI"] for each in (content, saved.content)]
        assert links[0] == links[1]
    else:
        assert content == saved.content


@pytest.mark.parametrize("address", ["http://localhost:8501", "http://127.0.0.1:8501/", ""])
def test_paper_has_no_link_to_the_machine_it_was_made_on(address):
    learner = Learner(e="layer.1.3")
    learner("save", format="worksheet-pdf", address=address)
    page = PdfReader(io.BytesIO(base64.b64decode(learner.answer["file"]["bytes"]))).pages[0]
    assert "/Annots" not in page


@pytest.mark.parametrize("arguments", [{"format": "word"}, {"format": "key-pdf", "address": "javascript:1"}, {}])
def test_a_hand_out_that_cannot_be_made_is_one_sentence(arguments):
    learner = Learner(e="layer.1.3")
    learner("save", **arguments)
    assert learner.answer["said"]["error"].startswith("Not done: ")
    assert learner.answer["file"] is None


def from_the_sheet(learner, **arguments):
    """The answer of the sheet to "compute this yourself", and the page that opens then."""
    learner.visitor.visit("sheet", {})
    event = {"type": "practise", **arguments}
    answer = learner.visitor.handle({"page": "sheet", "sequence": 1, "events": [event]})
    return answer, learner.visitor.visit("practice", {})


@pytest.mark.parametrize("part", ["z.1", "grad_weight.2", "loss_term.2", "new_bias.1", "sheet.2"])
def test_a_block_or_layer_of_the_sheet_becomes_fields_and_the_way_back_changes_nothing(part):
    document = PRESETS["mazur"].document
    learner = Learner(d=document.to_link())
    answer, opened = from_the_sheet(learner, part=part)
    assert answer["go"] == "practice"
    assert (opened["state"]["part"], opened["state"]["has_come"]) == (part, True)
    assert learner.exercise.document == document
    tensor, layer = part.split(".")
    places = {(cell.place.tensor, str(cell.place.layer)) for cell in learner.exercise.cells.values()}
    assert places == {(tensor, layer)} or (tensor == "sheet" and {one for _, one in places} == {layer})
    name = next(iter(learner.exercise.cells))
    learner("answer", cell=name, text="1")
    assert not learner.state["has_come"]
    learner("back")
    assert learner.answer["go"] == "sheet"
    sheet = learner.visitor.sessions["sheet"]
    assert (sheet.document, learner.visitor.visit("sheet", {})["state"]["can_undo"]) == (document, False)


def test_a_part_of_the_sheet_that_nobody_can_compute_is_said():
    learner = Learner(e="layer.1.1", d=PRESETS["mazur"].document.to_link())
    _, opened = from_the_sheet(learner, part="weight.1")
    assert "This network is no exercise" in opened["said"]["error"]
    assert learner.exercise.topic == "layer"


def test_beside_a_number_that_is_right_in_method_the_right_one_is_shown_on_request():
    learner = Learner(e="backward.1.7")
    first, second, *_ = learner.exercise.cells
    wrong = -learner.exercise.right_number(learner.exercise.cells[first])
    learner("answer", cell=first, text=f"{wrong:g}")
    learner("reveal", cell=first)
    assert "beside one that is right in method" in learner.answer["said"]["error"]
    learner("answer", cell=second, text=f"{wrong:g}")
    right = format_number(learner.exercise.right_number(learner.exercise.cells[second]))
    assert learner.said(second)[0] == "carried"
    assert "With the right numbers" not in learner.said(second)[1]
    learner("reveal", cell=second)
    assert learner.said(second)[1].endswith(f"With the right numbers it is {right}.")
    assert learner.state["helped"]
    # a number that is no longer carried says nothing of the right one
    learner("answer", cell=second, text="1000")
    assert "With the right numbers" not in learner.said(second)[1]
