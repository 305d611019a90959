"""The requirements files are made from the one list in pyproject.toml, which has bounds; formats are extras."""

import tomllib

import pytest

from tests.support.repository import ROOT
from tools.requirements import requirements_files

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]


@pytest.mark.parametrize(
    ("path", "text"), [*requirements_files().items()], ids=lambda value: getattr(value, "name", "")
)
def test_a_requirements_file_is_as_it_is_made(path, text):
    assert path.read_text(encoding="utf-8") == text, "run python -m tools.requirements"


def test_what_is_installed_with_the_program_has_bounds():
    for line in (*PROJECT["dependencies"], *(each for extra in EXTRAS.values() for each in extra)):
        # PyTorch is one version: others have other slopes at kinks, and the badge is held to them
        assert line.startswith(("mlpviz[", "torch==")) or (">=" in line and ",<" in line), line


def test_formats_are_all_extras_but_that_of_notebooks():
    names = [name for name in EXTRAS if name not in ("formats", "notebook")]
    assert EXTRAS["formats"] == [f"mlpviz[{','.join(names)}]"]
