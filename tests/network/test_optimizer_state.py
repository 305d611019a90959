"""The optimizer of a document: saved and shared exactly, edited, walked and gone back on, proved beside torch.optim."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlpviz.engine.optimizers import OPTIMIZERS, is_plain
from mlpviz.engine.optimizers.tensor_layout import layout_of
from mlpviz.examples.networks import PRESETS
from mlpviz.explain.update_breakdown import trajectory_card, update_card
from mlpviz.network import DOCUMENT_LIMITS, Document, DocumentError
from mlpviz.network.edits import apply, apply_update
from mlpviz.network.edits.optimizer import restore_step
from mlpviz.network.trajectory import Trajectory
from mlpviz.sheet_page.cards import CARDS, Question, answers_of
from mlpviz.sheet_page.page import SHEET
from mlpviz.sheet_page.session import SheetSession
from mlpviz.sheet_page.state import scene_of
from mlpviz.verify.report import check
from mlpviz.verify.torch_optimizers import optimizer_class
from tests.support.random_documents import documents

MAZUR = PRESETS["mazur"].document
SWITCHES = {"momentum": 0.9, "amsgrad": True, "centered": True, "weight_decay": 0.1, "t0": 2.0}


def choices():
    for key, optimizer in OPTIMIZERS.items():
        yield key
        yield {"key": key} | {
            hyperparameter.name: SWITCHES[hyperparameter.name]
            for hyperparameter in optimizer.hyperparameters
            if hyperparameter.name in SWITCHES
        }


CHOICES = list(choices())


def stepped(choice, times=4, document=MAZUR):
    chosen = apply(document, {"type": "set_optimizer", "key": choice}).document
    return apply_update(chosen, times).document


def test_a_document_without_an_optimizer_is_plain_gradient_descent_and_stays_as_it_was():
    after = apply_update(MAZUR, 3).document
    assert is_plain(MAZUR.optimizer.entry)
    assert after.optimizer_state is None
    assert "optimizer" not in after.to_json()
    expected = MAZUR.params
    for _ in range(3):
        expected = expected - 0.5 * MAZUR.replace(layers=with_params(MAZUR, expected)).trace().grad
    assert after.params == pytest.approx(expected, rel=1e-15)


def with_params(document, params):
    return [
        layer.fields() | {"weight": views.weight.tolist(), "bias": views.bias.tolist()}
        for layer, views in zip(document.layers, document.spec.views(params), strict=True)
    ]


@pytest.mark.parametrize("choice", CHOICES, ids=str)
def test_a_link_and_a_file_bring_back_the_slots_to_the_last_digit(choice):
    document = stepped(choice)
    for again in (Document.from_link(document.to_link()), Document.parse(document.to_json(indent=1))):
        assert again == document
        assert again.to_json() == document.to_json()
        np.testing.assert_array_equal(again.next_step.new_params, document.next_step.new_params)
    assert document.optimizer_state is None or document.steps_taken == 4


@pytest.mark.parametrize("choice", CHOICES, ids=str)
def test_steps_one_by_one_are_steps_at_once_and_torchs(choice):
    torch = pytest.importorskip("torch")
    document = apply(MAZUR, {"type": "set_optimizer", "key": choice}).document
    for _ in range(4):
        report = check(document.trace(), document.next_step)
        assert report.ok, report.summary
        proved = [row.name for row in report.rows if row.name.startswith("new")]
        assert proved == ["new W of layer 1", "new b of layer 1", "new W of layer 2", "new b of layer 2"]
        assert all(row.torch is not None for row in report.rows)
        document = apply_update(document).document
    assert document == stepped(choice)
    # the whole path, with nothing of ours in between but the gradient
    optimizer = document.optimizer.entry
    layout = layout_of(MAZUR.spec.slots)
    tensors = [torch.tensor(place.part(MAZUR.params), requires_grad=True) for place in layout]
    twin = optimizer_class(optimizer)(tensors, **(optimizer.torch_arguments | {"lr": 0.5}))
    for _ in range(4):
        grad = MAZUR.replace(layers=with_params(MAZUR, flat(tensors))).trace().grad
        for place, tensor in zip(layout, tensors, strict=True):
            tensor.grad = torch.tensor(place.part(grad))
        twin.step()
    assert document.params == pytest.approx(flat(tensors), rel=1e-6, abs=1e-9)


def flat(tensors):
    return np.concatenate([tensor.detach().numpy().ravel() for tensor in tensors])


def test_a_wrong_update_turns_the_check_red():
    pytest.importorskip("torch")
    document = stepped("adam")
    taken = document.next_step
    wrong = taken.new_params.copy()
    wrong[0] += 1e-9
    report = check(document.trace(), taken._replace(new_params=wrong))
    assert report.summary == "new W of layer 1 disagrees with PyTorch by 1e−9"
    forgotten = check(document.trace(), taken._replace(slots=MAZUR.replace(optimizer="adam").slots))
    assert not forgotten.ok


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"optimizer": "tiger"}, "optimizer is 'tiger', expected one of sgd"),
        ({"optimizer": {"key": "adam", "beta1": 1}}, "optimizer.beta1 is 1, expected a number from 0 below 1"),
        ({"optimizer": {"key": "adam", "learning_rate": 1}}, "optimizer.learning_rate is set here"),
        ({"optimizer_state": {"t": 0, "slots": {}}}, "optimizer_state.t is 0"),
        ({"optimizer_state": {"t": 1, "slots": {"w": [1]}}}, "optimizer_state.slots has an unknown slot 'w'; known"),
        ({"optimizer_state": {"t": 1, "slots": {"m": [1]}}}, "optimizer_state.slots.m has 1 number, expected one for"),
        ({"optimizer_state": {"t": 1, "slots": {"m": 1}}}, "optimizer_state.slots.m is 1, expected a list of 12"),
        ({"optimizer": "sgd"}, "optimizer_state.slots has an unknown slot 'm'; sgd as it is set has none"),
        ({"optimizer_state": {"t": 1, "slots": {"m": ["a"]}}}, "optimizer_state.slots.m"),
    ],
)
def test_what_is_no_optimizer_is_told_with_its_place(change, sentence):
    found = json.loads(stepped("adam").to_json()) | change
    with pytest.raises(DocumentError) as error:
        Document.parse(found)
    assert str(error.value).startswith(sentence)


@settings(max_examples=30)
@given(document=documents(st.floats(-2, 2)), choice=st.sampled_from(CHOICES), value=st.floats(-2, 2))
def test_an_edit_of_a_number_keeps_the_slots_and_an_edit_of_the_structure_drops_them(document, choice, value):
    try:
        before = stepped(choice, 2, document)
    except DocumentError:
        return
    edit = {"type": "set", "tensor": "weight", "layer": 1, "row": 1, "column": 1, "value": value}
    assert apply(before, edit).document.optimizer_state == before.optimizer_state
    wider = apply(before, {"type": "widen", "layer": 0})
    assert wider.document.optimizer_state is None
    assert ("what it remembered of 2 steps is gone" in (wider.notice or "")) == (before.optimizer_state is not None)
    assert wider.document.optimizer == before.optimizer


def test_a_hyperparameter_keeps_the_slots_if_they_are_the_same():
    before = stepped("adam")
    slower = apply(before, {"type": "set_optimizer_knob", "name": "beta1", "value": 0.5})
    assert (slower.notice, slower.document.optimizer_state) == (None, before.optimizer_state)
    other = apply(before, {"type": "set_optimizer_knob", "name": "amsgrad", "value": True})
    assert other.notice == "The optimizer starts anew: what it remembered of 4 steps is gone."
    assert other.document.optimizer_state is None
    for name, value in (("momentum", 0.9), ("learning_rate", 1), ("beta1", 2)):
        with pytest.raises(DocumentError, match=r"expected"):
            apply(before, {"type": "set_optimizer_knob", "name": name, "value": value})


@pytest.mark.parametrize("choice", ["sgd", "adam", "asgd", "nadam", "rprop", {"key": "sgd", "momentum": 0.9}], ids=str)
def test_the_walk_can_be_gone_back_on_and_undone(choice):
    start = apply(MAZUR, {"type": "set_optimizer", "key": choice}).document
    one = SheetSession.of(start)
    SHEET.handle(one, {"events": [{"type": "update", "times": 6}]})
    end = one.document
    losses = [point.loss for point in one.trajectory.points]
    assert losses == pytest.approx(
        [float(stepped(choice, n).trace().loss) if n else float(start.trace().loss) for n in range(7)]
    )
    SHEET.handle(one, {"events": [{"type": "rewind", "to": 2}]})
    assert one.said.error is None
    assert one.document == stepped(choice, 2)
    assert one.trajectory.here(one.document) == 2
    assert len(one.trajectory.points) == 7, "what comes after can still be gone to"
    SHEET.handle(one, {"events": [{"type": "undo"}]})
    assert one.document == end
    SHEET.handle(one, {"events": [{"type": "rewind", "to": 2}, {"type": "update", "times": 1}]})
    assert len(one.trajectory.points) == 4, "another way from here"
    assert one.document == stepped(choice, 3)
    for to in (-1, 9, "2", None, True):
        SHEET.handle(one, {"events": [{"type": "rewind", "to": to}]})
        assert "the step to go back to is" in one.said.error
    SHEET.handle(one, {"events": [{"type": "set", "tensor": "weight", "layer": 1, "row": 1, "column": 1, "value": 9}]})
    assert one.trajectory.here(one.document) is None
    SHEET.handle(one, {"events": [{"type": "update", "times": 1}]})
    assert [at for at, point in enumerate(one.trajectory.points) if point.is_start] == [0, 4]
    SHEET.handle(one, {"events": [{"type": "widen", "layer": 0}, {"type": "rewind", "to": 0}]})
    assert "has taken no steps" in one.said.error


def test_running_statistics_are_gone_back_to_as_well():
    document = apply(MAZUR, {"type": "duplicate_sample", "sample": 1}).document
    document = apply(document, {"type": "set_norm", "layer": 1, "key": "batch_norm"}).document
    edited = apply_update(document, 3)
    walk = Trajectory().after(edited.walked, edited.document)
    back = restore_step(edited.document, walk, 1).document
    np.testing.assert_array_equal(back.buffers, apply_update(document, 1).document.buffers)
    assert not np.array_equal(back.buffers, edited.document.buffers)


def reloaded(session):
    """The session that the address of another one opens, and the one that its saved file does."""
    address = SHEET.handle(session, {})["address"]
    yield SHEET.open({"v": session.view} | {name: value for name, value in address.items() if value is not None})
    SHEET.handle(session, {"events": [{"type": "save"}]})
    opened = SHEET.open({})
    SHEET.handle(opened, {"events": [{"type": "open", "text": session.files.download.content.decode()}]})
    assert opened.said.error is None
    yield opened


@pytest.mark.parametrize("choice", ["sgd", "adam", "asgd", {"key": "sgd", "momentum": 0.9}], ids=str)
def test_the_walk_outlives_a_reload_and_is_in_the_file(choice):
    start = apply(MAZUR, {"type": "set_optimizer", "key": choice}).document
    one = SheetSession.of(start)
    one.view = ""  # else the saved document has it too
    SHEET.handle(one, {"events": [{"type": "update", "times": 6}]})
    for other in reloaded(one):
        assert other.document.to_json() == one.document.to_json()
        assert other.trajectory.here(other.document) == 6
        assert [point.loss for point in other.trajectory.points] == [point.loss for point in one.trajectory.points]
        for mine, theirs in zip(one.trajectory.points, other.trajectory.points, strict=True):
            np.testing.assert_array_equal(mine.grad, theirs.grad)
        SHEET.handle(other, {"events": [{"type": "rewind", "to": 2}]})
        assert other.said.error is None
        assert other.document.to_json() == stepped(choice, 2).to_json()
        SHEET.handle(other, {"events": [{"type": "update", "times": 1}]})
        assert other.document.to_json() == stepped(choice, 3).to_json()


def test_a_long_walk_is_thinned_in_the_address_and_said_to_be():
    one = SheetSession.of(MAZUR)
    SHEET.handle(one, {"events": [{"type": "update", "times": 250}]})
    kept = len(one.trajectory.kept)
    assert 2 < kept < 251
    assert len(one.trajectory.link) <= DOCUMENT_LIMITS.trajectory_link
    sentence = str(trajectory_card(one.document, one.trajectory)["sentence"])
    assert sentence.endswith(f"the address keeps {kept} of these 251 points; a saved file keeps all.")
    by_address, by_file = reloaded(one)
    assert len(by_file.trajectory.points) == 251
    card = trajectory_card(by_address.document, by_address.trajectory)
    assert (card["steps"][0], card["steps"][-1], len(card["steps"])) == (0, 250, kept)
    assert "address" not in str(card["sentence"])
    SHEET.handle(by_address, {"events": [{"type": "rewind", "to": 1}]})
    assert by_address.document == stepped("sgd", card["steps"][1])
    # points that no single step joins are no last steps
    SHEET.handle(by_address, {"events": [{"type": "update", "times": 2}]})
    rows = update_card(by_address.document, "new_weight 1 1 1", by_address.trajectory)["rows"]
    assert [row[0] for row in rows] == [str(card["steps"][1] + more) for more in range(3)]


def test_a_past_of_another_network_is_refused_in_a_file_and_passed_over_in_an_address():
    one = SheetSession.of(MAZUR)
    SHEET.handle(one, {"events": [{"type": "update", "times": 2}, {"type": "save"}]})
    link = SHEET.handle(one, {})["address"]["w"]
    for walk in (link, link[:-9], "%%", "x" * 20_000):
        other = SHEET.open({"d": PRESETS["xor"].document.to_link(), "w": walk})
        assert other.said.error is None
        assert other.trajectory.points == ()
    saved = json.loads(one.files.download.content)
    for change, words in (
        ({"params": [1, 2]}, "walk[1].params has 2 numbers, expected 12"),
        ({"slots": {"m": 1}}, "unknown slot"),
        ({"t": -1}, "walk[1].t is -1"),
        ({"loss": "low"}, "walk[1].loss is 'low'"),
        ({"size": 3}, "size"),
    ):
        walk = [*saved["walk"][:1], saved["walk"][1] | change]
        with pytest.raises(DocumentError) as caught:
            Document.parse(saved | {"walk": walk})
        assert words in str(caught.value)


def test_a_long_walk_is_bounded():
    edited = apply_update(MAZUR.replace(learning_rate=0.01), 1000)
    walk = Trajectory().after(edited.walked, edited.document)
    assert len(walk.points) == 300
    assert walk.here(edited.document) == 299


@settings(max_examples=25)
@given(document=documents(st.floats(-2, 2)), choice=st.sampled_from(CHOICES))
def test_the_cards_of_any_document(document, choice):
    chosen = apply(document, {"type": "set_optimizer", "key": choice}).document
    question = Question(tuple(CARDS), "new_weight 1 1 1", "x 0 1 1", 1)
    try:
        edited = apply_update(chosen, 3)
    except DocumentError:
        return
    walk = Trajectory().after(edited.walked, edited.document)
    answers = answers_of(edited.document, question, trajectory=walk)["cards"]
    assert json.dumps(answers, allow_nan=False)
    card = answers["update"]
    assert card["lines"][-1]["value"] or card["lines"]
    assert len(card["rows"]) == 4
    assert all(
        len(line["numbers"]) == line["template"].count("<mtext>ref") or line["numbers"] for line in card["lines"]
    )
    assert answers["walk"]["here"] == 3
    structure, _ = scene_of(edited.document)
    assert structure.data["optimizer"]["key"] == edited.document.optimizer.key


def test_the_sheet_shows_the_new_number_of_the_optimizer_and_its_line():
    document = stepped("adam")
    structure, scene = scene_of(document)
    rule = structure.rules["new_weight.1"]
    assert r"\hat{m}" in rule.formula
    assert "m_hat = m / (1 - beta1**t)" in rule.numpy
    assert rule.torch.startswith("optimizer = optim.Adam(params, lr=learning_rate)")
    places = {}
    at = 0
    sizes = [(key, block.rows * block.columns) for key, block in structure.blocks.items()]
    for key, size in [*sizes, *((key, rows * columns) for key, rows, columns in scene["hidden"])]:
        places[key] = np.array(scene["v"][at : at + size], dtype=float)
        at += size
    assert places["weight.1"] - places["step_weight.1"] == pytest.approx(places["new_weight.1"], rel=1e-12)
    assert places["new_weight.1"] == pytest.approx(document.next_step.new_params[document.spec.slots[0].weight])
