"""The requirements files, made from the one list in `pyproject.toml`; `make run` installs them without the program.

Run: python -m tools.requirements, which writes them anew.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
_HEAD = "# Made by `python -m tools.requirements` from pyproject.toml; a test says when it is out of date."


def requirements_files() -> dict[Path, str]:
    """The text of each file: what the app needs, what files of other tools need, what tests and checks need."""
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    project = listed["project"]
    optional = project["optional-dependencies"]
    # a notebook brings its own Python: the app needs nothing of it, the tests do
    extras = {each for name, extra in optional.items() for each in extra if name != "notebook"}
    found = {
        "requirements.txt": project["dependencies"],
        "requirements-formats.txt": sorted(each for each in extras if not each.startswith("mlpviz[")),
        "requirements-dev.txt": sorted([*listed["dependency-groups"]["dev"], *optional["notebook"]]),
    }
    return {ROOT / name: "\n".join([_HEAD, *lines]) + "\n" for name, lines in found.items()}


if __name__ == "__main__":
    for file, text in requirements_files().items():
        file.write_text(text, encoding="utf-8")
