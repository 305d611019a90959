"""Workbooks computed by real spreadsheets: headless LibreOffice and Gnumeric, many files in one call."""

import os
import shutil
import subprocess
import warnings
from pathlib import Path

import openpyxl
import pytest

PROGRAMS = {"libreoffice": "soffice", "gnumeric": "ssconvert"}


def needed(program: str) -> str:
    """The path of a program. In continuous integration it must be there; elsewhere the test is skipped without it."""
    found = shutil.which(PROGRAMS[program])
    if found is None and not os.environ.get("CI"):
        pytest.skip(f"{PROGRAMS[program]} is not installed")
    assert found is not None, f"{PROGRAMS[program]} is not installed: .ci/run installs it"
    return found


def computed(program: str, files: dict[str, bytes], folder: Path) -> dict[str, openpyxl.Workbook]:
    """The workbooks with the values that a program computes; keys are names of files without their ending."""
    path = needed(program)
    before, after = folder / "before", folder / "after"
    before.mkdir(), after.mkdir()
    for name, content in files.items():
        (before / f"{name}.xlsx").write_bytes(content)
    if program == "libreoffice":
        # a profile of its own: another run of the program would answer in its place
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        names = [str(before / f"{name}.xlsx") for name in files]
        run([path, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(after), *names])
    else:
        for name in files:
            run([path, "--recalc", str(before / f"{name}.xlsx"), str(after / f"{name}.xlsx")])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Gnumeric writes no default style
        return {name: openpyxl.load_workbook(after / f"{name}.xlsx", data_only=True) for name in files}


def run(command: list[str]) -> None:
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
