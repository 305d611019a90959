"""The parts of a site: pinned, refused when they are others, and those that Pyodide itself lists."""

import json

import pytest

from benchmarks.server import serving
from mlpviz import cli
from mlpviz.hosts.site.pyodide_files import OFFICIAL, PYODIDE_FILES, VERSION, bring
from mlpviz.network import DocumentError


def test_the_digests_of_wheels_are_those_of_pyodides_own_list(distribution):
    listed = json.loads((distribution / "pyodide-lock.json").read_text(encoding="utf-8"))["packages"].values()
    digests = {entry["file_name"]: entry["sha256"] for entry in listed}
    wheels = {part.file: part.sha256 for part in PYODIDE_FILES if part.is_wheel}
    assert len(wheels) == 6
    assert wheels.items() <= digests.items()
    assert VERSION in OFFICIAL


def test_every_part_comes_from_a_copy(distribution):
    assert [(part.file, len(content) > 0) for part, content in bring(str(distribution))] == [
        (part.file, True) for part in PYODIDE_FILES
    ]


def test_another_file_of_the_same_name_is_refused(tmp_path):
    (tmp_path / PYODIDE_FILES[0].file).write_text("// something else", encoding="utf-8")
    with pytest.raises(
        DocumentError, match=r"pyodide\.mjs from .* has the SHA-256 digest .*, expected 5cfc46f5dcbaf2a1"
    ):
        next(bring(str(tmp_path)))


def test_a_place_without_the_parts_is_named(tmp_path, capsys):
    assert cli.main(["site", str(tmp_path / "out"), "--pyodide", str(tmp_path)]) == 2
    said = capsys.readouterr().err
    assert f"has no pyodide.mjs: expected a folder with Pyodide's distribution {VERSION}" in said


def test_an_address_that_does_not_answer_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    with pytest.raises(
        DocumentError, match=r"cannot be fetched .* give the folder or address of a copy with --pyodide"
    ):
        next(bring("http://127.0.0.1:9/pyodide"))


def test_what_an_address_gave_is_kept(distribution, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    with serving(distribution) as address:
        _, content = next(bring(address))
    assert next(bring(address))[1] == content, "the server is gone"
