"""Every reader of what comes from outside, with good inputs of it, so that they can be damaged.

Run: python -m tests.support.damaged_readers COUNT [SEED [KEY …]] reads so many damaged inputs, shared among the
readers, and prints a table of what became of them: docs/security.md has one.
"""

import gc
import io
import json
import os
import sys
import time
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from PIL import Image

from mlpviz.config import TrainingConfig
from mlpviz.data.csv_columns import read_csv
from mlpviz.data.csv_table import csv_table
from mlpviz.data.sheet_table import sheet_text
from mlpviz.data.table import DataError
from mlpviz.examples.networks import PRESETS
from mlpviz.examples.trainings import TRAININGS
from mlpviz.exchange import open_file, save_file, savings
from mlpviz.exchange.imports import IMPORTS, ForeignFile, import_suffixes, read_network
from mlpviz.exchange.pictures import with_pictures
from mlpviz.exchange.subjects import NETWORK, RUN, TRAINING, LiveRun
from mlpviz.network import Document, DocumentError
from mlpviz.runs import Run, RunError
from mlpviz.schema.matrix_text import parse_matrix
from tests.support.damage import damaged_file, damaged_text
from tests.support.foreign_models import saved_models

LONGEST_SAMPLE = 200_000
"""bytes: damage to larger files says nothing that it does not say of small ones"""


class Reader(NamedTuple):
    """A way in: `read` raises `errors` for what is wrong with one of `samples`, damaged by `damage`."""

    key: str
    samples: list[Any]
    read: Any
    damage: Any
    errors: tuple[type[Exception], ...] = (DocumentError,)


def readers():
    """All of them: one per format of another tool, and those of documents, setups, runs, data, pictures, text."""
    presets = [preset.document for preset in PRESETS.values()]
    small = [document for document in presets if len(document.to_json()) < 20_000]
    setups = [training.setup for training in TRAININGS.values()]
    found = [Reader(key, files, read_network, _damaged_foreign) for key, files in _foreign(small[:4]).items()]
    return [
        *found,
        Reader(
            "document", [each.to_json().encode() for each in presets], lambda file: open_file(NETWORK, file),
            damaged_file,
        ),
        Reader("link of a document", [each.to_link() for each in small], Document.from_link, _damaged_link),
        Reader(
            "setup", [json.dumps(each.to_json_value()).encode() for each in setups],
            lambda file: open_file(TRAINING, file), damaged_file,
        ),
        Reader("link of a setup", [each.to_link() for each in setups], TrainingConfig.from_link, _damaged_link),
        Reader("run", _runs(setups[0]), lambda file: open_file(RUN, file).restore(None), damaged_file,
               (DocumentError, RunError)),
        Reader("CSV", _TABLES, lambda file: csv_table(read_csv(file)), damaged_file, (DataError,)),
        Reader("workbook of data", [_workbook()], lambda file: csv_table(read_csv(sheet_text(file).content)),
               damaged_file, (DataError,)),
        Reader("picture", _pictures(), lambda file: with_pictures(_digits(), [ForeignFile("p.png", file)]),
               damaged_file),
        Reader("pasted matrix", _PASTED, parse_matrix, damaged_text),
    ]  # fmt: skip


def _foreign(documents):
    """Good files of each format of another tool: those that tools wrote, and ours in these formats."""
    files = [saved.foreign for saved in saved_models()]
    for document in documents:
        for key in (key for key, (entry, _) in savings(NETWORK).items() if entry.suffix in import_suffixes()):
            saved = save_file(NETWORK, document, key)
            files.append(ForeignFile(saved.name, saved.content))
    arrays = io.BytesIO()
    np.savez(arrays, W1=np.ones((3, 2)), b1=np.ones(3), W2=np.ones((1, 3)), b2=np.ones(1))
    files.append(ForeignFile("w.npz", arrays.getvalue()))
    found = {key: [] for key in IMPORTS}
    for file in files:
        entry = next((each for each in IMPORTS.values() if each.recognises(file)), None)
        if entry is not None and len(file.content) <= LONGEST_SAMPLE:
            found[entry.key].append(file)
    return found


def _damaged_foreign(random, file):
    beside = dict(file.beside)
    if beside and random.random() < 0.2:
        name = sorted(beside)[int(random.integers(len(beside)))]
        beside[name] = damaged_file(random, beside[name])
        return ForeignFile(file.name, file.content, beside)
    return ForeignFile(file.name, damaged_file(random, file.content), beside)


def _damaged_link(random, link):
    """A link with letters changed, or a whole one of a damaged text."""
    if random.integers(2):
        return damaged_text(random, link)
    text = zlib.decompress(urlsafe_b64decode(link + "=" * (-len(link) % 4)))
    return urlsafe_b64encode(zlib.compress(damaged_file(random, text))).rstrip(b"=").decode()


