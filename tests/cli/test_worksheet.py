"""The command `worksheet`: files of a class, and one clear sentence for what cannot be done."""

import json
import zipfile

import pytest
from defusedxml import ElementTree
from pypdf import PdfReader

from mlpviz import cli
from mlpviz.cli.worksheet import MOST, seeds_in
from mlpviz.network import DocumentError
from mlpviz.practice.topics import generate


def run(capsys, *arguments, code=0):
    assert cli.main(["worksheet", *map(str, arguments)]) == code
    return capsys.readouterr()


def test_a_class_gets_its_files(tmp_path, capsys):
    names = {word: tmp_path / f"class-{word}" for word in ("out", "key", "moodle", "qti")}
    options = [text for word, name in names.items() for text in (f"--{word}", name)]
    out = run(capsys, "--topic", "layer", "--level", 2, "--seeds", "3,7..8", "--paper", "letter", *options).out
    assert len(out.splitlines()) == 4
    fingerprints = [generate("layer", 2, seed).fingerprint for seed in (3, 7, 8)]
    pages = PdfReader(names["out"]).pages
    assert [float(each) for each in pages[0].mediabox[2:]] == pytest.approx([612, 792], abs=0.5)
    for page, fingerprint in zip(pages, fingerprints, strict=True):
        assert fingerprint in page.extract_text()
    assert len(PdfReader(names["key"]).pages) >= 6
    questions = ElementTree.parse(names["moodle"]).findall("question[@type='cloze']/idnumber")
    assert [each.text for each in questions] == fingerprints
    assert len(zipfile.ZipFile(names["qti"]).namelist()) == 4


def test_a_network_and_a_written_exercise_become_worksheets(tmp_path, capsys):
    out, exercise = tmp_path / "own.pdf", tmp_path / "exercise.json"
    run(capsys, "mazur", "--ask", "backward.2", "--question", "What goes back?", "--out", out)
    assert "What goes back?" in PdfReader(out).pages[0].extract_text()
    assert cli.main(["exercise", "mazur", "--ask", "z.1", "--question", "Only z?"]) == 0
    exercise.write_text(capsys.readouterr().out, encoding="utf-8")
    run(capsys, exercise, "--worksheet", out)
    assert "Only z?" in PdfReader(out).pages[0].extract_text()
    assert "this file is an exercise" in run(capsys, exercise, "--ask", "z", "--out", out, code=2).err


def test_an_exercise_whose_topic_gives_another_one_has_no_link_to_that(tmp_path, capsys):
    out, address = tmp_path / "own.pdf", ("--address", "https://mlp.example.org")
    for seed, linked in ((3, True), (4, False)):
        changed = generate("layer", 1, 3).to_json_value() | {"seed": seed}
        (tmp_path / "exercise.json").write_text(json.dumps(changed), encoding="utf-8")
        run(capsys, tmp_path / "exercise.json", "--out", out, *address)
        (page,) = PdfReader(out).pages
        link = page["/Annots"][0]["/A"]["/URI"]
        assert ("e=layer.1.3" in link) == linked
        assert ("e=own:z.1&d=" in link) != linked


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--topic", "layer"], "worksheet needs the files to write: --out FILE, --key FILE, --moodle FILE, --qti FILE"),
        (["--out", "x.pdf"], "worksheet needs either --topic T"),
        (["mazur", "--topic", "layer", "--out", "x.pdf"], "worksheet needs either --topic T"),
        (["--topic", "lyer", "--out", "x.pdf"], "the topic is 'lyer' (did you mean layer?)"),
        (["--topic", "layer", "--level", "9", "--out", "x.pdf"], "the level is 9, expected a number from 1 to 3"),
        (
            ["--topic", "layer", "--seeds", "9..1", "--out", "x.pdf"],
            "--seeds is '9..1', expected numbers such as 1..30",
        ),
        (["--topic", "layer", "--paper", "a3", "--out", "x.pdf"], "the paper is 'a3', expected a4 or letter"),
        (
            ["--topic", "layer", "--address", "here", "--out", "x.pdf"],
            "the address is 'here', expected that of the app",
        ),
        (["mazur", "--ask", "zz", "--out", "x.pdf"], "the sheet has no part 'zz'"),
        (["--topic", "layer", "--out", "nowhere/x.pdf"], "nowhere/x.pdf: cannot be written"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_writes_nothing(arguments, message, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    out, error = run(capsys, *arguments, code=2)
    assert (out, error.count("\n")) == ("", 1)
    assert message in error
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("text", "seeds"),
    [("7", [7]), ("1..3", [1, 2, 3]), ("1, 4,9..10", [1, 4, 9, 10]), (f"1..{MOST}", [*range(1, MOST + 1)])],
)
def test_seeds_are_numbers_and_spans(text, seeds):
    assert seeds_in(text) == seeds


@pytest.mark.parametrize(
    "text", ["", "a", "1..", "..3", "1...3", "-1", "1..2..3", "٣", "1;2", f"0..{MOST}", f"1..{MOST},1"]
)
def test_other_seeds_are_refused(text):
    with pytest.raises(DocumentError, match="--seeds is "):
        seeds_in(text)
