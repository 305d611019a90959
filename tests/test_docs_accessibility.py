"""docs/accessibility.md: a row for each criterion of WCAG 2.2, A and AA, and every test that it names is there."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs/accessibility.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (\d\.\d\.\d+) \| (A|AA) \| [^|]+ \| (yes|no|–) \| ([^|]*)\|$", re.MULTILINE)
# 4.1.1 is obsolete
A = (
    "1.1.1 1.2.1 1.2.2 1.2.3 1.3.1 1.3.2 1.3.3 1.4.1 1.4.2 2.1.1 2.1.2 2.1.4 2.2.1 2.2.2 2.3.1 2.4.1 2.4.2 2.4.3 2.4.4 "
    "2.5.1 2.5.2 2.5.3 2.5.4 3.1.1 3.2.1 3.2.2 3.2.6 3.3.1 3.3.2 3.3.7 4.1.2"
)
AA = (
    "1.2.4 1.2.5 1.3.4 1.3.5 1.4.3 1.4.4 1.4.5 1.4.10 1.4.11 1.4.12 1.4.13 2.4.5 2.4.6 2.4.7 2.4.11 2.5.7 2.5.8 3.1.2 "
    "3.2.3 3.2.4 3.3.3 3.3.4 3.3.8 4.1.3"
)


def test_every_criterion_has_its_row_and_level() -> None:
    assert [(number, level) for number, level, *_ in ROW.findall(PAGE) if level == "A"] == [(n, "A") for n in A.split()]
    assert [(number, level) for number, level, *_ in ROW.findall(PAGE) if level == "AA"] == [
        (n, "AA") for n in AA.split()
    ]


def test_what_is_met_or_not_says_how_it_was_tried() -> None:
    assert [number for number, _, met, how in ROW.findall(PAGE) if met != "–" and not how.strip()] == []


def test_the_tests_that_it_names_are_there() -> None:
    named = set(re.findall(r"`((?:tests/e2e/)?\w+\.(?:py|js))`", PAGE))
    assert len(named) > 10
    assert [name for name in named if not (ROOT / "tests/e2e" / Path(name).name).exists()] == []


def test_the_count_at_the_end_is_that_of_the_table() -> None:
    missed = [number for number, _, met, _ in ROW.findall(PAGE) if met == "no"]
    counted = f"Not met are {['none', 'one', 'two', 'three'][len(missed)]}: {' and '.join(missed)}"
    assert (counted if missed else "Every criterion that applies is met") in PAGE
    assert missed or "Not met" not in PAGE
