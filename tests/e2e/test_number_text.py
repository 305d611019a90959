"""The browser writes a number as Python does: the same text for every number, in every style."""

import base64
import json

import numpy as np
import pytest

from mlpviz.text.numbers import STYLES, all_digits, format_number, number_pair, percent
from mlpviz.text.sentences import exact_number, sentence
from tests.support.repository import ROOT

SOURCE = ROOT / "mlpviz/web/shared/number_text.js"
PICKED = (0.0, -0.0, 0.5, 1e-3, 1e-4, 1e15, 1e16, 1e21, 5e-324, 1.7e308, 0.1 + 0.2, 9.995, 0.9996, 999.9999999999999)


@pytest.fixture(scope="module")
def texts(browser):
    """What the browser makes of a list of numbers: a JavaScript expression of `number` and the module `m`."""
    page = browser.new_page()
    url = "data:text/javascript;base64," + base64.b64encode(SOURCE.read_bytes()).decode()

    def ask(expression, numbers):
        each = f"const m = await import(url); return numbers.map((number) => {expression});"
        return page.evaluate(f"async ([url, numbers]) => {{ {each} }}", [url, list(numbers)])

    yield ask
    page.close()


def numbers():
    """Thousands of them: of every size, as people type them, fractions, and many just between two texts."""
    chance, count = np.random.default_rng(0), 3000
    yield from PICKED
    yield from (chance.uniform(-1, 1, count) * 10.0 ** chance.uniform(-12, 12, count)).tolist()
    yield from (chance.integers(-(10**7), 10**7, count) / 2.0 ** chance.integers(0, 15, count)).tolist()
    yield from (chance.integers(-4000, 4000, count) / chance.integers(1, 71, count)).tolist()
    yield from (round(float(chance.uniform(-100, 100)), at % 7) for at in range(count))
    yield from (chance.integers(10**6, 10**9, count) * 10.0 ** chance.integers(0, 11, count)).tolist()
    # any float at all; infinity and NaN do not pass as JSON, and the scene brings their texts
    anything = chance.integers(-(2**63), 2**63, count).view(float)
    yield from anything[np.isfinite(anything)].tolist()
    for power in range(-6, 8):
        for first in (1, 5, 9.5, 9.95, 9.995):
            yield from (first * 10.0**power * (1 + off) for off in (0.0, 1e-16, -1e-16, 2e-13))


@pytest.mark.parametrize("key", STYLES)
def test_every_style(texts, key):
    style = STYLES[key][1]
    asked = list(numbers())
    expression = f"m.formatNumber(number, {{digits: {style.digits}, fractions: {str(style.fractions).lower()}}})"
    found = texts(expression, asked)
    assert [(n, text) for n, text in zip(asked, found, strict=True) if text != format_number(n, style)] == []


@pytest.mark.parametrize(
    ("expression", "write"),
    [
        ("m.allDigits(number)", all_digits),
        ("m.percent(number)", percent),
        ("m.percent(number, 0)", lambda share: percent(share, 0)),
    ],
    ids=["all digits", "percent", "percent without decimals"],
)
def test_every_other_way_to_write_one(texts, expression, write):
    asked = [*numbers(), *(share / 1e4 for share in range(9990, 10010))]
    found = texts(expression, asked)
    wrong = [(n, text, write(n)) for n, text in zip(asked, found, strict=True) if text != write(n)]
    assert wrong == []


def test_counts_are_grouped_by_thousands(texts):
    asked = [0, 7, 999, 1000, 48_393_218]
    assert texts("m.counted(number)", asked) == [f"{number:,}" for number in asked]


def test_a_sentence_comes_apart_into_text_and_digits(texts):
    asked = [number for number in PICKED if number]
    ends = [(exact_number(number), exact_number(-number, sign=True)) for number in asked]
    sentences = [sentence("from {first} to {last}.", first=first, last=last) for first, last in ends]
    assert texts("m.plain(number)", sentences) == [str(each) for each in sentences]
    whole = [f"from {all_digits(number)} to {all_digits(-number)}." for number in asked]
    assert [text.replace("+", "") for text in texts("m.withDigits(number)", sentences)] == whole
    assert texts("m.partsOf(number).flat().join('')", [exact_number(1 / 3)]) == ["0.333" + all_digits(1 / 3)]
    assert texts("m.partsOf(number)", ["", "a text", ["a", ["b", "bb"]]]) == [[], ["a text"], ["a", ["b", "bb"]]]


def test_the_browser_puts_sentences_together_as_python_does(texts):
    asked = [number for number in PICKED if number]
    found = texts("m.phrase`from ${m.exactNumber(number)} to ${'the end'}${''}: ${2}`", [number_pair(n) for n in asked])
    expected = [sentence("from {start} to the end: 2", start=exact_number(number)) for number in asked]
    assert found == [json.loads(json.dumps(each)) for each in expected]
    found = texts("m.joined(', ', [m.exactNumber(number), 'a', [], ['b']])", [number_pair(n) for n in asked])
    expected = [sentence("{start}, a, , b", start=exact_number(number)) for number in asked]
    assert found == [json.loads(json.dumps(each)) for each in expected]
