"""Frames of a run: they hold what the schema says, and a browser that adds them up holds everything."""

from __future__ import annotations

import base64
import json
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

import numpy as np
import pytest

from mlpviz.runs import Run
from mlpviz.runs.curves import COLUMNS
from mlpviz.runs.predictions import predict_samples
from mlpviz.schema.json_arrays import Grid
from mlpviz.text.sentences import Sentence
from mlpviz.train_page.client_cache import EMPTY_CACHE, ClientCache, cache_after
from mlpviz.train_page.frame import frame_of
from mlpviz.train_page.frame_schema import Frame
from mlpviz.train_page.maps import pixels, view_of
from mlpviz.train_page.static_frame import StaticFrame, static_frame
from mlpviz.train_page.view_options import ViewOptions
from tests.support.small_runs import finished, setup_of

SETUPS: dict[str, dict[str, Any]] = {
    "plane": {},
    "no validation": {"split": {"validation": 0, "test": 0}},
    "three classes": {"data": {"kind": "set", "set": "blobs"}, "one_hot": True, "loss": "cross_entropy"},
    "many features": {"data": {"kind": "set", "set": "wine"}, "one_hot": True, "loss": "cross_entropy"},
    "curve": {"data": {"kind": "set", "set": "sine"}, "loss": "mse", "target_scaling": "standard"},
    "values": {"data": {"kind": "set", "set": "diabetes"}, "loss": "mse", "scaling": "standard"},
    "signs": {"layers": [{"units": 1, "activation": "tanh"}], "loss": "mse"},
    "batch norm": {
        "layers": [
            {"units": 5, "activation": "relu", "norm": "batch_norm", "dropout": 0.2},
            *setup_of().to_json_value()["layers"],
        ],
    },
    "failed": {"optimizer": {"key": "sgd", "learning_rate": 1e200}, "loss": "mse"},
}


def levels(grid: Grid) -> Any:
    raw = np.frombuffer(base64.b64decode(grid["bytes"]), np.uint8).reshape(grid["height"], grid["width"])
    return grid["low"] + (grid["high"] - grid["low"]) * raw / 255.0


@pytest.mark.parametrize("kind", SETUPS)
def test_frames_and_stills_hold_what_the_schema_says(kind: str) -> None:
    run = finished(Run.of(setup_of(epochs=3, **SETUPS[kind])))
    for schema, found in ((Frame, frame_of(run)), (StaticFrame, static_frame(run))):
        # what travels is what JSON makes of it
        check(json.loads(json.dumps(found, allow_nan=False)), schema, schema.__name__)


def check(value: Any, hint: Any, place: str) -> None:
    """Fails at the first place where the value is not of this type, or a dictionary has other keys."""
    kind, inner = get_origin(hint), get_args(hint)
    if is_typeddict(hint):
        assert value.keys() == hint.__annotations__.keys(), place
        for name, each in get_type_hints(hint).items():
            check(value[name], each, f"{place}.{name}")
    elif kind is list:
        assert isinstance(value, list), place
        for number, item in enumerate(value):
            check(item, inner[0], f"{place}[{number}]")
    elif kind is dict:
        assert all(isinstance(key, str) for key in value), place
    elif hint is Sentence:
        check(value, list[str | list[str]], place)
    elif kind is Literal:
        assert value in inner, place
    elif kind in (Union, UnionType):
        fitting = [each for each in inner if fits(value, each)]
        assert fitting, f"{place} is {value!r}"
    else:
        allowed = (int, float) if hint is float else hint
        assert isinstance(value, allowed), f"{place} is {value!r}"
        assert hint is bool or not isinstance(value, bool), place


def fits(value: Any, hint: Any) -> bool:
    try:
        check(value, hint, "")
    except (AssertionError, AttributeError):
        return False
    return True


