"""A sheet or an exercise in one file: its policy, its size, and what is in it."""

import base64
import hashlib
import json
import re
import zlib

import numpy as np
import pytest

from mlpviz import cli
from mlpviz.examples.networks import PRESETS
from mlpviz.hosts.program import programs
from mlpviz.hosts.site.in_worker import answer, open
from mlpviz.hosts.site.one_file import live_file, one_file
from mlpviz.hosts.site.recorded import MOST_NUMBERS
from mlpviz.network import Document, DocumentError
from mlpviz.practice.topics import generate
from mlpviz.sheet_page.cards import CARDS, Question, answers_of
from tests.support.messages import read_message

KEYS = ("seven_layers", "mazur", "softmax")


@pytest.fixture(scope="module", params=KEYS)
def document(request):
    return PRESETS[request.param].document


@pytest.fixture(scope="module")
def page(document):
    return one_file(document)


def unpacked(text):
    return zlib.decompress(base64.b64decode(text))


def data_in(page):
    (packed,) = re.findall(r'<script type="application/json" id="data">"([^"]+)"</script>', page)
    return json.loads(unpacked(packed))


def script_in(page):
    (program,) = re.findall(r'<script type="module">(.*?)</script>', page, re.DOTALL)
    return program


def programs_in(page):
    (packed,) = re.findall(r'const PARTS = "([^"]+)"', script_in(page))
    return dict(json.loads(unpacked(packed)))


def test_the_policy_names_the_program_and_the_style_and_nothing_else(page):
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)
    program = script_in(page)
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    for kind, text in (("script", program), ("style", style)):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert re.search(rf"{kind}-src 'sha256-{re.escape(digest)}'(?: blob:)?;", policy)
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert re.findall(r'(?:src|href)="', page.partition("<script")[0]) == []


def test_it_is_small(page):
    assert len(page.encode()) <= 450_000
    assert programs_in(page) == programs("one_file", "sheet"), "what others import is before them, and nothing else is"


def test_all_numbers_and_their_explanations_are_in_it(document, page):
    data = data_in(page)
    assert {*data["cards"]} == {*CARDS} - {"contour"}, "two numbers varied together are not"
    answer = read_message(base64.b64decode(data["scenes"]["3"]))
    blocks = answer["state"]["structure_data"]["blocks"]
    assert answer["proof"]["status"] == "ok"
    assert answer["state"]["partials"]
    for block in blocks:
        name = f"{block['tensor']} {block['layer']} {block['rows']} {block['columns']}"  # the last cell of each
        asked = Question(("why", "nudge", "tie", "update"), name)
        expected = json.loads(json.dumps(answers_of(document, asked)["cards"]))
        found = {key: json.loads(data["answers"][data["cards"][key][name]]) for key in expected}
        assert found == expected, name


def test_a_name_cannot_end_the_element_it_stands_in():
    evil = "</script></title><script>alert(1)</script>"
    page = one_file(PRESETS["xor"].document.replace(name=evil))
    assert page.count("<script") == 2
    assert "&lt;/script&gt;&lt;/title&gt;" in page


def test_the_command_writes_it_and_says_what_cannot_be_in_it(tmp_path, capsys):
    out = tmp_path / "sheet.html"
    assert cli.main(["page", "xor", "--out", str(out)]) == 0
    assert "kB. It opens by a double click" in capsys.readouterr().out
    assert out.read_text(encoding="utf-8") == one_file(PRESETS["xor"].document)
    named = tmp_path / "network.json"
    named.write_text(PRESETS["xor"].document.replace(name="asked").to_json(), encoding="utf-8")
    assert cli.main(["page", str(named), "--out", str(out)]) == 0
    exercise = tmp_path / "exercise.json"
    exercise.write_text(json.dumps(EXERCISE.to_json_value(with_answers=True)), encoding="utf-8")
    assert cli.main(["page", str(exercise), "--out", str(out)]) == 2
    assert "an exercise is checked by Python" in capsys.readouterr().err
    assert cli.main(["page", "xor", "--out", str(out), "--pyodide", "there"]) == 2
    assert "--pyodide says where Python comes from" in capsys.readouterr().err


EXERCISE = generate("forward", 2, 7)


def test_with_python_the_file_opens_with_its_exercise_and_without_the_answers():
    page = live_file(EXERCISE.model_copy(update={"answers": EXERCISE.answers_as_typed()}), {"python.wasm": b"python"})
    python = json.loads(re.findall(r'id="python">(.*?)</script>', page)[0])
    assert {name: unpacked(text) for name, text in python.items()} == {"python.wasm": b"python"}
    assert "script-src 'sha256-" in page
    assert " blob: 'wasm-unsafe-eval'; worker-src blob:; " in page
    assert "'unsafe-" not in page.partition("<script")[0]
    assert "site_worker" in programs_in(page)
    data = data_in(page)
    subject = json.loads(data["subject"])
    assert subject == EXERCISE.to_json_value()
    assert "answers" not in subject
    # what is seen before Python is there is what Python shows then
    first = read_message(base64.b64decode(data["first"]))
    assert (first["page"], first["state"]["asked"], first["state"]["right"]) == ("practice", 24, 0)
    open(data["subject"])
    then = read_message(answer(json.dumps({"page": "practice", "parameters": {}})))
    shown = [json.dumps(each["state"], default=np.ndarray.tolist) for each in (first, then)]
    assert shown[0] == shown[1], "tests of the Practise page search it for hidden numbers"


def test_a_network_that_is_too_large_is_refused():
    plain = PRESETS["seven_layers"].document.to_json_value()
    wide = Document.parse(plain | {"x": plain["x"] * 32, "target": plain["target"] * 32})
    with pytest.raises(DocumentError, match=rf"numbers, at most {MOST_NUMBERS:,} can be explained in one file"):
        one_file(wide)