def _runs(setup):
    run = Run.of(setup)
    run.epoch(2)
    while run.status == "running":
        run.tick(0.01, 0.0)
    return [save_file(RUN, LiveRun(run, None), key).content for key in savings(RUN)]


_TABLES = [
    b"a,b,kind\n1,2,x\n3,4.5,y\n5,6,x\n",
    b"a;b;y\n1,5;2;3\n4;5,25;6\n1.000,5;2;3\n",
    'größe\tname\tziel\n1\té\t2\n3\t"a\nb"\t4.5\n'.encode(),
    b"\xef\xbb\xbfx1,x2,y\n" + b"0.25,1e-3,1\n-0.5,2,0\n" * 40,
]

_PASTED = [
    "1 2\n3 4", "[[1, 2], [3, 4.5]]", "1;2,5\n3;4", "[1 2; 3 4]", "matrix(c(1, 2, 3, 4), nrow = 2)",
    "\\begin{bmatrix} 1 & \\frac{1}{2} \\\\ 3 & 4 \\end{bmatrix}", "tensor([[0.1, -2e-3], [1., 0.]])",
    "array([[1., 2.],\n       [3., 4.]])", "     [,1] [,2]\n[1,]    1    3\n[2,]    2    4",
    "np.ones((2, 3))", "| 1 | 2 |\n|---|---|\n| 3 | 4 |", "torch.tensor([[1, 2]], dtype=torch.float64).T",
]  # fmt: skip


def _workbook():
    import openpyxl

    book = openpyxl.Workbook()
    for row in (["a", "b", "kind"], [1, 2.5, "x"], [3, 1e-3, "y"], [5, 4, "x"]):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _pictures():
    found = []
    for mode, side in (("L", 8), ("L", 28), ("RGBA", 16), ("P", 8), ("1", 8)):
        out = io.BytesIO()
        Image.new(mode, (side, side), 1).save(out, "PNG", **({"comment": "a"} if mode == "L" else {}))
        found.append(out.getvalue())
    return found


def _digits():
    layer = {"weight": [[0.1] * 64], "activation": "identity"}
    return Document.parse({"version": 1, "layers": [layer], "x": [[0] * 64], "target": [[0]], "loss": "mse"})


class Outcome(NamedTuple):
    """What became of one damaged input."""

    refused: str
    """the sentence, or nothing if it was read"""
    seconds: float


def outcome(reader, random):
    """Damage one good input and read it. Raises whatever is no documented error, with the input noted."""
    sample = reader.samples[int(random.integers(len(reader.samples)))]
    found = reader.damage(random, sample)
    refused = ""
    start = time.process_time()
    try:
        reader.read(found)
    except reader.errors as error:
        refused = str(error)
    except BaseException as error:
        error.add_note(f"{reader.key}: {found!r:.3000}")
        raise
    return Outcome(refused, time.process_time() - start)


def _memory():
    gc.collect()
    with Path("/proc/self/statm").open() as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def main(count, seed=0, *only):
    """Read `count` damaged inputs and print what became of them; with keys in `only`, the share of these readers."""
    listed = readers()
    print("| reader | damaged | refused | read | longest, ms | memory before, after, MB |\n|---|---|---|---|---|---|")
    each = -(-count // len(listed))
    faults = 0
    for place, reader in enumerate(listed):
        if only and reader.key not in only:
            continue
        random = np.random.default_rng([seed, place])
        for _ in range(each // 10):  # what is made once is made
            outcome_or_fault(reader, random)
        before, longest, refused = _memory(), 0.0, 0
        for number in range(each - each // 10):
            found = outcome_or_fault(reader, random)
            if found is None:
                faults += 1
                continue
            refused += bool(found.refused)
            longest = max(longest, found.seconds)
            if found.seconds > 1:
                print(f"SLOW {reader.key} {number} {found}", file=sys.stderr)
        done = each - each // 10
        print(
            f"| {reader.key} | {done:,} | {refused:,} | {done - refused:,} | {longest * 1e3:.0f} "
            f"| {before:.0f}, {_memory():.0f} |",
            flush=True,
        )
    print(f"other errors: {faults}")


def outcome_or_fault(reader, random):
    """The outcome; None with the error printed if it is not the documented one."""
    try:
        return outcome(reader, random)
    except Exception as error:
        print(f"FAULT {reader.key} {type(error).__name__}: {error} {error.__notes__[-1][:600]}", file=sys.stderr)
        return None


if __name__ == "__main__":
    import logging

    logging.disable()
    main(*map(int, sys.argv[1:3]), *sys.argv[3:])
