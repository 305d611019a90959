"""A run as a file: its setup and the shown moment with everything that the next step needs, so that it goes on exactly.

JSON; arrays are base64 of their bytes beside dtype and shape. Never pickle. Of several networks the one in focus is
saved.
"""

from __future__ import annotations

import base64
import binascii
import json
import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from mlpviz.document import DocumentError
from mlpviz.engine.plateau import PlateauState
from mlpviz.engine.training import Measure, Snapshot
from mlpviz.engine.training.snapshot import Best, RandomState
from mlpviz.runs.curve import COLUMNS
from mlpviz.runs.run import Run
from mlpviz.setup import Setup, load_table

VERSION = 1

DTYPES = ("float32", "float64")


def to_file(run: Run, setup: Setup, content: bytes | None = None) -> str:
    """The JSON text of the lane in focus at the shown moment, under this setup; `content` is the CSV file it names."""
    snapshot, rows = run.snapshot(run.focus), run.curve(run.focus, run.past.shown)[0]
    if len(run.lanes) > 1:
        snapshot = _lane_of(run, snapshot)
    kept = rows[rows[:, 0] <= snapshot.epoch]
    saved: dict[str, Any] = {
        "mlpviz_run": VERSION,
        "setup": setup.plain(),
        "step": snapshot.step,
        "epoch": snapshot.epoch,
        "batch": snapshot.batch,
        "params": _packed(snapshot.params),
        "buffers": _packed(snapshot.buffers),
        "slots": {
            name: _packed(slot) if isinstance(slot, np.ndarray) else slot for name, slot in snapshot.slots.items()
        },
        "random": {"order": snapshot.random.order, "masks": snapshot.random.masks},
        "seen": [float(snapshot.seen[0]), snapshot.seen[1]],
        "learning_rate": None if snapshot.learning_rate is None else float(snapshot.learning_rate),
        "measured": [_number(value) for value in run.moment(run.focus).row],
        "plateau": None if snapshot.plateau is None else list(snapshot.plateau),
        "best": None if snapshot.best is None else _packed_best(snapshot.best),
        "curve": _packed(kept),
    }
    if content is not None:
        saved["file"] = base64.b64encode(content).decode("ascii")
    return json.dumps(saved)


def from_file(text: str) -> tuple[Run, Setup, bytes | None]:
    """The paused run, its setup, and the CSV file that comes with it.

    Raises DocumentError: one sentence on what is wrong with the file.
    """
    try:
        saved = json.loads(text)
    except (ValueError, RecursionError):
        raise DocumentError("the file is no JSON: expected a run saved here") from None
    if not isinstance(saved, Mapping) or saved.get("mlpviz_run") != VERSION:
        raise DocumentError(f"the file is no run of version {VERSION}: expected one saved on the training page")
    setup = Setup.parse(saved.get("setup", {}))
    try:
        content = base64.b64decode(saved["file"], validate=True) if "file" in saved else None
        run = Run.of(setup, load_table(setup.data, content))
        _restore(run, saved)
    except DocumentError:
        raise
    except (LookupError, TypeError, ValueError, OverflowError, binascii.Error) as error:
        raise DocumentError(f"the run in the file is damaged: {str(error)[:80]}") from None
    return run, setup, content


