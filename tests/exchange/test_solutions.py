"""Worked solutions as files: what libraries of other people read in them is what the engine has computed."""

import json
import re
from fractions import Fraction

import html5lib
import numpy as np
import pytest
from hypothesis import given, settings
from markdown_it import MarkdownIt
from pylatexenc.latexwalker import LatexEnvironmentNode, LatexMacroNode, LatexWalker

from mlpviz.examples.networks import PRESETS
from mlpviz.exchange import FORMATS, save_file
from mlpviz.exchange.subjects import NETWORK
from mlpviz.network import Document
from mlpviz.sheet.blocks import blocks_of, shape_of
from mlpviz.sheet.quantities import PHASE_LABELS
from mlpviz.sheet.values import values_on_screen
from tests.support.random_documents import plain_documents, small

SOLUTIONS = {key: entry for key, entry in FORMATS.items() if entry.family == "worked solution"}
HTML, LATEX, MARKDOWN = (
    [key for key, entry in SOLUTIONS.items() if entry.suffix == suffix] for suffix in (".html", ".tex", ".md")
)
MARKED = "<b title='x'>marker</b> $x_1$ \\input{other} | **b** `c` [d](e) # & %"


def text_of(document, key):
    return save_file(NETWORK, document, key).content.decode()


def page_of(document, key):
    """The page as html5lib reads it, which raises an error for what is no valid HTML."""
    page = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text_of(document, key))
    for element in page.iter():
        element.tag = str(element.tag).rpartition("}")[2]
    return page


def as_read(text):
    """A number as a person reads it."""
    return float(Fraction(text.replace("−", "-"))) if "/" in text else float(text.replace("−", "-").replace("∞", "inf"))


def half_unit(text):
    """Half of what the last digit of a number is worth: as far as it may be from what was computed."""
    mantissa, _, exponent = text.replace("−", "-").partition("e")
    decimals = len(mantissa.partition(".")[2])
    return 0.5 * 10.0 ** (int(exponent or 0) - decimals)


def assert_shown(text, number):
    if not np.isfinite(number) or number == int(number) or "/" in text:
        assert as_read(text) == pytest.approx(number, nan_ok=True)
    else:
        assert abs(as_read(text) - number) <= half_unit(text) * (1 + 1e-9)


def latex_numbers(text):
    """The numbers in LaTeX without indices, as Python writes them."""
    text = re.sub(r" \\cdot 10\^\{(-?\d+)\}", r"e\1", text)
    return re.findall(r"(?<![\w{.^])-?(?:\d+(?:\.\d+)?(?:e-?\d+)?|\\infty)|\\text\{NaN\}", text)


@pytest.mark.parametrize("key", SOLUTIONS)
@pytest.mark.parametrize("preset", PRESETS.values(), ids=PRESETS)
def test_every_preset_has_a_solution_of_a_sensible_size(preset, key):
    assert 1_000 < len(text_of(preset.document, key).encode()) < 2_500_000


@pytest.mark.parametrize("preset", PRESETS.values(), ids=PRESETS)
def test_the_matrices_of_the_page_are_those_of_the_engine(preset):
    assert_page_shows(preset.document, "solution-html-1")


@given(plain_documents(entries=small))
@settings(max_examples=10)
def test_the_page_of_a_random_document_is_valid_and_shows_its_numbers(document):
    for key in HTML:
        page_of(Document.parse(document), key)
    assert_page_shows(Document.parse(document), "solution-html-1")


def assert_page_shows(document, key):
    page, values = page_of(document, key), values_on_screen(document)
    parts = {div.get("data-block"): div for div in page.iter("div") if div.get("data-block")}
    blocks = blocks_of(document.spec, shape_of(document)).values()
    assert list(parts) == [block.key for phase in PHASE_LABELS for block in blocks if block.quantity.phase == phase]
    for name, part in parts.items():
        shown = []
        for equation in part.iter("div"):
            if equation.get("class") == "equation result":
                shown += cells_of(equation.findall("math")[-1])
        expected = values[name].ravel().tolist()
        assert len(shown) == len(expected), name
        if values[name].shape[1] <= 8 and len(values[name]) <= 24:
            for text, number in zip(shown, expected, strict=True):
                assert_shown(text, number)


def cells_of(math):
    """The text of each cell of a matrix, or of a number alone; 1.5·10⁻⁷ as 1.5e−7."""
    cells = list(math.iter("mtd")) or [math]
    found = []
    for cell in cells:
        exponents = [power[1].text for power in cell.iter("msup")]
        for fraction in cell.iter("mfrac"):
            fraction[0].tail = "/"
        whole = "".join(cell.itertext()).strip()
        found.append(f"{whole.partition('·')[0]}e{exponents[0]}" if exponents else whole)
    return found


