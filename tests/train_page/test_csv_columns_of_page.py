"""Columns of a CSV file on the Train page: boxes to tick, columns of text, and scaling that is proposed."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

import pytest

from mlpviz.train_page.page import FIRST, TRAIN
from mlpviz.train_page.session import TrainSession

ROWS = "size, area,colour,price\n" + "".join(
    f"{i / 40},{i * i},{'red' if i % 3 else 'blue'},{i / 50}\n" for i in range(40)
)


@pytest.fixture
def one() -> TrainSession:
    session = TrainSession.of(FIRST)
    piece = {"purpose": "csv", "name": "own.csv", "at": 0, "size": len(ROWS)}
    send(session, {"type": "upload_piece", **piece, "bytes": base64.b64encode(ROWS.encode()).decode()})
    return session


def send(session: TrainSession, event: dict[str, Any]) -> None:
    TRAIN.handle(session, {"page": "train", "events": [event]})


def put(session: TrainSession, value: Any, *path: str) -> None:
    send(session, {"type": "set", "path": [*path], "value": value})


def items(session: TrainSession) -> list[dict[str, Any]]:
    return [*_all(session.form()[0]["items"])]


def _all(found: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for item in found:
        yield item
        yield from _all(item.get("items", []))


def ticked(session: TrainSession) -> dict[str, bool]:
    """The boxes of columns, and whether they are ticked."""
    return {
        item["label"]: item["value"]
        for item in items(session)
        if item["kind"] == "flag" and item["path"][1:2] == ["features"]
    }


def test_a_refused_column_of_text_can_be_left_out_made_one_hot_or_unticked(one: TrainSession) -> None:
    assert one.said.error is not None
    assert "choose “leave them out” for “columns of text”, or “0 and 1 for each text”" in one.said.error
    assert ticked(one) == {"size": True, "area": True, "colour": True}
    put(one, "one_hot", "upload", "texts")
    assert (one.said.error, one.table.feature_names) == (None, ("size", "area", "colour = blue", "colour = red"))
    assert ticked(one) == {"size": True, "area": True, "colour": True}
    put(one, "leave_out", "data", "texts")
    assert (one.said.error, one.table.feature_names) == (None, ("size", "area"))
    put(one, "refuse", "data", "texts")
    put(one, False, "upload", "features", "colour")
    assert (one.said.error, one.table.feature_names) == (None, ("size", "area"))


def test_columns_are_ticked_in_the_order_of_the_file(one: TrainSession) -> None:
    put(one, "one_hot", "upload", "texts")
    for name in ("size", "colour"):
        put(one, False, "data", "features", name)
    assert one.table.feature_names == ("area",)
    put(one, False, "data", "features", "area")
    assert one.said.error is not None
    assert "tick another one first" in one.said.error
    assert one.table.feature_names == ("area",)
    put(one, True, "data", "features", "size")
    assert one.table.feature_names == ("size", "area")
    put(one, True, "data", "features", "colour")
    assert one.config.data.model_dump()["features"] is None  # all but the target again


def test_a_feature_that_becomes_the_target_is_none_any_more(one: TrainSession) -> None:
    put(one, "one_hot", "upload", "texts")
    put(one, False, "data", "features", "colour")
    put(one, "size", "data", "target")
    assert (one.said.error, one.table.feature_names) == (None, ("area",))
    assert ticked(one) == {"area": True, "colour": False, "price": False}


def test_scaling_is_proposed_where_a_column_asks_for_it(one: TrainSession) -> None:
    put(one, "leave_out", "upload", "texts")
    put(one, False, "data", "features", "area")
    assert not _offers(one)
    put(one, True, "data", "features", "area")
    assert ["“area” goes up to 1521 in size" in text.replace(",", "") for text in _sentences(one)].count(True) == 1
    (event,) = _offers(one)
    send(one, event)
    assert one.config.scaling.key == "standard"
    assert not _offers(one)


@pytest.mark.parametrize(
    ("column", "said"),
    [
        (lambda i: i / 40, ""),
        (lambda i: 273.15 + i / 400, "“t” goes up to 273.2 in size"),
        (lambda i: i * 1e-6, "No feature spreads more than 3.9e−5"),
        # a column that is always the same has no spread to be scaled
        (lambda i: 1.0, ""),
    ],
)
def test_what_a_column_is_scaled_for_is_said(column: Any, said: str) -> None:
    session = TrainSession.of(FIRST)
    rows = "t,y\n" + "".join(f"{column(i)},{i / 40}\n" for i in range(40))
    piece = {"purpose": "csv", "name": "own.csv", "at": 0, "size": len(rows)}
    send(session, {"type": "upload_piece", **piece, "bytes": base64.b64encode(rows.encode()).decode()})
    assert session.said.notice == "own.csv: 40 samples, 1 feature."
    assert len(_offers(session)) == bool(said)
    assert not said or any(text.startswith(said) for text in _sentences(session))


def _offers(session: TrainSession) -> list[dict[str, Any]]:
    actions = [action for item in items(session) if item["kind"] == "actions" for action in item["actions"]]
    return [action["event"] for action in actions if action["label"].startswith("scale the")]


def _sentences(session: TrainSession) -> list[str]:
    return [item["text"] for item in items(session) if item["kind"] == "note"]
