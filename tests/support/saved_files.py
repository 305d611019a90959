"""What the app makes of a file or an address that somebody kept: plain values to compare with those of its version."""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import numpy as np

from mlpviz.config import TrainingConfig, prepare
from mlpviz.examples.experiments import EXPERIMENTS
from mlpviz.network.trajectory import TrajectoryPoint
from mlpviz.runs import Run, RunError
from mlpviz.sheet_page.page import SHEET
from mlpviz.sheet_page.session import SheetSession
from mlpviz.train_page.page import TRAIN
from tests.support.repository import ROOT

FOLDER = ROOT / "tests/saved"
EXPECTED = ".expected.json"
KINDS = ("documents", "addresses", "setups", "runs")
"""The folders of saved files."""

_STEPS, _MANY, _ENDS, _COLUMNS = 12, 9, 2, 9


def saved_files() -> list[Path]:
    """Everything in the folders of saved files but what is expected of them."""
    found = (path for kind in KINDS for path in (FOLDER / kind).iterdir())
    return sorted(path for path in found if not path.name.endswith(EXPECTED))


def expected_of(path: Path) -> Path:
    """The file that says what the version that wrote a file made of it."""
    return path.with_name(path.stem + EXPECTED)


def opened(path: Path) -> Any:
    """What the app makes of a saved file, as JSON values. Of addresses: of each line."""
    match path.parent.name:
        case "documents":
            return _document(path.read_text(encoding="utf-8"))
        case "addresses":
            return [_address(line) for line in path.read_text(encoding="utf-8").splitlines()]
        case "setups":
            return _setup(TrainingConfig.parse(path.read_bytes()))
        case "runs":
            return _run(path.name, path.read_bytes())
    raise AssertionError(f"{path.parent.name} is no kind of saved files")


def _document(text: str) -> dict[str, Any]:
    one = SHEET.open({})
    SHEET.handle(one, {"page": "sheet", "sequence": 1, "events": [{"type": "open", "text": text}]})
    found = _on_sheet(one)
    kept = {name: value for name, value in json.loads(text).items() if name != "walk"}
    return found | {"document": "as in the file" if found["document"] == kept else found["document"]}


def _address(address: str) -> dict[str, Any]:
    found = urlsplit(address)
    given = {name: values[0] for name, values in parse_qs(found.query, strict_parsing=True).items()}
    if "x" in given:
        return _experiment(given["x"])
    if "t" in given:
        one = TRAIN.open(given)
        return {"error": one.said.error, **_learned(one.config, one.run)}
    return _on_sheet(SHEET.open(given))


def _on_sheet(one: SheetSession) -> dict[str, Any]:
    document, beside = one.document, one.comparison
    trace = document.trace()
    return {
        "error": one.said.error,
        "document": json.loads(document.to_json()),
        "view": one.view,
        "loss": float(trace.loss),
        "output": numbers(trace.output),
        "gradient": numbers(trace.grad),
        "after the next step": numbers(document.next_step.params),
        "steps taken": [_step(point) for point in one.trajectory.points],
        "beside it": None
        if beside is None
        else {
            "together": beside.together,
            "document": json.loads(beside.document.to_json()),
            "loss": float(beside.document.trace().loss),
        },
    }


def _step(point: TrajectoryPoint) -> dict[str, Any]:
    slots = [np.ravel(point.slots[name]) for name in sorted(point.slots)]
    return {
        "t": point.t,
        "at": point.at,
        "start": point.is_start,
        "loss": point.loss,
        "kept": numbers(np.concatenate([point.params, *slots, point.buffers])),
        "gradient": numbers(point.grad),
    }


def _experiment(key: str) -> dict[str, Any]:
    one, kept = TRAIN.open({"x": key}), EXPERIMENTS[key]
    lacks = kept.missing()  # MNIST is not on every computer
    labels = list(kept.json_configs) if lacks else [member.label for member in one.run.members]
    return {
        "opens": bool(lacks) or (one.experiment is not None and one.experiment.experiment is kept),
        "labels": labels,
    }


