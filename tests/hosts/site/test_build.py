"""What a site consists of: one folder per version, a strict policy, and what each part is."""

import base64
import json
import re

import pytest

from mlpviz import cli
from mlpviz.examples.networks import PRESETS
from mlpviz.hosts.site.build import NOTE, build
from mlpviz.hosts.site.documents import POLICY, paths
from mlpviz.hosts.site.pages import SITE_PAGES
from mlpviz.hosts.site.pyodide_files import PYODIDE_FILES
from tests.support.messages import read_message
from tests.support.site_note import archives_in, newest, note
from tests.support.site_python import run_in_site

VISIT = """
import json
from mlpviz.hosts.site.in_worker import answer

json.dumps(b'"sheet"' in answer(json.dumps({"page": "sheet", "parameters": {}})))
"""


def test_every_page_has_a_document_with_the_policy_and_links_to_all(site):
    for path in ("", *paths().values()):
        document = (site / path / "index.html").read_text(encoding="utf-8")
        assert f'http-equiv="Content-Security-Policy" content="{POLICY}"' in document
        assert re.findall(r'data-page="(\w+)"', document) == [*SITE_PAGES]
        for target in re.findall(r'(?:href|src)="([^"]+)"', document):
            assert (site / path / target).exists(), f"{path} leads to {target}"
        scripts = re.findall(r"<script([^>]*)>", document)
        assert all("src=" in each or "application/json" in each for each in scripts)
        assert "<style" not in document
        assert " style=" not in re.sub(r"<script.*?</script>", "", document, flags=re.DOTALL)


def test_the_policy_allows_nothing_unsafe_and_no_other_place():
    assert "'unsafe-inline'" not in POLICY
    assert "'unsafe-eval'" not in POLICY
    assert "http" not in POLICY
    assert POLICY.startswith("default-src 'none'; ")


def test_the_examples_can_be_shown_without_python(site):
    (data,) = re.findall(r'id="first">(.*?)</script>', (site / "index.html").read_text(encoding="utf-8"))
    first = json.loads(data)
    assert read_message(base64.b64decode(first["answer"]))["state"]["structure_data"]["blocks"]
    for tail, key in first["scenes"].items():
        answer = read_message((site / first["folder"] / f"{key}.bin").read_bytes())
        assert answer["address"]["d"].endswith(tail)
    assert {*first["scenes"].values()} == {*PRESETS}, "each example is small enough for it"


def test_it_is_said_what_a_site_is_made_of(site):
    made = {each["file"]: each for each in note(site)["made of"]}
    assert made.keys() >= {part.file for part in PYODIDE_FILES}
    assert all(each["version"] and each["licence"] for each in note(site)["made of"])


def test_a_site_is_written_over_and_the_one_before_stays_once(distribution, tmp_path, monkeypatch):
    monkeypatch.setattr("mlpviz.hosts.site.archives.shutil.which", lambda _: None)  # without Node, not compiled
    assert not build(tmp_path, str(distribution)).is_compiled
    assert run_in_site(newest(tmp_path) / "python", VISIT, None) is True
    monkeypatch.setattr("mlpviz.hosts.site.browser_python.archives", lambda *_: archives_in(tmp_path))
    versions = [note(tmp_path)["versions"][0]]
    for mark in ("one", "two"):
        monkeypatch.setattr("mlpviz.hosts.site.build._ICON", f"<svg><!-- {mark} --></svg>")
        build(tmp_path, str(distribution))
        versions.insert(0, note(tmp_path)["versions"][0])
        assert note(tmp_path)["versions"] == versions[:2]
        assert {path.name for path in tmp_path.iterdir() if path.is_dir()} == {
            *versions[:2],
            *(path.strip("/") for path in paths().values()),
        }


@pytest.mark.parametrize("content", [None, "{}", '{"versions": 3}', "no JSON"])
def test_a_folder_with_other_files_is_left_alone(content, tmp_path, capsys):
    (tmp_path / "thesis.txt").write_text("not to be touched", encoding="utf-8")
    if content is not None:
        (tmp_path / NOTE).write_text(content, encoding="utf-8")
    assert cli.main(["site", str(tmp_path)]) == 2
    assert "has other files: expected an empty folder, or one with a site" in capsys.readouterr().err
    assert (tmp_path / "thesis.txt").exists()
