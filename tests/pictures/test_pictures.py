"""Pictures in every look: all numbers of the sheet, as text, on a page of the size that was asked for."""

import json
import re
from collections import Counter
from io import BytesIO

import numpy as np
import pytest
from hypothesis import given, settings
from PIL import Image

from mlpviz.examples.networks import PRESETS
from mlpviz.network import Document, DocumentError
from mlpviz.pictures.canvas import Box, Canvas, mixed, shortened, text_width
from mlpviz.pictures.looks import DARK, LIGHT, LOOKS
from mlpviz.pictures.network_drawing import drawing_picture
from mlpviz.pictures.plane_picture import PlaneAnswers, plane_picture
from mlpviz.pictures.png import pixels_of, png_of
from mlpviz.pictures.sheet_picture import sheet_picture
from mlpviz.sheet.blocks import blocks_of, shape_of
from mlpviz.sheet.values import values_on_screen
from mlpviz.text.numbers import format_number
from tests.support.random_documents import plain_documents
from tests.support.repository import ROOT
from tests.support.svg_pictures import attributes, elements, parsed, scale, tags, texts

PICTURES = {"sheet": sheet_picture, "drawing": drawing_picture}
MARKED = '<b title="x"> & </text><i>1</i> ]]> 学'
SEVEN, LIGHTER = PRESETS["seven_layers"].document, LOOKS["light"]


def assert_all_numbers_are_there(document, look):
    found, values = Counter(texts(sheet_picture(document, look))), values_on_screen(document)
    wanted = Counter()
    for key in blocks_of(document.spec, shape_of(document)):
        wanted.update(format_number(value) for value in values[key].ravel().tolist())
    assert wanted - found == Counter()


@pytest.mark.parametrize("preset", PRESETS.values(), ids=PRESETS)
def test_every_number_of_the_sheet_is_text_in_its_picture(preset):
    assert_all_numbers_are_there(preset.document.replace(view=None), LIGHTER)


@given(plain_documents())
@settings(max_examples=15)
def test_pictures_of_random_documents_are_whole(document):
    document = Document.parse(document | {"view": {}})
    assert_all_numbers_are_there(document, LOOKS["a4"])
    assert parsed(drawing_picture(document, LIGHTER)) is not None


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
@pytest.mark.parametrize("picture", PICTURES.values(), ids=PICTURES)
def test_a_picture_has_the_size_of_its_look_and_nothing_from_elsewhere(picture, look):
    svg = picture(SEVEN, look)
    root = parsed(svg)
    assert {root.get("width"), root.get("height")} == {f"{look.width:g}{look.unit}", f"{look.height:g}{look.unit}"}
    assert tags(svg) <= {"svg", "title", "rect", "g", "text", "line", "circle", "path"}
    assert not attributes(svg) & {"href", "src", "style", "class", "onclick"}
    assert root.find("{*}rect").get("fill") == look.theme.ground


@pytest.mark.parametrize("look", ["light", "a4"])
@pytest.mark.parametrize("picture", PICTURES.values(), ids=PICTURES)
def test_a_png_has_the_pixels_of_its_look_and_text_on_it(picture, look):
    look = LOOKS[look]
    svg = picture(PRESETS["mazur"].document, look)
    image = Image.open(BytesIO(png_of(svg, look)))
    assert image.size == pixels_of(svg, look)
    assert sorted(image.size) == sorted(look.pixels)
    drawn = np.asarray(image.convert("L"), dtype=int)
    assert (drawn < 128).mean() > 0.002
    without = re.sub(r"<text.*?</text>", "", svg)
    bare = np.asarray(Image.open(BytesIO(png_of(without, look))).convert("L"), dtype=int)
    assert (bare < 128).sum() < (drawn < 128).sum(), "the texts are drawn"


def test_paper_is_turned_to_fit():
    wide = sheet_picture(SEVEN, LOOKS["a4"])
    assert pixels_of(wide, LOOKS["a4"]) == (2339, 1654)
    canvas = Canvas(LOOKS["a4"].theme)
    canvas.rect(Box(0, 0, 10, 400), "#000000")
    tall = canvas.svg(LOOKS["a4"], "tall")
    assert pixels_of(tall, LOOKS["a4"]) == (1654, 2339)
    assert parsed(tall).get("height") == "297mm"


@pytest.mark.parametrize("picture", PICTURES.values(), ids=PICTURES)
def test_a_name_and_a_label_are_text(picture):
    value = json.loads(SEVEN.to_json()) | {"name": MARKED}
    value["layers"][0]["label"] = MARKED
    svg = picture(Document.parse(value), LIGHTER)
    assert not tags(svg) & {"img", "script", "foreignObject", "image", "a"}
    assert any(text.startswith("<b title") for text in texts(svg))


def test_a_letter_that_xml_forbids_is_left_out():
    canvas = Canvas(LIGHT)
    canvas.text(0, 10, "a\x01b\nc\x7f", 10)
    assert texts(canvas.svg(LIGHTER, "\x00"))[-1] == "a b c "


def test_negative_weights_are_dashed_and_larger_ones_thicker():
    svg = drawing_picture(PRESETS["mazur"].document, LIGHTER)
    lines = [line for line in elements(svg, "line") if line.get("stroke") == LIGHT.positive]
    assert len(lines) == 8
    assert all(line.get("stroke-dasharray") is None for line in lines)
    value = json.loads(PRESETS["mazur"].document.to_json())
    value["layers"][0]["weight"][0][0] = -9
    svg = drawing_picture(Document.parse(value), LIGHTER)
    (dashed,) = [line for line in elements(svg, "line") if line.get("stroke-dasharray") == "5 4"]
    assert dashed.get("stroke") == LIGHT.negative
    widths = [float(line.get("stroke-width")) for line in elements(svg, "line")]
    assert float(dashed.get("stroke-width")) == max(widths)


