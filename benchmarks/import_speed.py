"""How long files of other tools take to open, and a workbook and a safetensors file, beside their aims.

Each file of the tests' copies, or of another folder of such folders, goes the way that it goes in the app, from the
message with its bytes to the JSON of the answer with the open network, and so does the same network as a document of
ours: the difference is what the other tool costs. Libraries are warm, the best of three counts, in seconds of a
processor, so that other work on the machine is not in it, and by the clock, so that a process on trial is.
Run: python -m benchmarks.import_speed [FOLDER]
"""

from __future__ import annotations

import base64
import itertools
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeVar

import numpy as np
from safetensors.numpy import load, save

from mlpviz.app.message_bytes import to_bytes
from mlpviz.app.page import answered
from mlpviz.examples.networks import PRESETS
from mlpviz.exchange import save_file
from mlpviz.exchange.subjects import NETWORK
from mlpviz.sheet_page.page import SHEET
from mlpviz.sheet_page.session import SheetSession

T = TypeVar("T")

MODELS = Path(__file__).parents[1] / "tests" / "exchange" / "models"
_BESIDE = (".bin", ".arff", ".wts.txt", ".W1.csv", ".W2.csv", ".result_matrix.csv", ".rds", ".data")
"""what a person chooses together with a model"""
_SEQUENCE = itertools.count(1)
"""of all messages"""


class Time(NamedTuple):
    """Seconds of a processor, and of the clock."""

    processor: float
    clock: float

    def __sub__(self, other: Time) -> Time:
        return Time(self.processor - other.processor, self.clock - other.clock)


def seconds(prepare: Callable[[], T], act: Callable[[T], object], rounds: int = 3) -> Time:
    """The least time that `act` takes with what `prepare` gives."""
    found = []
    for _ in range(rounds):
        given = prepare()
        before = Time(time.process_time(), time.perf_counter())
        act(given)
        found.append(Time(time.process_time(), time.perf_counter()) - before)
    return Time(min(each.processor for each in found), min(each.clock for each in found))


def send(session: SheetSession, *events: Mapping[str, object]) -> None:
    """Send the sheet a message, and make the answer to it."""
    message = {"page": "sheet", "sequence": next(_SEQUENCE), "events": list(events)}
    to_bytes(answered(SHEET, session, message))


def begun() -> SheetSession:
    """A sheet that was sent once."""
    session = SHEET.open({})
    send(session)
    return session


def uploads(files: Mapping[str, bytes]) -> list[dict[str, object]]:
    """The messages that bring the files, as the browser makes them."""
    return [
        {
            "type": "upload_piece",
            "name": name,
            "size": len(content),
            "at": 0,
            "bytes": base64.b64encode(content).decode(),
        }
        for name, content in files.items()
    ]


def open_files(session: SheetSession, messages: list[dict[str, object]]) -> None:
    """Open the network of these files on the sheet. Raises RuntimeError if it does not open."""
    before = session.document
    for message in messages:
        send(session, message)
    send(session, {"type": "open_files"})
    send(session, {"type": "finish_import"})
    if session.document is before:
        raise RuntimeError(f"{', '.join(str(each['name']) for each in messages)} did not open")


def opening(files: Mapping[str, bytes]) -> Time:
    """What it takes to open these files. Raises RuntimeError if they do not open."""
    messages = uploads(files)
    return seconds(begun, lambda session: open_files(session, messages))


def models(folders: Path) -> Iterator[tuple[str, dict[str, bytes]]]:
    """Every model with what belongs to it, by folder and name."""
    for folder in sorted(path for path in folders.iterdir() if path.is_dir()):
        paths = sorted(path for path in folder.iterdir() if path.name != "io.json")
        for path in paths:
            if path.name.endswith(_BESIDE):
                continue
            near = [each for each in paths if each.name.endswith(_BESIDE)]
            near = [
                each for each in near if each.suffix != ".txt" or each.name.split(".")[0] == path.name.split(".")[0]
            ]
            yield f"{folder.name}/{path.name}", {each.name: each.read_bytes() for each in (path, *near)}


def imports(folders: Path) -> None:
    """The table of all files by folder: the slowest of each."""
    slowest: dict[str, tuple[Time, Time, str]] = {}
    nothing = Time(0.0, 0.0)
    for name, files in models(folders):
        try:
            theirs = opening(files)
        except RuntimeError as error:
            print(f"left out: {error}")
            continue
        session = begun()
        open_files(session, uploads(files))
        ours = opening({"network.json": session.document.to_json().encode()})
        folder, file = name.split("/")
        slowest[folder] = max(slowest.get(folder, (nothing, nothing, "")), (theirs - ours, ours, file))
    print("\n| slowest file of each tool | over the same document, ms | by the clock, ms | that document, ms |")
    print("| --- | ---: | ---: | ---: |")
    for folder, (over, ours, file) in slowest.items():
        print(
            f"| {folder}: {file} | {over.processor * 1e3:.0f} | {over.clock * 1e3:.0f} | {ours.processor * 1e3:.0f} |"
        )


def large() -> None:
    """Networks as PyTorch saves them, opened and edited beside what safetensors itself takes."""
    random = np.random.default_rng(0)
    for widths in ((784, 50, 10), (784, 256, 10)):
        arrays = {}
        for index, (inputs, units) in enumerate(itertools.pairwise(widths)):
            arrays[f"{2 * index}.weight"] = random.normal(size=(units, inputs)).astype(np.float32)
            arrays[f"{2 * index}.bias"] = np.zeros(units, np.float32)
        content = save(arrays)
        alone = seconds(partial(bytes, content), load, 10)
        whole = opening({"net.safetensors": content})
        session = begun()
        open_files(session, uploads({"net.safetensors": content}))
        edit = seconds(tuple, partial(edited, session))
        most = 2 * alone.processor + edit.processor
        print(
            f"{'-'.join(map(str, widths))}.safetensors: {whole.processor * 1e3:.1f} ms to the answer, "
            f"{alone.processor * 1e3:.2f} ms for safetensors alone, an edit of it {edit.processor * 1e3:.1f} ms "
            f"(aim: {most * 1e3:.1f})"
        )


def edited(session: SheetSession, _: object) -> None:
    """Change one weight."""
    layer = len(session.document.layers)
    value = session.document.layers[-1].weight[0][0] + 0.5
    send(session, {"type": "set", "tensor": "weight", "layer": layer, "row": 1, "column": 1, "value": value})


def main(folders: Path) -> None:
    """Measure and print."""
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    imports(folders)
    seven = PRESETS["seven_layers"].document
    workbook = seconds(lambda: seven, lambda document: save_file(NETWORK, document, "network_xlsx"))
    print(f"\nworkbook of the seven layers: {workbook.processor * 1e3:.0f} ms (aim: 150)")
    large()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else MODELS)
