"""Where the repository is, and the worked examples that were published."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests/cases"
