"""Where the scripts are that Streamlit starts, with its settings beside them."""

from pathlib import Path

_PACKED = Path(__file__).with_name("start")

SCRIPTS = _PACKED if _PACKED.is_dir() else Path(__file__).parents[3]
"""The folder of `app.py` and `pages`: in an installed package `start`, else the top of the checkout."""

ROUTER = Path(__file__).with_name("router.py")
