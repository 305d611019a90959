"""The session of the training page: every message of the browser, good and bad."""

import sys

import pytest

from mlpviz.config import TrainingConfig
from mlpviz.examples.experiments import EXPERIMENTS
from mlpviz.train_page.events import EVENTS
from mlpviz.train_page.form import form_of
from mlpviz.train_page.page import FIRST, TRAIN
from mlpviz.train_page.session import RUNNING
from tests.support.train_sessions import look, send


def test_it_learns_only_while_it_is_told_to(one):
    assert send(one, {"type": "tick"})["frame"]["epoch"] == 0
    assert send(one, {"type": "play"})["frame"]["status"] == "running"
    learned = send(one, {"type": "tick"})["frame"]
    assert learned["step"] > 0
    paused = send(one, {"type": "pause"}, {"type": "tick"})["frame"]
    assert (paused["status"], paused["step"]) == ("paused", learned["step"])


def test_a_message_that_comes_twice_is_carried_out_once(one):
    message = {"sequence": 1, "events": [{"type": "step"}]}
    TRAIN.handle(one, message)
    assert TRAIN.handle(one, message)["state"]["frame"]["step"] == 1


def test_changes_by_a_number_add_up_though_the_page_has_not_seen_the_first_one(one):
    before = [layer.units for layer in one.config.layers]
    more = {"type": "add_units", "layer": 0, "count": 1}
    assert send(one, more, more)["error"] is None
    assert one.config.layers[0].units == before[0] + 2
    less = {"type": "remove_layer", "index": None}
    assert send(one, *[less] * (len(before) - 1))["error"] is None
    assert len(one.config.layers) == 1
    assert "no hidden layer" in send(one, less)["error"]
    assert "no hidden layer 1" in send(one, more)["error"]
    following = {"type": "sample", "row": None}
    shown = one.view_options.sample
    send(one, following, following)
    assert one.view_options.sample == shown + 2


def test_what_stays_is_sent_once_per_run_and_the_form_when_it_changes(one):
    first = look(one)
    assert {"still", "settings", "link"} <= first.keys()
    assert not {"still", "settings", "link"} & send(one, {"type": "step"}).keys()
    changed = send(one, {"type": "set", "path": ["layers", 0, "units"], "value": 3})
    assert {"still", "settings", "link"} <= changed.keys()
    assert TrainingConfig.from_link(changed["link"]).layers[0].units == 3
    assert changed["still"]["lanes"][0]["layers"][0]["outputs"] == 3
    assert {"still", "settings"} <= send(one, {"type": "resend"}).keys()


def test_a_hyperparameter_changes_in_the_same_run_and_another_network_begins_a_new_one(one):
    send(one, {"type": "epochs", "count": 1}, {"type": "tick"})
    before = one.run.key
    frame = send(one, {"type": "set", "path": ["optimizer", "learning_rate"], "value": 0.5})["frame"]
    assert (frame["run"], frame["hyperparameters"]["learning_rate"]) == (before, 0.5)
    assert send(one, {"type": "set", "path": ["batch_size"], "value": None})["frame"]["run"] == before
    assert send(one, {"type": "add_layer"})["frame"]["run"] != before


