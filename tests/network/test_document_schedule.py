"""A schedule in a document: the rate of each update follows the steps, as in the training that it came from."""

import numpy as np
import pytest

from mlpviz.engine import SCHEDULES
from mlpviz.engine.schedules import CLOCKED
from mlpviz.examples.trainings import TRAININGS
from mlpviz.explain.update_breakdown import update_card
from mlpviz.network import Document, DocumentError
from mlpviz.network.edits.optimizer import apply_update, restore_step, update_with_sample
from mlpviz.network.trajectory import Trajectory
from mlpviz.runs import Run
from mlpviz.sheet.rules import mathml
from mlpviz.sheet.schedule_lines import schedule_lines
from mlpviz.train_page.result_actions import to_sheet
from mlpviz.train_page.session import TrainSession

XOR = TRAININGS["xor_needs_a_hidden_layer"].setup
SMALL = Document.parse(
    {
        "layers": [
            {"weight": [[0.5, -0.3], [0.2, 0.4]], "bias": [0.1, -0.2], "activation": "tanh"},
            {"weight": [[0.7, -0.6]], "bias": [0.05], "activation": "identity"},
        ],
        "x": [[1, 2], [-1, 0.5]], "target": [[1], [0]], "loss": "mse",
    }
)  # fmt: skip
HALVED = {"key": "exponential", "gamma": 0.5}


def plain_rate(before, after, gradient):
    """The rate of a step of plain gradient descent."""
    at = np.abs(gradient).argmax()
    return float((before.params - after.params)[at] / gradient[at])


def test_each_update_has_the_rate_of_its_step():
    document = SMALL.replace(schedule=HALVED, learning_rate=0.4, optimizer="sgd", optimizer_state=None)
    for step in range(4):
        assert document.rate == 0.4 * 0.5**step
        after = apply_update(document).document
        assert after.schedule_step == step + 1
        assert plain_rate(document, after, document.trace().grad) == pytest.approx(document.rate, rel=1e-9)
        document = after
    start = SMALL.replace(schedule=HALVED, learning_rate=0.4, optimizer="sgd", optimizer_state=None)
    at_once = apply_update(start, 4).document
    np.testing.assert_array_equal(at_once.params, document.params)
    assert at_once.schedule_step == 4
    assert update_with_sample(start, 1).document.schedule_step == 1


def test_going_back_takes_the_schedule_back():
    start = SMALL.replace(schedule=HALVED, learning_rate=0.4)
    edited = apply_update(start, 3)
    trajectory = Trajectory().after(edited.walked, edited.document)
    back = restore_step(edited.document, trajectory, 1).document
    assert back.schedule_step == 1
    assert restore_step(back, trajectory, 3).document == edited.document


def test_links_and_files_hold_it_and_documents_without_one_are_as_before():
    document = SMALL.replace(schedule={"key": "sequential", "milestones": [3]}, schedule_step=7, schedule_every=2)
    assert Document.from_link(document.to_link()) == document == Document.parse(document.to_json(indent=1))
    assert document.to_json_value()["schedule_step"] == 7
    assert not {"schedule", "schedule_step", "schedule_every"} & SMALL.to_json_value().keys()


def test_a_layer_with_its_own_rate_follows_the_schedule_too():
    layers = [SMALL.layers[0].fields() | {"learning_rate": 0.2}, *SMALL.layers[1:]]
    document = SMALL.replace(layers=layers, schedule=HALVED, schedule_step=2, learning_rate=0.4)
    assert {group.learning_rate for group in document.next_step.groups} == {0.05, 0.1}


@pytest.mark.parametrize("key", CLOCKED)
def test_the_card_of_the_update_has_the_line_of_the_rate(key):
    document = SMALL.replace(schedule=key, schedule_step=3, learning_rate=0.3)
    line = schedule_lines(document)[-1]
    assert line.symbol == r"\eta"
    assert line.value == document.rate == SCHEDULES[key].learning_rate(0.3, 3)
    assert all(rf"\text{{ref{place}}}" in line.template for place in range(len(line.numbers)))
    card, plain = (update_card(each, "new_weight 1 1 1", Trajectory()) for each in (document, SMALL))
    added = len(card["lines"]) - len(plain["lines"])
    assert added == len(schedule_lines(document))
    rate = card["lines"][added - 1]
    assert (rate["symbol"], float(rate["value"][1] or rate["value"][0].replace("−", "-"))) == (
        mathml(r"\eta"), pytest.approx(document.rate, rel=1e-12),
    )  # fmt: skip


@pytest.mark.parametrize("counts", ["steps", "epochs"])
@pytest.mark.parametrize("more", [{}, {"cycle_momentum": True}], ids=["rate", "momentum too"])
def test_two_updates_on_the_sheet_are_the_next_steps_of_the_run(counts, more):
    schedule = {"key": "one_cycle", "total_steps": 9, **more}
    optimizer = {"key": "adam", "learning_rate": 0.05}
    data = {"kind": "points", "x": [[0, 0], [0, 1], [1, 0], [1, 1]], "classes": [0, 1, 1, 0]}
    config = XOR.replace(
        data=data, split={"test": 0, "validation": 0}, schedule=schedule, schedule_counts=counts, optimizer=optimizer,
        batch_size=None, epochs=20,
    )  # fmt: skip
    session = TrainSession.of(config)
    for _ in range(3):
        session.run.step()
    to_sheet(session, None)
    document = session.hand_over.document
    for _ in range(4):
        document = apply_update(document).document
        session.run.step()
        np.testing.assert_array_equal(document.params, session.run.state(0).checkpoint.params)


def test_a_batch_of_an_epoch_counts_as_a_part_of_it():
    config = XOR.replace(
        schedule=HALVED, schedule_counts="epochs", batch_size=16, optimizer={"key": "sgd", "learning_rate": 0.4}
    )
    run = Run.of(config)
    session = TrainSession.of(config)
    for _ in range(5):
        session.run.step()
        run.step()
    to_sheet(session, None)
    document = session.hand_over.document
    rates = []
    for _ in range(12):
        run.step()
        rates.append(float(run.state(0).snapshot.learning_rate))
    ours = []
    for _ in range(12):
        ours.append(document.rate)
        document = apply_update(document).document
    assert ours == rates
    assert len(set(rates)) > 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"schedule": "reduce_on_plateau"}, "schedule is 'reduce_on_plateau', which cannot be chosen: it watches"),
        ({"schedule": "step", "schedule_step": -1}, "schedule_step is -1, expected"),
        ({"schedule": "step", "schedule_every": 0}, "schedule_every is 0, expected"),
        (
            {"schedule": {"key": "one_cycle", "cycle_momentum": True}, "optimizer": "rprop", "optimizer_state": None},
            "schedule.cycle_momentum is true, expected false: Rprop has neither momentum nor β₁",
        ),
        (
            {"schedule": {"key": "cyclic", "cycle_momentum": True}, "optimizer": "sgd", "optimizer_state": None},
            "schedule.cycle_momentum is true, expected a momentum above 0 in SGD",
        ),
    ],
)
def test_what_does_not_fit_is_said(fields, sentence):
    with pytest.raises(DocumentError) as error:
        SMALL.replace(**fields)
    assert sentence in str(error.value)
