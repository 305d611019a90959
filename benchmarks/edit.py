"""What Python does for one edit of a weight: the event, the pass, the scene, and the scene as JSON. No browser.

Prints a Markdown table in time of the processor, with a full garbage collection for comparison, which Streamlit would
make after every edit (`postScriptGC`). Run: python -m benchmarks.edit
"""

from __future__ import annotations

import gc
import itertools
import time
import timeit
from collections.abc import Callable, Iterator
from statistics import median

from mlpviz.app.message_bytes import to_bytes
from mlpviz.examples.networks import PRESETS
from mlpviz.sheet_page.page import FIRST, SHEET
from mlpviz.sheet_page.session import SheetSession
from mlpviz.verify import torch_reference

ROUNDS, CALLS = 40, 20


def row(name: str, act: Callable[[], object], calls: int = CALLS) -> None:
    """Print the median and the fastest of ROUNDS in ms."""
    times = [each / calls * 1e3 for each in timeit.repeat(act, number=calls, repeat=ROUNDS, timer=time.process_time)]
    print(f"| {name} | {median(times):.2f} | {min(times):.2f} |")


def main() -> None:
    """Measure and print."""
    print("| one edit, in Python | median ms | fastest ms |\n| --- | ---: | ---: |")
    for key in (FIRST, "iris", "xor"):
        document = PRESETS[key].document
        session, count = SheetSession.of(document), itertools.count()
        SHEET.handle(session, {})  # the structure is sent once

        def edit(session: SheetSession = session, count: Iterator[int] = count) -> None:
            event = {
                "type": "set",
                "tensor": "weight",
                "layer": 1,
                "row": 1,
                "column": 1,
                "value": next(count) % 7 - 3.5,
            }
            to_bytes(SHEET.handle(session, {"events": [event]}))

        row(PRESETS[key].label, edit)
    torch_reference.warm()
    row("a full garbage collection, PyTorch imported", gc.collect, calls=1)


if __name__ == "__main__":
    main()