@pytest.mark.parametrize(
    ("event", "sentence"),
    [
        ({"type": "set", "path": ["layers", 0, "units"], "value": 0}, "Layer 1, units: 0, expected at least 1"),
        ({"type": "set", "path": ["optimizer", "learning_rate"], "value": "fast"}, "Learning rate η: 'fast'"),
        ({"type": "set", "path": [], "value": 1}, "does not belong there"),
        ({"type": "set"}, "does not belong there"),
        ({"type": "set", "path": ["data", "text"], "value": "__import__('os')"}, "data"),
        ({"type": "remove_layer", "index": 7}, "no hidden layer 8"),
        ({"type": "remove_point", "row": 4000}, "no point 4001"),
        ({"type": "travel", "epoch": 0, "branch": 5}, "branch 5 is not kept"),
        ({"type": "travel", "epoch": "yesterday"}, "does not belong there"),
        ({"type": "axes", "axes": [0, 7]}, "two features"),
        (
            {"type": "set_parameter", "layer": 0, "unit": 0, "source": 0, "value": "much"},
            "Not done: the number is 'much', expected a number.",
        ),
        ({"type": "predict", "point": ["0,5", "x"]}, "Not done: number 2 is 'x', expected a number."),
        ({"type": "predict", "point": "predict"}, "does not belong there"),
        ({"type": "predict", "point": [True, [1]]}, "Not done: number 1 is true, expected a number."),
        ({"type": "magic"}, "does not exist"),
        ({}, "does not exist"),
    ],
)
def test_bad_messages_are_said_and_leave_the_run(one, event, sentence):
    send(one, {"type": "step"})
    before, run = one.config, one.run.key
    data = send(one, event)
    assert sentence in data["error"]
    assert (one.config, data["frame"]["run"], data["frame"]["step"]) == (before, run, 1)
    assert send(one, {"type": "tick"})["error"] == data["error"]
    assert send(one, {"type": "pause"})["error"] is None


@pytest.mark.parametrize("message", [{}, {"events": 3}, {"events": [None, 3, "x"]}, {"sequence": "x", "events": []}])
def test_messages_of_another_form_do_nothing(one, message):
    assert TRAIN.handle(one, message)["state"]["frame"]["step"] == 0


def test_points_are_added_moved_and_removed(one):
    samples = one.table.samples
    send(one, {"type": "add_point", "at": [0.5, 0.25], "target": 1})
    assert one.table.samples == samples + 1
    assert one.table.x[-1].tolist() == [0.5, 0.25]
    assert one.table.target[-1] == 1
    send(one, {"type": "move_point", "row": samples, "at": [1.0, -1.0]})
    assert one.table.x[-1].tolist() == [1.0, -1.0]
    send(one, {"type": "remove_point", "row": samples})
    assert one.table.samples == samples


def test_a_curve_is_typed_and_drawn(one):
    send(one, {"type": "set", "path": ["source"], "value": "formula"})
    assert one.said.error is None
    send(one, {"type": "set", "path": ["data", "text"], "value": "abs(x)"})
    assert one.config.data.text == "abs(x)"
    send(one, {"type": "draw", "points": [[0, 0], [1, 2], [2, 1]]})
    assert one.said.error is None
    assert one.config.data.kind == "drawn"
    assert abs(one.table.target.max() - 2.0) < 0.05


def test_a_comparison_and_one_of_it_kept(one):
    send(one, {"type": "set", "path": ["comparison", "key"], "value": "optimizer"})
    data = send(one, {"type": "set", "path": ["comparison", "values"], "value": "sgd, adam"}, {"type": "compare"})
    assert [lane["label"] for lane in data["frame"]["lanes"]] == ["SGD", "Adam"]
    assert next(item for item in data["settings"][3]["items"] if item["kind"] == "text")["value"] == "sgd, adam"
    assert data["frame"]["status"] == "running"
    assert send(one, {"type": "focus", "lane": 1})["frame"]["focus"] == 1
    send(one, {"type": "export"})
    assert one.files.download.name == "comparison.csv"
    data = send(one, {"type": "keep", "lane": 0})
    assert one.config.optimizer.key == "sgd"
    assert len(data["frame"]["lanes"]) == 1


def test_every_action_has_an_event_that_it_refuses_or_carries_out(one):
    for kind in EVENTS.kinds:
        send(one, {"type": kind})
        assert look(one)["frame"]


def test_every_field_of_the_form_can_be_set_to_what_it_shows(one):
    def fields(items):
        for item in items:
            yield from fields(item.get("items", ()))
            if "path" in item and "value" in item:
                yield item

    run = one.run.key
    found = [field for tab in form_of(one.run, "learning_rate") for field in fields(tab["items"])]
    assert len(found) > 40
    for field in found:
        if field["path"][0] not in ("source", "comparison"):
            send(one, {"type": "set", "path": field["path"], "value": field["value"]})
            assert one.said.error is None, field
    assert one.config == FIRST
    assert one.run.key == run


