"""Runs the programs that a network is saved as, and asks Ruff whether it would leave them as they are."""

import contextlib
import io
import subprocess
import sys
from pathlib import Path

import torch

from mlpviz.exchange.programs.program_line import Digits, text_of
from tests.support.code_lines import run_line

AGREES = "every number agrees with the sheet"

REFUSED = (
    "infinite or NaN", "every sample is of the ignored class", "an output is 0, and the line of the loss",
    "rounding alone moves a number",
)  # fmt: skip
"""why there is no program of a network"""


def run(program):
    """The names after the program has run; it must say that all is well."""
    out = io.StringIO()
    try:
        with contextlib.redirect_stdout(out):
            found = run_line(program)
    finally:
        torch.set_grad_enabled(True)
        torch.set_default_dtype(torch.float32)
    assert AGREES in out.getvalue()
    return found


def assert_formatted(programs, folder: Path):
    """All of them at once, since starting Ruff takes longer than reading them."""
    for number, program in enumerate(programs):
        (folder / f"program_{number}.py").write_text(program, encoding="utf-8")
    ruff = [sys.executable, "-m", "ruff", "format", "--isolated", "--no-cache", "--line-length", "100", "--diff"]
    found = subprocess.run([*ruff, str(folder)], capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout + found.stderr


def changed_programs(lines, count=6):
    """Programs that each have one number of the sheet changed."""
    places = [(i, j) for i, line in enumerate(lines) for j, part in enumerate(line.parts) if isinstance(part, Digits)]
    found = []
    for i, j in places[:: max(1, len(places) // count)]:
        part = lines[i].parts[j]
        other = (*lines[i].parts[:j], f"{float(part.text) + 0.001!r}", *lines[i].parts[j + 1 :])
        found.append(text_of([*lines[:i], lines[i]._replace(parts=other), *lines[i + 1 :]]))
    return found
