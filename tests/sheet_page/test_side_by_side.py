"""Two networks side by side in one session: edits to both, undo of both, swapping, the link."""

from mlpviz.engine import ACTIVATIONS, LOSSES
from mlpviz.examples.networks import PRESETS
from mlpviz.network import Document
from mlpviz.sheet.in_words import in_words
from mlpviz.sheet_page.page import SHEET
from mlpviz.sheet_page.session import SheetSession
from mlpviz.sheet_page.side_by_side import parse_comparison

SEVEN = PRESETS["seven_layers"].document
WEIGHT = {"type": "set", "tensor": "weight", "layer": 7, "row": 1, "column": 1, "value": 3}


def compared(key):
    session = SheetSession.of(SEVEN)
    send(session, {"type": "compare", "key": key})
    return session


def send(session, *events):
    SHEET.handle(session, {"events": list(events)})
    assert session.said.error is None


def weights(session):
    return [document.layers[6].weight[0][0] for document in (session.document, session.comparison.document)]


def test_edits_go_to_both_until_they_shall_not():
    session = compared("relu")
    assert session.comparison.document.layers[0].activation.key == "leaky_relu"
    send(session, WEIGHT)
    assert weights(session) == [3, 3]
    send(session, {"type": "together"}, WEIGHT | {"value": 5})
    assert weights(session) == [5, 3]


def test_a_copy_stays_as_it_was():
    session = compared("copy")
    send(session, WEIGHT)
    assert weights(session) == [3, 1]


def test_undo_and_redo_bring_both_back():
    session = compared("relu")
    send(session, WEIGHT, {"type": "update"})
    both = [document.to_json() for document in (session.document, session.comparison.document)]
    send(session, {"type": "undo"})
    assert weights(session) == [3, 3]
    send(session, {"type": "undo"})
    assert weights(session) == [1, 1]
    send(session, {"type": "redo"}, {"type": "redo"})
    assert [document.to_json() for document in (session.document, session.comparison.document)] == both


def test_each_learns_with_its_own_gradient():
    session = compared("relu")
    send(session, {"type": "update"})
    one, other = session.document, session.comparison.document
    assert one.layers[0].weight != other.layers[0].weight
    assert other.layers[0].activation.key == "leaky_relu"


def test_what_does_not_fit_the_other_is_said_and_left():
    session = compared("copy")
    send(session, {"type": "together"}, {"type": "swap"})
    send(session, {"type": "together"}, {"type": "add_layer", "after": 1}, {"type": "together"})
    send(session, {"type": "set_activation", "layer": 8, "key": "relu"})
    assert session.said.notice.startswith("The other network stays as it is: layer is 8, expected 1 to 7")
    assert len(session.comparison.document.layers) == 7


def test_swap_twice_is_nothing_and_undo_takes_a_swap_back():
    session = compared("relu")
    send(session, {"type": "swap"})
    assert session.document.layers[0].activation.key == "leaky_relu"
    assert session.comparison.document.to_json() == SEVEN.to_json()
    send(session, {"type": "undo"})
    assert session.document.to_json() == SEVEN.to_json()
    assert session.comparison.document.layers[0].activation.key == "leaky_relu"


def test_adopting_goes_on_with_the_right_one():
    session = compared("relu")
    send(session, {"type": "adopt"})
    assert session.comparison is None
    assert session.document.layers[0].activation.key == "leaky_relu"
    send(session, {"type": "undo"})
    assert session.document.to_json() == SEVEN.to_json()


def test_stopping_changes_no_number():
    session = compared("bias")
    send(session, {"type": "stop_comparing"})
    assert session.comparison is None
    assert session.document.to_json() == SEVEN.to_json()


def test_nothing_before_the_first_edit():
    session = SheetSession.of(SEVEN)
    SHEET.handle(session, {"events": [{"type": "compare", "key": "before"}]})
    assert session.said.error == "Not changed: there is nothing to compare with, because nothing was edited"
    assert session.comparison is None


def test_the_link_holds_the_other_network_too():
    session = compared("relu")
    text = session.comparison.to_text()
    assert parse_comparison(text).document.to_json() == session.comparison.document.to_json()
    opened = SHEET.open({"d": session.link, "v": "layer.3.1", "c": text})
    assert opened.comparison.together
    assert opened.comparison.document.to_json() == session.comparison.document.to_json()
    assert Document.from_link(opened.link).to_json() == SEVEN.to_json()
    broken = SHEET.open({"d": session.link, "v": "layer.3.1", "c": text[:-20]})
    assert broken.comparison is None
    assert broken.said.error.startswith("The network to compare with could not be opened: ")
    assert broken.document.to_json() == SEVEN.to_json()


def trained(session):
    return [document.layers[1].weight for document in (session.document, session.comparison.document)]


def test_going_back_on_the_steps_moves_both():
    mazur = PRESETS["mazur"].document
    session = SheetSession.of(mazur)
    send(session, {"type": "compare", "key": "optimizer"})
    states = [trained(session)]
    for _ in range(4):
        send(session, {"type": "update", "times": 1})
        states.append(trained(session))
    send(session, {"type": "rewind", "to": 1})
    assert trained(session) == states[1]
    assert session.said.notice is None
    send(session, {"type": "rewind", "to": 3})
    assert trained(session) == states[3]
    send(session, {"type": "undo"})
    assert trained(session) == states[1]
    # swapped, each has its own steps
    send(session, {"type": "swap"}, {"type": "rewind", "to": 4})
    assert trained(session) == states[4][::-1]
    send(session, {"type": "adopt"}, {"type": "rewind", "to": 0})
    assert session.document.layers[1].weight == states[0][0]


def test_what_is_only_read_tells_its_hyperparameters():
    leaky, plain = ACTIVATIONS["leaky_relu"].configure(slope=0.2), ACTIVATIONS["relu"]
    assert in_words(leaky) == ["leaky ReLU 0.2", "leaky ReLU, slope below 0: 0.2"]
    assert in_words(plain) == ["ReLU", "ReLU"]
    assert in_words(LOSSES["mse"]) == ["MSE mean", "MSE, mean"]
    halved = LOSSES["mse"].configure(reduction="half_mean_of_sums", factor=2.0)
    assert in_words(halved)[1] == "MSE, half mean of sums, factor: 2"
    assert in_words(LOSSES["poisson_nll"].configure(full=True, log_input=False))[1].startswith(
        "Poisson, with log t!, ε: 1e−8"
    )


def test_the_other_network_says_why_it_does_not_go_back():
    mazur = PRESETS["mazur"].document
    session = SheetSession.of(mazur)
    send(session, {"type": "update", "times": 3}, {"type": "compare", "key": "optimizer"})
    before = session.comparison.document
    send(session, {"type": "rewind", "to": 1})
    assert session.comparison.document == before
    assert session.said.notice == "The other network stays as it is: it has not taken these steps beside this one."
    send(session, {"type": "together"}, {"type": "rewind", "to": 0})
    assert session.said.notice is None, "edits do not go to both"
