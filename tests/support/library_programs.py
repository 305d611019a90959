"""Runs programs one after the other in one process of their own, so that a library's settings stay there.

As a module: `python -m tests.support.library_programs FILE` reads a list of programs as JSON and prints for each what
went wrong, or an empty text.
"""

import contextlib
import io
import json
import os
import subprocess
import sys
import traceback
from pathlib import Path

from tests.support.repository import ROOT

AGREES = "every number agrees with the sheet"


def failures(programs, folder: Path):
    """What each program says when it stops, in their order; empty where it ends well."""
    given = folder / "programs.json"
    given.write_text(json.dumps(programs), encoding="utf-8")
    # XLA takes longer to optimise such a program than the program takes
    environment = os.environ | {"XLA_FLAGS": "--xla_backend_optimization_level=0", "JAX_PLATFORMS": "cpu"}
    environment.pop("KERAS_BACKEND", None)
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.library_programs", str(given)],
        cwd=ROOT, env=environment, capture_output=True, check=False, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def _failure(program):
    out = io.StringIO()
    try:
        with contextlib.redirect_stdout(out):
            exec(compile(program, "program.py", "exec"), {})  # noqa: S102  # our own program
    except Exception:
        return traceback.format_exc(limit=-2) + program
    return "" if out.getvalue().endswith(f"{AGREES}\n") else f"it does not say that all is well\n{program}"


if __name__ == "__main__":
    found = [_failure(each) for each in json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))]
    print(json.dumps(found))
