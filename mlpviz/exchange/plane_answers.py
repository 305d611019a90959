"""What the decision map of a file shows: the answers of a document with two inputs, or of the shown run."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine import evaluate
from mlpviz.engine.classify import class_decision
from mlpviz.exchange.subjects import LiveRun
from mlpviz.network import Document, DocumentError
from mlpviz.pictures.plane_picture import PlaneAnswers
from mlpviz.runs.predictions import predict_samples, probabilities

PIXELS, MARGIN, MOST_SAMPLES = 96, 0.15, 2000
"""Along each edge; how far the map goes beyond the samples, as a share of their range; how many of them it marks."""


def document_answers(document: Document) -> PlaneAnswers:
    """The answers of the network on the sheet. Raises DocumentError if it has not two inputs."""
    spec = document.spec
    if spec.inputs != 2:
        raise DocumentError(f"a decision map needs a network with 2 inputs, and this one has {spec.inputs}")
    x, ranges = np.array(document.x, dtype=float), _ranges(np.array(document.x, dtype=float))
    outputs = evaluate(spec, document.params, _grid(ranges), document.buffers).a[-1]
    decision, target = class_decision(spec), document.trace().target
    told = f"loss {spec.loss.label}"
    if decision is None:
        wanted = None if target is None else target[:, 0]
        return PlaneAnswers(
            document.name or "A network", told, ("x 1", "x 2"), ranges, None, _square(outputs[:, 0]), x, wanted
        )
    p = probabilities(spec, decision, outputs)
    return PlaneAnswers(
        document.name or "A network",
        told,
        ("x 1", "x 2"),
        ranges,
        _square(decision.predicted(outputs)),
        _strength(_square(p.max(axis=-1)), p.shape[-1]),
        x,
        None if target is None else decision.true(target).astype(float),
        tuple(f"class {number}" for number in range(decision.classes)),
    )


def run_answers(live: LiveRun) -> PlaneAnswers:
    """The answers of the network in focus, over the first two features. Raises DocumentError if there are not two."""
    run = live.run
    member, checkpoint = run.members[run.focus], run.state(run.focus).checkpoint
    table = member.built.table
    if table.x.shape[1] < 2 or table.image_shape is not None:
        raise DocumentError("a decision map needs samples with two features")
    ranges = _ranges(table.x[:, :2])
    places = np.tile(member.centre, (PIXELS * PIXELS, 1))
    places[:, :2] = _grid(ranges)
    found = predict_samples(member, checkpoint.spec, checkpoint.params, checkpoint.buffers, places)
    names = (table.feature_names[0], table.feature_names[1])
    split = member.built.folds[member.fold].split
    # samples that are kept for the end are no part of the picture
    rows = np.sort(np.concatenate([split.train, split.validation]))[:MOST_SAMPLES].astype(int)
    x, target = table.x[rows, :2], np.asarray(table.target, dtype=float)[rows]
    told = f"epoch {run.progress.newest}"
    title = "Decision map"
    if found.values is not None:
        wanted = target if target.ndim == 1 else target[:, 0]
        return PlaneAnswers(title, told, names, ranges, None, _square(found.values[:, 0]), x, wanted)
    assert found.classes is not None and found.probabilities is not None  # noqa: S101, PT018
    strength = _strength(_square(found.probabilities.max(axis=-1)), found.probabilities.shape[-1])
    return PlaneAnswers(
        title, told, names, ranges, _square(found.classes), strength, x, target, tuple(table.class_names)
    )


def _ranges(x: NDArray[Any]) -> tuple[tuple[float, float], tuple[float, float]]:
    found = []
    for column in (x[:, 0], x[:, 1]):
        low, high = float(column.min()), float(column.max())
        margin = MARGIN * (high - low) or 1.0
        found.append((low - margin, high + margin))
    return found[0], found[1]


def _grid(ranges: tuple[tuple[float, float], tuple[float, float]]) -> NDArray[np.float64]:
    """The places of the pixels, the top row first."""
    across, up = (np.linspace(low, high, PIXELS) for low, high in ranges)
    return np.stack([np.tile(across, PIXELS), np.repeat(up[::-1], PIXELS)], axis=1)


def _square(answers: NDArray[Any]) -> NDArray[Any]:
    return answers.reshape(PIXELS, PIXELS)


def _strength(likeliest: NDArray[Any], classes: int) -> NDArray[np.float64]:
    """How sure the answer is: 0 where all classes are equally likely, 1 where only one is."""
    return np.clip((likeliest - 1.0 / classes) / (1.0 - 1.0 / classes), 0.0, 1.0)
