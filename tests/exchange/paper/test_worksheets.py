"""Worksheets and keys as PDF: read again by another library, their codes by a reader of codes."""

import io
import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
import zxingcpp
from pypdf import PdfReader
from pypdfium2 import PdfDocument

from mlpviz.app.visitor import Visitor
from mlpviz.examples.networks import PRESETS
from mlpviz.exchange import save_file
from mlpviz.exchange.paper.links import app_address, exercise_link
from mlpviz.exchange.paper.sheet_data import MOST_NUMBERS, sheet_data
from mlpviz.exchange.subjects import EXERCISES, Handout
from mlpviz.hosts.pages import PAGES
from mlpviz.network import DocumentError
from mlpviz.practice.blanks import blanks
from mlpviz.practice.draft import Draft
from mlpviz.practice.exercise import Exercise
from mlpviz.practice.laid_out import laid_out
from mlpviz.practice.topics import TOPICS, generate
from mlpviz.practice.workings import Place
from mlpviz.text.numbers import format_number

APP = "https://mlp.example.org/class"
FORMATS = {"worksheet": ("worksheet-pdf", "worksheet-pdf-letter"), "key": ("key-pdf", "key-pdf-letter")}


def own(name, *parts):
    document = PRESETS[name].document
    return Exercise.parse({"asked": blanks(document, parts), "document": document.to_json_value()})


def pages_of(exercises, key, address=APP):
    content = save_file(EXERCISES, Handout(exercises, address), key).content
    return PdfReader(io.BytesIO(content)).pages


def numbers_in(text):
    return re.findall(r"−?\d+(?:\.\d+)?(?:e−?\d+)?", text)


def cells_of(exercise, *, solved):
    data = sheet_data(exercise, solved=solved)
    return [cell for band in data["bands"] for block in band["blocks"] for row in block["rows"] for cell in row]


@pytest.mark.parametrize("topic", TOPICS)
def test_a_sheet_has_what_is_given_and_its_key_every_answer(topic):
    exercise = generate(topic, 2, 3)
    sheet = pages_of([exercise], "worksheet-pdf")[0].extract_text()
    key = pages_of([exercise], "key-pdf")[0].extract_text()
    given = [cell["text"] for cell in cells_of(exercise, solved=False) if cell["text"]]
    answers = [format_number(exercise.right_number(cell)) for cell in exercise.cells.values()]
    for text, numbers in ((sheet, given), (key, [*given, *answers])):
        found = numbers_in(text)
        for number in set(numbers):
            assert found.count(number) >= numbers.count(number), number
    assert "Name" in sheet
    assert "Date" in sheet
    assert exercise.question in sheet
    assert exercise.fingerprint in sheet
    # as many more numbers as there are answers, and the place of the exercise in both
    assert len(numbers_in(key)) >= len(numbers_in(sheet)) + len(answers)


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("level", [1, 3])
def test_nothing_on_a_sheet_changes_with_the_answers(topic, level):
    exercise = generate(topic, level, 5)
    cells = cells_of(exercise, solved=False)
    assert sum(cell["kind"] == "asked" for cell in cells) == len(exercise.cells)
    assert all(not cell["text"] for cell in cells if cell["kind"] != "given")
    solved = cells_of(exercise, solved=True)
    assert [cell["kind"] for cell in solved] == [cell["kind"] for cell in cells]
    assert all(cell["text"] for cell in solved)


def test_what_follows_from_an_answer_stays_empty_and_what_does_not_is_printed():
    exercise = own("mazur", "z.1", "z.2")
    kinds = {
        block["symbol"] + band["name"]: {cell["kind"] for row in block["rows"] for cell in row}
        for band in sheet_data(exercise, solved=False)["bands"]
        for block in band["blocks"]
    }
    assert kinds["aLayer 1"] == {"working"}
    assert kinds["zLayer 1"] == kinds["zLayer 2"] == {"asked"}
    weights = own("mazur", "grad_weight.2", "grad_a.1")
    assert "working" not in {cell["kind"] for cell in cells_of(weights, solved=False)}


