import io
import json
import zipfile

import pytest

from mlpviz.practice.grading import mark, marks_table
from mlpviz.practice.topics import generate
from tests.support.practice_topics import solution

ONE = generate("forward", 1, 5)
RIGHT = {"exercise": ONE.fingerprint, "answers": solution(ONE)}
NAMES = list(ONE.cells)


def packed(value):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        file.writestr("anna.json", json.dumps(value))
    return content.getvalue()


def marked(value, name="anna.json"):
    return mark(ONE, name, value if isinstance(value, bytes) else json.dumps(value).encode())


def test_a_right_submission_has_all_points():
    found = marked(RIGHT).to_json_value()
    assert (found["points"], found["asked"], found["share"], found["mistakes"]) == (6, 6, 1.0, {})
    assert {cell["state"] for cell in found["cells"].values()} == {"right"}


def test_the_mark_of_a_cell_says_what_was_typed_what_is_right_and_the_mistake():
    number = ONE.right_number(ONE.cells[NAMES[0]])
    wrong = {**RIGHT["answers"], NAMES[0]: str(-number), NAMES[-1]: "?"}
    found = marked(RIGHT | {"answers": wrong}).to_json_value()
    cell = found["cells"][NAMES[0]]
    assert (cell["state"], cell["typed"], cell["right"]) == ("wrong", -number, number)
    assert "sign_slip" in cell["mistakes"]
    assert found["mistakes"]["sign_slip"] == 1
    assert found["unreadable"] == 1
    assert found["points"] == 4


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        (RIGHT | {"points": 6}, "the submission has an unknown field 'points'"),
        (RIGHT | {"exercise": "0123456789abcdef"}, "answers the exercise '0123456789abcdef', expected "),
        ({"answers": RIGHT["answers"]}, "exercise is missing"),
        (RIGHT | {"answers": {"z 9 9 9": "1"}}, "answers the cell 'z 9 9 9', which is not asked for"),
        (RIGHT | {"answers": {NAMES[0]: 3}}, f"answers.{NAMES[0]} is 3, expected a text"),
        (RIGHT | {"answers": [1]}, "answers is a list, expected an object"),
        (json.dumps(RIGHT).encode()[:40], "not JSON: "),
        (b"\xff\xfe", "the submission is not UTF-8 text"),
        (b"", "not JSON: "),
        (b"x" * 1_000_001, "the submission has 1,000,001 characters, at most 1,000,000 are allowed"),
        ([], "the submission is a list, expected an object"),
        (generate("forward", 1, 6).to_json_value(), "the submission has an unknown field"),
        (
            json.dumps(RIGHT).replace('"answers"', '"answers": {}, "answers"', 1).encode(),
            "the submission has the field",
        ),
        (RIGHT | {"document": ONE.document.to_json_value()}, "the submission has an unknown field 'document'"),
        (RIGHT | {"answers": {NAMES[0]: {"state": "right", "text": "1"}}}, f"answers.{NAMES[0]} is an object"),
        (
            json.dumps(RIGHT).replace(f'"{NAMES[0]}"', f'"{NAMES[0]}": "9", "{NAMES[0]}"', 1).encode(),
            f"the submission has the field '{NAMES[0]}' twice in one object",
        ),
        (RIGHT | {"answers": {NAMES[0].replace("1", "\uff11"): "1"}}, "answers the cell"),
        (
            RIGHT | {"answers": {NAMES[0]: "1+" * 200}},
            f"answers.{NAMES[0]} has 400 characters, at most 200 are allowed",
        ),
        (json.dumps(RIGHT).encode("utf-16"), "the submission is not UTF-8 text"),
        (packed(RIGHT), "the submission is not UTF-8 text"),
        (b"[" * 500_000, "the submission is nested too deeply to be read"),
        (b"9" * 10_000, "the submission has a number too large to be read"),
        (json.dumps(RIGHT).encode() * 2, "not JSON: extra data"),
        (json.dumps(RIGHT | {"version": float("nan")}).encode(), "version is NaN, expected a whole number"),
        (json.dumps(RIGHT).replace(NAMES[0], NAMES[0] + "\\ud800", 1).encode(), "answers."),
    ],
)
def test_what_was_changed_cut_off_or_is_foreign_gets_one_line_and_no_credit(value, problem):
    found = marked(value)
    assert found.problem.startswith(problem)
    assert "\n" not in found.problem
    assert found.to_json_value() == {"file": "anna.json", "asked": 6, "points": 0, "error": found.problem}


@pytest.mark.parametrize("text", ["NaN", "inf", "1e999999999", "9**9**9", "__import__('os')", "1\n2", "(1"])
def test_what_is_no_number_is_marked_as_that_and_the_rest_counts(text):
    found = marked(RIGHT | {"answers": RIGHT["answers"] | {NAMES[0]: text}})
    assert found.checked.verdicts[NAMES[0]].state == "unreadable"
    assert found.points == len(NAMES) - 1


def test_a_file_that_begins_with_a_byte_order_mark_is_read():
    assert marked(b"\xef\xbb\xbf" + json.dumps(RIGHT).encode()).points == len(NAMES)


def test_a_class_is_a_table_in_which_nothing_is_a_formula():
    table = marks_table([marked(RIGHT, "=cmd()|x.json"), marked(b"{", "ben, jr.json")]).splitlines()
    assert table[0] == "file,points,asked,right,rounded,carried,coarse,wrong,unreadable,empty,mistakes,error"
    assert table[1] == "'=cmd()|x.json,6,6,6,0,0,0,0,0,0,,"
    assert table[2].startswith('"ben, jr.json",0,6,0,0,0,0,0,0,0,,"not JSON')
