"""The declarations that JavaScript is checked against say what Python says."""

from typing import Any, Literal, NotRequired, TypedDict

import pytest

from tools.web_types import FILE, declarations


class Point(TypedDict):
    """A place."""

    x: float
    label: NotRequired[str | None]


class Line(TypedDict):
    """Some points.

    Not for the browser.
    """

    points: list[Point]
    kind: Literal["plain", "dashed"]
    ends: tuple[int, int]
    rest: dict[str, list[bool | None]]


def test_the_file_is_what_the_tool_would_write():
    assert FILE.read_text(encoding="utf-8") == declarations(), "run python -m tools.web_types"


def test_a_typed_dict_becomes_an_interface_after_those_that_it_names():
    assert declarations([Line]).split("\n\n", 2)[2] == (
        "/** A place. */\nexport interface Point {\n  x: number;\n  label?: string | null;\n}\n\n"
        "/** Some points. */\nexport interface Line {\n  points: Point[];\n"
        '  kind: "plain" | "dashed";\n  ends: [number, number];\n  rest: Record<string, (boolean | null)[]>;\n}\n'
    )


def test_what_json_has_no_form_for_is_no_type_of_the_browser():
    class Wrong(TypedDict):
        values: set[int]

    with pytest.raises(TypeError, match="no form in JSON"):
        declarations([Wrong])


def test_two_types_with_one_name_are_told_apart_by_nobody():
    other: Any = TypedDict("Point", {"y": float})
    with pytest.raises(TypeError, match="two TypedDicts are called Point"):
        declarations([Line, other])
