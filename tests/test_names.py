"""One word for one thing: names that were left behind do not come back, and a public class name stands for one class."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

MODULES = """
around record gates bumps rows distances likelihoods adam_kin blocks_of waves normal tensors again taken decisions rounding
controls sets measuring failure choice reading parsing optimizing walk past edited swapped fitting places setup building agreement
comparisons parts lane lanes course standing tape looking share stepping proving examining answers editing telling toys functions
surfaces bundled drawn starts stages stops zeros why nudge forecast impact matching terms letters loss_ways step_parts diagnoses
standstill overflow mistakes beside plain line wire chrome proof page_files train_visit train_pace content figures ui
""".split()
"""Module names (without .py) and package names that said too little; docs/glossary.md has the words that stay."""

CLASSES = """
Around AroundGrad Extra Knob KnobError Adjustable Parts Taken Controls Sets Choice From InsideError Walk Past PastStep Edited Setup Built
Start Chance Lane Course Standing Inside Moments Moment Mark Tape Trouble Given Evidence Found Look Spread Watch Share Reach Patient
Remedy Rival Comparing Arrival Origin Still Wanted Seen Line Visit Pace Incoming Outgoing Opened
""".split()

FUNCTIONS = """
turn turned bind obey take again plain swapped rewound parted joined see look judge amend told written quote equals bracketed single
filled said_of parts_of
""".split()

SCRIPTS = """
above attention listening editing changes pair folding fitting dock painting texts score heat board keeping lanes tape marks measures
plane pointing pointer sharing stream draw edges loader turns
""".split()


def sources() -> list[Path]:
    return sorted((ROOT / "mlpviz").rglob("*.py"))


def definitions(path: Path) -> list[ast.ClassDef | ast.FunctionDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef | ast.FunctionDef)]


def test_no_module_has_a_name_that_was_left_behind():
    found = {part for path in sources() for part in path.relative_to(ROOT).with_suffix("").parts}
    assert found & set(MODULES) == set()


def test_no_class_or_function_has_a_name_that_was_left_behind():
    found = defaultdict(list)
    for path in sources():
        for node in definitions(path):
            left = CLASSES if isinstance(node, ast.ClassDef) else FUNCTIONS
            if node.name.strip("_") in left:
                found[node.name].append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert not found


def test_no_script_has_a_name_that_was_left_behind():
    found = {path.stem for path in (ROOT / "mlpviz/web").rglob("*.js")}
    assert found, "the scripts have moved"
    assert found & set(SCRIPTS) == set()


def test_each_public_class_name_stands_for_one_class():
    found = defaultdict(list)
    for path in sources():
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found[node.name].append(str(path.relative_to(ROOT)))
    assert {name: paths for name, paths in found.items() if len(paths) > 1} == {}


def test_no_two_modules_of_one_package_tree_share_a_name():
    # an editor's tab bar shows the last part only; a package may have its own page, session, limits
    shared = {"page", "session", "events", "link", "limits", "validate", "edits", "numbers", "loss", "__init__"}
    found = defaultdict(list)
    for path in sources():
        if path.stem not in shared:
            found[path.stem].append(str(path.relative_to(ROOT)))
    assert {name: paths for name, paths in found.items() if len(paths) > 2} == {}


def glossary() -> dict[str, str]:
    text = (ROOT / "docs/glossary.md").read_text(encoding="utf-8")
    return {match[1]: match[2] for match in re.finditer(r"^\| \*\*(.+?)\*\* \| (.+?) \|", text, re.MULTILINE)}


def test_the_glossary_explains_each_of_its_words():
    words = glossary()
    assert len(words) > 20
    assert [word for word, sentence in words.items() if not sentence.endswith(".")] == []


@pytest.mark.parametrize("word", ["trace", "sheet", "preset", "pin", "document", "member", "branch", "checkpoint"])
def test_the_glossary_has_the_words_that_are_ours(word):
    assert word in glossary()
