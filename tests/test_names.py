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
SCRIPTS = sorted(path for path in (ROOT / "mlpviz/web").rglob("*.js") if "built" not in path.parts)


def replaced(kind: str) -> set[str]:
    """The old names of a kind in the glossary's last table."""
    return {name for row in rows(kind) for name in re.findall(r"`(\w+)`", row)}


def rows(kind: str) -> list[str]:
    """The old side of every row of this kind."""
    return re.findall(rf"^\| {kind} \| (.+?) \|", GLOSSARY, re.MULTILINE)


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


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
        for node in ast.walk(tree_of(path)):
            is_old = (isinstance(node, ast.ClassDef) and node.name.strip("_") in classes) or (
                isinstance(node, ast.FunctionDef) and node.name.strip("_") in functions
            )
            if is_old:
                found.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}")
    assert found == []


def attributes(cls: ast.ClassDef) -> set[str]:
    """`Class.name` of each field, property and method of a class."""
    names = [
        node.target.id for node in cls.body if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
    ]
    names += [node.name for node in cls.body if isinstance(node, ast.FunctionDef)]
    return {f"{cls.name}.{name}" for name in names}


def test_no_attribute_has_a_name_that_was_replaced() -> None:
    old = {name for row in rows("attribute") for name in re.findall(r"`(\w+\.\w+)`", row)}
    classes = [node for path in SOURCES for node in tree_of(path).body if isinstance(node, ast.ClassDef)]
    assert len(old) >= 7
    # a class that was renamed too would leave its row without an object
    assert {name.partition(".")[0] for name in old} <= {cls.name for cls in classes}
    assert sorted(old & {name for cls in classes for name in attributes(cls)}) == []


def python_names(tree: ast.Module) -> set[str]:
    """Every identifier of a module: what is defined, given, read, imported or passed by its name."""
    fields = ("id", "attr", "arg", "name", "asname")
    found = [getattr(node, field, None) for node in ast.walk(tree) for field in fields]
    return {name for name in found if isinstance(name, str)}


def script_names(text: str) -> set[str]:
    """Every identifier of a script: its words outside of comments and texts, and those inside `${}`."""
    text = re.sub(r"//[^\n]*|/\*.*?\*/", "", text, flags=re.DOTALL)
    text = re.sub(r"\"[^\"\n]*\"|'[^'\n]*'", "", text)
    inside = [part for literal in re.findall(r"`[^`]*`", text) for part in re.findall(r"\$\{([^}]*)\}", literal)]
    return set(re.findall(r"[A-Za-z_$][\w$]*", " ".join([re.sub(r"`[^`]*`", "", text), *inside])))


def test_no_identifier_has_a_part_that_was_replaced() -> None:
    old = replaced("part of a name")
    names = {path: python_names(tree_of(path)) for path in SOURCES}
    names |= {path: script_names(path.read_text(encoding="utf-8")) for path in SCRIPTS}
    assert old == {"knob"}
    assert "hyperparameters" in names[ROOT / "mlpviz/web/sheet/optimizer_controls.js"]
    found = [
        f"{path.relative_to(ROOT)} {name}"
        for path in sorted(names)
        for name in sorted(names[path])
        if any(part in name.lower() for part in old)
    ]
    assert found == ["mlpviz/runs/snapshot_json.py knobs"], "the name in a file, given as an alias"


def test_no_script_has_a_name_that_was_replaced() -> None:
    found = {path.stem for path in (ROOT / "mlpviz/web").rglob("*.js")}
    assert found, "the scripts have moved"
    assert sorted(found & replaced("script")) == []


def test_each_public_class_name_stands_for_one_class() -> None:
    found = defaultdict(list)
    for path in SOURCES:
        for node in tree_of(path).body:
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
    text = ast.get_docstring(tree_of(path)) or ""
    assert text, "every module says what it is for"
    assert "Refuses to" not in text
