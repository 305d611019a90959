"""The tests themselves: folders as those of the program, one way to import, no test built on a test, one profile."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.support.repository import ROOT

TESTS = sorted((ROOT / "tests").rglob("*.py"))
OWN_FOLDERS = {
    "cases": "worked examples that were published",
    "e2e": "the real app in a real browser",
    "saved": "links and files of earlier versions",
    "support": "what several tests use",
    "web": "the JavaScript, without a browser",
}
"""Folders that no package stands behind."""


def folders(root: Path) -> set[str]:
    """The folders with Python files below this one."""
    return {path.parent.relative_to(root).as_posix() for path in root.rglob("*.py")} - {"."}


def test_every_package_has_its_folder_of_tests_and_every_folder_its_package() -> None:
    packages = folders(ROOT / "mlpviz")
    mirrored = {folder for folder in folders(ROOT / "tests") if folder.split("/")[0] not in OWN_FOLDERS}
    assert mirrored - packages == set(), "no such package"
    assert packages - mirrored == set(), "packages without a folder of tests"


def test_own_folders_are_no_packages() -> None:
    assert folders(ROOT / "mlpviz").isdisjoint(OWN_FOLDERS)


def imports(source: str) -> Iterator[tuple[str, str, int]]:
    """Every import anywhere in a source: module, name, number of dots in front."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names):
                yield from ((name.name, "", 0) for name in names)
            case ast.ImportFrom(module, names, level):
                yield from ((module or "", name.name, level) for name in names)


def faults(source: str) -> list[str]:
    """What a file of tests imports in another way than by its full name, or from another test."""
    own = {path.stem for path in TESTS} | folders(ROOT / "tests")
    found = []
    for module, name, level in imports(source):
        first, *rest = module.split(".")
        if level or first in own:
            found.append(f"{'.' * level}{module}: imported by its full name from the root")
        elif first == "tests" and any(part.startswith("test_") or part == "conftest" for part in (*rest, name)):
            found.append(f"{module} {name}: what two tests need stands in tests/support")
    return found


@pytest.mark.parametrize("path", TESTS, ids=lambda path: path.relative_to(ROOT / "tests").as_posix())
def test_a_test_imports_by_full_names_and_no_other_test(path: Path) -> None:
    assert faults(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "from tests.test_paths import cells",
        "from tests.engine import test_cases",
        "def f():\n    import tests.e2e.test_why",
        "from tests.e2e.conftest import Sheet",
        "from random_networks import chain",
        "from support import random_networks",
        "from .support import random_networks",
        "from . import test_why",
    ],
)
def test_the_reader_sees_every_fault(source: str) -> None:
    assert len(faults(source)) == 1


def test_the_reader_lets_the_one_way_pass() -> None:
    assert faults("import json\nfrom tests.support.traces import cells\nfrom benchmarks.server import served") == []


def test_hypothesis_has_one_profile() -> None:
    assert (settings.default.deadline, settings.default.print_blob) == (None, True)
    for path in TESTS:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(ast.Name("settings"), _, keywords):
                    assert {keyword.arg for keyword in keywords} <= {"max_examples"}, path
                case ast.Attribute(ast.Name("settings"), "register_profile" | "load_profile"):
                    assert path == ROOT / "tests/conftest.py", path
