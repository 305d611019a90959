"""The Gradient flow page: its map fills and chooses, theory lies over what is measured, and cells go to other pages."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from mlpviz.app.visitor import Visitor
from mlpviz.exploration.data_files import traces_of
from mlpviz.exploration.subject import NOTHING
from mlpviz.exploration.view import ExplorationView, TablePart
from mlpviz.gradient_flow.shown import ACTIVATIONS_SHOWN, INITIALIZERS_SHOWN
from mlpviz.gradient_flow_page.page import GRADIENT_FLOW
from mlpviz.hosts.pages import PAGES

SMALL = {"depth": 4, "width": 8, "batch": 6}


def made(**given: Any) -> ExplorationView:
    _, values, problems = GRADIENT_FLOW.exploration.resolve({**SMALL, **given})
    assert not problems
    return GRADIENT_FLOW.exploration.make(values, NOTHING)


def finished(view: ExplorationView) -> ExplorationView:
    shares = [0.0]
    while view.progress is not None:
        shares.append(view.progress.share)
        view = view.progress.go_on()
    assert shares == sorted(shares)
    return view


@pytest.mark.parametrize("kind", ["initializer", "depth"])
def test_the_map_is_coarse_at_once_and_then_whole_and_kept(kind: str) -> None:
    first = made(map=kind, seed=7)
    assert first.progress is not None
    coarse = traces_of(first.figures["map"])["map"]["z"]
    assert np.isfinite(coarse).all()
    whole = traces_of(finished(first).figures["map"])["map"]["z"]
    assert whole.shape == coarse.shape
    assert not np.array_equal(whole, coarse)
    again = made(map=kind, seed=7, activation="relu") if kind == "initializer" else made(map=kind, seed=7, depth=9)
    np.testing.assert_array_equal(traces_of(again.figures["map"])["map"]["z"], whole)
    # a second time the same view goes on it stays as it is and ends
    assert first.progress.go_on().progress is None or first.progress.share < 1


def test_pressing_a_cell_of_the_map_chooses_both() -> None:
    visitor = Visitor(PAGES)
    visitor.visit("gradient_flow", {})
    events = [{"type": "set", "key": key, "value": str(value)} for key, value in SMALL.items()]
    place = {"x": ACTIVATIONS_SHOWN.index("gelu") + 0.3, "y": INITIALIZERS_SHOWN.index("orthogonal") - 0.2}
    answer: Any = visitor.handle(
        {"page": "gradient_flow", "sequence": 1, "events": [*events, {"type": "point", "figure": "map", **place}]}
    )
    assert answer["said"]["error"] is None
    texts = {setting["key"]: setting["text"] for setting in answer["state"]["settings"]}
    assert (texts["activation"], texts["initializer"]) == ("gelu", "orthogonal")
    assert "gelu" in answer["address"]["s"]


def test_theory_lies_over_what_is_measured_where_it_has_a_line() -> None:
    view = made(width=64, batch=32, activation="relu", initializer="kaiming_normal")
    traces = traces_of(view.figures["backward"])
    measured, theory = traces["(∂L/∂z)²"]["y"], traces["(∂L/∂z)², theory"]["y"]
    np.testing.assert_allclose(np.log(measured), np.log(theory), atol=0.7)
    assert "χ = 1" in str(view.figures["backward"].text)
    silent = made(norm="batch_norm")
    assert "Theory has no line here" in str(silent.figures["forward"].text)
    assert list(traces_of(silent.figures["forward"])) == ["z²", "a²"]


def test_clipping_shows_before_and_after() -> None:
    view = made(map="depth", sigma_w=4.0, activation="identity", depth=10, clips=True, max_norm=0.01)
    traces = traces_of(view.figures["clipping"])
    factors = traces["before"]["y"] / traces["clipped"]["y"]
    np.testing.assert_allclose(factors, factors[0])
    assert factors[0] > 10
    calm = made(clips=True, max_norm=1000.0)
    assert "changes nothing" in str(calm.figures["clipping"].text)


def test_what_would_help_is_measured_and_can_be_pressed() -> None:
    view = finished(made(activation="sigmoid", depth=8))
    (table,) = (part for part in view.parts if isinstance(part, TablePart))
    before, *cures = table.rows
    assert before[0].text == "as it is"
    assert len(cures) > 6
    assert any(row[0].is_marked for row in cures)
    for row in cures:
        assert row[0].sets is not None
        GRADIENT_FLOW.exploration.resolve(row[0].sets)
        _, values, problems = GRADIENT_FLOW.exploration.resolve(row[0].sets)
        assert not problems
        assert set(row[0].sets) <= set(values)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"activation": "prelu", "norm": "batch_norm"},
        {"data": "iris", "residual": True},
        {"depth": 50, "width": 128},
    ],
    ids=str,
)
def test_the_network_goes_to_the_sheet_and_to_the_train_page(changes: dict[str, Any]) -> None:
    for load in made(**changes).loads:
        assert load.hand_over is not None
        hand_over = load.hand_over()
        assert (hand_over.to, hand_over.begins) == (load.key, load.key == "train")
        assert np.isfinite(hand_over.document.trace().loss)
        assert len(hand_over.document.layers) == min(changes.get("depth", 4), 31) + 1


def test_the_train_page_takes_it() -> None:
    visitor = Visitor(PAGES)
    visitor.visit("gradient_flow", {})
    events: list[dict[str, Any]] = [{"type": "set", "key": key, "value": str(value)} for key, value in SMALL.items()]
    answer: Any = visitor.handle(
        {"page": "gradient_flow", "sequence": 1, "events": [*events, {"type": "load", "key": "train"}]}
    )
    assert answer["go"] == "train"
    assert visitor.visit("train", {})["said"]["error"] is None
