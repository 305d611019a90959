import json

import pytest

from mlpviz import cli
from mlpviz.practice.topics import EVERY_TOPIC


def printed(capsys, *arguments, code=0):
    assert cli.main([str(argument) for argument in arguments]) == code
    return capsys.readouterr()


def test_an_exercise_has_answers_only_when_asked(capsys):
    plain = json.loads(printed(capsys, "exercise", "--topic", "backward", "--level", 2, "--seed", 7).out)
    solved = json.loads(printed(capsys, "exercise", "--topic", "backward", "--level", 2, "--seed", 7, "--answers").out)
    assert "answers" not in plain
    assert solved.pop("answers").keys()
    assert plain == solved


def test_any_network_becomes_one(capsys):
    found = json.loads(printed(capsys, "exercise", "mazur", "--ask", "z.1,loss", "--question", "What is L?").out)
    assert [each["tensor"] for each in found["asked"]] == ["z", "loss_term", "loss"]
    assert found["question"] == "What is L?"


def test_what_was_handed_in_is_marked(tmp_path, capsys):
    solved = json.loads(printed(capsys, "exercise", "--topic", "layer", "--answers").out)
    names = list(solved["answers"])
    files = {
        "anna": {"exercise": solved["fingerprint"], "answers": solved["answers"]},
        "ben": {"exercise": solved["fingerprint"], "answers": {names[0]: "77"}},
        "cut": {"exercise": "no"},
    }
    for name, value in {"exercise": solved, **files}.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(value), encoding="utf-8")
    paths = [tmp_path / f"{name}.json" for name in files]
    out, error = printed(capsys, "grade", tmp_path / "exercise.json", *paths, "--csv", tmp_path / "class.csv", code=1)
    marks = json.loads(out)["submissions"]
    assert [each["points"] for each in marks] == [2, 0, 0]
    assert error.count("\n") == 1
    assert "cut.json: answers is missing" in error
    assert len((tmp_path / "class.csv").read_text(encoding="utf-8").splitlines()) == 4
    out, error = printed(capsys, "grade", tmp_path / "exercise.json", paths[0])
    assert error == ""
    # a file that is missing does not keep the others from their marks
    out, error = printed(capsys, "grade", tmp_path / "exercise.json", tmp_path / "gone.json", paths[0], code=1)
    assert [each["points"] for each in json.loads(out)["submissions"]] == [0, 2]
    assert error == f"mlpviz: {tmp_path / 'gone.json'}: no such file or directory\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["exercise"], "exercise needs either --topic T"),
        (["exercise", "mazur", "--topic", "layer"], "exercise needs either --topic T"),
        (["exercise", "--topic", "lyer"], "the topic is 'lyer' (did you mean layer?)"),
        (["exercise", "mazur", "--ask", "zz"], "the sheet has no part 'zz'"),
        (["grade", "nowhere.json", "x.json"], "nowhere.json: no such file"),
    ],
)
def test_what_cannot_be_done_is_one_line(arguments, message, capsys):
    out, error = printed(capsys, *arguments, code=2)
    assert (out, error.count("\n")) == ("", 1)
    assert message in error


def test_topics_are_listed(capsys):
    out = printed(capsys, "list", "topics").out
    assert [line.split()[0] for line in out.splitlines()] == list(EVERY_TOPIC)