def test_the_chosen_sample_and_digits_are_drawn():
    document = Document.parse(json.loads(SEVEN.to_json()) | {"view": {"sample": 2, "numbers": "6"}})
    assert "sample 2 of 2" in " ".join(texts(drawing_picture(document, LIGHTER)))
    assert "1.0006" not in texts(sheet_picture(SEVEN, LIGHTER))
    assert "1.0006" in texts(sheet_picture(document, LIGHTER))


def test_pinned_and_closed_units_are_marked():
    plain = len(elements(drawing_picture(SEVEN, LIGHTER), "circle"))
    pins = [{"layer": 3, "sample": 1, "unit": 2, "value": 7}]
    pinned = drawing_picture(Document.parse(json.loads(SEVEN.to_json()) | {"pins": pins}), LIGHTER)
    assert len(elements(pinned, "circle")) == plain + 1
    dead = PRESETS["dead_relu"].document
    strikes = [line for line in elements(drawing_picture(dead, LIGHTER), "line") if line.get("stroke") == LIGHT.muted]
    slopes = values_on_screen(dead)["slope.1"][:, 0]
    zeros = sum(int((values_on_screen(dead)[f"weight.{layer}"] == 0).sum()) for layer in (1, 2))
    assert len(strikes) == int((slopes == 0).sum()) + zeros


def test_a_sheet_that_is_too_large_is_refused_in_one_sentence():
    value = json.loads(PRESETS["iris"].document.to_json())
    first = {"weight": np.full((2000, 4), 0.5).tolist(), "bias": None, "activation": "relu"}
    last = {"weight": np.full((3, 2000), 0.5).tolist(), "bias": None, "activation": value["layers"][-1]["activation"]}
    try:
        large = Document.parse(value | {"layers": [first, last]})
    except DocumentError:
        first["weight"], last["weight"] = np.full((1000, 4), 0.5).tolist(), np.full((3, 1000), 0.5).tolist()
        large = Document.parse(value | {"layers": [first, last]})
    with pytest.raises(DocumentError, match="a picture shows at most 30,000"):
        sheet_picture(large, LIGHTER)
    assert parsed(drawing_picture(large, LIGHTER)) is not None


def test_a_small_network_is_not_blown_up_and_a_large_one_fits():
    assert scale(sheet_picture(PRESETS["shared_weight"].document, LIGHTER)) <= 3.0
    assert scale(sheet_picture(PRESETS["iris"].document, LIGHTER)) < 1.0


@pytest.mark.parametrize(("theme", "selector"), [(LIGHT, ":host"), (DARK, ".app.dark")])
def test_colours_are_those_of_the_pages(theme, selector):
    css = (ROOT / "mlpviz/web/shared/palette.css").read_text(encoding="utf-8")
    block = re.search(rf"^{re.escape(selector)} \{{(.*?)^\}}", css, re.M | re.S)[1]
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]+|var\([^)]*\));", block))
    assert (theme.positive, theme.negative) == (colours["positive"], colours["negative"])
    own = [colours[f"class-{number}"] for number in range(2, 10)]
    assert list(theme.classes) == [theme.negative, theme.positive, *own]


def test_a_text_is_as_wide_as_its_letters():
    assert text_width("12.5", 10) == pytest.approx(24.08)
    assert text_width("学", 10) == pytest.approx(text_width("ab", 10))
    assert shortened("a long name", 10, 40) == "a lon…"
    assert shortened("short", 10, 40) == "short"
    assert mixed("#000000", "#ffffff", 0.5) == "#808080"


def answers(**changes):
    grid = np.add.outer(np.linspace(1, 0, 8), np.linspace(0, 1, 8)) / 2
    found = {
        "title": MARKED, "told": "", "names": (MARKED, "x 2"), "ranges": ((-1.0, 1.0), (0.0, 4.0)),
        "classes": (grid > 0.5).astype(int), "strength": grid, "x": np.array([[-0.5, 1.0], [0.5, 3.0], [9.0, 9.0]]),
        "target": np.array([0.0, 1.0, 0.0]), "class_names": ("no", MARKED),
    }  # fmt: skip
    return PlaneAnswers(**(found | changes))


def test_a_map_shows_answers_samples_and_what_colours_mean():
    svg = plane_picture(answers(), LIGHTER)
    assert {"no", "−1", "1", "4"} <= set(texts(svg))
    assert not tags(svg) & {"img", "script", "image"}
    # a circle for a sample of class 0 and one in the legend; what lies beside the plane is not drawn
    assert len(elements(svg, "circle")) == 2
    fills = {rect.get("fill") for rect in elements(svg, "rect")}
    assert mixed(LIGHT.classes[1], LIGHT.ground, LIGHT.depth) in fills


def test_a_map_of_values_has_its_scale():
    svg = plane_picture(answers(classes=None, target=np.array([-2.0, 3.0, 0.0])), LIGHTER)
    assert {"−2", "3", "0.5"} <= set(texts(svg))


def test_an_answer_that_is_no_number_has_no_colour():
    svg = plane_picture(answers(strength=np.full((8, 8), np.nan)), LIGHTER)
    fills = [rect.get("fill") for rect in elements(svg, "rect")]
    assert LIGHT.ground in fills
    assert mixed(LIGHT.classes[1], LIGHT.ground, LIGHT.depth) not in fills