def _restore(run: Run, saved: Mapping[str, Any]) -> None:
    course = run.courses[0]
    start = course.latest
    params = _unpacked(saved["params"], start.params.shape)
    slots = dict(course.plan.optimizer.init(params))
    for name, slot in slots.items():
        given = saved["slots"][name]
        slots[name] = _unpacked(given, slot.shape) if isinstance(slot, np.ndarray) else type(slot)(given)
    plateau, best = saved["plateau"], saved["best"]
    snapshot = Snapshot(
        step=_count(saved["step"]),
        epoch=_count(saved["epoch"]),
        batch=_count(saved["batch"]),
        params=params.astype(course.plan.dtype),
        slots=slots,
        buffers=_unpacked(saved["buffers"], start.buffers.shape),
        random=RandomState(_chance(saved["random"]["order"]), _chance(saved["random"]["masks"])),
        plateau=None if plateau is None else PlateauState(*plateau),
        best=None if best is None else _unpacked_best(best, start),
        seen=(float(saved["seen"][0]), _count(saved["seen"][1])),
        learning_rate=None if saved["learning_rate"] is None else float(saved["learning_rate"]),
        train=_measure(saved["measured"], "train"),
        validation=_measure(saved["measured"], "validation"),
    )
    course.go_on(snapshot)
    for row in _unpacked(saved["curve"], None).reshape(-1, len(COLUMNS))[1:]:
        course.branch.curve.add(row[None])
    course.branch.moments.add(course.latest)
    run.status = "paused"
    run.see()


def _lane_of(run: Run, snapshot: Snapshot) -> Snapshot:
    """One lane out of networks side by side."""
    moment = run.moment(run.focus)
    place = next(n for n, row in enumerate(np.atleast_2d(snapshot.params)) if np.array_equal(row, moment.params))
    slots = {
        name: slot[place] if isinstance(slot, np.ndarray) and slot.ndim > 1 else slot
        for name, slot in snapshot.slots.items()
    }
    seen, learning_rate = snapshot.seen, snapshot.learning_rate
    return replace(
        snapshot,
        params=moment.params,
        buffers=moment.buffers,
        slots=slots,
        seen=(np.broadcast_to(seen[0], len(run.lanes))[place], seen[1]),
        learning_rate=None if learning_rate is None else np.reshape(learning_rate, -1)[place % np.size(learning_rate)],
    )


def _packed(array: Any) -> dict[str, Any]:
    array = np.ascontiguousarray(array)
    data = base64.b64encode(array.tobytes()).decode("ascii")
    return {"dtype": str(array.dtype), "shape": list(array.shape), "bytes": data}


def _unpacked(given: Any, shape: tuple[int, ...] | None) -> Any:
    """The array, of this shape if one is given. Raises ValueError."""
    if given["dtype"] not in DTYPES:
        raise ValueError(f"dtype is {given['dtype']}, expected one of {', '.join(DTYPES)}")
    array = np.frombuffer(base64.b64decode(given["bytes"], validate=True), given["dtype"]).reshape(given["shape"])
    if shape is not None and array.shape != shape:
        raise ValueError(f"an array has shape {array.shape}, expected {shape}")
    if shape is not None and not np.isfinite(array).all():
        raise ValueError("a number is not finite")
    return array


def _number(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None


def _packed_best(best: Best) -> dict[str, Any]:
    return {
        "loss": best.loss,
        "epoch": best.epoch,
        "bad": best.bad,
        "params": _packed(best.params),
        "buffers": _packed(best.buffers),
    }


def _unpacked_best(given: Any, start: Snapshot) -> Best:
    params, buffers = (_unpacked(given[name], getattr(start, name).shape) for name in ("params", "buffers"))
    loss = float(given["loss"])
    if math.isnan(loss):
        raise ValueError("the best loss is not a number")
    return Best(loss, _count(given["epoch"]), _count(given["bad"]), params, buffers)


def _measure(measured: Any, part: str) -> Measure | None:
    """What was last measured of a part: the penalty in it is not saved."""
    loss, metric = (measured[COLUMNS.index(f"{part}_{what}")] for what in ("loss", "metric"))
    if loss is None:
        return None
    return Measure(np.asarray(float(loss)), np.asarray(np.nan), None if metric is None else np.asarray(float(metric)))


def _count(given: Any) -> int:
    if isinstance(given, bool) or not isinstance(given, int) or not 0 <= given < 2**53:
        raise ValueError(f"{str(given)[:20]} is no count")
    return given


def _chance(given: Any) -> dict[str, Any]:
    """A state that the generator takes. Raises what NumPy raises for another one."""
    rng = np.random.default_rng(0)
    rng.bit_generator.state = given
    return dict(rng.bit_generator.state)
