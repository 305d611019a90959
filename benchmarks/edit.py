"""What Python does for one edit of a weight: the event, the pass, the scene, and the scene as JSON. No browser.

Prints a Markdown table of medians, with a full garbage collection for comparison, which Streamlit would make after
every edit (`postScriptGC`). Run: python -m benchmarks.edit
"""

from __future__ import annotations

import gc
import itertools
import json
import timeit
from collections.abc import Callable, Iterator
from statistics import median

from mlpviz import reference
from mlpviz.content.presets import PRESETS
from mlpviz.edits import History
from mlpviz.ui.session import FIRST, Session
from mlpviz.ui.step_through import scene_data

ROUNDS, CALLS = 20, 10


def row(name: str, act: Callable[[], object], calls: int = CALLS) -> None:
    """Print the median of ROUNDS in ms."""
    print(f"| {name} | {median(timeit.repeat(act, number=calls, repeat=ROUNDS)) / calls * 1e3:.2f} |")


def main() -> None:
    """Measure and print."""
    print("| one edit, in Python | median ms |\n| --- | ---: |")
    for key in (FIRST, "iris", "xor"):
        document = PRESETS[key].document
        session, count = Session(History(document), document), itertools.count()
        scene_data(session)  # the structure is sent once

        def edit(session: Session = session, count: Iterator[int] = count) -> None:
            event = {
                "type": "set",
                "tensor": "weight",
                "layer": 1,
                "row": 1,
                "column": 1,
                "value": next(count) % 7 - 3.5,
            }
            session.receive({"edits": [event]})
            json.dumps(scene_data(session))

        row(PRESETS[key].label, edit)
    reference.warm()
    row("a full garbage collection, PyTorch imported", gc.collect, calls=1)


if __name__ == "__main__":
    main()
