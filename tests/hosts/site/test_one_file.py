"""A sheet in one file: its policy, its size, and that what the page would ask Python is in it."""

import base64
import hashlib
import json
import re
import zlib

import pytest

from mlpviz import cli
from mlpviz.examples.networks import PRESETS
from mlpviz.hosts.site.one_file import MOST_NUMBERS, one_file
from mlpviz.network import Document, DocumentError
from mlpviz.sheet_page.cards import CARDS, Question, answers_of
from tests.support.messages import read_message

KEYS = ("seven_layers", "mazur", "softmax")


@pytest.fixture(scope="module", params=KEYS)
def document(request):
    return PRESETS[request.param].document


@pytest.fixture(scope="module")
def page(document):
    return one_file(document)


def data_in(page):
    (packed,) = re.findall(r'<script type="application/json" id="data">"([^"]+)"</script>', page)
    return json.loads(zlib.decompress(base64.b64decode(packed)))


def test_the_policy_names_the_program_and_the_style_and_nothing_else(page):
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)
    (program,) = re.findall(r'<script type="module">(.*?)</script>', page, re.DOTALL)
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    for kind, text in (("script", program), ("style", style)):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}';" in policy
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert re.findall(r'(?:src|href)="', page.partition("<script")[0]) == []


def test_it_is_small(page):
    assert len(page.encode()) <= 600_000


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
    exercise = tmp_path / "exercise.json"
    exercise.write_text('{"asked": []}', encoding="utf-8")
    assert cli.main(["page", str(exercise), "--out", str(out)]) == 2
    assert "an exercise is checked by Python, which is not in one file" in capsys.readouterr().err


def test_a_network_that_is_too_large_is_refused():
    plain = PRESETS["seven_layers"].document.to_json_value()
    wide = Document.parse(plain | {"x": plain["x"] * 32, "target": plain["target"] * 32})
    with pytest.raises(DocumentError, match=rf"numbers, at most {MOST_NUMBERS:,} can be explained in one file"):
        one_file(wide)
