"""The exact versions that were tested together, and their licences, from what is installed here.

Run after `make test` passed: python -m tools.lock, which writes `requirements-lock.txt` and `docs/licences.md` anew.
"""

from __future__ import annotations

import tomllib
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
LOCK, LICENCES = ROOT / "requirements-lock.txt", ROOT / "docs/licences.md"
_HEAD = """\
# Versions that were tested together: pip install -r requirements-lock.txt
# Made by `python -m tools.lock`; a test says when it does not fit pyproject.toml.
"""
_PAGE = """\
# Licences

What the app installs, with all extras, as each package says it of itself. `python -m tools.lock` writes this page.
mlpviz itself is under the licence in `LICENSE`.

| package | licence |
|---|---|
"""
_CLASSIFIER = "License :: OSI Approved :: "


def wanted() -> list[Requirement]:
    """What `pyproject.toml` asks for, with all extras."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lists = [project["dependencies"], *project["optional-dependencies"].values()]
    return [Requirement(line) for lines in lists for line in lines if not line.startswith("mlpviz[")]


def needed() -> dict[str, Distribution]:
    """What is installed of that, and what it needs in turn, by name. Raises PackageNotFoundError."""
    found: dict[str, Distribution] = {}
    waiting = [(requirement, False) for requirement in wanted()]
    seen: set[tuple[str, str]] = set()
    while waiting:
        requirement, may_lack = waiting.pop()
        name = canonicalize_name(requirement.name)
        try:
            one = distribution(name)
        except PackageNotFoundError:
            if may_lack:
                continue  # for another platform
            raise
        found[name] = one
        for extra in ("", *requirement.extras):
            if (name, extra) in seen:
                continue
            seen.add((name, extra))
            for line in one.requires or []:
                deeper = Requirement(line)
                if deeper.marker is None or deeper.marker.evaluate({"extra": extra}):
                    waiting.append((deeper, True))
    return dict(sorted(found.items()))


def licence(one: Distribution) -> str:
    """The licence of a package, in the form in which it has it: an expression, else a classifier, else a name."""
    about = one.metadata
    expression = about.get("License-Expression")
    if expression:
        return expression
    classifiers = [each.removeprefix(_CLASSIFIER) for each in about.get_all("Classifier") or [] if _CLASSIFIER in each]
    named = (about.get("License") or "").strip().splitlines()
    return ", ".join(classifiers) or (named[0] if named else "see its files")


def texts() -> dict[Path, str]:
    """The text of each file. A version has no local part: that names a build, not a release."""
    packages = needed()
    lines = [f"{name}=={one.version.split('+')[0]}\n" for name, one in packages.items()]
    rows = [f"| {name} | {licence(one)} |\n" for name, one in packages.items()]
    return {LOCK: _HEAD + "".join(lines), LICENCES: _PAGE + "".join(rows)}


if __name__ == "__main__":
    for file, text in texts().items():
        file.write_text(text, encoding="utf-8")