@pytest.mark.parametrize("key", [key for keys in FORMATS.values() for key in keys])
@pytest.mark.parametrize(
    "exercise", [own("seven_layers", "backward"), own("seven_layers", "sheet")], ids=["back", "all"]
)
def test_seven_layers_stand_on_one_page(exercise, key):
    pages = pages_of([exercise], key)
    width, height = sorted(map(float, pages[0].mediabox[2:]))
    assert (width, height) == pytest.approx((612, 792) if key.endswith("letter") else (595.28, 841.89), abs=0.5)
    text = pages[0].extract_text()
    assert all(f"Layer {number}" in text for number in range(1, 8))
    assert "Loss" in text
    for page in pages:  # black on white
        inks = re.findall(rb"([\d.]+(?: [\d.]+)*) (?:scn|SCN|rg|RG|g|G|k|K)\b", page.get_contents().get_data())
        assert set(inks) == {b"0"}
    if key.startswith("worksheet"):
        assert len(pages) == 1
    else:
        assert all("every product" not in text or number == 1 for number, text in enumerate(map(_text, pages)))


def _text(page):
    return page.extract_text()


def test_a_key_writes_every_product_out():
    exercise = generate("layer", 2, 1)
    text = pages_of([exercise], "key-pdf")[1].extract_text()
    document = exercise.document
    weight, x = document.layers[0].weight, document.x[0]
    for row, cell in zip(weight, exercise.cells.values(), strict=True):
        factors = [
            format_number(float(number)) for number in (value for pair in zip(row, x, strict=True) for value in pair)
        ]
        answer = format_number(exercise.right_number(cell))
        lines = [numbers_in(line) for line in text.splitlines()]
        line = max((line for line in lines if line[-1:] == [answer]), key=lambda line: len(set(line) & set(factors)))
        assert [number for number in factors if number not in line] == []


def test_a_class_has_a_sheet_each():
    exercises = [generate("backward", 1, seed) for seed in range(1, 6)]
    texts = [page.extract_text() for page in pages_of(exercises, "worksheet-pdf")]
    assert [each.fingerprint for each in exercises] == [re.search(r"[0-9a-f]{16}", text)[0] for text in texts]


@pytest.mark.parametrize(("key", "solved"), [("worksheet-pdf", False), ("key-pdf-letter", True)])
@pytest.mark.parametrize(
    "exercise",
    [generate("backward", 2, 7), own("perceptron", "z"), own("seven_layers", "backward")],
    ids=["topic", "own", "seven"],
)
def test_the_code_on_paper_opens_the_same_exercise(exercise, key, solved):
    content = save_file(EXERCISES, Handout([exercise], APP), key).content
    picture = PdfDocument(content)[0].render(scale=200 / 72).to_pil()  # as many dots as a poor printer has
    read = zxingcpp.read_barcodes(picture.convert("L"))[0].text
    page = PdfReader(io.BytesIO(content)).pages[0]
    # the same link can be clicked in the file
    assert read == next(each["/A"]["/URI"] for each in page["/Annots"])
    parts = urlsplit(read)
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == f"{APP}/practise"
    visitor = Visitor(PAGES)
    answer = visitor.visit("practice", {name: values[0] for name, values in parse_qs(parts.query).items()})
    state = answer["state"]
    assert visitor.sessions["practice"].exercise.cells.keys() == exercise.cells.keys()
    assert visitor.sessions["practice"].exercise.fingerprint == exercise.fingerprint
    assert (state["is_key"], state["done"], state["helped"]) == (solved, solved, solved)
    assert len(state["answers"]) == (len(exercise.cells) if solved else 0)
    assert {each["state"] for each in state["answers"].values()} <= {"right"}


