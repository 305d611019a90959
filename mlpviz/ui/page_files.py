"""Where the pages are: what the router lists, and what leads from one to another."""

from pathlib import Path

_PAGES = Path(__file__).parents[2] / "pages"
# not beside the router: there Streamlit would list them by itself, and run one alone when it is asked for by name

STEP_THROUGH = _PAGES / "step_through.py"
TRAIN = _PAGES / "train.py"
CHECK = _PAGES / "check.py"