def test_the_penalty_is_shown_alone_where_there_is_one() -> None:
    run = finished(Run.of(setup_of(epochs=3, penalty={"key": "l2", "strength": 0.5})))
    member = frame_of(run)["lanes"][0]
    spec, params = run.members[0].built.spec, run.state(0).checkpoint.params
    weights = np.concatenate([np.asarray(params, float)[slot.weight] for slot in spec.slots])
    assert member["now"]["penalty"] == member["curves"][0]["penalty"][-1]
    assert member["now"]["penalty"] == pytest.approx(0.25 * float(weights @ weights), rel=1e-6)
    bare = frame_of(finished(Run.of(setup_of(epochs=3))))["lanes"][0]
    assert bare["now"]["penalty"] is None
    assert bare["curves"][0]["penalty"] == [None] * 4


class Browser:
    """Adds up what frames bring, as the page's script does."""

    def __init__(self) -> None:
        self.curves: dict[tuple[int, int], tuple[int, list[list[Any]]]] = {}
        self.bands: list[Any] = []

    def take(self, frame: Frame) -> None:
        for place, member in enumerate(frame["lanes"]):
            for curve in member["curves"]:
                generation, rows = self.curves.get((place, curve["branch"]), (curve["generation"], []))
                rows = rows[: curve["start"]] if generation == curve["generation"] else []
                assert len(rows) == curve["start"]
                rows += zip(*(curve[name] for name in COLUMNS), strict=True)  # type: ignore[literal-required]
                self.curves[place, curve["branch"]] = (curve["generation"], rows)
            bands = member["bands"]
            if bands is not None:
                self.bands = [*self.bands[: bands["start"]], *bands["epoch"]]


def test_a_browser_that_adds_up_frames_holds_all_curves() -> None:
    run = Run.compare(
        {key: setup_of(optimizer=key, epochs=1500, batch_size=None) for key in ("sgd", "adam")}, "optimizer"
    )
    browser, cache, sent = Browser(), EMPTY_CACHE, 0
    run.play()
    while run.status == "running":
        run.advance(0.05)
        if run.progress.newest > 700 and not run.branches.growing:
            run.show_checkpoint(300)
            run.play()
        frame = frame_of(run, cache)
        cache = cache_after(frame, cache)
        browser.take(frame)
        sent += sum(len(curve["epoch"]) for member in frame["lanes"] for curve in member["curves"])
    assert len(run.branches.infos) == 2
    for member in (0, 1):
        for branch in (0, 1):
            rows, generation = run.state(member).curve(branch)
            held, browsed = browser.curves[member, branch]
            assert held == generation
            assert np.array_equal(np.array(browsed, dtype=float), rows, equal_nan=True)
    stats_history = run.state(0).monitor.stats_history
    assert browser.bands == stats_history.epochs.tolist()
    # every row travels once, and again only after a thinning
    assert sent < 2 * (700 + 1500 + 1000) + 2 * 1000
    # a shadow that was sent is not sent again
    assert [curve["branch"] for member in frame_of(run, cache)["lanes"] for curve in member["curves"]] == []


def test_the_map_is_what_the_network_answers_at_its_pixels() -> None:
    run = finished(Run.of(setup_of(scaling="standard")))
    member, checkpoint = run.members[0], run.state(0).checkpoint
    found = frame_of(run, options=ViewOptions(map=20))["lanes"][0]["map"]
    assert found is not None
    assert found["kind"] == "classes"
    x = pixels(view_of(member, (0, 1)), 20)
    expected = predict_samples(member, checkpoint.spec, checkpoint.params, checkpoint.buffers, x).probabilities
    assert expected is not None
    assert np.allclose(levels(found["strength"]).ravel(), expected[:, 1], atol=1 / 255)
    assert (x[0, 1], x[0, 0]) == (x[:, 1].max(), x[:, 0].min())  # the top left corner comes first


def test_a_wide_network_has_a_coarser_map_rather_than_one_that_takes_the_memory() -> None:
    sides = {}
    for units in (8, 4_096):
        layers = [{"units": units, "activation": "tanh"}, {"units": None, "activation": "identity"}]
        found = frame_of(Run.of(setup_of(layers=layers, epochs=1)))["lanes"][0]["map"]
        assert found is not None
        assert found["kind"] == "classes"
        sides[units] = found["strength"]["width"]
    assert sides[8] == ViewOptions().map
    assert 8 <= sides[4_096] < sides[8]
    assert sides[4_096] ** 2 * 4_096 <= 10_000_000