def _setup(setup: TrainingConfig) -> dict[str, Any]:
    if setup.data.kind == "csv" and setup.data.content is None:
        return {"setup": setup.to_json_value()}
    if setup.data.kind == "set" and setup.data.set.key == "mnist":
        return {"setup": setup.to_json_value()}  # its samples are not on every computer
    return _learned(setup, Run.of(setup, prepare(setup).table))


def _learned(setup: TrainingConfig, run: Run) -> dict[str, Any]:
    table = run.members[0].built.table
    first = run.state(0).checkpoint
    run.step()
    run.step()
    last = run.state(0).checkpoint
    return {
        "setup": setup.to_json_value(),
        "samples": list(table.x.shape),
        "x": numbers(table.x),
        "target": numbers(table.target),
        "first weights": numbers(first.params),
        "after two steps": numbers(last.params),
    }


def _run(name: str, content: bytes) -> dict[str, Any]:
    one = TRAIN.open({})
    piece = {"purpose": "run", "name": name, "size": len(content), "at": 0, "bytes": base64.b64encode(content).decode()}
    TRAIN.handle(one, {"page": "train", "sequence": 1, "events": [{"type": "upload_piece", **piece}]})
    run = one.run
    members = range(len(run.members))
    found = {
        "error": one.said.error,
        "notice": one.said.notice,
        "status": run.status,
        "sentence": run.sentence,
        "epoch": run.progress.newest,
        "choice": run.choice,
        "labels": [member.label for member in run.members],
        "setups": [run.state(member).config.to_json_value() for member in members],
        "step": [run.state(member).checkpoint.step for member in members],
        # these stand in the file: the same bits on every machine
        "sha256 of weights": [
            _digest(run.state(member).checkpoint.params, run.state(member).checkpoint.buffers) for member in members
        ],
        "curves": [numbers(_kept(run.state(member).curve(run.branches.growing)[0])) for member in members],
    }
    try:
        for _ in range(_STEPS):
            run.step()
    except RunError as error:
        return {**found, "why it does not go on": str(error)}
    found[f"after {_STEPS} steps"] = [
        {
            "weights": numbers(moment.params),
            "running statistics": numbers(moment.buffers),
            "row": numbers(_kept(moment.row)),
        }
        for moment in (run.state(member).checkpoint for member in members)
    ]
    return found


def _kept(rows: Any) -> Any:
    """The columns of curves that the files were written with; what came later was not measured for them."""
    assert np.isnan(rows[..., _COLUMNS:]).all()
    return rows[..., :_COLUMNS]


def numbers(array: Any) -> Any:
    """All numbers, or of many: how many, three sums, and those at both ends. null for one that is not finite."""
    flat = np.asarray(array).ravel()
    if flat.size <= _MANY:
        return [number if np.isfinite(number) else None for number in flat.tolist()]
    sums = [float(np.nansum(each)) for each in (flat, np.abs(flat), flat * np.arange(1, flat.size + 1))]
    return {"count": flat.size, "sums": sums, "ends": numbers([*flat[:_ENDS], *flat[-_ENDS:]])}


def machine() -> str:
    """A digest of what this processor and this NumPy make of functions and sums that networks need."""
    x = np.linspace(-4, 4, 97)
    found = [f(x.astype(kind)) for kind in (np.float64, np.float32) for f in (np.exp, np.tanh, np.sin, _dot)]
    return _digest(*found)


def _dot(x: Any) -> Any:
    return np.outer(x[:40], x[-40:]) @ np.outer(x[-40:], x[:40]) / 7


def _digest(*arrays: Any) -> str:
    return hashlib.sha256(b"".join(np.asarray(array, np.float64).tobytes() for array in arrays)).hexdigest()
