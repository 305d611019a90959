"""How long files of other tools take to open, and a workbook and a safetensors file, beside their aims.

Each file of the tests' copies goes the way that it goes in the app, from the message with its bytes to the JSON of the
answer with the open network, and so does the same network as a document of ours: the difference is what the other tool
costs. Libraries are warm, the best of three counts, in seconds of a processor: other work on the machine is not in it.
Run: python -m benchmarks.import_speed
"""

from __future__ import annotations

import base64
import itertools
import os
import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

import numpy as np
from safetensors.numpy import load, save

from mlpviz.app.message_bytes import to_bytes
from mlpviz.app.page import answered
from mlpviz.examples.networks import PRESETS
from mlpviz.exchange import save_file
from mlpviz.exchange.subjects import NETWORK
from mlpviz.network import Document
from mlpviz.sheet_page.page import SHEET
from mlpviz.sheet_page.session import SheetSession

MODELS = Path(__file__).parents[1] / "tests" / "exchange" / "models"
_BESIDE = (".bin", ".arff", ".wts.txt")
"""what a person chooses together with a model"""
_SEQUENCE = itertools.count(1_000_000)
"""of the messages after those of an upload"""


def seconds(act: Callable[[], object], rounds: int = 3) -> float:
    """The least time of a processor."""
    found = []
    for _ in range(rounds):
        start = time.process_time()
        act()
        found.append(time.process_time() - start)
    return min(found)


def opened(files: Mapping[str, bytes]) -> SheetSession:
    """The sheet with the network of these files, as after all messages of an upload."""
    session, sequence = SHEET.open({}), 0

    def send(*events: Mapping[str, object]) -> None:
        nonlocal sequence
        sequence += 1
        to_bytes(answered(SHEET, session, {"page": "sheet", "sequence": sequence, "events": list(events)}))

    before = session.document
    for name, content in files.items():
        text = base64.b64encode(content).decode()
        send({"type": "upload_piece", "name": name, "size": len(content), "at": 0, "bytes": text})
    send({"type": "open_files"})
    send({"type": "finish_import"})
    if session.document is before:
        raise RuntimeError(f"{', '.join(files)} did not open")
    return session


def models() -> Iterator[tuple[str, dict[str, bytes]]]:
    """Every model with what belongs to it, by folder and name."""
    for folder in sorted(path for path in MODELS.iterdir() if path.is_dir()):
        paths = sorted(path for path in folder.iterdir() if path.name != "io.json")
        for path in paths:
            if path.name.endswith(_BESIDE) or path.name.endswith((".W1.csv", ".W2.csv")):
                continue
            near = [each for each in paths if each.name.endswith(_BESIDE)]
            near = [
                each for each in near if each.suffix != ".txt" or each.name.split(".")[0] == path.name.split(".")[0]
            ]
            yield f"{folder.name}/{path.name}", {each.name: each.read_bytes() for each in (path, *near)}


def imports() -> None:
    """The table of all files by folder: the slowest of each."""
    slowest: dict[str, tuple[float, float, str]] = {}
    for name, files in models():
        try:
            document = opened(files).document
        except RuntimeError as error:
            print(f"left out: {error}")
            continue
        plain = {"network.json": document.to_json().encode()}
        ours = seconds(partial(opened, plain))
        theirs = seconds(partial(opened, files))
        folder = name.split("/")[0]
        slowest[folder] = max(slowest.get(folder, (0.0, 0.0, "")), (theirs - ours, ours, name.split("/")[1]))
    print("\n| slowest file of each tool | over the same document, ms | that document, ms |\n| --- | ---: | ---: |")
    for folder, (over, ours, file) in slowest.items():
        print(f"| {folder}: {file} | {over * 1e3:.0f} | {ours * 1e3:.0f} |")


def main() -> None:
    """Measure and print."""
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    imports()
    seven = PRESETS["seven_layers"].document
    workbook = seconds(lambda: save_file(NETWORK, seven, "network_xlsx"))
    print(f"\nworkbook of the seven layers: {workbook * 1e3:.0f} ms (aim: 150)")
    random = np.random.default_rng(0)
    for widths in ((784, 50, 10), (784, 256, 10)):
        arrays = {}
        for index, (inputs, units) in enumerate(itertools.pairwise(widths)):
            arrays[f"{2 * index}.weight"] = random.normal(size=(units, inputs)).astype(np.float32)
            arrays[f"{2 * index}.bias"] = np.zeros(units, np.float32)
        content = save(arrays)
        alone = seconds(partial(load, content))
        label = "-".join(map(str, widths))
        try:
            session = opened({"net.safetensors": content})
        except RuntimeError:
            print(f"{label}.safetensors: {alone * 1e3:.1f} ms for safetensors alone; refused: too many for a sheet")
            continue
        whole = seconds(partial(opened, {"net.safetensors": content}))
        edit = seconds(partial(edited, session))
        print(
            f"{label}.safetensors: {whole * 1e3:.0f} ms to the answer, {alone * 1e3:.1f} ms for safetensors alone, "
            f"an edit of it {edit * 1e3:.0f} ms"
        )


def edited(session: SheetSession) -> Document:
    """The document after one weight was changed, with its answer as JSON."""
    value = session.document.layers[-1].weight[0][0] + 0.5
    event = {"type": "set", "tensor": "weight", "layer": len(session.document.layers), "row": 1, "column": 1}
    to_bytes(
        answered(
            SHEET,
            session,
            {"page": "sheet", "sequence": next(_SEQUENCE), "events": [event | {"value": value}]},
        )
    )
    return session.document


if __name__ == "__main__":
    main()
