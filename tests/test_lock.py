"""The lock file: what it names is what `pyproject.toml` asks for, whole."""

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools.lock import LICENCES, LOCK, needed, texts, wanted


def _locked():
    lines = [Requirement(line) for line in LOCK.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return {canonicalize_name(line.name): str(line.specifier).removeprefix("==") for line in lines}


def test_the_lock_file_fits_what_is_asked_for():
    locked = _locked()
    for requirement in wanted():
        assert requirement.specifier.contains(locked[canonicalize_name(requirement.name)]), requirement


def test_the_lock_file_leaves_nothing_out():
    # a newer version may need other things, so those of other platforms and versions are not counted
    assert {canonicalize_name(one.name) for one in wanted()} <= needed().keys() & _locked().keys()
    assert LICENCES.read_text(encoding="utf-8").count("\n| ") == len(_locked()) + 1


def test_the_files_are_made_by_the_tool():
    made = texts()
    assert made[LOCK].splitlines()[:2] == LOCK.read_text(encoding="utf-8").splitlines()[:2]
    assert "==" in made[LOCK]
