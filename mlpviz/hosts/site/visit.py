"""A visit of all pages of a site: the builder makes it, and sees which modules are needed (`compile_modules.py`)."""

from __future__ import annotations

import json
from typing import Any

from mlpviz.hosts.site.in_worker import answer
from mlpviz.hosts.site.pages import SITE_PAGES
from mlpviz.sheet_page.page import SHEET
from mlpviz.train_page.page import TRAIN


def _ask(page: str, **message: Any) -> None:
    answer(json.dumps({"page": page, **message}))


for key in SITE_PAGES:
    _ask(key, parameters={})
_WEIGHT = {"type": "set", "tensor": "weight", "layer": 1, "row": 1, "column": 1, "value": "2"}
_ask(SHEET.key, sequence=1, events=[_WEIGHT])
_ask(SHEET.key, events=[{"type": "check"}])
_ask(SHEET.key, sequence=2, events=[{"type": "save", "format": "network_json"}])
_ask(TRAIN.key, sequence=1, events=[{"type": "epochs", "count": 2}])
_ask(TRAIN.key, sequence=2, events=[{"type": "tick"}])
_ask(TRAIN.key, sequence=3, events=[{"type": "tick"}])
_ask(TRAIN.key, sequence=4, events=[{"type": "save", "format": "checkpoint_safetensors"}])
"".encode("utf-8-sig")  # of files that other programs saved
