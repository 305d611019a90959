"""One word for one thing: names that were replaced do not come back, and a public class name stands for one class."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path

import pytest

from tests.support.repository import ROOT

GLOSSARY = (ROOT / "docs/glossary.md").read_text(encoding="utf-8")
SOURCES = sorted((ROOT / "mlpviz").rglob("*.py"))


def replaced(kind: str) -> set[str]:
    """The old names of a kind in the glossary's last table."""
    rows = re.findall(rf"^\| {kind} \| (.+?) \|", GLOSSARY, re.MULTILINE)
    return {name for row in rows for name in re.findall(r"`(\w+)`", row)}


@pytest.mark.parametrize("kind", ["module", "class", "function", "script"])
def test_the_table_has_names_of_every_kind(kind: str) -> None:
    assert len(replaced(kind)) >= 10


def test_no_module_has_a_name_that_was_replaced() -> None:
    found = {part for path in SOURCES for part in path.relative_to(ROOT / "mlpviz").with_suffix("").parts}
    assert sorted(found & replaced("module")) == []


def test_no_class_or_function_has_a_name_that_was_replaced() -> None:
    classes, functions = replaced("class"), replaced("function")
    found = []
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            is_old = (isinstance(node, ast.ClassDef) and node.name.strip("_") in classes) or (
                isinstance(node, ast.FunctionDef) and node.name.strip("_") in functions
            )
            if is_old:
                found.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}")
    assert found == []


def test_no_script_has_a_name_that_was_replaced() -> None:
    found = {path.stem for path in (ROOT / "mlpviz/web").rglob("*.js")}
    assert found, "the scripts have moved"
    assert sorted(found & replaced("script")) == []


def test_each_public_class_name_stands_for_one_class() -> None:
    found = defaultdict(list)
    for path in SOURCES:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found[node.name].append(str(path.relative_to(ROOT)))
    assert {name: paths for name, paths in found.items() if len(paths) > 1} == {}


def words() -> dict[str, str]:
    """The words that are explained, with their sentences."""
    return {match[1]: match[2] for match in re.finditer(r"^\| \*\*(.+?)\*\* \| (.+?) \|$", GLOSSARY, re.MULTILINE)}


def test_the_glossary_explains_each_word_in_whole_sentences() -> None:
    assert len(words()) > 30
    assert [word for word, sentence in words().items() if not sentence.endswith((".", "`)."))] == []


@pytest.mark.parametrize("word", ["trace", "sheet", "preset", "pin", "document", "config", "member", "branch"])
def test_the_glossary_has_the_words_that_are_ours(word: str) -> None:
    assert word in words()


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT / "mlpviz")))
def test_a_module_says_what_it_is_in_plain_english(path: Path) -> None:
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    assert text, "every module says what it is for"
    assert "Refuses to" not in text