def test_an_experiment_is_opened_played_and_judged(one):
    data = send(one, {"type": "experiment", "key": "xor_hidden"})
    assert data["experiment"]["question"]
    assert data["experiment"]["claim"] is None
    assert (len(data["frame"]["lanes"]), data["frame"]["status"]) == (3, "running")
    assert "experiment" not in send(one, {"type": "tick"})
    for _ in range(2000):
        if send(one, {"type": "tick"})["frame"]["status"] == "done":
            break
    data = send(one, {"type": "resend"})
    assert data["experiment"]["claim"]["holds"]
    assert [key for key, *_ in data["experiments"]] == list(EXPERIMENTS)
    assert send(one, {"type": "experiment", "key": None})["experiment"] is None
    assert send(one, {"type": "experiment", "key": "magic"})["error"] is not None


def test_the_address_has_the_setup_and_the_experiment(one):
    first = TRAIN.handle(one, {})["address"]
    assert first == {"t": one.link, "x": None}
    assert TRAIN.handle(one, {})["address"] == {}
    opened = TRAIN.handle(one, {"events": [{"type": "experiment", "key": "xor_hidden"}]})["address"]
    assert opened == {"t": one.link, "x": "xor_hidden"}
    assert TRAIN.open(opened).experiment.key == "xor_hidden"
    assert TRAIN.handle(one, {"events": [{"type": "experiment", "key": None}]})["address"] == {"x": None}


def test_what_an_experiment_misses_is_said(one, monkeypatch):
    monkeypatch.setitem(sys.modules, "torch", None)
    before = one.run.key
    assert "PyTorch" in send(one, {"type": "experiment", "key": "shifted_digits"})["error"]
    assert one.run.key == before


def test_a_hyperparameter_that_was_changed_is_what_the_form_shows(one):
    data = send(one, {"type": "set", "path": ["optimizer", "learning_rate"], "value": 0.5})
    field = next(item for item in data["settings"][2]["items"] if item.get("path") == ["optimizer", "learning_rate"])
    assert field["value"] == 0.5


def test_folds_learn_side_by_side_and_keep_a_changed_hyperparameter(one):
    data = send(one, {"type": "set", "path": ["split", "folds"], "value": 3})
    assert [lane["label"] for lane in data["frame"]["lanes"]] == ["fold 1", "fold 2", "fold 3"]
    send(one, {"type": "set", "path": ["optimizer", "learning_rate"], "value": 0.5}, {"type": "focus", "lane": 2})
    assert one.config.optimizer.entry.settings["learning_rate"] == 0.5


def test_a_curve_and_points_of_ones_own_begin_with_something(one):
    data = send(one, {"type": "set", "path": ["source"], "value": "drawn"})
    assert (one.config.data.kind, data["tool"], data["error"]) == ("drawn", "draw", None)
    assert "Draw your own curve" in data["notice"]
    samples = one.table.samples
    data = send(one, {"type": "set", "path": ["source"], "value": "points"})
    assert (one.config.data.kind, data["tool"], one.table.samples) == ("points", "add", samples)
    send(one, {"type": "set", "path": ["source"], "value": "moons"})
    assert send(one, {"type": "set", "path": ["source"], "value": "points"})["tool"] == "add 0"


def test_what_cannot_be_chosen_says_what_to_do_instead(one):
    send(one, {"type": "set", "path": ["source"], "value": "iris"})
    run = one.run
    assert "one or two features" in send(one, {"type": "set", "path": ["source"], "value": "points"})["error"]
    assert "button" in send(one, {"type": "set", "path": ["source"], "value": "csv"})["error"]
    assert "choose one from the menu" in send(one, {"type": "experiment", "key": "nothing"})["error"]
    assert one.run is run


def test_a_proof_counts_for_one_network_alone(one):
    before = one.proof_version()
    assert before == one.proof_version()
    send(one, {"type": "epochs", "count": 1}, {"type": "tick"})
    send(one, {"type": "pause"})
    after = one.proof_version()
    assert after != before
    send(one, {"type": "play"})
    assert one.proof_version() == RUNNING
    send(one, {"type": "pause"}, {"type": "travel", "epoch": 0})
    assert one.proof_version() == before