def test_a_link_that_is_too_long_for_a_code_is_said_in_its_place():
    weight = [[(7 * row + column) / 97 for column in range(12)] for row in range(12)]
    layers = [{"weight": weight, "bias": None, "activation": "relu"}] * 2
    document = {"version": 1, "name": "long", "layers": layers, "x": [[1] * 12], "target": [[0] * 12]}
    document |= {"loss": "mse", "learning_rate": 0.1}
    long = Exercise.parse({"asked": [{"tensor": "z", "layer": 1}], "document": document})
    text = pages_of([long], "worksheet-pdf")[0].extract_text()
    assert "too long for one" in " ".join(text.split())
    single = Exercise.parse({"asked": [{"tensor": "z", "layer": 1, "cells": [[1, 1]]}],
                             "document": PRESETS["mazur"].document.to_json_value()})  # fmt: skip
    assert exercise_link(single, APP, solved=False) == ""
    assert "single cells" in " ".join(pages_of([single], "worksheet-pdf")[0].extract_text().split())


def test_words_of_people_are_no_markup():
    words = '#eval("1") $x$ *b* <i> = \\ [read("/etc/passwd")]'
    document = PRESETS["mazur"].document.replace(name=words).to_json_value()
    exercise = Exercise.parse({"asked": [{"tensor": "z", "layer": 1}], "document": document, "question": words})
    assert pages_of([exercise], "worksheet-pdf", "")[0].extract_text().count(words) == 2


@pytest.mark.parametrize(
    "text", ["mlp.example.org", "javascript:alert(1)", "https://", "https://a b", "http://[", "ftp://a"]
)
def test_an_address_that_is_none_is_one_sentence(text):
    with pytest.raises(DocumentError, match=r"the address is .* expected that of the app"):
        app_address(text)


def test_an_address_is_taken_without_what_follows_the_path():
    assert app_address("https://mlp.example.org/class/?x=1#y") == "https://mlp.example.org/class"


def test_a_network_that_is_too_large_is_one_sentence():
    wide = {
        "layers": [{"weight": [[1] * 60] * 40, "bias": None, "activation": "relu"}],
        "x": [[1] * 60],
        "target": [[0] * 40],
    }
    document = {"version": 1, "name": "wide", "loss": "mse", "learning_rate": 0.1, **wide}
    exercise = Exercise.parse({"asked": [{"tensor": "z", "layer": 1}], "document": document})
    with pytest.raises(DocumentError, match=f"a worksheet has room for {MOST_NUMBERS:,}"):
        save_file(EXERCISES, Handout([exercise]), "worksheet-pdf")


@pytest.mark.parametrize(
    ("library", "key", "said"), [("typst", "key-pdf", "a PDF needs typst"), ("segno", "worksheet-pdf", "needs segno")]
)
def test_without_the_library_one_sentence_says_so(library, key, said, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, library, None)
    with pytest.raises(DocumentError, match=said):
        pages_of([generate("layer", 1, 1)], key)


def test_what_a_teacher_gives_from_the_start_is_printed_and_so_it_is_for_a_platform():
    built = Draft.of(generate("backward", 1, 7))
    for place in {cell.place for cell in built.marks}:
        built = built.marked(place, -1, -1, "later")
    exercise = built.marked(Place("grad_z", 1), 1, 0, "asked").marked(Place("grad_a", 1), 0, 0, "given").exercise()
    (block,) = (one for one in laid_out(exercise) if one.place == Place("grad_a", 1))
    assert block.seen == {(0, 0)}
    cells = [
        cell
        for band in sheet_data(exercise, solved=False)["bands"]
        for one in band["blocks"]
        if one["symbol"] == block.symbol
        for row in one["rows"]
        for cell in row
    ]
    assert {"kind": "given", "text": format_number(float(block.numbers[0, 0]))} in cells
    content = unescape(save_file(EXERCISES, Handout([exercise]), "exercise_moodle")[1].decode())
    assert f"<td>{format_number(float(block.numbers[0, 0]))}</td>" in content


def test_the_key_of_a_question_backwards_computes_the_known_number_with_the_answer_put_in():
    exercise = generate("which_weight", 2, 3)
    solved = exercise.solved_document
    pages = pages_of([exercise], "key-pdf")
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert "Which weight? Every product" in text
    assert exercise.goal.number == solved.trace().output[0, 0]
    for layer, tensor in ((1, "z"), (1, "a"), (2, "a")):
        assert f"Layer {layer}: {tensor}" in text
    assert "∂L" not in text, "nothing backwards belongs to it"