def test_the_curve_is_in_units_of_the_table() -> None:
    setup = setup_of(**SETUPS["curve"] | {"epochs": 150})
    found = frame_of(finished(Run.of(setup)))["lanes"][0]["map"]
    assert found is not None
    assert found["kind"] == "curve"
    inside = np.abs(found["x"]) < 2.5
    error = np.array(found["y"][0])[inside] - np.sin(found["x"])[inside]
    assert np.abs(error).max() < 0.3


def test_three_classes_show_the_winner_and_how_sure_it_is() -> None:
    run = finished(Run.of(setup_of(**SETUPS["three classes"])))
    found = frame_of(run)["lanes"][0]["map"]
    assert found is not None
    assert found["kind"] == "classes"
    assert found["winner"] is not None
    assert set(np.unique(levels(found["winner"]))) == {0, 1, 2}
    assert levels(found["strength"]).min() > 1 / 3 - 0.01


def test_other_features_are_held_at_their_training_mean() -> None:
    run = Run.of(setup_of(**SETUPS["many features"]))
    member = run.members[0]
    view = view_of(member, (3, 1))
    x = pixels(view, 4)
    rows = member.built.folds[0].split.train
    others = [feature for feature in range(13) if feature not in (1, 3)]
    assert np.allclose(x[:, others], member.built.table.x[rows][:, others].mean(axis=0))
    static = static_frame(run, ViewOptions(axes=(3, 1)))
    assert [axis["feature"] for axis in static["axes"]] == [3, 1]
    assert "held at their mean" in static["held"]


def test_the_past_is_shown_in_every_part_of_a_frame() -> None:
    run = finished(Run.of(setup_of()))
    now = frame_of(run)["lanes"][0]
    run.show_checkpoint(0)
    then = frame_of(run)["lanes"][0]
    for part in ("map", "units", "layers", "now", "epoch"):
        assert then[part] != now[part], part  # type: ignore[literal-required]
    fresh = frame_of(Run.of(setup_of()))["lanes"][0]
    for part in ("map", "units", "layers", "now", "epoch"):
        assert then[part] == fresh[part], part  # type: ignore[literal-required]


def test_only_the_member_in_focus_travels_in_full() -> None:
    run = Run.compare({key: setup_of(optimizer=key) for key in ("sgd", "adam")}, "optimizer")
    run.focus = 1
    frame = frame_of(run, options=ViewOptions(map=30, small_map=10))
    small, full = frame["lanes"]
    assert (small["map"]["strength"]["width"], full["map"]["strength"]["width"]) == (10, 30)  # type: ignore[index, typeddict-item]
    assert not small["units"]
    assert small["bands"] is None
    assert [len(units["grids"]) for units in full["units"]] == [6, 1]


def test_pictures_show_the_weights_of_the_first_layer_and_no_plane() -> None:
    run = finished(
        Run.of(setup_of(epochs=1, data={"kind": "set", "set": "digits"}, one_hot=True, loss="cross_entropy"))
    )
    member = frame_of(run)["lanes"][0]
    assert member["map"] is None
    first, last = member["units"]
    weight = run.state(0).checkpoint.spec.views(run.state(0).checkpoint.params)[0].weight
    assert np.allclose(levels(first["grids"][2]).ravel(), weight[2], atol=np.abs(weight[2]).max() / 250)
    assert not last["grids"]


def test_rows_of_an_older_generation_are_sent_anew() -> None:
    run = finished(Run.of(setup_of(epochs=1200, batch_size=None)))
    rows, generation = run.state(0).curve(0)
    assert generation == 1
    (curve,) = frame_of(run, ClientCache(run.key, ((0, 0, 0, 400),)))["lanes"][0]["curves"]
    assert (curve["start"], curve["generation"], len(curve["epoch"])) == (0, 1, len(rows))
    (curve,) = frame_of(run, ClientCache(run.key, ((0, 0, 1, 400),)))["lanes"][0]["curves"]
    assert (curve["start"], len(curve["epoch"])) == (400, len(rows) - 400)