@pytest.mark.parametrize("key", [*LATEX, *MARKDOWN])
def test_the_numbers_in_latex_are_those_of_the_engine(key):
    document = PRESETS["mazur"].document
    text = text_of(document, key)
    for name, latex in (("weight.1", "W^{1}"), ("a.2", "a^{2}"), ("new_weight.2", r"\text{new }W^{2}")):
        lines = [line for line in text.splitlines() if re.search(rf"(?<!}}){re.escape(latex)} =.*bmatrix", line)]
        matrix = re.findall(r"\\begin\{bmatrix\}(.*?)\\end\{bmatrix\}", lines[-1])[-1]
        expected = values_on_screen(document)[name].ravel().tolist()
        shown = latex_numbers(matrix)
        assert len(shown) == len(expected)
        for one, number in zip(shown, expected, strict=True):
            assert_shown(one, number)


def named(document, name):
    return Document.parse(json.loads(document.to_json()) | {"name": name})


def labelled(document, label):
    value = json.loads(document.to_json())
    value["layers"][0]["label"] = label
    return Document.parse(value)


@pytest.mark.parametrize("key", HTML)
def test_a_name_and_a_label_are_text_in_html(key):
    page = page_of(labelled(named(PRESETS["mazur"].document, MARKED), MARKED), key)
    assert page.find(".//h1").text == page.find(".//title").text == MARKED
    assert MARKED in "".join(each.text for each in page.iter("h3"))
    assert {element.tag for element in page.iter()} & {"b", "script", "a", "link", "iframe", "object", "svg"} == set()
    for element in page.iter():
        assert not any(name.startswith("on") or name in ("src", "href") for name in element.attrib)


@pytest.mark.parametrize("key", MARKDOWN)
def test_a_name_and_a_label_are_text_in_markdown(key):
    text = text_of(labelled(named(PRESETS["mazur"].document, MARKED), MARKED), key)
    outside = re.sub(r"^\$\$\n.*?\n\$\$$", "", text, flags=re.M | re.S)
    assert "$" not in outside
    tokens = MarkdownIt().parse(outside)
    inline = [token for token in tokens if token.type == "inline"]
    assert "".join(child.content for child in inline[0].children) == MARKED
    assert {child.type for token in inline for child in token.children} <= {"text", "text_special", "softbreak"}
    assert {token.type for token in tokens} <= {
        *("heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline")
    }  # fmt: skip


@pytest.mark.parametrize("key", MARKDOWN)
@pytest.mark.parametrize("preset", PRESETS.values(), ids=PRESETS)
def test_formulas_in_markdown_are_blocks_of_their_own(preset, key):
    lines = text_of(preset.document, key).split("\n")
    fences = [at for at, line in enumerate(lines) if line == "$$"]
    assert len(fences) % 2 == 0
    assert sum(line.count("$") for line in lines) == 2 * len(fences)
    for begin, end in zip(fences[::2], fences[1::2], strict=True):
        assert end == begin + 2, "a formula is one line, so that no line of it begins like a list"
        assert lines[begin - 1] == lines[end + 1] == ""
        assert not re.search(r"<[A-Za-z/!]", lines[begin + 1]), "a comparison is no tag"


@pytest.mark.parametrize("key", LATEX)
@pytest.mark.parametrize("preset", PRESETS.values(), ids=PRESETS)
def test_latex_is_balanced_and_knows_every_letter_of_ours(preset, key):
    text = text_of(preset.document, key)
    nodes, _, _ = LatexWalker(text, tolerant_parsing=False).get_latex_nodes()
    assert any(isinstance(node, LatexEnvironmentNode) and node.environmentname == "document" for node in nodes)
    assert "[U+" not in text
    assert r"\subsection{Input: x}" in text
    assert text.isascii() or all(ord(letter) < 0x180 for letter in text)


@pytest.mark.parametrize("key", LATEX)
def test_a_name_is_text_in_latex(key):
    text = text_of(named(PRESETS["mazur"].document, MARKED[1:] + "学é"), key)
    nodes, _, _ = LatexWalker(text, tolerant_parsing=False).get_latex_nodes()
    body = next(node for node in nodes if isinstance(node, LatexEnvironmentNode))
    title = text.index(r"{\LARGE"), text.index(r"\medskip")
    macros = set(re.findall(r"\\([A-Za-z]+)", text[slice(*title)]))
    assert macros == {"LARGE", "bfseries", "par", "textbackslash"}
    assert "input" not in {node.macroname for node in body.nodelist if isinstance(node, LatexMacroNode)}
    assert "[U+5B66]é" in text, "a letter that the fonts lack is named"


@given(plain_documents(entries=small))
@settings(max_examples=10)
def test_latex_of_a_random_document_is_balanced(document):
    for key in LATEX:
        LatexWalker(text_of(Document.parse(document), key), tolerant_parsing=False).get_latex_nodes()
